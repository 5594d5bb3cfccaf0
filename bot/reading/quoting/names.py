"""Runs of capitalized words and the name inside them: "White House Press Secretary Josh Earnest" → "Josh Earnest"."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.ministries import in_body, in_ministry
from bot.reading.quoting.name_titles import after_adjectives, after_titles, is_called_so
from bot.reading.quoting.tokens import Token

# No name is longer; what is longer is a headline or hostile.
_LONGEST_RUN = 12
# Characters with the marks.
_LONGEST_NICKNAME = 16
# Shorter words in -ly that open sentences are names: "Kelly", "Italy".
_SHORTEST_ADVERB = 6


class Run(NamedTuple):
    """Capitalized words that stand together.

    Attributes:
        first: index of the first token.
        last: index of the last token.
        name_first: index where the name begins after titles and adjectives; above `last` where only a title stands.
        male: a title or word in front says that a man is meant.
        female: the same for a woman.
        titled: a title stands in front of the name.
    """

    first: int
    last: int
    name_first: int
    male: bool = False
    female: bool = False
    titled: bool = False

    @property
    def is_name(self) -> bool:
        """Tell whether a name is left when the titles are taken away."""
        return self.name_first <= self.last


def run_ending(tokens: Sequence[Token], last: int, words: Lexicon) -> Run | None:
    """Return the run whose last token is at this index, or None where no capitalized word stands there."""
    if not _may_stand_in_name(tokens, last, words):
        return None
    first = last
    while first > 0 and last - first < _LONGEST_RUN:
        if _may_stand_in_name(tokens, first - 1, words):
            first -= 1
        elif _links(tokens, first - 1, words) and first > 1:
            first -= 2
        elif _two_particles(tokens, first - 2, words):
            first -= 3
        else:
            break
    return _cleaned(tokens, first, last, words)


def run_starting(tokens: Sequence[Token], first: int, words: Lexicon) -> Run | None:
    """Return the run that begins at this index, or None where no capitalized word stands there."""
    if not _may_stand_in_name(tokens, first, words) or tokens[first].text == ".":
        return None
    last = first
    while last + 1 < len(tokens) and last - first < _LONGEST_RUN:
        if _may_stand_in_name(tokens, last + 1, words):
            last += 1
        elif last + 2 < len(tokens) and _links(tokens, last + 1, words):
            last += 2
        elif _two_particles(tokens, last + 1, words):
            last += 3
        else:
            break
    if tokens[last].text == "." and not _is_abbreviation_stop(tokens, last, words):
        last -= 1
    return _cleaned(tokens, first, last, words)


def as_written(tokens: Sequence[Token], text: str, first: int, last: int) -> str:
    """Return a name as the text has it, but "Bernard Lascelles" for "Bernard “Bunny” Lascelles"."""
    if first == last:
        return tokens[first].text
    parts: list[str] = []
    start = tokens[first].start
    for token in tokens[first : last + 1]:
        if token.kind == "q":
            parts.append(text[start : token.start])
            start = token.end
    return " ".join(" ".join([*parts, text[start : tokens[last].end]]).split())


def without_letters(name: str, words: Lexicon) -> str:
    """Return "Sarah Whitelaw" for "Sarah Whitelaw KC"."""
    while " " in name and words.has("letters_behind", name.rpartition(" ")[2]):
        name = name.rpartition(" ")[0]
    return name


def _may_stand_in_name(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    token = tokens[index]
    if token.kind == "C":
        if token.low in words.words["times"]:
            return _is_named_month(tokens, index, words)
        return not (_starts_sentence(tokens, index) and _common(tokens, index, words))
    return token.text == "." and _is_abbreviation_stop(tokens, index, words)


def _is_named_month(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell "Theresa May", "Mrs May" and "April Ryan" from months."""
    if not words.has("month_names", tokens[index].low):
        return False
    before = tokens[index - 1] if index else None
    if before is not None and before.text == "." and index > 1:
        before = tokens[index - 2]
    if (
        before is not None
        and before.kind == "C"
        and (_is_given(before.low, words) or words.has("courtesy", before.low))
    ):
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and following.kind == "C" and _is_given(tokens[index].low, words)


