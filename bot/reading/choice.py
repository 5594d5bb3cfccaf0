"""Choosing the sentences of a summary: its beginning, a standfirst where the text has no lead, and what follows it."""

from collections.abc import Iterator, Sequence

from bot.reading.facts import Told
from bot.reading.picks import REPEATED, TELLING, Picks
from bot.reading.selection import Selection

# A digest of fewer characters says very little; what is added to it may take so many more.
_LITTLE, _MORE = 170, 250


def best(selection: Selection, budget: float, most: int) -> list[int]:
    """Return the indexes of the sentences that serve best, in the order in which they were picked.

    Args:
        selection: the weighed sentences.
        budget: characters of all together; one may be longer.
        most: sentences.
    """
    starts = Picks(selection, budget).starts()
    if not starts:
        return []
    start = _start(selection, starts, budget, most) if len(starts) > 1 else starts[0]
    if selection.needs_standfirst(start):
        selection.begin_with_standfirst()
        start = selection.chain[0]
    picked = Picks(selection, budget).grown(start, most, idle=False).picked
    picked = list(without_repeated_standfirst(selection, picked))
    return [*picked, *_more(selection, picked, budget, most)]


def _start(selection: Selection, starts: Sequence[int], budget: float, most: int) -> int:
    """Return that of several starts with which the sentences are worth most.

    Compared without a look at what is idle: else those that leave idle sentences out would lose by it.
    """
    best, worth = starts[0], 0.0
    for start in starts:
        total = Picks(selection, budget).grown(start, most, idle=True, beyond=worth).total
        if total > worth:
            best, worth = start, total
    return best


def _more(selection: Selection, picked: Sequence[int], budget: float, most: int) -> Iterator[int]:
    """Yield further sentences where those that tell something new say very little; none that is understood less."""
    said = len(picked) + float(selection.sizes[picked].sum())
    if said > _LITTLE or len(picked) == most:
        return
    rest = Picks(selection, min(budget, said + _MORE)).grown(picked[0], most, idle=True).picked
    for at in rest[: most - len(picked) + 1]:
        size = 1 + float(selection.sizes[at])
        if at not in picked and _is_clear(selection, at) and said <= _LITTLE and said + size <= budget:
            said += size
            yield at


def _is_clear(selection: Selection, at: int) -> bool:
    """Say whether a sentence tells something in its own words, and is understood by itself."""
    if selection.clear[at] < 1 or at in selection.asides or at in selection.things or selection.candidates[at].unnamed:
        return False
    facts = selection.facts(at)
    return len(facts.words) > TELLING and not facts.quotations


def without_repeated_standfirst(selection: Selection, picked: Sequence[int]) -> Iterator[int]:
    """Yield the picked sentences but for a standfirst that those below it together say again, and more fully."""
    if selection.below not in picked:
        yield from picked
        return
    for at in picked:
        if not selection.top[at]:
            yield at
            continue
        told = Told(*(selection.facts(other) for other in picked if other != at))
        facts = selection.facts(at)
        if told.brings(facts) or told.old(facts) < REPEATED:
            yield at
