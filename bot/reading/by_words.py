"""What introduces a writer in a by-line of the smaller press languages: "Na Juma Hamisi", "Egilea: Ane Ruiz"."""

import re
from collections.abc import Iterable
from functools import cache

from config.data import table

_NAME = r"(?-i:(?![a-zß-ÿ])\w\S*\s+(?:\S+\s+){0,2}?(?![a-zß-ÿ])\w)"
"""Where a name of two words and more begins: "Niamh Ní Bhriain", and anything in a script without capitals."""


def by_words(language: str | None) -> re.Pattern[str]:
    """Return the pattern of what introduces a name at a line's start (config/by_words.toml).

    Args:
        language: the page's, as it states it; the words that other languages use otherwise count for this one alone.
    """
    code = re.split(r"[-_]", language or "")[0].lower()
    return _pattern(code if code in table("by_words")["words"] else "")


@cache
def _pattern(code: str) -> re.Pattern[str]:
    lists = table("by_words")
    labels, own = lists["labels"], lists["words"].get(code, [])
    bare = rf"|(?:{any_of(own)})\s+(?={_NAME})" if own else ""
    return re.compile(rf"^(?:(?:{any_of([*labels, *own])})\s?(?:[:：՝]\s*|$){bare})", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern's text for any of these words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
