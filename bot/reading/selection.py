"""Choosing the sentences of a summary: what together says most of the article, and reads as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.reading.coverage import Matrix, WordCoverage
from bot.reading.leaning import CLOSERS, ENDS
from bot.reading.material import Candidate

Flags: TypeAlias = NDArray[np.bool_]

# What is left by rounding where a sentence's words have all been said.
_NOTHING = 1e-5
# A sentence of a summary has about so many characters; the scripts of East Asia need a third of them.
_SHORT, _LONG = 60, 330
# Scripts whose characters say more than letters begin here.
_IDEOGRAPHS = "\u2e80"
# A lead is well formed, and shares this much of its words with the title.
_PLAIN, _SHARED = 0.7, 0.1
# A further sentence adds this much of what the first says, or is not worth its line.
_LEAST = 0.02


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
        title: a sentence of which the title says more is no news to who has read the title.
        quoted: how much less a sentence is worth that is all quotation.
        aside: the worth of a sentence that sets a scene or tells of its writer.
        hint: the worth of a sentence that may point back, without the one before it.
        unnamed: the worth of a sentence with a surname that no picked sentence gives in full.
        nameless: the worth of a sentence that begins with one.
        starts: so many first picks are tried.
    """

    early: float = 1.5
    halved: float = 4.0
    early_scene: float = 0.3
    top: float = 1.15
    length: float = 0.5
    same: float = 0.5
    title: float = 0.8
    quoted: float = 0.5
    aside: float = 0.2
    hint: float = 0.6
    unnamed: float = 0.4
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
        self.sizes = np.array([len(candidate.text) for candidate in candidates], dtype=np.float32)
        in_paragraph = Counter(candidate.paragraph for candidate in candidates)
        forms = [_form(candidate, taste, alone=in_paragraph[candidate.paragraph] == 1) for candidate in candidates]
        self.forms = np.array(forms, dtype=np.float32)
        self.value: Matrix = self.forms * self._places()
        self.density: Matrix = (self.value / np.maximum(_SHORT, self.sizes) ** taste.length).astype(np.float32)
        self.upright = np.array([not candidate.leans for candidate in candidates])
        self.hinting = np.array([candidate.hints for candidate in candidates])
        self.nameless = [index for index, candidate in enumerate(candidates) if candidate.unnamed]
        self.news = self._news()

    def _places(self) -> Matrix:
        """Return what each sentence's place is worth."""
        taste, scene = self.taste, self.words.scene
        found = 1 + taste.early * (taste.early_scene if scene else 1) * earliness(self.candidates, taste.halved)
        if not scene:
            found[[candidate.paragraph == 0 for candidate in self.candidates]] *= taste.top
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
        worth = _Picks(self, budget).worth()
        starts = [int(at) for at in np.argsort(-worth)[: self.taste.starts] if worth[at] > _NOTHING]
        if 0 in starts and self._is_lead(0):
            starts = [0]
        grown = [_Picks(self, budget).grown(start, most) for start in starts]
        return max(grown, key=lambda picks: picks.total).picked if grown else []

    def _is_lead(self, at: int) -> bool:
        """Say whether this tells the news rather than sets a scene, asks, or leans."""
        candidate = self.candidates[at]
        whole = self.forms[at] >= _PLAIN and not candidate.aside and not candidate.hints
        return bool(whole and self.words.in_title()[at] > _SHARED)


class _Picks:
    """The sentences that are picked, and what each of the others would add to them."""

    def __init__(self, selection: Selection, budget: float) -> None:
        self._all = selection
        self._words = selection.words.fork()
        self._free = selection.news.copy()
        self._upright, self._hinting = selection.upright.copy(), selection.hinting.copy()
        self._named: set[str] = set()
        self._left = budget
        self.total = 0.0
        self.picked: list[int] = []

    def grown(self, start: int, most: int) -> "_Picks":
        """Pick one after the other what adds most to what is picked, as long as it adds enough."""
        self._pick(start)
        enough = _LEAST * self.total
        while len(self.picked) < most:
            worth = np.where(self._all.sizes <= self._left, self.worth(), 0)
            best = int(worth.argmax())
            if worth[best] <= _NOTHING or self._gain(best) < enough:
                break
            self._pick(best)
        return self

    def worth(self) -> Matrix:
        """Return what each sentence would add, for the room that it takes."""
        can = self._free & self._upright
        found: Matrix = np.where(can, self._words.worth * self._all.density * self._clear(), 0)
        return found

    def _gain(self, at: int) -> float:
        return float(self._words.worth[at] * self._all.value[at] * self._clear()[at])

    def _pick(self, at: int) -> None:
        self.total += self._gain(at)
        self.picked.append(at)
        self._left -= float(self._all.sizes[at]) + 1
        self._free &= self._words.choose(at) < self._all.taste.same
        self._free[at] = False
        candidates = self._all.candidates
        self._named |= candidates[at].introduces
        if at + 1 < len(candidates) and candidates[at + 1].order == candidates[at].order + 1:
            self._upright[at + 1], self._hinting[at + 1] = True, False

    def _clear(self) -> Matrix:
        """Return how well each sentence tells whom and what it speaks of, beside those that are picked."""
        taste = self._all.taste
        found = np.where(self._hinting, taste.hint, 1).astype(np.float32)
        for index in self._all.nameless:
            unclear = self._all.candidates[index].unnamed - self._named
            if unclear:
                found[index] *= taste.nameless if self._all.candidates[index].nameless else taste.unnamed
        return found


def earliness(candidates: Sequence[Candidate], halved: float) -> Matrix:
    """Return for each sentence how near to the article's beginning it stands: 1 for the first, then falling."""
    places = np.array([candidate.order for candidate in candidates], dtype=np.float32)
    return (1 / (1 + places / halved)).astype(np.float32)


def _form(candidate: Candidate, taste: Taste, *, alone: bool) -> float:
    """Return how well a sentence's form suits a summary, from 0 to 1; `alone` says that its paragraph has no other."""
    text, size = candidate.text, len(candidate.text)
    if text[-1] == "?" or "?" in text[-3:]:
        return 0.4 if candidate.paragraph == 0 and not alone and size >= _SHORT else 0.1
    if text.endswith(("...", "…")):
        return 0.3
    if not text.rstrip(CLOSERS).endswith(tuple(ENDS)):
        return 0.65
    shape = taste.aside if candidate.aside else 1.0
    if size < _SHORT and max(text) < _IDEOGRAPHS and candidate.paragraph > 0:
        shape *= 0.4 + 0.6 * size / _SHORT
    elif size > _LONG:
        shape *= max(0.4, _LONG / size)
    return shape * (1 - taste.quoted * candidate.quoted)
