"""Lines that are no part of any article, by their words: calls, notices, pointers to other pages.

The words are data: `[boilerplate]` of config/languages/*.toml, and config/boilerplate.toml for further languages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.reading.languages import known_languages, language_table
from config.data import table

# Longer blocks are prose that happens to name a newsletter.
_MAX_START = 320
_MAX_ANYWHERE = 420
# From rare to common in the languages of Europe; what is not among them is rarer still.
_LETTERS = "qxjz+wyvkfbpghmcdulosrntaie -"
_TELLING = 3  # characters behind a phrase's first word; "is" or "la" stands in any line
# As the phrases are written; the dot is what casefold leaves of a Turkish İ beside its i.
_PLAIN = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u0307": ""}
_DECORATION = ' (•·–—-*►▶→>#|“”"«»[](【】_'
_TRAILING = " :.!…»>)"
_SYMBOLS = re.compile(r"^\W+")  # "📲 Clique aqui"


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """Phrases that give a line away wherever they stand in it.

    Every short block of every page is looked through for hundreds of them. A search for what begins with a space leaps
    from word to word, one for rare letters from one to the next: a third of the time that one for the phrases takes.

    Attributes:
        several: the phrases of several words.
        behind_first: what these have behind their first word.
        others: those of one word, and those with next to nothing behind the first.
    """

    several: re.Pattern[str]
    behind_first: re.Pattern[str]
    others: re.Pattern[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "_Anywhere":
        """Sort these phrases."""
        behind = {phrase: rest for phrase in phrases if len(rest := phrase.partition(" ")[2]) >= _TELLING}
        return cls(
            several=re.compile(_any_of(behind) or "(?!)"),
            behind_first=re.compile(" " + (_any_of(set(behind.values())) or "(?!)")),
            others=re.compile("|".join(_from_rarest(phrase) for phrase in phrases if phrase not in behind) or "(?!)"),
        )

    def is_in(self, line: str) -> bool:
        """Say whether a line has one of them."""
        several = self.behind_first.search(line) and self.several.search(line)
        return bool(several or self.others.search(line))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that give a line away: as the whole of it, at its start (by their first character), or anywhere in it."""

    whole: frozenset[str]
    starts: Mapping[str, tuple[str, ...]]
    anywhere: _Anywhere

    def begin(self, line: str) -> bool:
        """Say whether a line begins with one of the starts."""
        return line.startswith(self.starts.get(line[:1], ()))


@lru_cache(maxsize=2000)
def is_boilerplate(text: str) -> bool:
    """Say whether a block is a call, a notice or a pointer to other pages, in any language that has data."""
    if len(text) > _MAX_ANYWHERE:
        return False
    said = text.casefold()
    for mark, plain in _PLAIN.items():
        said = said.replace(mark, plain)
    bare = said.lstrip(_DECORATION)
    if bare and not bare[0].isalnum():
        bare = _SYMBOLS.sub("", bare)
    if not any(map(str.isalnum, bare)):
        return True
    phrases = _phrases()
    if bare.rstrip(_TRAILING) in phrases.whole:
        return True
    if len(text) <= _MAX_START and (phrases.begin(bare) or phrases.begin(said)):
        return True
    return phrases.anywhere.is_in(said)


@cache
def _phrases() -> _Phrases:
    tables: list[Mapping[str, Any]] = [language_table(code, "boilerplate") for code in known_languages()]
    tables += table("boilerplate").values()
    return _Phrases(
        whole=frozenset(_all("whole", tables)),
        starts={first: tuple(same) for first, same in groupby(sorted(_all("starts", tables)), key=itemgetter(0))},
        anywhere=_Anywhere.of(_all("anywhere", tables)),
    )


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of these phrases, with what several begin with written once.

    Every short block of every page is looked through for hundreds of phrases: twice as fast as one after the other, and
    five times as fast as the plain alternatives.
    """
    rests: dict[str, set[str]] = {}
    for phrase in phrases:
        rests.setdefault(phrase[:1], set()).add(phrase[1:])
    if "" in rests or not rests:
        return ""
    parts = [re.escape(first) + _any_of(rests[first]) for first in sorted(rests)]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _from_rarest(phrase: str) -> str:
    """Return a pattern for a phrase that begins with its rarest character and looks back for those before it."""
    at = min(range(len(phrase)), key=lambda place: _LETTERS.find(phrase[place]))
    rare = re.escape(phrase[at])
    return f"{rare}(?<={re.escape(phrase[: at + 1])}){re.escape(phrase[at + 1 :])}"


def _all(key: str, tables: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase.casefold() for language in tables for phrase in language.get(key, ())))
