"""Clauses that stand as sentences without a main one: "Wie eine Stadt sich wehrt." below a headline."""

import re
from collections.abc import Sequence

from bot.reading.phrases import phrases_of

# Behind one of these a main clause may begin, with its verb: "Wie es begann, ist unklar."
_BORDER = re.compile(r"(?:,|:| [–—-])\s+([\w’'ʼ-]+)")


def is_bare_clause(text: str, parts: Sequence[str], language: str | None) -> bool:
    """Say whether a text has no main clause: "Wie eine Stadt sich wehrt." A question or a cry needs none.

    Args:
        text: a sentence.
        parts: the text cut at white space.
        language: ISO 639-1; of a language without `bare_starts` in its data, none is.
    """
    phrases = phrases_of(language)
    if not parts or parts[0].casefold() not in phrases.bare_firsts or text.rstrip('”“»" ')[-1:] in "?!":
        return False
    first, second = map(str.casefold, (*parts, "")[:2])
    if second in phrases.bare_unless or phrases.bare_starts.isdisjoint((first, f"{first} {second}")):
        return False
    return not any(word[0].islower() and word not in phrases.subordinate for word in _BORDER.findall(text))
