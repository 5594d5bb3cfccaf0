"""Structured data that pages carry in <script type="application/ld+json">, read as leniently as search engines do."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_WRAPPING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?|(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*")(?=[\w@]+"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_MAX_DEPTH = 12


def read_json_ld(scripts: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Return every object of these scripts, arrays and @graph flattened, in document order; never raises."""
    return tuple(item for script in scripts for value in _values(script) for item in _flatten(value))


def _values(script: str) -> Iterator[Any]:
    text = script.strip()
    if text[:1] not in "{[" or text[-1:] not in "}]":  # the pattern takes long on long scripts
        text = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (_as_is, _repaired, _repaired_entities):
        values = attempt(text)
        if values:
            yield from values
            return


def _as_is(text: str) -> list[Any]:
    """Read one JSON value, or several that follow each other."""
    decoder, values, at = json.JSONDecoder(strict=False), [], 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            while at < len(text) and text[at] in " \t\r\n,;":
                at += 1
    except (ValueError, RecursionError):
        pass
    return values


def _repaired(text: str) -> list[Any]:
    text = _BAD_ESCAPE.sub(r"\\\\", text.replace("\\'", "'"))
    return _as_is(_MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", text)))


def _repaired_entities(text: str) -> list[Any]:
    return _repaired(html.unescape(text)) if "&quot;" in text else []


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
