"""Who a sentence speaks of without saying who that is: surnames and pronouns whose bearer was named before."""

import re
from collections.abc import Sequence
from functools import cache

from bot.reading.languages import language_table
from config.data import table

_NAME = re.compile(r"[^\W\d_a-zа-яіїєґё][\w’'ʼ-]*[^\W\d_A-ZА-ЯІЇЄҐ]")
_RUN = re.compile(rf"{_NAME.pattern}(?:[ -]{_NAME.pattern})*")
_WORD = re.compile(r"[\w’'ʼ-]+")
# Common nouns have capitals there, so that capitals tell no names.
_CAPITALIZED_NOUNS = frozenset({"de", "lb"})


def unnamed(sentences: Sequence[str], title: str, language: str | None) -> list[bool]:
    """Say of each sentence whether it names somebody by surname alone who was named in full before it.

    Args:
        sentences: those of an article in order.
        title: what a reader has seen above them.
        language: ISO 639-1.
    """
    known = {_bare(word) for word in _WORD.findall(title)}
    introduced: set[str] = set()  # the last words of runs of capitalized words: the surnames of people named in full
    found: list[bool] = []
    for text in sentences:
        runs = [] if language in _CAPITALIZED_NOUNS else _RUN.findall(text)
        full = {_bare(run.rsplit(maxsplit=1)[-1]) for run in runs if " " in run}
        alone = {_bare(run) for run in runs if " " not in run} - full - known
        found.append(not alone.isdisjoint(introduced))
        introduced |= full
    return found


def _bare(word: str) -> str:
    return word.removesuffix("s").rstrip("'’") if word[-2:] in {"'s", "’s"} else word


def points_back(text: str, language: str | None) -> bool:
    """Say whether a pronoun stands in a sentence before any name that it could mean."""
    pronouns = _pronouns(language)
    if not pronouns:
        return False
    for found in _WORD.finditer(text):
        word = found.group()
        if word.casefold() in pronouns:
            return True
        if found.start() and word[0].isupper():
            return False
    return False


@cache
def _pronouns(language: str | None) -> frozenset[str]:
    own = language_table(language, "summary") or table("summary").get(language or "", {})
    return frozenset(own.get("pronouns", ()))
