"""Telegram's HTML: escaping, lengths in UTF-16 units, cutting and splitting without breaking a character or a tag."""

import html
import unicodedata
from collections.abc import Iterable

MESSAGE_LIMIT = 4096
"""UTF-16 units of a message after entities are parsed. Source: Bot API, sendMessage."""

CAPTION_LIMIT = 1024
"""UTF-16 units of a photo's caption after entities are parsed. Source: Bot API, sendPhoto."""

CALLBACK_LIMIT = 64
"""Bytes of a button's callback data. Source: Bot API, InlineKeyboardButton."""

_ENGLISH_MARKS = (("“", "”"), ("‘", "’"))
_QUOTATION_MARKS = dict.fromkeys(("uk", "ru"), (("«", "»"), ("„", "“")))
"""The first and the second choice. Source: Unicode CLDR, delimiters of uk and ru."""

_INVISIBLE_KEPT = {"\u200d", "\ufe0f"}  # emoji joiners: part of what is seen


def visible(text: str) -> str:
    """Drop the control and direction characters that could disguise a text, and white space around it."""
    return "".join(filter(_is_safe, text)).strip()


def escape(text: str) -> str:
    """Make a text safe inside Telegram's HTML, without the characters that could disguise it."""
    return html.escape("".join(filter(_is_safe, text)), quote=True)


def quoted(text: str, language: str | None) -> str:
    """Put a text between the quotation marks of its language; its own marks stay as they are.

    Args:
        text: what is quoted.
        language: ISO 639-1 code of the text's language; English marks where it is none of ours.
    """
    first, second = _QUOTATION_MARKS.get(language or "", _ENGLISH_MARKS)
    # A quotation in a quotation stands between the other marks.
    opening, closing = second if first[0] in text else first
    return f"{opening}{text}{closing}"


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units Telegram counts for a text without markup."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)  # noqa: PLR2004 - the last code point of one unit


def cut(text: str, limit: int) -> str:
    """Shorten a plain text to at most `limit` UTF-16 units, at a word's end, with an ellipsis where it was cut."""
    if utf16_length(text) <= limit:
        return text
    kept = _prefix(text, limit - 1)
    head, space, _ = kept.rpartition(" ")
    # A single huge word is cut inside: better a part of it than nothing.
    return (head if space and len(head) > len(kept) // 2 else kept).rstrip(" ,;:–—-") + "…"


def label(text: str, limit: int) -> str:
    """Return a stranger's words as a button or a list can show them: nothing that disguises them, cut as by `cut`."""
    return cut(visible(text), limit)


def split(blocks: Iterable[str], limit: int) -> list[str]:
    """Join plain-text blocks with blank lines into as few texts as possible, each at most `limit` UTF-16 units.

    A block longer than the limit is cut between words; nothing is lost.
    """
    texts: list[str] = []
    for piece in (piece for block in blocks for piece in _pieces(block, limit)):
        if texts and utf16_length(texts[-1]) + utf16_length(piece) + 2 <= limit:
            texts[-1] += "\n\n" + piece
        else:
            texts.append(piece)
    return texts


def _is_safe(char: str) -> bool:
    return char in _INVISIBLE_KEPT or char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}


def _prefix(text: str, limit: int) -> str:
    units = 0
    for index, char in enumerate(text):
        units += utf16_length(char)
        if units > limit:
            return text[:index]
    return text


def _pieces(block: str, limit: int) -> Iterable[str]:
    while utf16_length(block) > limit:
        head = _prefix(block, limit)
        at = head.rfind(" ")
        head = head[:at] if at > 0 else head
        yield head.rstrip()
        block = block[len(head) :].lstrip()
    if block:
        yield block
