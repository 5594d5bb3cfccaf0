"""Finding a lead that comes late: the sentence that tells the news, below a scene, a question or an old story."""

from collections.abc import Callable, Sequence
from functools import cached_property

from bot.reading.facts import Facts
from bot.reading.leaning import CLOSERS, ENDS, leads_on, tells_when
from bot.reading.material import Candidate
from bot.reading.mentions import CAPITALIZED_NOUNS, given_names

# A lead that comes late stands in one of so many paragraphs, among so many sentences, and says so much more of the news
# than the first sentence; below one that begins as scenes do, anything.
_LATE, _NEAR, _MORE = 5, 15, 2
# A word of the title counts one, up to so many; and so does a day on which news happens.
_TITLED = 3
# So many points of a list on top are shown.
_POINTS = 3
# A scene has so many sentences at least.
_OPENING = 3
# From this paragraph on, a lead has to be told by a day as well.
_DATED = 4
# … of which so many may stand before it where it leans.
_CHAIN = 2


class LateLead:
    """Looks for a lead below the first sentence of an article.

    Attributes:
        at: the index of the first sentence that a digest may begin with; 0 where the lead comes first.
        chain: the sentences that a digest begins with then; empty where it may begin with any from `at` on.
        stands: it begins with a word that only leads on ("Then", "But"), and is understood without what that means.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        facts: Callable[[int], Facts],
        named: Callable[[int], int],
        titled: Callable[[int], int],
        *,
        scene: bool,
    ) -> None:
        """Look at the first sentences.

        Args:
            candidates: the sentences, in order.
            facts: what each tells.
            named: how many words of the title each says, and the first of the tags.
            titled: how many words of the title each says.
            scene: the first sentences have next to nothing of the title.
        """
        self._candidates = candidates[:_NEAR]
        self._language = candidates[0].around.language
        self._facts = facts
        self._named = named
        self._titled = titled
        self._scene = scene
        self.chain: Sequence[int] = ()
        self.stands = False
        self.at = 0 if self._are_points() else self._found()

    def _are_points(self) -> bool:
        """Say whether an article begins with a list of points, as live blogs do: editors' own summaries."""
        points = [at for at, each in enumerate(self._candidates) if each.paragraph < each.around.points]
        self.chain = points[:_POINTS]
        return bool(points)

    def _found(self) -> int:
        opens = self._candidates[0].pointing.aside
        scene = self._scene and all(self._worth(at) < _MORE for at in range(min(_OPENING, len(self._candidates))))
        if not (opens or scene or self._is_idle or self._shows_somebody):
            return 0
        if opens and not self._scene:
            enough = 1
        else:
            enough = self._named(0) + _MORE if self._is_idle or scene else self._worth(0) + 1
        late = [at for at in self._late if self._named(at) and self._worth(at) >= enough]
        if not (opens or scene or self._is_idle):
            late = [at for at in late if tells_when(self._candidates[at].text, self._language)]
        if scene:  # nothing says where the news stands but how much of it a sentence tells
            most = max(map(self._worth, range(len(self._candidates))))
            late = [at for at in late if self._worth(at) == most]
        clear = [at for at in late if self._is_clear(at)]
        at = next(iter(clear or [at for at in late if self._named(at) >= enough]), 0)
        if at and self._candidates[at].leans and self._leads_on(at):
            self.stands = True
            self.chain = (at,)
            return at
        known = at in clear and (not self._candidates[at].unnamed or self._candidates[at].tells_age)
        self.chain = self._led_by(at) or ((at,) if known else ())
        return self.chain[0] if self.chain else at

    def _is_clear(self, at: int) -> bool:
        candidate = self._candidates[at]
        return self._leads_on(at) if candidate.leans else not candidate.pointing.hints

    def _leads_on(self, at: int) -> bool:
        return self._named(at) >= _MORE and leads_on(self._candidates[at].text, self._language)

    @cached_property
    def _late(self) -> list[int]:
        """The sentences of the next paragraphs that may be a lead."""
        paragraphs = list(dict.fromkeys(candidate.paragraph for candidate in self._candidates))[1 : _LATE + 1]
        near = [at for at, each in enumerate(self._candidates) if each.paragraph in paragraphs and not each.asked]
        far = set(paragraphs[_DATED - 1 :])
        return [
            at
            for at in near
            if self._candidates[at].paragraph not in far or tells_when(self._candidates[at].text, self._language)
        ]

    def _worth(self, at: int) -> int:
        """Return how much a sentence says of the news: words of the title, and a day."""
        return min(self._named(at), _TITLED) + tells_when(self._candidates[at].text, self._language)

    def _led_by(self, at: int) -> Sequence[int]:
        """Return a leaning lead behind those by which it is understood: "They scrape it off.", "Yet moss eats dust."

        Empty where it stands alone, or where more would be needed than a digest has room for.
        """
        start = at
        while start and self._candidates[start].leans and at - start < _CHAIN:
            start -= 1
        first, last = self._candidates[start], self._candidates[at]
        whole = not first.leans and first.order == last.order - at + start
        return range(start, at + 1) if whole and start < at else ()

    @cached_property
    def _is_idle(self) -> bool:
        """A whole first sentence has no word of title or tags, or but one, and neither a figure nor a name."""
        if self._named(0) > 1 or self._candidates[0].text[-1] not in CLOSERS + ENDS:
            return False
        if self._language in CAPITALIZED_NOUNS:  # where no names can be told; and tags are nouns that many have
            return not self._titled(0)
        facts = self._facts(0)
        return not self._named(0) or not (facts.figures or facts.names)

    @cached_property
    def _shows_somebody(self) -> bool:
        """A whole first sentence begins with somebody's name in full, reports nothing that was said, and has no day."""
        text = self._candidates[0].text
        if self._named(0) > 1 or text[-1] not in CLOSERS + ENDS or tells_when(text, self._language):
            return False
        first = text.split()[0].casefold()
        person = first in given_names() and any(text.startswith(first.title()) for _ in self._candidates[0].introduces)
        return person and not self._facts(0).reported
