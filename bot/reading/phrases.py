"""Lines that are no part of any article, by their words: calls, notices, pointers to other pages.

The words are data: `[boilerplate]` of config/languages/*.toml, and config/boilerplate.toml for further languages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.reading.languages import known_languages, language_table
from config.data import table

# Longer blocks are prose that happens to name a newsletter.
_MAX_START = 320
_MAX_ANYWHERE = 420
_END = re.compile(r"[.!?…:;。！？」』।][\"”“»’'）)\]]*$")
_QUOTES = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " "}
_DECORATION = ' (•·–—-*►▶→>#|“”"«»[](【】_'
_TRAILING = " :.!…»>)"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that give a line away: as the whole of it, at its start, or anywhere in it."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    anywhere: tuple[str, ...]


def is_sentence(text: str) -> bool:
    """Say whether a text ends as sentences do."""
    return bool(_END.search(text))


@lru_cache(maxsize=2000)
def is_boilerplate(text: str) -> bool:
    """Say whether a block is a call, a notice or a pointer to other pages, in any language that has data."""
    if len(text) > _MAX_ANYWHERE:
        return False
    said = text.casefold()
    for mark, plain in _QUOTES.items():
        said = said.replace(mark, plain)
    bare = said.lstrip(_DECORATION)
    if not any(map(str.isalnum, bare)):
        return True
    phrases = _phrases()
    if bare.rstrip(_TRAILING) in phrases.whole:
        return True
    if len(text) <= _MAX_START and bare.startswith(phrases.starts):
        return True
    for phrase in phrases.anywhere:  # noqa: SIM110 - any() takes twice as long, on every block of every page
        if phrase in said:
            return True
    return False


@cache
def _phrases() -> _Phrases:
    tables: list[Mapping[str, Any]] = [language_table(code, "boilerplate") for code in known_languages()]
    tables += table("boilerplate").values()
    return _Phrases(
        whole=frozenset(_all("whole", tables)), starts=_all("starts", tables), anywhere=_all("anywhere", tables)
    )


def _all(key: str, tables: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for language in tables for phrase in language.get(key, ())))