def _is_given(low: str, words: Lexicon) -> bool:
    return words.has("given_names", low)


def _is_abbreviation_stop(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell whether this full stop belongs to "Mr", "Sen" or "Jr" before it."""
    if index == 0 or tokens[index - 1].kind != "C":
        return False
    return words.has("abbreviations", tokens[index - 1].low)


def _starts_sentence(tokens: Sequence[Token], index: int) -> bool:
    return (
        index == 0
        or tokens[index - 1].kind == "q"
        or (index == 1 and tokens[0].kind == "n")  # "13:10 The Met Office said"
        or tokens[index - 1].text in {":", "—", "–", ".", "?", "!", "(", "-"}
    )


def _common(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    if words.has("titles", tokens[index].low):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.kind == "C" and words.has("titles", following.low):
        return False  # "Police Chief Ann Smith"
    if following is not None and _is_opening_adverb(tokens[index].low, following.low, words):
        return True
    low = tokens[index].low
    return words.has("common_starts", low) or ("-" in low and words.has("tens", low.partition("-")[0]))


def _is_opening_adverb(low: str, following: str, words: Lexicon) -> bool:
    """Tell "Shortly after …" from "Connolly said" and "Beverly"."""
    adverb = low.endswith("ly") and len(low) >= _SHORTEST_ADVERB and not _is_given(low, words)
    return adverb and words.has("prepositions", following)


def _links(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell whether a small word joins the capitalized words on both sides into one name."""
    if index == 0 or index + 1 >= len(tokens) or tokens[index + 1].kind != "C" or tokens[index - 1].kind != "C":
        return False
    token, before = tokens[index], tokens[index - 1].low
    if token.kind == "q":  # Bernard “Bunny” Lascelles
        return token.end - token.start <= _LONGEST_NICKNAME and _is_given(before, words)
    if words.has("titles", before) and token.low in {"of", "for", "and"}:
        return False
    if token.low in {"of", "for"}:
        return words.has("organisation_words", before)
    if token.low in {",", "and"} and words.has("portfolios", tokens[index + 1].low):
        return in_ministry(tokens, index, words) or in_body(tokens, index, words)
    if token.kind != "w":
        return token.text == "&"
    return words.has("particles", token.low)


def _two_particles(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell "von der" between capitalized words."""
    if index < 1 or index + 2 >= len(tokens) or tokens[index - 1].kind != "C" or tokens[index + 2].kind != "C":
        return False
    if tokens[index].text == "," and words.has("portfolios", tokens[index + 2].low):
        return tokens[index + 1].low == "and" and in_ministry(tokens, index, words)
    return words.has("particles", tokens[index].low) and words.has("particles", tokens[index + 1].low)


def _name_first(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> tuple[int, bool]:
    """Return where the name begins, behind the last word where none is, and whether titles stand before it."""
    low = tokens[last].low
    if first == last and "-" not in low and not words.has("no_mere_names", low):
        return first, False  # most runs are a surname
    name_first, titled = after_titles(tokens, first, last, words)
    named_alone = first == last and is_called_so(tokens, first, words)
    name_first = first if named_alone else name_first
    name_first = after_adjectives(tokens, name_first, last, words)
    if name_first == last and words.has("roles", low) and not named_alone:
        name_first = last + (not words.has("surname_roles", low))
    if first == last and words.has("common_capitals", tokens[last].text):
        name_first = last + 1  # "its head of IT"
    return name_first, titled


def _cleaned(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> Run:
    name_first, titled = _name_first(tokens, first, last, words)
    before = tokens[first - 1].low if first else ""
    titled = titled or words.has("roles", before)
    context = [token.low for token in tokens[max(0, first - 2) : name_first]]
    if words.words["gendered"].isdisjoint(context):  # most are
        return Run(first, last, name_first, False, False, titled)
    if before in words.finite or words.has("prepositions", before):
        # "her husband told Smith", "a policeman at Deepwell stopped her"
        context = context[min(first, 2) :]
    male, female = (not words.words[name].isdisjoint(context) for name in ("male_words", "female_words"))
    return Run(first, last, name_first, male, female, titled)
