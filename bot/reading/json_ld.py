"""Structured data that pages carry in <script type="application/ld+json">, read as leniently as search engines do."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_WRAPPED_START = re.compile(r"(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?")
_WRAPPED_END = re.compile(r"(?://|/\*)?\s?(?:-->|\]\]>)\s?(?:\*/)?$")
_END = 12  # characters of the longest wrapping's end
_MAX_REPAIRED = 200_000  # characters of a block that is worth a second look
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*")(?=[\w@]+"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_BARE_QUOTE = re.compile(r'(?<=[^\s\\{\[,:])"(?=\s*[^\s,:}\]])|(?<=[^\s\\{\[,:]\s)"(?=[^\s,:}\]])')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_CLOSERS = {"{": "}", "[": "]"}
_BETWEEN = re.compile(r"[ \t\r\n,;]*")
_MAX_DEPTH = 12


def read_json_ld(scripts: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return every object of these scripts, arrays and @graph flattened, in document order; never raises."""
    return tuple(item for script in scripts for value in _values(script) for item in _flatten(value))


def _values(script: str) -> Iterator[Any]:
    text = _unwrapped(script.strip()).rstrip(";")
    for attempt in (_as_is, _repaired, _repaired_entities, _requoted, _closed):
        values = attempt(text)
        if values:
            yield from values
            return


def _unwrapped(text: str) -> str:
    """Take off the comment or CDATA that a script is wrapped in."""
    start = _WRAPPED_START.match(text)
    body, tail = text[start.end() if start else 0 :], text[-_END:]
    if end := _WRAPPED_END.search(tail):
        body = body[: end.start() - len(tail)]
    return body.strip()


def _as_is(text: str) -> list[Any]:
    """Read one JSON value, or several that follow each other."""
    decoder, values, at = json.JSONDecoder(strict=False), [], 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
    except (ValueError, RecursionError):
        pass
    return values


def _repaired(text: str) -> list[Any]:
    text = _BAD_ESCAPE.sub(r"\\\\", text.replace("\\'", "'"))
    return _as_is(_MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", text)))


def _repaired_entities(text: str) -> list[Any]:
    return _repaired(html.unescape(text)) if "&quot;" in text else []


def _requoted(text: str) -> list[Any]:
    """Read JSON whose texts hold bare quotes: those with neither punctuation of JSON before nor behind them."""
    return _repaired(_BARE_QUOTE.sub(r"\\\g<0>", text)) if len(text) <= _MAX_REPAIRED else []


def _closed(text: str) -> list[Any]:
    """Read JSON that lacks brackets at its end."""
    open_ones: list[str] = []
    if len(text) > _MAX_REPAIRED:
        return []
    for found in _TOKEN.finditer(text):
        if found[0] in _CLOSERS:
            open_ones.append(_CLOSERS[found[0]])
        elif open_ones and found[0] == open_ones[-1]:
            open_ones.pop()
    closed = _repaired(text + "".join(reversed(open_ones))) if 0 < len(open_ones) <= _MAX_DEPTH else []
    return [value for value in closed if value]


def _flatten(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        graph = value.get("@graph")
        if graph is None or len(value) > 2:  # noqa: PLR2004 - more than @context and @graph
            yield value
        if graph is not None:
            yield from _flatten(graph, depth + 1)
