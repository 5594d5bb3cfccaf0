"""Words brought to their stems, so that a query finds its words in every inflected form (en, uk, ru).

A text is indexed by one stem for each word, which is cheap. What the stemmers do not see ("Київ" – "Києва", "війна" –
"воєн") is made up for on the side of the query, which is short: its words are inflected by pymorphy3's dictionaries,
and every form's stem is looked for.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import Stemmer

from bot.dictionaries import parses
from bot.ukrainian import ukrainian_stem

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_REMEMBERED = 100_000
_LIKELY = 3  # readings of a word that are inflected; the dictionary gives the likely ones first
_SHORTEST = 2  # a stem of one letter would find half of the language


def text_stems(text: str, language: str | None = None) -> list[str]:
    """Return the stems of all words of a text, in order; they hold letters and digits alone.

    Args:
        text: any text.
        language: ISO 639-1 of a text in Cyrillic, where known; else its letters tell Ukrainian from Russian.
    """
    cyrillic = language if language in {"uk", "ru"} else ("uk" if _UKRAINIAN.search(text) else "ru")
    return [_stem(word, cyrillic if _CYRILLIC.match(word) else "en") for word in words_in(text)]


@lru_cache(maxsize=4_000)
def query_stems(word: str) -> frozenset[str]:
    """Return every stem under which a text may have a word, whichever of the three languages the word is of."""
    found = set()
    for part in words_in(word):
        if not _CYRILLIC.match(part):
            found.add(_stem(part, "en"))
            continue
        for language in ("uk", "ru"):
            found |= {_stem(form.translate(_APOSTROPHES), language) for form in _forms(part, language)}
    long = frozenset(stem for stem in found if len(stem) >= _SHORTEST)
    return long or frozenset(found)


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared: in lower case, without apostrophes."""
    return [word.translate(_APOSTROPHES) for word in _WORD.findall(text.casefold().replace("ё", "е"))]


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str, language: str) -> str:
    return _stemmer(language)(word) or word


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "uk":
        stem: Callable[[str], str] = ukrainian_stem
        return stem
    found: Any = Stemmer.Stemmer({"en": "english", "ru": "russian"}[language])
    snowball: Callable[[str], str] = found.stemWord
    return snowball


def _forms(word: str, language: str) -> set[str]:
    """Return a word's inflected forms, itself among them; an unknown word has none but itself."""
    known = [parse for parse in parses(word, language) if parse.is_known][:_LIKELY]
    return {word} | {form.word.replace("ё", "е") for parse in known for form in parse.lexeme}
