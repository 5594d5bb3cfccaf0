"""Sketches: what a story's headline and lead boil down to, and when two of them tell the same news."""

from dataclasses import dataclass

ALIKE = 0.45
"""How alike two sketches must be, from 0 to 1. By measurement: see docs/near-duplicates.md and benchmarks/events.py."""

COPIED = 0.8
"""Share of common words from which a text counts as the same copy, in languages that have no table of their own."""

FEWEST = 4
"""Meaningful words of a headline that can be compared. Ours: "Morning briefing" stands above other news each day."""

_PREFIX = 5  # letters that two forms of one word share where the stemmer leaves them apart ("Салтівці", "Салтівський")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A headline and a lead, boiled down. Sets are kept as sorted tuples, so that a sketch can be stored.

    Attributes:
        language: ISO 639-1.
        title: stems of the headline's words, without those that say nothing of what happened.
        text: stems of headline and lead.
        title_numbers: numbers in the headline, in digits.
        numbers: numbers of both.
        title_same: for each word of `title` the row of config/events.toml in which it stands, -1 where in none.
        same: rows in which words of both stand.
        names: stems of the names in the lead.
        days: days of the week that both name.
        title_negates: whether the headline has a word such as "not".
        negates: whether either has.
        known: whether the language has a table in config/events.toml.
    """

    language: str
    title: tuple[str, ...]
    text: tuple[str, ...]
    title_numbers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    title_same: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    title_negates: bool = False
    negates: bool = False
    known: bool = True


def same_news(one: Sketch, other: Sketch) -> bool:
    """Say whether two sketches tell the same news; where it is not sure, they do not.

    Two attacks, two verdicts or two rounds of talks share most of their words, so likeness alone decides nothing: each
    headline must say nothing that the other report does not, be it a number, a name, a day or a step of the matter.
    """
    if one.language != other.language or min(len(one.title), len(other.title)) < FEWEST:
        return False
    if not one.known:
        return likeness(one, other) >= COPIED and set(one.numbers) == set(other.numbers)
    return likeness(one, other) >= ALIKE and not adds(one, other) and not adds(other, one) and not _apart(one, other)


def likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of their words that two sketches have in common, from 0 to 1, headlines counted once more."""
    covered = min(_covered(one.title, other.text), _covered(other.title, one.text))
    both = set(one.text) | set(other.text)
    shared = len(set(one.text) & set(other.text)) / len(both) if both else 0.0
    return (shared + covered) / 2


def adds(one: Sketch, other: Sketch) -> bool:
    """Say whether a headline says something that the other report does not."""
    text, same = set(other.text), set(other.same)
    starts = {word[:_PREFIX] for word in text if len(word) >= _PREFIX}
    said = (
        word in text or row in same or word[:_PREFIX] in starts
        for word, row in zip(one.title, one.title_same, strict=True)
    )
    return not all(said) or bool(set(one.title_numbers) - set(other.numbers)) or one.title_negates > other.negates


def _apart(one: Sketch, other: Sketch) -> bool:
    """Say whether two reports name other days, or each of them numbers or names that the other lacks.

    Names tell "A beats B" from "B beats A", which have the same words: elsewhere, and another scored.
    """
    other_day = bool(one.days and other.days) and set(one.days).isdisjoint(other.days)
    return (
        other_day
        or bool(set(one.numbers) - set(other.numbers) and set(other.numbers) - set(one.numbers))
        or (_lacks(one.names, other.text) and _lacks(other.names, one.text))
    )


def _lacks(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    starts = {word[:_PREFIX] for word in others if len(word) >= _PREFIX}
    return any(word not in others and word[:_PREFIX] not in starts for word in some)


def _covered(some: tuple[str, ...], others: tuple[str, ...]) -> float:
    return len(set(some) & set(others)) / len(some) if some else 0.0
