"""What Telegram finds in a text by itself: addresses, mentions, hashtags, commands, e-mail addresses."""

import re
from collections.abc import Iterable, Iterator

from bot.playground.formatting.text import CODE, Entity, FormattedText, ordered, utf16_length

# Domains without a scheme count as links only under well-known endings; Telegram has the whole list of endings.
_ENDINGS = (
    "com|org|net|info|biz|edu|gov|io|me|dev|app|news|press|media|online|site|tv|fm|eu|uk|us|ua|ru|by|kz|pl|de|fr|укр|рф"
)
_BARE = rf"(?:[\w-]+\.)+(?:{_ENDINGS})(?::\d+)?(?![\w.-]*\w)(?:[/?#][^\s<>\"«»]*)?"
_PATTERNS = (
    ("url", re.compile(rf"(?<![\w@./-])(?:(?:https?|ftp|tg|ton)://[^\s<>\"«»]+|{_BARE})", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}(?![\w-])")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)
_NEEDED = {"url": (".", "://"), "email": "@", "bot_command": "/", "mention": "@", "hashtag": "#", "cashtag": "$"}
_CLOSED_TO_LINKS = CODE | {"text_link", "url", "custom_emoji"}
_TAIL = ".,:;!?'\"…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def with_automatic_entities(formatted: FormattedText) -> FormattedText:
    """Add the entities that Telegram finds in a text, outside of code and of links that it has already."""
    taken = [entity for entity in formatted.entities if entity.type in _CLOSED_TO_LINKS]
    found: list[Entity] = []
    for entity in _found(formatted.text):
        if _free(entity, taken):
            taken.append(entity)
            found.append(entity)
    return FormattedText(formatted.text, ordered((*formatted.entities, *found))) if found else formatted


def _found(text: str) -> Iterator[Entity]:
    ascii_only = text.isascii()
    for kind, pattern in _PATTERNS:
        # The patterns are slow beside a look for the signs that each needs.
        if not any(sign in text for sign in _NEEDED[kind]):
            continue
        for match in pattern.finditer(text):
            words = _without_tail(match.group()) if kind == "url" else match.group()
            offset = match.start() if ascii_only else utf16_length(text[: match.start()])
            if kind != "url" or _is_link(words):
                yield Entity(kind, offset, utf16_length(words))


def _without_tail(url: str) -> str:
    """Leave a sentence's punctuation, and a bracket that was opened before the link, outside of it."""
    while url and (url[-1] in _TAIL or (url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]]))):
        url = url[:-1]
    return url


def _is_link(words: str) -> bool:
    host = re.split(r"[/?#]", words.split("://", 1)[-1], maxsplit=1)[0]
    return "." in host.strip(".") or words.lower().startswith(("tg://", "ton://"))


def _free(entity: Entity, taken: Iterable[Entity]) -> bool:
    return all(entity.end <= other.offset or other.end <= entity.offset for other in taken)
