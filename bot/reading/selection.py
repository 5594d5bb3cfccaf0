"""Choosing the sentences of a summary: what together says most of the article, and reads as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.reading.coverage import Vector, WordCoverage
from bot.reading.facts import Facts, Told, facts_of
from bot.reading.forms import SHORT, as_aside, forms
from bot.reading.material import Candidate

Flags: TypeAlias = NDArray[np.bool_]

# What is left by rounding where a sentence's words have all been said.
_NOTHING = 1e-5
# A lead is well formed, and shares this much of its words with the title.
_PLAIN, _SHARED = 0.7, 0.1
# A question that is no first paragraph's, or a short one, is never added.
_SCRAP = 0.1
# Where a long read has a first paragraph of so many sentences, that is a standfirst; and where the body below begins
# with fewer words of the title or the standfirst than these, it begins with a scene, of so many paragraphs at most.
_LONG_READ, _STANDFIRST, _LINKS, _SCENES = 15, 2, 2, 3
# A further sentence adds this much of what the first says, or is not worth its line; below the first sentences as much
# again for each so many that stand above it, since what is far from the top is torn from its place.
_LEAST, _NEAR, _FAR = 0.02, 3, 10
# A further sentence without a new figure or name repeats what is told where this share of its words is told; sooner
# where it is the last that a digest has room for, and right below a first paragraph of so many characters, which is a
# standfirst: a lead that shares so many words tells that again.
_REPEATED, _LAST_REPEATED, _LEAD_REPEATED, _LEAD_SHARES, _STANDFIRST_SIZE = 0.6, 0.45, 0.3, 4, 250
# A lead that shares so much with a standfirst and has more of the title's words is taken in its place.
_SAME_LEAD = 0.28
# The last one adds nothing from the fifth sentence of the article on, and from the third on without a word of the news;
# the last but one does from the tenth on.
_TENTH, _FIFTH, _THIRD = 9, 4, 2
# … unless it has so many words of the tags that the title has not.
_TAGGED = 3
# What stands far down and has no word of the title or the first paragraph has to add so many times as much.
_TORN = 4


@dataclass(frozen=True, slots=True)
class Taste:
    """What makes a sentence worth its room.

    The figures were found with benchmarks/summaries.py on the development corpus, where the result changes by less
    than a hundredth around them, and by reading digests.

    Attributes:
        early: how much more the first sentence is worth than the last.
        halved: how many sentences on that is halved.
        early_scene: the share of that where an article begins with a scene.
        top: the worth of what stands first, a standfirst or a lead, unless it is a scene.
        length: a sentence's worth is divided by this power of its length: at 0 the longest win, at 1 the densest.
        same: a sentence that shares more of its words with one that is picked says the same.
        old: below the first paragraph, a sentence of which the title and the picked ones have said more says it again.
        title: a sentence of which the title says more is no news to who has read the title.
        quoted: how much less a sentence is worth that is all quotation.
        aside: the worth of a sentence that sets a scene or tells of its writer.
        hint: the worth of a sentence that may point back, without the one before it.
        hint_far: the same from the fifth sentence on.
        unnamed: the worth of a sentence with a surname that no picked sentence gives in full, for each of them.
        nameless: the worth of a sentence that begins with one.
        starts: so many first picks are tried.
    """

    early: float = 1.5
    halved: float = 4.0
    early_scene: float = 0.3
    top: float = 1.15
    length: float = 0.5
    same: float = 0.5
    old: float = 0.6
    title: float = 0.8
    quoted: float = 0.5
    aside: float = 0.2
    hint: float = 0.6
    hint_far: float = 0.3
    unnamed: float = 0.6
    nameless: float = 0.05
    starts: int = 6


class Selection:
    """Looks for the sentences of one article that serve best in the room there is."""

    def __init__(self, candidates: Sequence[Candidate], words: WordCoverage, taste: Taste) -> None:
        """Weigh the candidates.

        Args:
            candidates: the sentences, in order.
            words: theirs.
            taste: what counts.
        """
        self.candidates = candidates
        self.words = words
        self.taste = taste
        self.sizes = np.array([len(candidate.text) for candidate in candidates])
        self.forms = np.array(list(forms(candidates, taste.quoted)))
        self.top = np.array([candidate.paragraph <= candidate.around.top for candidate in candidates])
        self.links = words.links(self.top & (not words.scene))
        around = candidates[0].around
        self._language = around.language
        self._title = facts_of(around.title, around.title.split(), around.language)
        self._facts: dict[int, Facts] = {}
        self._scenes = self._body_scenes()
        self._worths = self._places()
        self._rooms = np.maximum(SHORT, self.sizes) ** taste.length
        self.value: Vector = self.forms * self._worths
        self.density: Vector = self.value / self._rooms
        self.upright = np.ones(len(candidates), dtype=np.bool_)
        self.asides = np.zeros(len(candidates), dtype=np.bool_)
        self.clear = np.ones(len(candidates))
        self.nameless = [index for index, candidate in enumerate(candidates) if candidate.unnamed]
        self.news = self._news()
        self.least = self._least()
        self.things: dict[int, frozenset[str]] = {}
        self.below = self._below()
        self._seen: set[int] = set()

    def look(self, indexes: Iterable[int]) -> bool:
        """Look closely at sentences whose worth is only bounded so far; say whether one of them lost by it.

        How a sentence speaks of others takes longer to tell than all else, and few sentences ever come near a summary.
        """
        new = [at for at in indexes if at not in self._seen]
        self._seen.update(new)
        lost = [self._look(at) for at in new]
        return any(lost)

    def _below(self) -> int:
        """Return the index of the sentence right below a standfirst; -1 where there is none."""
        below = int(self.top.sum())
        standfirst = 0 < below < len(self.candidates) and self.sizes[self.top].sum() <= _STANDFIRST_SIZE
        return below if standfirst else -1

    def is_tagged(self, at: int) -> bool:
        """Say whether a sentence has words of the tags: it tells what the article is about."""
        return len(self._tagged.intersection(self.facts(at).words)) >= _TAGGED

    @cached_property
    def _tagged(self) -> frozenset[str]:
        named = self.candidates[0].around.named
        return frozenset(facts_of("", named.split(), self._language).words).difference(self._title.words)

    def is_below_standfirst(self, at: int) -> bool:
        """Say whether this is the lead below a standfirst which has as many words of the title."""
        if at != self.below:
            return False
        titled = self.words.in_title() * np.maximum(1, self.words.sizes)
        return bool(titled[at] <= titled[:at].max())

    def facts(self, at: int) -> Facts:
        """Return what a sentence tells; worked out for the few that come near being chosen."""
        if at not in self._facts:
            self._facts[at] = facts_of(self.candidates[at].text, self.candidates[at].parts, self._language)
        return self._facts[at]

    def told(self) -> Told:
        """Return what a reader of the title has been told; behind a scene, the news has to be told first."""
        return Told() if self.words.scene else Told(self._title)

    def _look(self, at: int) -> bool:
        leans, hints, aside, things = self.candidates[at].pointing
        self.upright[at] = not leans
        if hints:
            self.clear[at] = self.taste.hint if self.candidates[at].order < _FIFTH else self.taste.hint_far
        if things:
            self.things[at] = things
        aside = aside or bool(self._scenes[at]) or (self._elsewhere(at) and self.candidates[at].portrays)
        if aside:
            self.asides[at] = True
            self.forms[at] *= as_aside(self.candidates[at], self.taste.aside)
            self.value[at] = self.forms[at] * self._worths[at]
            self.density[at] = self.value[at] / self._rooms[at]
        return leans or hints or aside or bool(things)

    def _elsewhere(self, at: int) -> bool:
        """Say whether a sentence has no word of the news, where a scene comes first hardly one."""
        return bool(self.links[at] < (_LINKS if self.words.scene else 1))

    def _body_scenes(self) -> Flags:
        """Say which sentences below a standfirst of several, which tells the news, begin the body with a scene."""
        found: Flags = np.zeros(len(self.candidates), dtype=np.bool_)
        if self.words.scene or self.top.sum() < _STANDFIRST or len(self.candidates) < _LONG_READ:
            return found
        body = [at for at in range(len(self.candidates)) if not self.top[at]]
        news = self._news_words()
        for _, group in islice(groupby(body, key=lambda at: self.candidates[at].paragraph), _SCENES):
            paragraph = list(group)
            if len(news.intersection(self.facts(paragraph[0]).words)) >= _LINKS:
                break
            found[paragraph] = True
        return found

    def _news_words(self) -> set[str]:
        """Return the words of the title and the top, but for the names of people, whom scenes show as well."""
        top = [at for at in range(len(self.candidates)) if self.top[at]]
        people = " ".join(name for at in top for name in self.candidates[at].introduces).casefold().split()
        told = {word for at in top for word in self.facts(at).words}.union(self._title.words)
        return told.difference(facts_of("", people, self._language).words)

    def _places(self) -> Vector:
        """Return what each sentence's place is worth."""
        taste, scene = self.taste, self.words.scene
        found = 1 + taste.early * (taste.early_scene if scene else 1) * earliness(self.candidates, taste.halved)
        if not scene:
            found[[candidate.paragraph == 0 for candidate in self.candidates]] *= taste.top
        return found

    def _least(self) -> Vector:
        """Return which share of what the first sentence says each further one has to add."""
        if self.words.scene:
            return np.full(len(self.candidates), _LEAST)
        above: Vector = np.array([max(0, candidate.order - _NEAR) for candidate in self.candidates], dtype=np.float64)
        found = _LEAST * (1 + above / _FAR)
        found[(above > _FAR) & (self.links == 0)] *= _TORN
        return found

    def _news(self) -> Flags:
        """Say which sentences say more than the title does."""
        found: Flags = self.words.in_title() < self.taste.title
        # A standfirst may say the title again and then more.
        found[:1] |= len(self.candidates) > 1 and self.candidates[0].paragraph == self.candidates[1].paragraph
        return found | (not found.any())

    def best(self, budget: float, most: int) -> list[int]:
        """Return the indexes of the sentences that serve best, in the order in which they were picked.

        Args:
            budget: characters of all together; one may be longer.
            most: sentences.
        """
        starts = _Picks(self, budget).starts()
        if not starts:
            return []
        # Compared without a look at what is idle: else those that leave idle sentences out would lose by it.
        start = starts[0]
        if len(starts) > 1:
            grown = [_Picks(self, budget).grown(start, most, idle=True) for start in starts]
            start = max(grown, key=lambda picks: picks.total).picked[0]
        return list(self._pruned(_Picks(self, budget).grown(start, most, idle=False).picked))

    def _pruned(self, picked: Sequence[int]) -> Iterator[int]:
        """Yield the picked sentences but for a standfirst that those below it say again, and more fully."""
        for at in picked:
            told = Told(*(self.facts(other) for other in picked if other != at))
            facts = self.facts(at)
            if not self.top[at] or self.below not in picked or told.brings(facts) or told.old(facts) < _REPEATED:
                yield at

    @cached_property
    def better_than_standfirst(self) -> int:
        """The index of a lead that says what the standfirst of one sentence says, with more of the title; 0 for none.

        Such a standfirst is no longer free, once the lead is chosen.
        """
        at = self.below if self.below == 1 else 0
        if not at or not self.news[at]:
            return 0
        top, lead = self.facts(0), self.facts(at)
        shared = len(set(top.words).intersection(lead.words)) / max(5, min(len(top.words), len(lead.words)))
        titled = [len(set(self._title.words).intersection(facts.words)) for facts in (top, lead)]
        if shared < _SAME_LEAD or titled[0] >= titled[1] or not self.is_lead(at) or self.candidates[at].leans:
            return 0
        return at

    def is_lead(self, at: int) -> bool:
        """Say whether this tells the news rather than sets a scene, asks, or leans."""
        pointing = self.candidates[at].pointing
        whole = self.forms[at] >= _PLAIN and not (pointing.aside or pointing.hints or self.candidates[at].unnamed)
        return bool(whole and self.words.in_title()[at] > _SHARED)


