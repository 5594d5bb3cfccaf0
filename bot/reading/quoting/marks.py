"""Finding what stands between quotation marks, in one pass over each paragraph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# No more nested openings than this are kept, so that a page of nothing but opening marks costs linear time.
_DEEPEST = 6

# Each begins with one of a few characters: the search leaps to the next. An apostrophe within a word is no mark.
_LETTER = r"[^\W_]"
_MARK = re.compile(
    r"[\"“”„‟«»`'‘’](?:(?<=[\"“”„‟«»])|(?<=`)`|(?<=‘)(?!')"
    rf"|(?<=’)(?!'|{_LETTER})|(?<=')(?:'|(?<!{_LETTER}')|(?!{_LETTER})))"
)
# Two single marks for a double one, in texts that open so; elsewhere ’’ ends a quotation within another.
_DOUBLED = re.compile(rf"‘‘|’’|{_MARK.pattern}")
_CLOSES = {"“": '”"“', "„": '“”"‟', "«": "»", "»": "«", '"': '"”', "‘": "’", "'": "'", "”": "”", "‟": "”"}
_CLOSES |= {"``": "''", "‘‘": "’’"}
_OPENS_ALWAYS = frozenset({"„", "«", "``", "‘‘", "‟"})
_SINGLE = frozenset({"‘", "'", "’"})
_ENDS_SENTENCE = ".!?…,"


@dataclass(frozen=True, slots=True)
class Span:
    """What stands between two quotation marks of one paragraph.

    Attributes:
        start: where the words begin, after the opening mark.
        end: where the words end, before the closing mark.
        outer_start: where the opening mark begins.
        outer_end: where the closing mark ends; the paragraph's end where the mark is missing.
        closed: False where the quotation goes on in the next paragraph.
        continues: True where it goes on from the paragraph before.
        dialogue: a dash opens it instead of marks.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    continues: bool = False
    dialogue: bool = False


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    end: int


def marked_spans(texts: Iterable[str]) -> list[list[Span]]:
    """Find the outermost quotations of each paragraph.

    A quotation that a paragraph leaves open counts only when the next paragraph opens with a mark again (the rule of
    printed English, Russian and Ukrainian prose: each paragraph reopens, only the last one closes).

    Args:
        texts: the paragraphs in reading order.

    Returns:
        For each paragraph its spans in order. Time is linear in the text's length.
    """
    paragraphs = list(texts)
    found: list[list[Span]] = []
    going_on = False
    for index, text in enumerate(paragraphs):
        following = paragraphs[index + 1].lstrip() if index + 1 < len(paragraphs) else ""
        spans, going_on = _scan(text, following, continues=going_on)
        found.append(spans)
    return found


def _scan(text: str, following: str, *, continues: bool) -> tuple[list[Span], bool]:
    stack: list[_Open] = []
    spans: list[Span] = []
    for match in (_DOUBLED if "‘‘" in text else _MARK).finditer(text):
        mark = match.group()
        partner = _partner(stack, mark, text, match) if stack else None
        if partner is not None:
            opened = stack[partner]
            del stack[partner:]
            while spans and spans[-1].start >= opened.end:
                spans.pop()
            spans.append(Span(opened.end, match.start(), opened.start, match.end()))
        elif len(stack) < _DEEPEST and _may_open(mark, text, match):
            stack.append(_Open(mark, match.start(), match.end()))
    last = _left_open(stack, text, following)
    if last is not None:
        spans = [span for span in spans if span.end < last.start]
        spans.append(last)
    if continues and spans and not text[: spans[0].outer_start].strip():
        first = spans[0]
        spans[0] = Span(first.start, first.end, first.outer_start, first.outer_end, first.closed, continues=True)
    return spans, last is not None


def _left_open(stack: list[_Open], text: str, following: str) -> Span | None:
    if not stack or not following:
        return None
    opened = stack[0]
    reopens = following.startswith(opened.mark) or (opened.mark == "„" and following[0] in "“„")
    if not reopens or opened.mark in _SINGLE - {"‘"}:
        return None
    return Span(opened.end, len(text.rstrip()), opened.start, len(text), closed=False)


def _partner(stack: list[_Open], mark: str, text: str, match: "re.Match[str]") -> int | None:
    """Return the index of the opening that this mark closes."""
    if mark in _SINGLE and not _single_may_close(text, match):
        return None
    if mark == '"' and _looks_opening(text, match) and not _stands_free(text, match):
        return None
    for index in range(len(stack) - 1, -1, -1):
        if mark in _closing(stack[index].mark):
            return index
    return None


def _closing(opening: str) -> tuple[str, ...]:
    closing = _CLOSES.get(opening, "")
    return (closing,) if len(opening) > 1 else tuple(closing)


def _may_open(mark: str, text: str, match: "re.Match[str]") -> bool:
    if mark in _OPENS_ALWAYS:
        return True
    if mark in {"''", "’’"}:
        return False
    if mark in {"”", "»"}:
        return _looks_opening(text, match) and _closes_later(mark, text, match.end())
    if mark in _SINGLE:
        return mark != "’" and _looks_opening(text, match) and text[match.end() : match.end() + 1].isalpha()
    return mark == "“" or _looks_opening(text, match)


def _closes_later(mark: str, text: str, position: int) -> bool:
    closing = "«" if mark == "»" else "”"
    return text.find(closing, position, position + 2000) >= 0


def _looks_opening(text: str, match: "re.Match[str]") -> bool:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    return (before.isspace() or before in "([{—–-:/“«„‘'\"") and not (after.isspace() and not before.isspace())


def _stands_free(text: str, match: "re.Match[str]") -> bool:
    """Tell whether white space stands on both sides, as in tokenized text, where only the count of marks decides."""
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    return before.isspace() and after.isspace() and match.start() > 0


def _single_may_close(text: str, match: "re.Match[str]") -> bool:
    """Tell a closing single mark from an apostrophe: no letter may follow; after "s" it may be a possessive."""
    after = text[match.end()] if match.end() < len(text) else " "
    if after.isalnum():
        return False
    before = text[match.start() - 1] if match.start() else " "
    if before in "sS" and after.isspace():
        later = text.find(match.group(), match.end(), match.end() + 400)
        while later > 0 and later + 1 < len(text) and text[later + 1].isalnum():
            later = text.find(match.group(), later + 1, match.end() + 400)
        opening = text.find("‘", match.end(), match.end() + 400)
        return not (later > 0 and text[later - 1] in _ENDS_SENTENCE and not 0 <= opening < later)
    return not before.isspace()
