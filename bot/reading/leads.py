"""Finding a lead that comes late: the sentence that tells the news, below a scene, a question or an old story."""

import re
from collections.abc import Callable, Sequence

from bot.reading.candidate import Candidate
from bot.reading.facts import Facts, Told
from bot.reading.forms import SHORT
from bot.reading.lazily import Lazily
from bot.reading.leaning import CLOSERS, ENDS
from bot.reading.mentions import CAPITALIZED_NOUNS, given_names
from bot.reading.openings import leads_on, names_month, tells_when

# A lead that comes late stands in one of so many paragraphs, among so many sentences, and says so much more of the news
# than the first sentence; below one that begins as scenes do, anything.
_LATE, _NEAR, _MORE = 5, 15, 2
# A word of the title counts one, up to so many; and so does a day on which news happens.
_TITLED = 3
# So many points of a list on top are shown.
_POINTS = 3
# So many characters of a standfirst are shown, in so many sentences.
_STANDFIRST, _SENTENCES = 350, 3
# A scene has so many sentences at least.
_OPENING = 3
# From this paragraph on, a lead has to be told by a day as well.
_DATED = 4
# A first paragraph that has told so much of a sentence is a standfirst, and no scene.
_SAME = 0.25
# "Ust-Kut-2" is a name.
_COUNTED = re.compile(r"(?<![\w-])\d")
_OWNED = re.compile(r"[A-Z][\w-]+[’']s ")
# … of which so many may stand before it where it leans.
_CHAIN = 2