class _Picks:
    """The sentences that are picked, and what each of the others would add to them."""

    def __init__(self, selection: Selection, budget: float) -> None:
        self._all = selection
        self._words = selection.words.fork()
        self._free = selection.news.copy()
        self._introduced: list[int] = []  # those behind a picked one, to which they may point back
        self._named: set[str] = set()
        self._told = selection.told()
        self._idle = False
        self._left = budget
        self.total = 0.0
        self.picked: list[int] = []

    def starts(self) -> list[int]:
        """Return the sentences that are worth most alone, best first; of a lead among them, nothing but it."""
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
                return [at for at in best if worth[at] > _NOTHING]

    def grown(self, start: int, most: int, *, idle: bool) -> "_Picks":
        """Pick one after the other what adds most to what is picked, as long as it adds enough.

        Args:
            start: the first.
            most: sentences.
            idle: what repeats or tells nothing new may be picked too.
        """
        self._idle = idle
        self._pick(start, self._gain(start, self._clear()))
        if start and start == self._all.better_than_standfirst:
            self._free[0] = False
        enough = self._all.least * self.total
        while len(self.picked) < most:
            best, gain = self._next()
            if gain <= 0 or gain < enough[best]:
                break
            last = len(self.picked) == most - 1
            if not idle and self._is_idle(best, most - len(self.picked)):
                # It counts as said; what stands further down would be torn from its place still more.
                self._say(best)
                self._free[best : None if last else best + 1] = False
            else:
                self._pick(best, gain)
        return self

    def _next(self) -> tuple[int, float]:
        """Return which sentence that fits adds most for its room, and how much; 0 where none adds anything."""
        while True:
            worth, clear = self._worth()
            worth[self._all.sizes > self._left] = 0
            best = int(worth.argmax())
            if worth[best] <= _NOTHING:
                return best, 0.0
            if not self._all.look([best]):
                return best, self._gain(best, clear)

    def _is_idle(self, at: int, left: int) -> bool:
        """Say whether a further sentence repeats what is told in other forms of its words, or tells nothing new.

        The last one does not speak of somebody whom nobody has named in full, either.

        Args:
            at: the sentence.
            left: how many may still be picked.
        """
        if self._all.asides[at] and (left == 1 or (self._free & self._all.top).any()):
            return True
        if self._all.forms[at] <= _SCRAP or (left == 1 and self._all.candidates[at].unnamed - self._named):
            return True
        if self._all.top[at] and self._all.top[self.picked[0]]:
            return False
        facts = self._all.facts(at)
        if facts.reported or self._told.brings(facts):
            return False
        return self._repeats(at, facts, left) or (self._is_far(at, left) and not self._all.is_tagged(at))

    def _repeats(self, at: int, facts: Facts, left: int) -> bool:
        if self._all.is_below_standfirst(at) and self._told.shares(facts) >= _LEAD_SHARES:
            limit = _LEAD_REPEATED
        else:
            limit = _LAST_REPEATED if left == 1 else _REPEATED
        return self._told.old(facts) >= limit

    def _is_far(self, at: int, left: int) -> bool:
        order = self._all.candidates[at].order
        if left == 1:
            return order >= _FIFTH or (order >= _THIRD and not self._all.links[at])
        return left == 2 and order >= _TENTH  # noqa: PLR2004 - the last but one

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

    def _pick(self, at: int, gain: float) -> None:
        self.total += gain
        self.picked.append(at)
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
        texts = self._all.candidates
        told = " ".join(texts[at].text.casefold() for at in self.picked if at < before)
        return all(thing in told for thing in things)

    def _clear(self) -> Vector:
        """Return how well each sentence tells whom and what it speaks of, beside those that are picked."""
        taste = self._all.taste
        found = self._all.clear.copy()
        for at in self._introduced:
            found[at] = 1
        for at, things in self._all.things.items():
            if self._tells(things, at):
                found[at] = 1
        for index in self._all.nameless:
            unclear = self._all.candidates[index].unnamed - self._named
            if unclear:
                found[index] *= (
                    taste.nameless if self._all.candidates[index].nameless else taste.unnamed ** len(unclear)
                )
        return found


def earliness(candidates: Sequence[Candidate], halved: float) -> Vector:
    """Return for each sentence how near to the article's beginning it stands: 1 for the first, then falling."""
    places = np.array([candidate.order for candidate in candidates])
    found: Vector = 1 / (1 + places / halved)
    return found
