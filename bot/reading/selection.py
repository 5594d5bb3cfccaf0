"""Weighing the sentences of an article for a summary: their place, their form, and how they stand to the others."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.reading.candidate import Candidate
from bot.reading.coverage import Vector, WordCoverage
from bot.reading.facts import Facts, Told
from bot.reading.forms import SHORT, as_aside, forms
from bot.reading.lazily import Lazily
from bot.reading.leads import LateLead
from bot.reading.mentions import CAPITALIZED_NOUNS
from bot.reading.openings import only_attributes
from bot.reading.spans import enclosed_spans
from bot.reading.taste import Taste

Flags: TypeAlias = NDArray[np.bool_]

# A lead is well formed, and shares this much of its words with the title.
_PLAIN, _SHARED = 0.7, 0.1
# Where a long read has a first paragraph of so many sentences, that is a standfirst; and where the body below begins
# with fewer words of the title or the standfirst than these, it begins with a scene, of so many paragraphs at most.
_LONG_READ, _STANDFIRST, _LINKS, _SCENES = 15, 2, 2, 3
# A further sentence adds this much of what the first says, or is not worth its line; below the first sentences as much
# again for each so many that stand above it, since what is far from the top is torn from its place.
_LEAST, _NEAR, _FAR = 0.02, 3, 10
# A first paragraph of so many characters is a standfirst.
_STANDFIRST_SIZE = 300
# A lead that shares so much with a standfirst and has more of the title's words is taken in its place.
_SAME_LEAD = 0.28
# From this sentence on, what may point back is worth still less.
_HINT_FAR = 4
# A sentence with so many words of the tags that the title has not tells what the article is about.
_TAGGED = 3
# What stands far down and has no word of the title or the first paragraph has to add so many times as much.
_TORN = 4


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
        self.forms = np.array(forms(candidates, taste.quoted))
        around = candidates[0].around
        self._paragraphs = np.array([candidate.paragraph for candidate in candidates])
        self.top = self._paragraphs <= around.top
        self._language = around.language
        self.nouns_in_capitals = around.language in CAPITALIZED_NOUNS
        self._title = Facts(around.title, around.title.split(), around.language)
        self._facts: dict[int, Facts] = {}
        self._folded: dict[int, str] = {}
        lead = self._lead = LateLead(candidates, self.facts, self._named, self._titled, scene=words.scene)
        self.late, self.chain, self.standfirst = lead.at, lead.chain, lead.standfirst
        self._standing = lead.at if lead.stands else -1
        self.top[: self.late] = False
        self.links = words.links(self.top & (not words.scene))
        self._scenes = self._body_scenes()
        self._scenes.update(range(len(self.standfirst), lead.below))
        self._worths = self._places()
        self._rooms = np.maximum(SHORT, self.sizes) ** taste.length
        self.value: Vector = self.forms * self._worths
        self.density: Vector = self.value / self._rooms
        self.upright = np.ones(len(candidates), dtype=np.bool_)
        self.asides: set[int] = set()
        self.clear = np.ones(len(candidates))
        self.nameless = [(at, each.unnamed, self._unclear(each)) for at, each in enumerate(candidates) if each.unnamed]
        self.nameless_worth = np.ones(len(candidates))
        for at, unnamed, worth in self.nameless:
            self.nameless_worth[at] = worth ** len(unnamed)
        self.unnamed = frozenset().union(*(unnamed for _, unnamed, _ in self.nameless))
        self.news = self._news()
        self.news[: self.late] = False
        self.things: dict[int, frozenset[str]] = {}
        self.below = self._below()
        self._seen: set[int] = set()
        self.leaning: set[int] = set()  # nothing else is told of them until they come next behind a picked one
        if lead.below:
            self.begin_with_standfirst()

    def needs_standfirst(self, start: int) -> bool:
        """Say whether a digest begins with the standfirst rather than with this sentence: the text has no lead."""
        if not self.standfirst or start in self.standfirst or self.is_lead(start):
            return False
        return not self._lead.is_plain_lead(self.standfirst[-1] + 1)

    def begin_with_standfirst(self) -> None:
        """Let a digest begin with the whole standfirst, since the text below it begins with a scene."""
        self.chain = self.standfirst
        for at in self._scenes_of(at for at in self._body() if at >= len(self.standfirst)):
            self._put_aside(at)

    def _body(self) -> list[int]:
        """Return the sentences below the first paragraph."""
        return np.flatnonzero(~self.top).tolist()

    def _scenes_of(self, body: Iterable[int], people: Collection[str] = ()) -> Iterator[int]:
        """Yield the sentences of the paragraphs with which a text begins before it comes to the news.

        Args:
            body: the text's sentences.
            people: of the news: scenes as well show them, their names are no link to it.
        """
        for _, group in islice(groupby(body, key=lambda at: self.candidates[at].paragraph), _SCENES):
            paragraph = list(group)
            shown = sum(name in self.candidates[paragraph[0]].text for name in people)
            if self.links[paragraph[0]] - shown >= _LINKS:
                break
            yield from paragraph

    def _unclear(self, candidate: Candidate) -> float:
        """Return the worth of a sentence for each of those whom nobody has named in full."""
        return self.taste.nameless if candidate.nameless else self.taste.unnamed

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
        top = np.flatnonzero(self.top).tolist()
        short = sum(len(self.candidates[at].text) for at in top) <= _STANDFIRST_SIZE
        return len(top) if short and 0 < len(top) < len(self.candidates) else -1

    def _titled(self, at: int) -> int:
        """Return how many words of a sentence, in whatever form, the title says."""
        return len(set(self._title.words).intersection(self.facts(at).words))

    def _named(self, at: int) -> int:
        """Return how many words of a sentence, in whatever form, the title says, or for the first the tags."""
        return self._titled(at) + (0 if at else len(self._tagged.intersection(self.facts(at).words)))

    def is_tagged(self, at: int) -> bool:
        """Say whether a sentence has words of the tags: it tells what the article is about."""
        return len(self._tagged.intersection(self.facts(at).words)) >= _TAGGED

    @Lazily
    def _tagged(self) -> frozenset[str]:
        named = self.candidates[0].around.named
        return frozenset(Facts("", named.split(), self._language).words).difference(self._title.words)

    def is_below_standfirst(self, at: int) -> bool:
        """Say whether this is the lead below a standfirst which has as many words of the title."""
        if at != self.below:
            return False
        return self.words.titled(at) <= max(map(self.words.titled, range(at)))

    def only_attributes(self, at: int) -> bool:
        """Say whether a sentence only tells who told the news."""
        return only_attributes(self.candidates[at].text, self._language)

    def facts(self, at: int) -> Facts:
        """Return what a sentence tells; worked out for the few that come near being chosen."""
        if at not in self._facts:
            self._facts[at] = Facts(self.candidates[at].text, self.candidates[at].parts, self._language)
        return self._facts[at]

    def folded(self, at: int) -> str:
        """Return the text of a sentence in lower case; worked out for the few that are picked."""
        if at not in self._folded:
            self._folded[at] = self.candidates[at].text.casefold()
        return self._folded[at]

    def told(self) -> Told:
        """Return what a reader of the title has been told; behind a scene, the news has to be told first.

        Whom a scene shows that is left out is no news either.
        """
        told = Told() if self.words.scene else Told(self._title)
        told.mention(self.facts(at) for at in range(self.late))
        return told

    def _look(self, at: int) -> bool:
        if self.candidates[at].leans and at != self._standing:
            self.upright[at] = False
            self.leaning.add(at)
            return True
        return self._mark(at)

    def _mark(self, at: int) -> bool:
        """Mark how else than by leaning a sentence speaks of others; say whether it does."""
        pointing = self.candidates[at].pointing
        if pointing.hints:
            self.clear[at] = self.taste.hint if self.candidates[at].order < _HINT_FAR else self.taste.hint_far
        if pointing.things:
            self.things[at] = pointing.things
        aside = pointing.aside or at in self._scenes or (self._elsewhere(at) and self.candidates[at].portrays)
        if aside:
            self._put_aside(at)
        return pointing.hints or aside

    def mark_leaning(self, places: Iterable[int]) -> bool:
        """Mark how else those of these sentences speak of others that have been seen to lean; say whether any is."""
        new = self.leaning.intersection(places)
        self.leaning -= new
        for at in new:
            self._mark(at)
        return bool(new)

    def _put_aside(self, at: int) -> None:
        """Take a sentence for one that sets a scene or has a label."""
        if at in self.asides:
            return
        self.asides.add(at)
        self.forms[at] *= as_aside(self.candidates[at], self.taste.aside)
        self.value[at] = self.forms[at] * self._worths[at]
        self.density[at] = self.value[at] / self._rooms[at]

    def opens(self, at: int) -> bool:
        """Say whether a digest may begin with a sentence: not where it speaks of what only another one names."""
        return not self.candidates[at].nameless and at not in self.things

    def least(self, at: int) -> float:
        """Return which share of what the first sentence says a further one has to add."""
        if self.words.scene:
            return _LEAST
        above = max(0, self.candidates[at].order - _NEAR)
        return _LEAST * (1 + above / _FAR) * (_TORN if above > _FAR and not self.links[at] else 1)

    def _elsewhere(self, at: int) -> bool:
        """Say whether a sentence has no word of the news, where a scene comes first hardly one."""
        return bool(self.links[at] < (_LINKS if self.words.scene else 1))

    def _body_scenes(self) -> set[int]:
        """Return those that begin the body with a scene, below a standfirst of several, which tells the news."""
        if len(self.candidates) < _LONG_READ or self.words.scene or self._spoken:
            return set()
        top = np.flatnonzero(self.top).tolist()
        people = {name for at in top for name in self.candidates[at].introduces}
        return set(self._scenes_of(self._body(), people)) if len(top) >= _STANDFIRST else set()

    def _places(self) -> Vector:
        """Return what each sentence's place is worth."""
        taste, scene = self.taste, self.words.scene
        found = 1 + taste.early * (taste.early_scene if scene else 1) * self.words.early
        if not scene:
            found[self._paragraphs == 0] *= taste.top
        return found

    def _news(self) -> Flags:
        """Say which sentences say more than the title does."""
        found: Flags = self.words.in_title < self.taste.title
        # A standfirst may say the title again and then more.
        found[:1] |= len(self.candidates) > 1 and self.candidates[0].paragraph == self.candidates[1].paragraph
        return found | (not found.any())

    @Lazily
    def better_than_standfirst(self) -> int:
        """The index of a lead that says what the standfirst of one sentence says, with more of the title; 0 for none.

        Such a standfirst is no longer free, once the lead is chosen.
        """
        at = self.below if self.below == 1 else 0
        if not at or not self.news[at]:
            return 0
        if self.words.titled(0) >= self.words.titled(at):
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
        return bool(whole and (self._spoken or self.words.in_title[at] > _SHARED))

    @Lazily
    def _spoken(self) -> bool:
        """The title is all quotation: it tells nothing of what the article is about."""
        title = self.candidates[0].around.title.strip()
        return enclosed_spans(title) == [(0, len(title))]
