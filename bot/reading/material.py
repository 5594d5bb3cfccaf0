"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.candidate import Around, Candidate
from bot.reading.fitness import MANY, SCRAP, fitness, is_ended, key_points
from bot.reading.leaning import OPENERS
from bot.reading.mentions import mentions
from bot.reading.pieces import is_dateline, is_entry, pieces_of

# The heading of a list's item.
_ITEM = re.compile(r"(?:№ ?|#)?\d{1,3}[.):]\s")
# A line that asks has fewer characters.
_QUESTION = 90
# The longest reports have a few hundred sentences; what they report stands before this one.
_MOST = 200


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
        if _ITEM.match(paragraph.text) and not is_ended(paragraph.text)
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


def _around(article: Article, pieces: Sequence[tuple[int, str]]) -> Around:
    start = next((order for order, (_, text) in enumerate(pieces) if not _opens_no_lead(text)), 0)
    return Around(
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
