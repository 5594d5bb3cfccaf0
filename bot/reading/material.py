"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.fitness import MANY, SCRAP, fitness, key_points
from bot.reading.leaning import CLOSERS, ENDS, OPENERS, Wording
from bot.reading.mentions import mentions, portrays
from bot.reading.phrases import phrases_of
from bot.reading.pieces import is_answer, is_dateline, is_entry, pieces_of, without_place
from bot.reading.words import content_stems, stems_of

# "Friday: the bank reports", "Earnings up: the bank …", where no list says what the line is about.
_LABEL = re.compile(r"(?:[\w’'-]+ )?[\w’'-]+: ")
# A place and what is seen there: "Mid-March on the market square: here they celebrate."
_SHOWN_PLACE = re.compile(r"[^.:]{10,100}: (?:Hier|Here|Тут|Здесь)\b")
# The heading of a list's item.
_ITEM = re.compile(r"(?:№ ?|#)?\d{1,3}[.):]\s")
_AGE = re.compile(r"[\w’'-]+,? \(?\d{2}(?:\)?,|-річн|-летн|[- ]year-old| Jahre alt)")
# An answer of so many characters is nearly understood without its question.
_ANSWER = 110
# A line that asks has fewer characters.
_QUESTION = 90
# The longest reports have a few hundred sentences; what they report stands before this one.
_MOST = 200


class Pointing(NamedTuple):
    """How a sentence speaks of what stands around it.

    Attributes:
        leans: it has words that point back (he, also, however): readable only behind the one before it.
        hints: it has words that may point back (the company, in this case): better behind the one before it.
        aside: it sets a scene, has a label, or speaks as "I" or "we" outside quotation marks.
        things: where it hints at nothing else, the things of which it speaks as told before.
    """

    leans: bool
    hints: bool
    aside: bool
    things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Around:
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
    around: _Around
    _pointing: Pointing | None = None

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
    def pointing(self) -> Pointing:
        """How it speaks of what stands around it; told when first asked for, since most sentences are never near."""
        if self._pointing is None:
            self._pointing = self._told()
        return self._pointing

    @property
    def _before(self) -> Wording:
        return Wording(self.around.texts[self.order - 1], self.around.language)

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

    def _told(self) -> Pointing:
        around = self.around
        if not self.fit:
            return Pointing(leans=self.order > around.start, hints=False, aside=False)
        wording = Wording(self.text, around.language)
        # Behind the title the first sentence may lean; a lead is read from its beginning or not at all.
        if self.order <= around.start:
            bare = without_place(self.text)
            opening = wording if bare == self.text else Wording(bare, around.language)
            return Pointing(leans=False, hints=opening.leans, aside=opening.sets_scene)
        hints = wording.hints_anyhow
        # What stands on top may say what "we" have found.
        aside = self.paragraph > around.top and (
            wording.personal or _LABEL.match(self.text) is not None or _SHOWN_PLACE.match(self.text) is not None
        )
        # What an item or an answer is about stands in its heading.
        headed = self.paragraph > around.listed or self.paragraph in around.asked
        below = headed and not _shares(self.text, around.title, around.language)
        answers = below and self.paragraph in around.asked and len(self.text) >= _ANSWER
        below = (below and not answers) or is_answer(around.texts[self.order - 1], self.text)
        # What is unclear anyhow needs no look at the things that it speaks of.
        things = () if hints or answers else wording.things_told(around.title) | self._introduced(wording)
        return Pointing(
            leans=self.paragraph == around.top or below or wording.leans,
            hints=hints or answers or bool(things),
            aside=aside or wording.sets_scene or (self.continues and self._before.sets_scene),
            things=frozenset(things),
        )

    @property
    def asked(self) -> bool:
        """It asks, or answers the sentence before it."""
        return self.text.endswith("?") or (self.order > 0 and self.around.texts[self.order - 1].endswith("?"))

    def _introduced(self, wording: Wording) -> frozenset[str]:
        """Return the thing with which it begins and that another sentence has introduced, unless the title names it."""
        things = wording.things_introduced(lambda: self.around.before(self.order))
        return things and frozenset(thing for thing in things if thing not in self.around.title.casefold())


def candidates(article: Article) -> tuple[Candidate, ...]:
    """Return the sentences of an article in order, with what is known about each."""
    pieces = list(islice(pieces_of(article), _MOST))
    texts = [text for _, text in pieces]
    named = mentions(texts, article.title, article.tags, article.language)
    around = _around(article, pieces)
    fit = fitness(pieces, article, around.points)
    continues = list(_continue(pieces, around.top))
    return tuple(
        Candidate(text, parts, index, order, quoted, *named[order], fit=fits, continues=continues[order], around=around)
        for order, ((index, text), (parts, quoted, fits)) in enumerate(zip(pieces, fit, strict=True))
    )


def _continue(pieces: Sequence[tuple[int, str]], top: int) -> Iterator[bool]:
    """Yield for each sentence whether its paragraph, below the first one, has another before it."""
    before = (-1, "")
    for index, text in pieces:
        yield before[0] == index > top and not is_entry(before[1])
        before = (index, text)


def _listed(paragraphs: Sequence[Paragraph]) -> int:
    heads = [
        index
        for index, paragraph in enumerate(paragraphs)
        if _ITEM.match(paragraph.text) and paragraph.text.rstrip(CLOSERS)[-1:] not in ENDS
    ]
    return heads[0] if len(heads) >= MANY else len(paragraphs)


def _asked(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Yield the indexes of the paragraphs below lines that ask, where an article has several; below headings all."""
    if sum(map(_asks, paragraphs)) < MANY:
        return
    asked = headed = False
    for index, paragraph in enumerate(paragraphs):
        heading = paragraph.kind is ParagraphKind.HEADING
        if asked and not (heading or _asks(paragraph)):
            yield index
        asked = _asks(paragraph) or (asked and headed and not heading)
        headed = heading or (headed and not _asks(paragraph))


def _asks(paragraph: Paragraph) -> bool:
    return len(paragraph.text) < _QUESTION and paragraph.text[-1:] == "?" and paragraph.text[0] not in OPENERS


def _shares(text: str, title: str, language: str | None) -> bool:
    """Say whether a sentence has a word of the title that is no number."""
    numbers = phrases_of(language).numbers
    named = [word for word in title.split() if word.casefold() not in numbers]
    return not set(content_stems(text, language)).isdisjoint(stems_of(named, language))


def _around(article: Article, pieces: Sequence[tuple[int, str]]) -> _Around:
    start = next((order for order, (_, text) in enumerate(pieces) if not _opens_no_lead(text)), 0)
    return _Around(
        language=article.language,
        title=article.title,
        named=" ".join((article.title, *article.tags)),
        start=start,
        top=pieces[start][0] if pieces else 0,
        quoted_most=_most_quoted(article).rpartition(" ")[2],
        texts=[text for _, text in pieces],
        listed=_listed(article.paragraphs),
        points=key_points(article.paragraphs),
        standfirst=article.standfirst,
        asked=frozenset(_asked(article.paragraphs)),
        month=article.published.month if article.published else 0,
    )


def _opens_no_lead(text: str) -> bool:
    return len(text.split()) <= SCRAP or is_dateline(text)


def _most_quoted(article: Article) -> str:
    """Return who says most, whose full name the digest gives below the summary, with the quotes; "" for nobody."""
    speakers = Counter(quote.speaker for quote in article.quotes if quote.speaker)
    return next((name for name, _ in speakers.most_common(1)), "")
