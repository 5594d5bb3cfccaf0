"""How well a sentence's form suits a summary: whole, neither short nor long, no question, with figures."""

import re
from collections.abc import Sequence

from bot.reading.candidate import Candidate
from bot.reading.fitness import is_ended

# A sentence of a summary has about so many characters; the scripts of East Asia need a third of them.
SHORT, _LONG = 60, 330
# Scripts whose characters say more than letters begin here.
_IDEOGRAPHS = "\u2e80"
_BROKEN_OFF = ("...", "…")
# Figures are news more often than not; a year or a time of day is none.
_FIGURED = 1.1
_NUMBER, _YEAR_OR_TIME = re.compile(r"\d[\d:.]*"), re.compile(r"(?:19|20)\d\d\.?|\d+:[\d:.]+")


def forms(candidates: Sequence[Candidate], quoting: float) -> list[float]:
    """Return how well each sentence's form suits a summary if it sets no scene: about 1, less for what is ill formed.

    Args:
        candidates: the sentences, in order.
        quoting: how much less a sentence is worth that is all quotation, 0 to 1.
    """
    alone = len({candidate.paragraph for candidate in candidates[:2]}) == len(candidates[:2])
    return [_form(candidate, quoting, alone=alone) for candidate in candidates]


def _form(candidate: Candidate, quoting: float, *, alone: bool) -> float:
    """Return how well a sentence's form suits a summary; `alone` says that the first has a paragraph of its own."""
    text, size = candidate.text, len(candidate.text)
    if _asks(text):
        return 0.4 if candidate.paragraph == 0 and not alone and size >= SHORT else 0.1
    if text.endswith(_BROKEN_OFF):
        return 0.3
    if not is_ended(text):
        return 0.65
    shape = _FIGURED if candidate.paragraph > 0 and _counts(text) else 1.0
    if size < SHORT and candidate.paragraph > 0 and (text.isascii() or max(text) < _IDEOGRAPHS):
        shape *= 0.4 + 0.6 * size / SHORT
    elif size > _LONG:
        shape *= max(0.4, _LONG / size)
    return shape * (1 - quoting * candidate.quoted)


def as_aside(candidate: Candidate, worth: float) -> float:
    """Return by what the form of a sentence that sets a scene is multiplied: a whole statement's by this worth."""
    text = candidate.text
    return 1.0 if _asks(text) or text.endswith(_BROKEN_OFF) or not is_ended(text) else worth


def _asks(text: str) -> bool:
    return "?" in text[-3:]


def _counts(text: str) -> bool:
    numbers = _NUMBER.findall(text)
    return bool(numbers) and not all(map(_YEAR_OR_TIME.fullmatch, numbers))
