"""Where quotations and parentheses stand in a text, so that nobody cuts through one."""

import re

_MARKS = re.compile(r"[“”«»„()「」『』\"]")
_ASCII_MARKS = tuple(filter(str.isascii, _MARKS.pattern.strip("[]").replace("\\", "")))
_PAIRS = {"«": "»", "(": ")", "「": "」", "『": "』", "“": "”", "„": "“”"}
# A quotation that runs on for longer than this has probably lost its closing mark.
_LONGEST = 1200


def has_marks(text: str) -> bool:
    """Say whether a text has any quotation mark or parenthesis that `enclosed_spans` knows."""
    if text.isascii():  # where to look for each takes a tenth of the time that the pattern does
        return any(map(text.__contains__, _ASCII_MARKS))
    return _MARKS.search(text) is not None


def enclosed_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each outermost quotation and parenthesis that is opened and closed in one line.

    “…”, «…», „…“, „…”, "…", (…), 「…」 are known. Straight marks open and close in turn; one that stands alone, as for
    inches, opens nothing that would be closed by a mark with a space before it.
    """
    if "\n" not in text:
        return _line_spans(text)
    return [
        (line.start() + start, line.start() + end)
        for line in re.finditer(r"[^\n]+", text)
        for start, end in _line_spans(line.group())
    ]


def _line_spans(line: str) -> list[tuple[int, int]]:
    marks = [mark.start() for mark in _MARKS.finditer(line)] if has_marks(line) else []
    found = []
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if not _encloses(line, start, end):
            return _nested_spans(line)
        found.append((start, end + 1))
    return found if len(marks) % 2 == 0 else _nested_spans(line)


def _encloses(line: str, start: int, end: int) -> bool:
    """Say whether the first of two marks opens what the second closes, with none between them, as nearly always."""
    if line[start] == '"':
        pair = line[end] == '"' and _opens(line, start) and _may_close('"', line, end)
    else:
        pair = line[end] in _PAIRS.get(line[start], "")
    return pair and end - start <= _LONGEST


def _nested_spans(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    depth = 0
    for match in _MARKS.finditer(line):
        mark, at = match.group(), match.start()
        if opened and at - opened[0] > _LONGEST:
            opened, depth = None, 0
        if opened is None:
            closer = _closer(mark, line, at)
            if closer:
                opened, depth = (at, closer), 1
        elif mark in opened[1] and _may_close(mark, line, at):
            depth -= 1
            if depth == 0:
                found.append((opened[0], match.end()))
                opened = None
        elif mark == line[opened[0]] and mark not in '"”':
            depth += 1
    return found


def _closer(mark: str, line: str, at: int) -> str:
    """Return the marks that close what this one opens, "" for one that cannot open."""
    if mark in '"”':  # "this" and the Swedish and Finnish ”way”
        return mark if _opens(line, at) else ""
    if mark == "»":
        return "«" if "«" in line[at : at + _LONGEST] else ""  # the Danish and German »way«
    return _PAIRS.get(mark, "")


def _opens(line: str, at: int) -> bool:
    return bool(line[at + 1 : at + 2].strip()) and not line[at - 1 : at].strip()


def _may_close(mark: str, line: str, at: int) -> bool:
    return mark != '"' or not line[at - 1 : at].isspace()
