"""Telegram's HTML parse mode, with its own rules and its own words of refusal.

The rules are the Bot API's "HTML style" and what TDLib's parser does with everything that page leaves open: names are
read up to white space or ">", an entity's semicolon may be missing, byte offsets count UTF-8.
"""

import re
from dataclasses import dataclass

from bot.playground.formatting.addresses import checked_link
from bot.playground.formatting.text import (
    Entity,
    FormattedText,
    trimmed,
    utf16_length,
    without_controls,
    without_nesting_faults,
)

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+))|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_NAME_END = re.compile(r"[\s>]")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_LAST_CODE_POINT = 0x10FFFF
_CODE_POINT_DIGITS = 8  # one more than the last one has


class EntityError(ValueError):
    """The text is no HTML that Telegram reads; the message is Telegram's own, without "can't parse entities"."""


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


def parse_html(source: str) -> FormattedText:
    """Return the text and the entities of Telegram HTML, trimmed as Telegram trims a message.

    Args:
        source: the text as a bot sends it with parse_mode HTML.

    Raises:
        EntityError: with Telegram's text, byte offsets counted in UTF-8.
    """
    return _Parser(without_controls(source)).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> FormattedText:
        while self._at < len(self._source):
            self._step()
        if self._open:
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._pieces)
        return trimmed(FormattedText(text, without_nesting_faults(self._entities)))

    def _step(self) -> None:
        if plain := _PLAIN.match(self._source, self._at):
            self._at = plain.end()
            self._put(plain.group())
        elif self._source[self._at] == "&":
            self._put(self._reference() or self._take())
        elif self._peek(1) == "/":
            self._end_tag()
        else:
            self._start_tag()

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += utf16_length(text)

    def _peek(self, ahead: int = 0) -> str:
        return self._source[self._at + ahead : self._at + ahead + 1]

    def _take(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _skip_space(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str:
        found = _REFERENCE.match(self._source, self._at)
        if found is None:
            return ""
        character = _decoded(found)
        if character:
            self._at = found.end()
        return character

    def _start_tag(self) -> None:
        begin = self._at
        name_end = _NAME_END.search(self._source, begin + 1)
        if name_end is None:
            raise EntityError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        tag = self._source[begin + 1 : name_end.start()].lower()
        if tag not in _TYPES:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        self._at = name_end.start()
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise EntityError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self._open.append(_Open(tag, argument, self._length, len(self._pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                self._at += 1
                return argument
            name = self._attribute_name(tag, begin)
            value = self._attribute_value(tag, begin)
            argument = _argument(tag, name, value) or argument

    def _attribute_name(self, tag: str, begin: int) -> str:
        found = _ATTRIBUTE_NAME.match(self._source, self._at)
        name = found.group() if found else ""
        if not name:
            raise EntityError(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
        self._at += len(name)
        return name.lower()

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._skip_space()
        if self._peek() not in {"=", ""}:
            return ""
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise EntityError(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        value = self._quoted() if self._peek() in {'"', "'"} else self._token()
        if not self._peek():
            raise EntityError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return value

    def _quoted(self) -> str:
        quote = self._take()
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            value.append((self._reference() if self._peek() == "&" else "") or self._take())
        self._at += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self._at
        found = _TOKEN.match(self._source, begin)
        token = found.group() if found else ""
        self._at += len(token)
        if self._peek() != ">" and not self._peek().isspace() and self._peek():
            raise EntityError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return token.lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise EntityError(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name_end = _NAME_END.search(self._source, begin + 2)
        name = self._source[begin + 2 : name_end.start() if name_end else len(self._source)].lower()
        self._at = name_end.start() if name_end else len(self._source)
        self._skip_space()
        if self._peek() != ">":
            raise EntityError(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        opened = self._open[-1]
        if name and name != opened.tag:
            offset = self._bytes(begin)
            raise EntityError(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self._at += 1
        self._close(self._open.pop())

    def _close(self, opened: _Open) -> None:
        if self._length == opened.offset:
            return
        entity = _entity(opened, self._length - opened.offset, self._pieces)
        if entity is None:
            return
        inner = self._entities[-1] if self._entities else None
        if entity.type == "pre" and inner and inner.type == "code" and _same_range(inner, entity) and inner.extra:
            self._entities[-1] = Entity("pre", entity.offset, entity.length, inner.extra)
            return
        self._entities.append(entity)


def _decoded(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, "")
    # Python reads no decimal number of more than 4,300 digits.
    code = int(hexadecimal, 16) if hexadecimal else int(decimal.lstrip("0")[:_CODE_POINT_DIGITS] or "0")
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's surrogate range reads best as its two ends
    return chr(code) if 0 < code <= _LAST_CODE_POINT and not surrogate else ""


def _argument(tag: str, name: str, value: str) -> str:
    """Return what an attribute means to its tag, "" for an attribute that Telegram overlooks."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _entity(opened: _Open, length: int, pieces: list[str]) -> Entity | None:
    kind = _TYPES[opened.tag]
    if opened.tag == "a":
        return _link(opened, length, opened.argument or "".join(pieces[opened.start :]))
    if opened.tag == "tg-emoji":
        return _custom_emoji(opened, length)
    if opened.tag == "blockquote" and opened.argument:
        kind = "expandable_blockquote"
    extra = (("language", opened.argument),) if opened.tag == "code" and opened.argument else ()
    return Entity(kind, opened.offset, length, extra)


def _link(opened: _Open, length: int, target: str) -> Entity | None:
    url = checked_link(target)
    return Entity("text_link", opened.offset, length, (("url", url),)) if url else None


def _custom_emoji(opened: _Open, length: int) -> Entity:
    if not opened.argument.isdecimal() or int(opened.argument) == 0:
        raise EntityError("Invalid custom emoji identifier specified")
    return Entity("custom_emoji", opened.offset, length, (("custom_emoji_id", opened.argument),))


def _same_range(one: Entity, other: Entity) -> bool:
    return one.offset == other.offset and one.length == other.length
