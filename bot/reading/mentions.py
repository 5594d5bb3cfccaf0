"""Who a sentence speaks of without saying who that is: surnames and pronouns whose bearer was named before."""

import re
from collections.abc import Sequence
from functools import cache

from bot.reading.languages import language_table

_NAME = re.compile(r"[^\W\d_a-zа-яіїєґё][\w’'ʼ-]*[^\W\d_A-ZА-ЯІЇЄҐ]")
_FULL = re.compile(rf"{_NAME.pattern}(?:[ -](?:{_NAME.pattern}))+")
_WORD = re.compile(r"[\w’'ʼ-]+")
# Common nouns have capitals there, so that capitals tell no names.
_CAPITALIZED_NOUNS = frozenset({"de", "lb"})


def full_names(text: str) -> set[str]:
    """Return the last words of all runs of two capitalized words or more: the surnames of people named in full."""
    return {_bare(found.group().split()[-1]) for found in _FULL.finditer(text)}


def unnamed(sentences: Sequence[str], title: str, language: str | None) -> list[bool]:
    """Say of each sentence whether it names somebody by surname, or by pronoun, who was named in full before it.

    Args:
        sentences: those of an article in order.
        title: what a reader has seen above them.
        language: ISO 639-1.
    """
    known = {_bare(word) for word in _WORD.findall(title)}
    introduced: set[str] = set()
    found: list[bool] = []
    for text in sentences:
        here = set() if language in _CAPITALIZED_NOUNS else full_names(text)
        alone = {_bare(name.group()) for name in _NAME.finditer(text)} - here - known
        found.append(bool(alone & introduced) or _points_back(text, language))
        introduced |= here
    return found


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _points_back(text: str, language: str | None) -> bool:
    """Say whether a pronoun stands in a sentence before any name that it could mean."""
    pronouns = _pronouns(language)
    for place, word in enumerate(_WORD.findall(text)):
        if word.casefold() in pronouns:
            return True
        if place and word[0].isupper():
            return False
    return False


@cache
def _pronouns(language: str | None) -> frozenset[str]:
    return frozenset(language_table(language, "summary").get("pronouns", ()))
