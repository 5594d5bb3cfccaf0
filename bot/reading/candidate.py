"""One sentence of an article, and how it speaks of what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.lazily import Lazily
from bot.reading.leaning import Wording
from bot.reading.mentions import portrays
from bot.reading.phrases import phrases_of
from bot.reading.pieces import is_answer, without_place
from bot.reading.words import content_stems, stems_of

# "Friday: the bank reports", "Earnings up: the bank …", where no list says what the line is about.
_LABEL = re.compile(r"(?:[\w’'-]+ )?[\w’'-]+: ")
# A place and what is seen there: "Mid-March on the market square: here they celebrate."
_SHOWN_PLACE = re.compile(r"[^.:]{10,100}: (?:Hier|Here|Тут|Здесь)\b")
_AGE = re.compile(r"[\w’'-]+,? \(?\d{2}(?:\)?,|-річн|-летн|[- ]year-old| Jahre alt)")
# An answer of so many characters is nearly understood without its question.
_ANSWER = 110


@dataclass(frozen=True, slots=True)
class Around:
    """What all sentences of an article share.

    Attributes:
        language: ISO 639-1.
        title: the article's.
        named: the title and the tags.
        start: the number of the first sentence of more than a few words.
        top: the index of its paragraph.
        quoted_most: the surname of who speaks most in the digest's quotes, which give the full name; "" for nobody.
        texts: all sentences.
        listed: the index of the paragraph that heads the first item of a list; beyond the last where there is none.
        points: how many of the first paragraphs are points of a list, as on top of a live blog.
        standfirst: how many of them the page sets apart above the text.
        month: of its publication; 0 where that is not known.
        asked: the indexes of paragraphs below headings that ask, where there are several: they answer.
    """

    language: str | None
    title: str
    named: str
    start: int
    top: int
    quoted_most: str
    texts: Sequence[str]
    listed: int
    points: int
    standfirst: int
    asked: frozenset[int]
    month: int

    def before(self, order: int) -> str:
        """Return what stands above a sentence, in lower case."""
        return "\n".join(self.texts[:order]).casefold()


@dataclass(slots=True)
class Candidate:
    """One sentence of an article.

    Attributes:
        text: verbatim.
        parts: the text cut at white space.
        paragraph: the index of its paragraph in the article.
        order: its number among all sentences of the article.
        quoted: the share of its characters between quotation marks, 0 to 1.
        unnamed: the surnames of those whom only an earlier sentence names in full.
        introduces: the surnames of those whom it names in full.
        fit: it may be shown in a summary at all.
        continues: its paragraph has another sentence before it, below the article's first paragraph.
        around: what it shares with the others.
    """

    text: str
    parts: Sequence[str]
    paragraph: int
    order: int
    quoted: float
    unnamed: frozenset[str]
    introduces: frozenset[str]
    fit: bool
    continues: bool
    around: Around
    _pointing: "Pointing | None" = None

    @property
    def nameless(self) -> bool:
        """It begins with somebody unnamed, and the digest's quotes will not give the full name."""
        unnamed = any(self.text.startswith(name) for name in self.unnamed if name != self.around.quoted_most)
        return unnamed and not self.tells_age

    @property
    def tells_age(self) -> bool:
        """It begins with somebody's name and age, and so tells who that is: "Lohse, 58, is the last midwife"."""
        return _AGE.match(self.text) is not None

    @property
    def portrays(self) -> bool:
        """It tells of somebody whom neither title nor tags name, and who is not reported to have said something."""
        return portrays(self.text, self.around.named, self.around.language)

    @property
    def pointing(self) -> "Pointing":
        """How it speaks of what stands around it."""
        if self._pointing is None:
            self._pointing = Pointing(self)
        return self._pointing

    @property
    def words_lean(self) -> bool:
        """It leans by its own words, wherever it stands."""
        return Wording(self.text, self.around.language).leans

    @property
    def opens_scene(self) -> bool:
        """As an article's first sentence it sets a scene, or does not begin with the news."""
        return Wording(self.text, self.around.language).opens_scene

    @property
    def leans(self) -> bool:
        """It is readable only behind the one before it."""
        return self.pointing.leans

    @property
    def asked(self) -> bool:
        """It asks, or answers the sentence before it."""
        return self.text.endswith("?") or (self.order > 0 and self.around.texts[self.order - 1].endswith("?"))


class Pointing:
    """How a sentence speaks of what stands around it; each is told when first asked for: few sentences come near."""

    def __init__(self, of: Candidate) -> None:
        """Take a sentence."""
        around = of.around
        self._of, self._around = of, around
        # Behind the title the first sentence may lean; a lead is read from its beginning or not at all.
        self._opens = of.order <= around.start
        # What an item or an answer is about stands in its heading.
        headed = of.paragraph > around.listed or of.paragraph in around.asked
        below = headed and not _shares(of.text, around.title, around.language)
        self._answers = below and of.paragraph in around.asked and len(of.text) >= _ANSWER
        self._is_below = below and not self._answers

    @Lazily
    def leans(self) -> bool:
        """It has words that point back (he, also, however): it is readable only behind the one before it."""
        of = self._of
        if self._opens or not of.fit:
            return not self._opens
        if of.paragraph == self._around.top or self._is_below or is_answer(self._around.texts[of.order - 1], of.text):
            return True
        return self._wording.leans

    @property
    def hints(self) -> bool:
        """It has words that may point back (the company, in this case): it is better behind the one before it."""
        return self._hinted[0]

    @property
    def things(self) -> frozenset[str]:
        """Where it hints at nothing else, the things of which it speaks as told before."""
        return self._hinted[1]

    @Lazily
    def _hinted(self) -> tuple[bool, frozenset[str]]:
        if self._opens or not self._of.fit:
            return self._of.fit and self._opening.leans, frozenset()
        # What is unclear anyhow needs no look at the things that it speaks of.
        if self._answers or self._wording.hints_anyhow:
            return True, frozenset()
        things = self._wording.things_told(self._around.title) | self._introduced()
        return bool(things), things

    @Lazily
    def aside(self) -> bool:
        """It sets a scene, has a label, or speaks as "I" or "we" outside quotation marks."""
        of, around = self._of, self._around
        if self._opens or not of.fit:
            return of.fit and self._opening.sets_scene
        # What stands on top may say what "we" have found.
        if of.paragraph > around.top and (
            self._wording.personal or _LABEL.match(of.text) is not None or _SHOWN_PLACE.match(of.text) is not None
        ):
            return True
        before = around.texts[of.order - 1]
        return self._wording.sets_scene or (of.continues and Wording(before, around.language).sets_scene)

    @Lazily
    def _wording(self) -> Wording:
        return Wording(self._of.text, self._around.language)

    @property
    def _opening(self) -> Wording:
        bare = without_place(self._of.text)
        return self._wording if bare == self._of.text else Wording(bare, self._around.language)

    def _introduced(self) -> frozenset[str]:
        """Return the thing with which it begins and that another sentence has introduced, unless the title names it."""
        around = self._around
        things = self._wording.things_introduced(lambda: around.before(self._of.order))
        return things and frozenset(thing for thing in things if thing not in around.title.casefold())


def _shares(text: str, title: str, language: str | None) -> bool:
    """Say whether a sentence has a word of the title that is no number."""
    numbers = phrases_of(language).numbers
    named = [word for word in title.split() if word.casefold() not in numbers]
    return not set(content_stems(text, language)).isdisjoint(stems_of(named, language))
