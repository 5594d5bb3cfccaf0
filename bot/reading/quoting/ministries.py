"""Names of bodies that list what they are for: "the Department for Environment, Food and Rural Affairs"."""

from collections.abc import Sequence

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.tokens import Token

_WHAT_FOR = frozenset({"of", "for"})
LISTING = _WHAT_FOR | {",", "and"}
"""What stands between the words of such a name."""

# Tokens from "Department" to a comma or "and" in its name.
_LONGEST_LIST = 12


def in_ministry(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell whether the comma, "and" or "for" at this index stands in a ministry's name.

    Behind a comma more has to come, and an "and" with it: in "the Department of Health, Education Secretary Ann Smith
    said" the name ends before the comma.
    """
    if tokens[index].low in _WHAT_FOR:
        return index > 0 and words.has("ministries", tokens[index - 1].low)
    for position in range(index - 1, max(0, index - _LONGEST_LIST), -1):
        token = tokens[position]
        if token.low in _WHAT_FOR:
            named = words.has("ministries", tokens[position - 1].low)
            return named and (tokens[index].low == "and" or _goes_on(tokens, index + 1))
        if token.kind != "C" and token.low not in {",", "and", "the"}:
            return False
    return False


def in_body(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell the comma or "and" of "the Culture, Media and Sport Committee" and "the Food and Drug Administration"."""
    if not words.has("portfolios", tokens[index - 1].low):
        return False
    joined = tokens[index].low == "and"
    for token in tokens[index + 1 : index + _LONGEST_LIST]:
        if token.low == "and":
            joined = True
        elif not words.has("portfolios", token.low) and token.text != ",":
            body = token.text == "Executive" or words.has("organisation_words", token.low)
            return joined and token.kind == "C" and body
    return False


def _goes_on(tokens: Sequence[Token], first: int) -> bool:
    for token in tokens[first : first + _LONGEST_LIST]:
        if token.low == "and":
            return True
        if token.kind != "C" and token.text != ",":
            return False
    return False
