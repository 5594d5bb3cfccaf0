"""Linguistic data, one TOML file for each language in config/languages; a new language is a new file."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from config.data import tables


@cache
def _files() -> dict[str, dict[str, Any]]:
    return dict(tables("languages"))


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have data."""
    return tuple(_files())


def language_table(code: str | None, section: str) -> Mapping[str, Any]:
    """Return one section of a language's data.

    Args:
        code: ISO 639-1; a language without data, or None, gives an empty table.
        section: the table's name in the file, such as "labels" or "quotes".
    """
    table: Mapping[str, Any] = _files().get(code or "", {}).get(section, {})
    return table
