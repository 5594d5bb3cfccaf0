"""Labelled paragraphs: "Source: …", "Пряма мова Зеленського: «…»", "Background:" with its list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.models import Paragraph, ParagraphKind
from bot.reading.languages import known_languages, language_table

_KINDS = {
    "source": ParagraphKind.SOURCE,
    "details": ParagraphKind.DETAILS,
    "quote": ParagraphKind.QUOTE,
    "reference": ParagraphKind.REFERENCE,
    "background": ParagraphKind.BACKGROUND,
}
_MAX_NAME = 100
_OPENING = "\"“„«‘'"
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'"}
_AFTER_CLOSING = ".,;"


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the body before its label is read.

    Attributes:
        text: its words.
        tag: "p", "li", a heading's tag, or "blockquote".
    """

    text: str
    tag: str = "p"


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a paragraph: what it says of it, who is named in it, and the words after it."""

    kind: ParagraphKind
    speaker: str | None
    rest: str


def read_label(text: str) -> Label | None:
    """Read the label that a paragraph starts with, in any known language; None where it starts with none."""
    match = _pattern().match(text)
    if not match:
        return None
    name = (match["name"] or "").strip(" ,–—-") or None
    kind = next(kind for key, kind in _KINDS.items() if match[key])
    if name and kind is not ParagraphKind.QUOTE:
        return None
    return Label(kind, name, text[match.end() :].strip())


def label_paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Give each line its kind; a label that stands alone holds for what follows it.

    A label alone on its line holds for the list after it, else (for a background) for every paragraph up to the next
    label or heading, else for one paragraph.
    """
    return tuple(_labelled(lines))


def _labelled(lines: Iterable[Line]) -> Iterator[Paragraph]:
    open_label: Label | None = None
    in_list = False
    for line in lines:
        label = read_label(line.text)
        if label is not None:
            open_label, in_list = label, False
            if label.rest:
                yield _paragraph(label.rest, label)
            continue
        if open_label and _holds(open_label, line, in_list=in_list):
            in_list = line.tag == "li"
            yield _paragraph(line.text, open_label)
            open_label = open_label if in_list or _is_background(open_label) else None
            continue
        open_label = None
        yield _unlabelled(line)


def _holds(label: Label, line: Line, *, in_list: bool) -> bool:
    if line.tag == "li":
        return True
    if in_list or _is_heading(line):
        return False
    return not label.rest


def _is_background(label: Label) -> bool:
    return label.kind is ParagraphKind.BACKGROUND


def _is_heading(line: Line) -> bool:
    return line.tag[0] == "h" and line.tag[1:].isdigit()


def _paragraph(text: str, label: Label) -> Paragraph:
    if label.kind is ParagraphKind.QUOTE:
        return Paragraph(without_outer_quotes(text), label.kind, label.speaker)
    return Paragraph(text, label.kind)


def _unlabelled(line: Line) -> Paragraph:
    if _is_heading(line):
        return Paragraph(line.text, ParagraphKind.HEADING)
    if _reminder().match(line.text):
        return Paragraph(line.text, ParagraphKind.BACKGROUND)
    return Paragraph(line.text)


def without_outer_quotes(text: str) -> str:
    """Take off the quotation marks around a whole text; a text that they do not enclose whole is returned as it is."""
    bare = text.rstrip(_AFTER_CLOSING)
    bare = text if text[-1:] in _AFTER_CLOSING and bare[-1:] not in "\"”“»’'" else bare
    if len(bare) < 3 or bare[0] not in _OPENING or bare[-1] not in _CLOSING[bare[0]]:  # noqa: PLR2004 - two marks
        return text
    inner = bare[1:-1]
    return inner.strip() if _encloses(bare[0], inner) else text


def _encloses(mark: str, inner: str) -> bool:
    """Say whether the marks that stand in a quotation pair up among themselves."""
    if mark in "\"'":
        first = inner.find(mark)
        return first < 0 or (inner.count(mark) % 2 == 0 and (first == 0 or inner[first - 1] in " (\u00a0"))
    depth = 0
    for char in inner:
        depth += (char == mark) - (char in _CLOSING[mark])
        if depth < 0:
            return False
    return depth == 0


@cache
def _pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{key}>{'|'.join(map(re.escape, _phrases(key)))})" for key in _KINDS)
    return re.compile(rf"(?:{groups})(?P<name>\s[^:.!?;\n\"«“„]{{2,{_MAX_NAME}}})?\s*:", re.IGNORECASE)


@cache
def _reminder() -> re.Pattern[str]:
    phrases = _phrases("reminder") or ["(?!)"]
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b,?", re.IGNORECASE)


def _phrases(key: str) -> list[str]:
    """Return the labels of one kind in every known language, the longest first."""
    found = {phrase for code in known_languages() for phrase in language_table(code, "labels").get(key, ())}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))
