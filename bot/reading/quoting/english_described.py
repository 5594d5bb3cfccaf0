"""Mentions of an English text that describe somebody and do not name him: "The 26-year-old nurse"."""

from bisect import bisect_left
from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Mention
from bot.reading.quoting.tokens import Sentence

_SHORTEST, _LONGEST_STAR = 3, 6
_THEIR_GENDER = {"he": "m", "his": "m", "she": "f", "her": "f"}


def take_up_described(cast: Cast, sentences: Sequence[Sentence]) -> None:
    """Let "The 26-year-old nurse, who split from Smith," and "The Long Road star said" mention whom it is about.

    Args:
        cast: the article's persons with their mentions.
        sentences: all sentences in reading order.
    """
    for number, tokens in enumerate(sentences):
        if not number or tokens[0].low != "the" or len(tokens) < _SHORTEST:
            continue
        if tokens[1].low.endswith("-year-old"):
            about = next((mention for mention in cast.mentions_in(number - 1) if not mention.owner), None)
        else:
            about = _starring(cast, number, tokens)
        if about is not None and about.person.plausible:
            place = bisect_left(cast.mentions, number, key=lambda mention: mention.sentence)
            cast.mentions.insert(place, Mention(number, 0, about.person))


def _starring(cast: Cast, number: int, tokens: Sentence) -> Mention | None:
    """Return whom the sentences before "The Long Road star said" name, where no pronoun tells that it is another."""
    star = next(
        (i for i, token in enumerate(tokens[1:_LONGEST_STAR], 1) if cast.words.has("celebrities", token.low)), 0
    )
    if not star or any(token.kind != "C" for token in tokens[1:star]):
        return None
    if any(token.kind == "C" for token in tokens[star + 1 : star + 2]):
        return None  # "The Long Road star Ann Smith said"
    near = [mention for at in (number - 1, number - 2) for mention in cast.mentions_in(at) if not mention.owner]
    about = near[0] if near else None
    pronoun = next((token.low for token in tokens if token.low in _THEIR_GENDER), "")
    if about is None or (pronoun and about.person.gender not in {"", _THEIR_GENDER[pronoun]}):
        return None
    return about