class LateLead:
    """Looks for a lead below the first sentence of an article.

    Attributes:
        at: the index of the first sentence that a digest may begin with; 0 where the lead comes first.
        chain: the sentences that a digest begins with then; empty where it may begin with any from `at` on.
        standfirst: the sentences of a standfirst that serve where the text below it begins with a scene.
        below: the index of such a lead below a standfirst, with which the digest begins then; 0 where there is none.
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
        self.standfirst = self._set_apart()
        self.below = 0
        if self.standfirst and self.at > self.standfirst[-1] and not self.is_plain_lead(self.at):
            self.below = self.at
            self.at, self.chain, self.stands = 0, (), False

    def _are_points(self) -> bool:
        """Say whether an article begins with a list of points, as live blogs do: editors' own summaries."""
        points = [at for at, each in enumerate(self._candidates) if each.paragraph < each.around.points]
        self.chain = points[:_POINTS]
        return bool(points)

    def _set_apart(self) -> Sequence[int]:
        """Return the sentences of a standfirst, the editors' own summary, that are shown where the text is a scene."""
        found = [at for at, each in enumerate(self._candidates) if each.paragraph < each.around.standfirst]
        shown: list[int] = []
        room = _STANDFIRST
        if self._candidates[0].pointing.hints:
            return []
        for at in found:
            room -= len(self._candidates[at].text)
            torn = self._candidates[at].leans and at - 1 not in shown
            if at != len(shown) or torn or self._candidates[at].text.endswith("?") or (shown and room < 0):
                break
            shown.append(at)
        return shown[:_SENTENCES]

    def is_plain_lead(self, at: int) -> bool:
        """Say whether this is the first sentence below the standfirst, and tells the news of the title."""
        return at == self.standfirst[-1] + 1 and self._titled(at) >= _TITLED

    def _found(self) -> int:
        if at := self._behind_tease():
            self.stands, self.chain = True, (at,)
            return at
        late: list[int] = []
        opens = self._candidates[0].opens_scene
        scene = self._scene and all(self._worth(at) < _MORE for at in range(min(_OPENING, len(self._candidates))))
        if scene:
            late = self._told_most()
        elif self._is_idle and not opens:
            late = self._told(self._named(0) + _MORE)
        elif opens:
            late = self._told(_MORE) or self._told(1)
        elif self._shows_somebody:
            late = [at for at in self._told(self._worth(0) + 1) if self._is_dated(at)]
        elif not self._is_plain:
            return 0
        elsewhere = not late and (self._is_plain or (self._is_idle and self._begins_with_somebody(0)))
        if elsewhere:
            late = self._elsewhere()
        clear = late if elsewhere else [at for at in late if self._is_clear(at)]
        led = [at for at in late if self._is_led(at, opens=opens)]
        if opens and not self._scene and not any(self._worth(at) >= _MORE for at in (*clear, *led)):
            counted = [at for at in self._told(1) if self._is_clear(at) and self._facts(at).figures]
            clear = sorted({*counted, *self._told_below()}, key=lambda at: (self._far(at), at)) or clear
        at = next(iter(clear or led), 0)
        if at and self._candidates[at].leans and self._leads_on(at):
            self.stands = True
            self.chain = (at,)
            return at
        self.chain = self._led_by(at) or ((at,) if at in clear and self._knows(at) else ())
        return self.chain[0] if self.chain else at

    def _is_led(self, at: int, *, opens: bool) -> bool:
        """Say whether a sentence that is not clear may be the lead, below a scene behind what it leans on."""
        if not opens:
            return self._named(at) >= _MORE
        led = self._led_by(at)
        return self._worth(at) >= _MORE and bool(led) and led[0] > 0

    def _behind_tease(self) -> int:
        """Return the lead behind a short first sentence that leans on it: "They will dance for a week. Fiji beat …"."""
        if not self._candidates[0].pointing.hints or self._named(0) > 1:
            return 0
        top = self._candidates[0].paragraph
        tops = [at for at, each in enumerate(self._candidates) if at and each.paragraph == top and not each.words_lean]
        return next((at for at in tops if self._named(at) and self._worth(at) >= _MORE), 0)

    def _told(self, enough: int) -> list[int]:
        """Return the sentences of the next paragraphs that have a word of the title and say so much of the news."""
        late = [at for at in self._late if not self._candidates[at].pointing.aside]
        return [at for at in late if self._named(at) and self._worth(at) >= enough]

    def _far(self, at: int) -> int:
        """Return more for what stands in a farther paragraph, and less for words of the title and twice a day."""
        paragraphs = {candidate.paragraph for candidate in self._candidates[: at + 1]}
        return len(paragraphs) - self._worth(at) - self._is_dated(at)

    def _told_most(self) -> list[int]:
        """Return those that say most of the news, where nothing else says where it stands."""
        most = max(map(self._worth, range(len(self._candidates))))
        return [at for at in self._told(max(_MORE, most)) if self._worth(at) == most]

    def _told_below(self) -> list[int]:
        """Return those that begin a paragraph, tell a fact and stand alone."""
        return [at for at in self._late if self._stands_alone(at)]

    def _stands_alone(self, at: int) -> bool:
        candidate = self._candidates[at]
        if candidate.leans or candidate.pointing.aside or not self._knows(at) or len(candidate.text) < SHORT:
            return False
        if self._is_dated(at):
            return True
        if candidate.continues or candidate.pointing.hints:
            return False
        counts = any(map(str.isdecimal, candidate.text))
        if counts or self._language in CAPITALIZED_NOUNS:
            return counts
        # Somebody's work is a fact, somebody at work is a scene.
        return bool(self._facts(at).names) and (not candidate.portrays or _OWNED.search(candidate.text) is not None)

    def _knows(self, at: int) -> bool:
        """Say whether a sentence says who everybody is, or the digest's quotes will."""
        candidate = self._candidates[at]
        return not candidate.unnamed - {candidate.around.quoted_most} or candidate.tells_age

    def _is_dated(self, at: int) -> bool:
        text, month = self._candidates[at].text, self._candidates[at].around.month
        return tells_when(text, self._language) or (month > 0 and names_month(text, month, self._language))

    def _is_clear(self, at: int) -> bool:
        candidate = self._candidates[at]
        return self._leads_on(at) if candidate.leans else not (candidate.pointing.hints or candidate.pointing.aside)

    def _leads_on(self, at: int) -> bool:
        return self._named(at) >= _MORE and leads_on(self._candidates[at].text, self._language)

    @Lazily
    def _late(self) -> list[int]:
        """The sentences of the next paragraphs that may be a lead."""
        paragraphs = list(dict.fromkeys(candidate.paragraph for candidate in self._candidates))[1 : _LATE + 1]
        near = [at for at, each in enumerate(self._candidates) if each.paragraph in paragraphs]
        near = [at for at in near if not self._asks(at)]
        far = set(paragraphs[_DATED - 1 :])
        return [at for at in near if self._candidates[at].paragraph not in far or self._is_dated(at)]

    def _asks(self, at: int) -> bool:
        """Say whether a sentence asks, or only answers the one before it."""
        candidate = self._candidates[at]
        return candidate.text.endswith("?") or (candidate.asked and not self._is_dated(at))

    def _worth(self, at: int) -> int:
        """Return how much a sentence says of the news: words of the title, a day, and who somebody is."""
        return min(self._named(at), _TITLED) + self._is_dated(at) + self._candidates[at].tells_age

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

    @Lazily
    def _is_idle(self) -> bool:
        """A whole first sentence has no word of title or tags, or but one, and neither a figure nor a name."""
        if self._named(0) > 1 or self._candidates[0].text[-1] not in CLOSERS + ENDS:
            return False
        if self._language in CAPITALIZED_NOUNS:  # where no names can be told; and tags are nouns that many have
            return not self._titled(0)
        facts = self._facts(0)
        if self._is_dated(0) and facts.figures and facts.names:
            return False
        return not self._named(0) or not (facts.figures or facts.names)

    @Lazily
    def _is_plain(self) -> bool:
        """A whole first sentence has at most a word of the title or tags, no day, and reports nothing that was said."""
        text = self._candidates[0].text
        if self._named(0) > 1 or text[-1] not in CLOSERS + ENDS or self._language in CAPITALIZED_NOUNS:
            return False
        return not (self._is_dated(0) or self._facts(0).reported or _COUNTED.search(text))

    def _elsewhere(self) -> list[int]:
        """Return the sentences that tell the news of a day, of which the first paragraph has told next to nothing."""
        top = self._candidates[0].paragraph
        told = Told(*(self._facts(at) for at, each in enumerate(self._candidates) if each.paragraph == top))
        return [
            at
            for at in self._late
            if self._is_dated(at)
            and self._tells(at)
            and told.old(self._facts(at)) < _SAME
            and not self._candidates[at].leans
        ]

    def _tells(self, at: int) -> bool:
        facts = self._facts(at)
        if self._language in CAPITALIZED_NOUNS:
            return True
        return self._named(at) > 0 or any(map(str.isdecimal, self._candidates[at].text)) or bool(facts.names)

    @Lazily
    def _shows_somebody(self) -> bool:
        """A whole first sentence begins with somebody's name in full, reports nothing that was said, and has no day."""
        if self._named(0) > 1 or self._candidates[0].text[-1] not in CLOSERS + ENDS or self._is_dated(0):
            return False
        return self._begins_with_somebody(0) and not self._facts(0).reported

    def _begins_with_somebody(self, at: int) -> bool:
        candidate = self._candidates[at]
        first = candidate.text.split()[0]
        return first.casefold() in given_names() and any(name != first for name in candidate.introduces)
