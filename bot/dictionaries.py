"""pymorphy3's dictionaries of Ukrainian and Russian, loaded when the first word of a language is looked up.

About 0.06 s and 20 MB each; every process that asks keeps one copy.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

_LAST_WORDS = 256


@lru_cache(_LAST_WORDS)  # a word is often asked about in several ways, one soon after the other
def parses(word: str, language: str) -> Sequence[Any]:
    """Return pymorphy3's readings of a word, the likeliest first.

    Args:
        word: one word; its apostrophe may be any.
        language: "uk" or "ru".

    Returns:
        Nothing for a word with a letter that Python has no name for (a Tangut one), over which pymorphy3 stumbles.
    """
    try:
        return tuple(_analyzer(language).parse(_plain(word)))
    except ValueError:
        return ()


def is_in_dictionary(word: str, language: str) -> bool:
    """Tell whether a word, in whatever form, is in the dictionary and not guessed by its ending."""
    return bool(_analyzer(language).word_is_known(_plain(word)))


def _plain(word: str) -> str:
    """Return "лук'ян" for "лук’ян": the Ukrainian dictionary knows the typewriter's apostrophe only."""
    return word.replace("’", "'").replace("ʼ", "'")


@cache
def _analyzer(language: str) -> Any:
    import pymorphy3  # noqa: PLC0415  a tenth of a second, which processes that look nothing up are spared

    return pymorphy3.MorphAnalyzer(lang=language)
