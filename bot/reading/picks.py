"""Picking the sentences of a summary, one after the other, and what each further one has to tell."""

from collections.abc import Iterable

import numpy as np

from bot.reading.coverage import Vector
from bot.reading.facts import Facts, Told
from bot.reading.selection import Selection

# What is left by rounding where a sentence's words have all been said.
_NOTHING, _ROUNDING = 1e-5, 1 + 1e-9
# With fewer words that say anything, and no figure or name, a sentence only leads on: "That is what they spoke about."
TELLING = 2
# A question that is no first paragraph's, or a short one, is never added.
_SCRAP, _WHOLE = 0.1, 0.7
# A further sentence without a new figure or name repeats what is told where this share of its words is told; sooner
# where it is the last that a digest has room for, and right below a standfirst: a lead that shares so many
# words tells that again.
REPEATED, _LAST_REPEATED, _LEAD_REPEATED, _LEAD_SHARES = 0.6, 0.45, 0.3, 4
# The last one adds nothing from the fifth sentence of the article on, and from the third on without a word of the news;
# the last but one does from the tenth on.
_TENTH, _FIFTH, _THIRD = 9, 4, 2
_LAST_TWO, _SEVERAL = 2, 2


class Picks:
    """The sentences that are picked, and what each of the others would add to them."""

    def __init__(self, selection: Selection, budget: float) -> None:
        self._all = selection
        self._words = selection.words.fork()
        self._free = selection.news.copy()
        self._introduced: list[int] = []  # those behind a picked one, to which they may point back
        self._named: set[str] = set()
        self._told = Told()
        self._idle = False
        self._left = budget
        self.total = 0.0
        self.picked: list[int] = []

    def starts(self) -> list[int]:
        """Return the sentences that are worth most alone, best first; of a lead among them, nothing but it."""
        if self._all.chain and self._all.sizes[self._all.chain].sum() < self._left:
            return [self._all.chain[0]]
        while True:
            worth, _ = self._worth()
            best: list[int] = np.argsort(-worth)[: self._all.taste.starts].tolist()
            # A closer look makes no sentence worth more: a lead that is among them now would still be then.
            if 0 in best and worth[0] > _NOTHING:
                if better := self._all.better_than_standfirst:
                    return [better]
                if self._all.is_lead(0):
                    return [0]
            if not self._all.look(best):
                found = [at for at in best if worth[at] > _NOTHING]
                found = [at for at in found if self._all.forms[at] > _SCRAP] or found
                return [at for at in found if self._all.opens(at)] or found

    def grown(self, start: int, most: int, *, idle: bool, beyond: float = 0) -> "Picks":
        """Pick one after the other what adds most to what is picked, as long as it adds enough.

        Args:
            start: the first.
            most: sentences.
            idle: what repeats or tells nothing new may be picked too.
            beyond: not grown further where its total cannot come to more than this.
        """
        self._idle = idle
        if not idle:
            self._told = self._all.told()
        self._begin(start, most)
        if beyond and self._most_possible(most) <= beyond:
            return self
        first = self.total
        while len(self.picked) < most:
            best, gain, clear = self._next()
            if gain <= 0:
                break
            if gain < self._all.least(best) * first:  # the lead's own paragraph has to add less
                self._all.mark_leaning(self._all.leaning)
                self._free &= self._all.top & (self._all.forms >= _WHOLE)
                self._free[best] = False
                continue
            last = len(self.picked) == most - 1
            # What may point back is no good end: what comes next may stand as well.
            if not idle and ((last and clear < 1) or self._is_useless(best, most - len(self.picked))):
                self._free[best] = False
            elif not idle and self._is_idle(best, most - len(self.picked)):
                # It counts as said; what stands further down has to tell more, and to be understood alone.
                self._say(best)
                self._free[best] = False
                if last:
                    self._keep_telling(best)
            else:
                self._pick(best if idle else self._introducing(best), gain, last=last)
        return self

    def _begin(self, start: int, most: int) -> None:
        """Pick the first, and those that stand behind it in any case."""
        chain = self._all.chain[1:most] if self._all.chain and start == self._all.chain[0] else ()
        self._all.mark_leaning((start, *chain))
        self._pick(start, self._gain(start, self._clear()))
        for at in chain:
            self._pick(at, self._gain(at, self._clear()))
        if start and start == self._all.better_than_standfirst:
            self._free[0] = False

    def _most_possible(self, most: int) -> float:
        """Return what the total cannot pass: as if what comes next were clear, upright and had no words in common."""
        gains = self._words.worth * self._all.value * self._free * (self._all.sizes <= self._left)
        gains.sort()
        return (self.total + float(gains[len(gains) - (most - len(self.picked)) :].sum())) * _ROUNDING

    def _introducing(self, at: int) -> int:
        """Return the sentence that gives the full name of whom this one calls by surname, or this one."""
        unnamed = self._all.candidates[at].unnamed - self._named
        if unnamed:
            for other in np.flatnonzero(self._free[:at]).tolist():
                candidate = self._all.candidates[other]
                fits = self._all.sizes[other] <= self._left and candidate.introduces & unnamed
                if fits and not (candidate.leans or candidate.pointing.hints or candidate.pointing.aside):
                    return int(other)
        return at

    def _keep_telling(self, below: int) -> None:
        """Leave free, from a sentence on, only what begins a paragraph and tells a new fact, not too far down."""
        for at in (np.flatnonzero(self._free[below:]) + below).tolist():
            candidate = self._all.candidates[at]
            fit = not candidate.continues and candidate.order < _TENTH
            self._free[at] = fit and self._told.brings(self._all.facts(at))

    def _is_useless(self, at: int, left: int) -> bool:
        """Say whether a sentence only says who told the news, or continues what is not shown."""
        if self._all.only_attributes(at) and not self._told.measures(self._all.facts(at)):
            return True
        return self._is_torn(at, left)

    def _is_torn(self, at: int, left: int) -> bool:
        """Say whether a sentence continues a paragraph of which what stands before it is not shown.

        Args:
            at: the sentence.
            left: how many may still be picked.
        """
        if at in self._introduced or not self._all.candidates[at].continues:
            return False
        facts = self._all.facts(at)
        if left > _LAST_TWO or (left > 1 and (facts.names or self._all.candidates[at].order <= _FIFTH)):
            return False
        if len(facts.names) > _SEVERAL:  # whole by itself
            return False
        return self._told.shares(facts) < (1 if facts.names or self._all.nouns_in_capitals else 2)

    def _next(self) -> tuple[int, float, float]:
        """Return which sentence that fits adds most for its room, how much, and how clear it is; 0 for nothing."""
        while True:
            worth, clear = self._worth()
            worth[self._all.sizes > self._left] = 0
            best = int(worth.argmax())
            if worth[best] <= _NOTHING:
                return best, 0.0, 0.0
            if not (self._all.look([best]) or self._all.mark_leaning([best])):
                return best, self._gain(best, clear), float(clear[best])

    def _is_idle(self, at: int, left: int) -> bool:
        """Say whether a further sentence repeats what is told in other forms of its words, or tells nothing new.

        The last one, or one of the first paragraph, does not speak of somebody whom nobody has named in full, either.

        Args:
            at: the sentence.
            left: how many may still be picked.
        """
        if at in self._all.asides and (left == 1 or (self._free & self._all.top).any()):
            return True
        edge = left == 1 or self._all.top[at]
        if self._all.forms[at] <= _SCRAP or (edge and self._all.candidates[at].unnamed - self._named):
            return True
        facts = self._all.facts(at)
        if len(facts.words) < TELLING and not self._told.brings(facts):
            return True
        if self._all.top[at] and self._all.top[self.picked[0]]:
            return False
        if self._quotes_again(facts):
            return True
        if facts.reported or self._told.brings(facts):
            return False
        return self._repeats(at, facts, left) or (self._is_far(at, left) and not self._all.is_tagged(at))

    def _quotes_again(self, facts: Facts) -> bool:
        """Say whether a sentence quotes words that a picked one has quoted, and brings no figure."""
        if not facts.quotations or self._told.counts(facts):
            return False
        told = [quoted for at in self.picked for quoted in self._all.facts(at).quotations]
        return any(one in other or other in one for one in facts.quotations for other in told)

    def _repeats(self, at: int, facts: Facts, left: int) -> bool:
        if self._all.is_below_standfirst(at) and self._told.shares(facts) >= _LEAD_SHARES:
            limit = _LEAD_REPEATED
        else:
            limit = _LAST_REPEATED if left == 1 else REPEATED
        return self._told.old(facts) >= limit

    def _is_far(self, at: int, left: int) -> bool:
        order = self._all.candidates[at].order
        if left == 1:
            return order >= _FIFTH or (order >= _THIRD and not self._all.links[at])
        return left == _LAST_TWO and order >= _TENTH

    def _worth(self) -> tuple[Vector, Vector]:
        """Return what each sentence would add, for the room that it takes, and how clear it is."""
        clear = self._clear()
        can = self._free & self._all.upright
        for at in self._introduced:
            can[at] = self._free[at]
        found: Vector = self._words.worth * self._all.density * clear * can
        return found, clear

    def _gain(self, at: int, clear: Vector) -> float:
        return float(self._words.worth[at] * self._all.value[at] * clear[at])

    def _pick(self, at: int, gain: float, *, last: bool = False) -> None:
        self.total += gain
        self.picked.append(at)
        if last:  # nobody will ask what the others would add
            return
        self._left -= float(self._all.sizes[at]) + 1
        self._say(at)
        self._free[at] = False
        candidates = self._all.candidates
        self._named |= candidates[at].introduces
        if at + 1 < len(candidates) and candidates[at + 1].order == candidates[at].order + 1:
            self._introduced.append(at + 1)

    def _say(self, at: int) -> None:
        """Take a sentence's words for said: what repeats them is no longer free."""
        self._free &= self._words.choose(at) < self._all.taste.same
        self._free[at:] &= self._all.top[at:] | (self._words.old()[at:] < self._all.taste.old)
        if not self._idle:
            self._told.add(self._all.facts(at))

    def _tells(self, things: Iterable[str], before: int) -> bool:
        """Say whether the picked sentences before this one name all these things."""
        told = [self._all.folded(at) for at in self.picked if at < before]
        return all(any(thing in text for text in told) for thing in things)

    def _clear(self) -> Vector:
        """Return how well each sentence tells whom and what it speaks of, beside those that are picked."""
        found = self._all.clear.copy()
        for at in self._introduced:
            found[at] = 1
        for at, things in self._all.things.items():
            if self._tells(things, at):
                found[at] = 1
        if self._named.isdisjoint(self._all.unnamed):
            found *= self._all.nameless_worth
            return found
        for index, unnamed, worth in self._all.nameless:
            if unclear := unnamed - self._named:
                found[index] *= worth ** len(unclear)
        return found
