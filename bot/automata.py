"""pymorphy3's look-ups at half their cost: the same answers, walking its automata in loops instead of in calls.

A unit of the automata of dawg_python is a number that holds the label of the step leading to it, whether a key ends
there, and how far away the next steps are; its guide holds the labels of each place's first step and of its next one.
"""

from binascii import a2b_base64
from collections.abc import Sequence
from typing import Any

_LABEL = 0x800000FF
_ENDS = 0x100
_NUMBER = 0x7FFFFFFF


def quicken(analyzer: Any) -> None:
    """Let one of pymorphy3's analyzers look words up by the code of this module; the scores it gives mean nothing.

    With the package `DAWG2` it has automata in C, and keeps them.
    """
    if not hasattr(analyzer.dictionary.words, "dct"):
        return
    for known in (analyzer.dictionary.words, *analyzer.dictionary.prediction_suffixes_dawgs):
        automaton = Automaton(known.dct)
        known.dct, known._value_for_index = automaton, Records(automaton, known).below
    if analyzer.prob_estimator is not None:
        analyzer.prob_estimator = Likelihoods(analyzer.prob_estimator)


class Automaton:
    """The words that a dictionary knows, to be walked byte by byte."""

    ROOT = 0

    def __init__(self, walked: Any) -> None:
        self.units = walked._units

    def follow_bytes(self, key: bytes, index: int) -> int | None:
        """Return where these steps lead from a place, None where there is no such way."""
        units = self.units
        unit = units[index]
        for label in key:
            index ^= (unit >> 10 << ((unit & 512) >> 6)) ^ label
            unit = units[index]
            if unit & _LABEL != label:
                return None
        return index

    def number(self, key: bytes, index: int) -> int:
        """Return the number that stands at the end of this way, 0 where there is none."""
        end = self.follow_bytes(key, index)
        if end is None or not (unit := self.units[end]) & _ENDS:
            return 0
        number: int = self.units[end ^ (unit >> 10 << ((unit & 512) >> 6))] & _NUMBER
        return number


class Records:
    """What is kept for each word, as keys that go on behind it."""

    def __init__(self, automaton: Automaton, known: Any) -> None:
        self._units, self._guide, self._unpack = automaton.units, known.guide._units, known._struct.unpack

    def below(self, index: int) -> list[tuple[int, ...]]:
        """Return the records of the word that ends here, in the order of their bytes."""
        units, guide = self._units, self._guide
        found, left = [], [(index, bytearray())]
        while left:
            index, key = left.pop()
            while True:
                unit = units[index]
                if unit & _ENDS:
                    found.append(self._unpack(a2b_base64(key)))
                label = guide[2 * index]
                if not label:
                    break
                index ^= unit >> 10 << ((unit & 512) >> 6)
                turns = []
                turn = guide[2 * (index ^ label) + 1]
                while turn:
                    turns.append((index ^ turn, key + bytes((turn,))))
                    turn = guide[2 * (index ^ turn) + 1]
                left += reversed(turns)
                key.append(label)
                index ^= label
        return found


class Likelihoods:
    """Puts the readings of a word in the order of their likelihood; looks the word up once for all of them."""

    def __init__(self, estimator: Any) -> None:
        self._automaton = Automaton(estimator.p_t_given_w.dct)

    def apply_to_parses(self, word: str, word_lower: str, parses: list[Any]) -> list[Any]:
        """Return the readings, the likeliest first."""
        del word
        return self._in_order(word_lower, parses, [parse[1] for parse in parses])

    def apply_to_tags(self, word_lower: str, tags: list[Any]) -> list[Any]:
        """Return what the readings say of the word, the likeliest first."""
        return self._in_order(word_lower, tags, tags)

    def _in_order(self, word: str, readings: list[Any], tags: Sequence[Any]) -> list[Any]:
        if len(tags) < 2:  # noqa: PLR2004 - nothing to put in order
            return readings
        place = self._automaton.follow_bytes(f"{word}:".encode(), self._automaton.ROOT)
        if place is None:
            return readings
        likelihoods = [self._automaton.number(str(tag).encode(), place) for tag in tags]
        order = sorted(range(len(tags)), key=likelihoods.__getitem__, reverse=True)
        return [readings[index] for index in order]
