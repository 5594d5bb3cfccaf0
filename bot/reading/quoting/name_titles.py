"""What stands in front of a name within a run of capitalized words: titles, offices, trades, peoples, firms."""

from collections.abc import Sequence

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.tokens import Token

_SHORTEST_OFFICE = 3


def _is_given(low: str, words: Lexicon) -> bool:
    return words.has("given_names", low)


def after_titles(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> tuple[int, bool]:
    """Return where the name begins behind its titles, and whether it has any: "Sen. Ann Smith"."""
    if words.has("organisation_words", tokens[last].low) and not _is_courteous(tokens, first, last, words):
        return first, False
    if first == last:  # most runs are a surname alone
        office = _is_title(tokens[first].low, words) and not is_called_so(tokens, first, words)
        return (first + 1, True) if office else (first, False)
    start, titled = first, False
    for index in range(first, last + 1):
        if index + 1 == last and _is_given(tokens[index].low, words):
            continue  # "Dean Whitfield" is no dean
        if index < last and tokens[index + 1].text == "&":
            continue  # "Teller & Son"
        if index == last > start and _is_given(tokens[index - 1].low, words):
            continue  # "Carol Dean" is no dean, "Loretta Cardinal-Beaver" no cardinal
        if (
            _is_title(tokens[index].low, words)
            or (index == start == last - 1 and _is_family(tokens, index, words))
            or (index + 2 <= last and _is_trade(tokens[index].low, words))
            or (index == start and index < last and _is_short_office(tokens, index, last, words))
            or (index == first < last and tokens[index].low == "sr")
        ):
            following = tokens[index + 1].text if index < last else ""
            start, titled = index + (2 if following == "." else 1), True
    given = _first_name_after_organisation(tokens, start, last, words)
    if given < 0 and _is_prefixed(tokens, start, last, words):
        given = start + 1
    return max(start, given), titled or given > start


def is_called_so(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell "laughs Dean" and "his brother, Dean, replied" from an office: a given name without an article."""
    if not _is_given(tokens[index].low, words):
        return False
    return not index or not words.has("determiners", tokens[index - 1].low)


def _is_courteous(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> bool:
    """Tell "Mr Park" and "Ms. House" from a park and a house."""
    alone = last - first == 1 + (tokens[first + 1].text == ".") if first < last else False
    return alone and words.has("courtesy", tokens[first].low)


def _is_short_office(tokens: Sequence[Token], index: int, last: int, words: Lexicon) -> bool:
    """Tell "MEC Jacob Mamabolo" and "MP Ann Smith" from "JD Vance": capitals in front of a name in small letters."""
    text = tokens[index].text
    if not text.isalpha() or not text.isupper() or tokens[last].text.isupper():
        return False
    return len(text) >= _SHORTEST_OFFICE or words.has("short_offices", tokens[index].low)


def _is_title(low: str, words: Lexicon) -> bool:
    if "-" not in low:
        return words.has("titles", low)
    parts = low.split("-")  # "then-President", "Attorney-General", but "Cardinal-Beaver" is a surname
    if parts[1] == "of" and words.has("relations", parts[0]):
        return True  # "Mum-of-three Freya"
    office = all(words.has("titles", part) or words.has("in_titles", part) for part in parts)
    return words.has("titles", low) or (office and any(words.has("titles", part) for part in parts))


def _is_trade(low: str, words: Lexicon) -> bool:
    """Tell a capitalized trade in front of a full name: "Novelist Jo Watson"."""
    return (
        words.has("roles", low)
        and not words.has("surname_roles", low)
        and not words.has("organisation_words", low)
        and not words.has("keep_before_name", low)
    )


def _is_family(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Tell "Husband Mark, 40, said": a family word that opens the sentence before a given name."""
    return not index and words.has("relations", tokens[0].low) and _is_given(tokens[1].low, words)


def _is_prefixed(tokens: Sequence[Token], start: int, last: int, words: Lexicon) -> bool:
    """Tell a word in front of a whole name that is no part of it: "Charge James Smith", "Airbnb Brian Smith"."""
    if last - start < 2:  # noqa: PLR2004 - the word, a given name and a surname
        return False
    if (
        start
        and words.has("roles", tokens[start - 1].low)
        and not words.has("organisation_words", tokens[start - 1].low)
    ):
        return False  # "geographer Ndeye Coumba Thiam"
    first, second = tokens[start], tokens[start + 1]
    initial = len(first.text) <= 2 or "." in first.text or tokens[start + 1].text == "."  # noqa: PLR2004
    return not (
        initial
        or _is_given(first.low, words)
        or words.has("particles", first.low)
        or words.has("keep_before_name", first.low)
        or not _is_given(second.low, words)
        or tokens[start + 2].kind != "C"
    )


def _first_name_after_organisation(tokens: Sequence[Token], start: int, last: int, words: Lexicon) -> int:
    """Return where the person begins in "National Intelligence James Clapper", or -1."""
    for index in range(start + 1, last):
        low, before = tokens[index].low, tokens[index - 1].low
        if _is_given(low, words) and (words.has("organisation_words", before) or words.has("adjectives", before)):
            return index
    return -1


def after_adjectives(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> int:
    """Return where the name begins behind peoples and parties: "American Ann Smith"."""
    if first >= last:
        return first
    if any(words.has("organisation_words", token.low) for token in tokens[first + 1 : last + 1]):
        return first
    start = first
    while last - start >= 2 and words.has("adjectives", tokens[start].low):  # noqa: PLR2004 - first name and surname stay
        start += 1
    if last - start == 1 and words.has("parties", tokens[start].low):
        start += 1
    return start
