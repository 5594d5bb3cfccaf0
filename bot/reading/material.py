"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.leaning import CLOSERS, ENDS, UNSPACED, Wording
from bot.reading.mentions import mentions
from bot.reading.sentences import split
from bot.reading.spans import enclosed_spans

_DANGLING = ":;,–—-"
_ADDRESSES = ("://", "www.", "@")
# Two sentences whose border a machine has lost.
_TORN = re.compile(r"[a-zа-яіїєґё]{5,}\. (?:he|she|it|they|the|він|вона|вони|он|она|они) ")
# A time as in a live blog, or the number of a list's item.
_NUMBERED = re.compile(r"\d{1,2}[:.]\d{2}\b|\d{1,3}[.)]\s|[•●▪*–—]")
# A standfirst may do without a full stop, but not without a statement.
_STATEMENT = 50
# Where more than this share stands between quotation marks, the sentence is a quote and shown as one.
_QUOTED = 0.6
# … and one that begins with the quotation is one sooner ("…," said X).
_QUOTED_FIRST = 0.25
_QUOTATION = '"“«„”»'
# The longest reports have a few hundred sentences; what they report stands before this one.
_MOST = 400
# "Berlin." stands before a lead and is none.
_DATELINE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of an article.

    Attributes:
        text: verbatim.
        paragraph: the index of its paragraph in the article.
        order: its number among all sentences of the article.
        leans: it has words that point back (he, also, however): readable only behind the one before it.
        hints: it has words that may point back (the company, in this case): better behind the one before it.
        aside: it sets a scene, or speaks as "I" or "we" outside quotation marks.
        quoted: the share of its characters between quotation marks, 0 to 1.
        unnamed: the surnames of those whom only an earlier sentence names in full.
        nameless: it begins with one of them, and the digest's quotes will not give the full name.
        introduces: the surnames of those whom it names in full.
        fit: it may be shown in a summary at all.
    """

    text: str
    paragraph: int
    order: int
    leans: bool
    hints: bool
    aside: bool
    quoted: float
    unnamed: frozenset[str]
    nameless: bool
    introduces: frozenset[str]
    fit: bool


def candidates(article: Article) -> tuple[Candidate, ...]:
    """Return the sentences of an article in order, with what is known about each."""
    pieces = list(islice(_pieces(article), _MOST))
    named = mentions([text for _, text in pieces], article.title, article.language)
    quoted_most = _most_quoted(article).rsplit(maxsplit=1)[-1:]
    start = next((order for order, (_, text) in enumerate(pieces) if len(text.split()) > _DATELINE), 0)
    top = pieces[start][0] if pieces else 0
    seen: set[str] = set()
    found = []
    for order, (index, text) in enumerate(pieces):
        wording, quoted = Wording(text, article.language), _quoted_share(text)
        fit = text not in seen and _is_fit(wording, quoted, index, article)
        seen.add(text)
        found.append(
            Candidate(
                text=text,
                paragraph=index,
                order=order,
                # Behind the title the first sentence may lean; a lead is read from its beginning or not at all.
                leans=order > start and (index == top or not fit or wording.leans),
                hints=fit and (wording.hints(article.title) if order > start else wording.leans),
                # What stands on top may say what "we" have found.
                aside=fit and (wording.sets_scene or (index > top and wording.personal)),
                quoted=quoted,
                unnamed=named[order][0],
                nameless=any(text.startswith(name) for name in named[order][0].difference(quoted_most)),
                introduces=named[order][1],
                fit=fit,
            )
        )
    return tuple(found)


def _most_quoted(article: Article) -> str:
    """Return who says most, whose full name the digest gives below the summary, with the quotes; "" for nobody."""
    speakers = Counter(quote.speaker for quote in article.quotes if quote.speaker)
    return next((name for name, _ in speakers.most_common(1)), "")


def _pieces(article: Article) -> Iterator[tuple[int, str]]:
    """Yield (paragraph, text) of each sentence."""
    for index, paragraph in enumerate(article.paragraphs):
        for text in split(paragraph.text, article.language):
            yield index, text


def _is_fit(wording: Wording, quoted: float, index: int, article: Article) -> bool:
    if not _is_material(article.paragraphs[index]) or _is_quote(wording.text, quoted):
        return False
    return _is_whole(wording.text, index, article) and not wording.unwanted


def _is_quote(text: str, quoted: float) -> bool:
    if text[0] in "–—-" and text[1:2].isspace():  # somebody's words, in languages that mark them so
        return True
    return quoted > (_QUOTED_FIRST if text[0] in _QUOTATION else _QUOTED)


def _is_material(paragraph: Paragraph) -> bool:
    return paragraph.kind in {ParagraphKind.BODY, ParagraphKind.DETAILS}


def _is_whole(text: str, paragraph: int, article: Article) -> bool:
    """Say whether this is a complete statement of the article rather than a scrap, a call or a name line."""
    ended = text.rstrip(CLOSERS)[-1:] in ENDS
    if not ended and (paragraph > 0 or len(text) < _STATEMENT or text[-1] in _DANGLING):
        return False
    if _NUMBERED.match(text) or (". " in text and _TORN.search(text)) or any(mark in text for mark in _ADDRESSES):
        return False
    return len(text.split()) >= _fewest_words(article.language, paragraph) and _balanced(text)


def _fewest_words(language: str | None, paragraph: int) -> int:
    if language in UNSPACED:
        return 1
    return 5 if paragraph > 0 else _DATELINE + 1


def _balanced(text: str) -> bool:
    """Say whether no quotation or parenthesis is left open, as where one runs on into the next sentence."""
    if text.count("(") > text.count(")") or text.count("«") > text.count("»"):
        return False
    curly = text.count("„") + text.count("“") + text.count("”")
    return text.count('"') % 2 == 0 and curly % 2 == 0


def _quoted_share(text: str) -> float:
    quoted = sum(end - start for start, end in enclosed_spans(text) if text[start] != "(")
    return quoted / len(text)
