"""A text with its entities, measured in UTF-16 code units as Telegram measures it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

# Telegram cuts these out of code, which holds no other formatting (Bot API, "Formatting options").
SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
CODE = frozenset({"code", "pre"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# What a text of a message may not hold; Telegram drops them (all C0 controls but the line feed).
_DROPPED = {code: None for code in range(32) if code != ord("\n")} | {ord("\t"): " "}

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Entity:
    """A MessageEntity: `offset` and `length` count UTF-16 units; `extra` holds url, user, language and the like."""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        """The offset after the last unit."""
        return self.offset + self.length

    @property
    def url(self) -> str | None:
        """The address of a text_link."""
        return dict(self.extra).get("url")

    def to_json(self) -> dict[str, Any]:
        """Return the entity as the Bot API writes it."""
        return {"type": self.type, "offset": self.offset, "length": self.length, **dict(self.extra)}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities in Telegram's order."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, start: int, end: int) -> str:
    """Return the part of `text` between two UTF-16 offsets."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def entity_text(formatted: FormattedText, entity: Entity) -> str:
    """Return the words that an entity covers."""
    return utf16_slice(formatted.text, entity.offset, entity.end)


def without_controls(text: str) -> str:
    """Return `text` without the control characters that Telegram drops."""
    return text.translate(_DROPPED) if _CONTROL.search(text) else text


def trimmed(formatted: FormattedText) -> FormattedText:
    """Take white space from both ends, moving and cutting the entities with it."""
    lead = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip())
    text = formatted.text.strip()
    end = utf16_length(text)
    moved = (_clipped(replace(entity, offset=entity.offset - lead), end) for entity in formatted.entities)
    return FormattedText(text, tuple(entity for entity in moved if entity.length > 0))


def _clipped(entity: Entity, end: int) -> Entity:
    start = max(0, entity.offset)
    return replace(entity, offset=start, length=min(end, entity.end) - start)


def ordered(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sort as Telegram does: by offset, the longer first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def without_nesting_faults(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep other formatting out of code, and quotes out of quotes, as Telegram does without a word."""
    known = list(entities)
    codes = [entity for entity in known if entity.type in CODE]
    kept = [part for entity in known for part in _outside(entity, codes)] if codes else known
    return ordered(entity for entity in kept if not _quote_in_quote(entity, kept))


def _outside(entity: Entity, codes: list[Entity]) -> list[Entity]:
    if entity.type in CODE:
        return [entity]
    parts = [entity]
    for code in codes:
        parts = [piece for part in parts for piece in _minus(part, code)]
    return parts


def _minus(entity: Entity, code: Entity) -> list[Entity]:
    if code.end <= entity.offset or entity.end <= code.offset:
        return [entity]
    if entity.type not in SPLITTABLE:
        within = code.offset <= entity.offset and entity.end <= code.end
        return [] if within and entity.type not in QUOTES else [entity]
    before = replace(entity, length=code.offset - entity.offset)
    after = replace(entity, offset=code.end, length=entity.end - code.end)
    return [part for part in (before, after) if part.length > 0]


def _quote_in_quote(entity: Entity, others: list[Entity]) -> bool:
    if entity.type not in QUOTES:
        return False
    return any(
        other is not entity and other.type in QUOTES and other.offset <= entity.offset and entity.end <= other.end
        for other in others
    )
