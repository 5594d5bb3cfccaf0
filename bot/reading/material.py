"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.languages import language_table
from bot.reading.mentions import points_back, unnamed
from bot.reading.sentences import split
from bot.reading.spans import enclosed_spans
from config.data import table

_ENDS = ".!?…‽。！？।॥۔؟"
_CLOSERS = " \"'”’»“)]」』*"
_DANGLING = ":;,–—-"
_ADDRESSES = ("://", "www.", "@")
_START = re.compile(r"[\w’'ʼ-]+(?:[ ,]+[\w’'ʼ-]+){0,3}")
_OPENING = " \"'“‘«„([—–-•…"
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
        opens: it is the first of its paragraph.
        leans: it has words that point back (he, also, however): readable only behind the one before it.
        quoted: the share of its characters between quotation marks, 0 to 1.
        unnamed: it speaks of somebody whom only an earlier sentence names.
        fit: it may be shown in a summary at all.
    """

    text: str
    paragraph: int
    order: int
    opens: bool
    leans: bool
    quoted: float
    unnamed: bool
    fit: bool


def candidates(article: Article) -> tuple[Candidate, ...]:
    """Return the sentences of an article in order, with what is known about each."""
    pieces = list(islice(_pieces(article), _MOST))
    unclear = unnamed([text for _, _, text in pieces], article.title, article.language)
    seen: set[str] = set()
    start = next((order for order, (_, _, text) in enumerate(pieces) if len(text.split()) > _DATELINE), 0)
    found = []
    for order, (index, place, text) in enumerate(pieces):
        quoted = _quoted_share(text)
        fit = text not in seen and _is_material(article.paragraphs[index]) and not _is_quote(text, quoted)
        fit = fit and _is_whole(text, index, article)
        seen.add(text)
        back = index == pieces[start][0] or not fit or leans(text, article.language)
        found.append(
            Candidate(
                text=text,
                paragraph=index,
                order=order,
                opens=place == 0,
                # Behind the title the first sentence may lean; a lead is read from its beginning or not at all.
                leans=order > start and back,
                quoted=quoted,
                unnamed=unclear[order],
                fit=fit,
            )
        )
    return tuple(found)


def _pieces(article: Article) -> Iterator[tuple[int, int, str]]:
    """Yield (paragraph, place in it, text) of each sentence."""
    for index, paragraph in enumerate(article.paragraphs):
        for place, text in enumerate(split(paragraph.text, article.language)):
            yield index, place, text


def _is_quote(text: str, quoted: float) -> bool:
    return quoted > (_QUOTED_FIRST if text[0] in _QUOTATION else _QUOTED)


def _is_material(paragraph: Paragraph) -> bool:
    return paragraph.kind in {ParagraphKind.BODY, ParagraphKind.DETAILS}


def _is_whole(text: str, paragraph: int, article: Article) -> bool:
    """Say whether this is a complete statement of the article rather than a scrap, a call or a name line."""
    ended = text.rstrip(_CLOSERS)[-1:] in _ENDS
    if not ended and (paragraph > 0 or len(text) < _STATEMENT or text[-1] in _DANGLING):
        return False
    if _NUMBERED.match(text) or _TORN.search(text) or any(mark in text for mark in _ADDRESSES):
        return False
    if len(text.split()) < _fewest_words(article.language, paragraph) or not _balanced(text):
        return False
    phrases = _phrases(article.language)
    if not phrases.unwanted_starts.isdisjoint(_beginnings(text)):
        return False
    said = text.casefold()
    if said.startswith(phrases.labels):
        return False
    return not any(phrase in said for phrase in phrases.unwanted_anywhere)


def _fewest_words(language: str | None, paragraph: int) -> int:
    if language in {"ja", "zh", "th"}:
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


def leans(text: str, language: str | None) -> bool:
    """Say whether a sentence begins or ends with words, or has a pronoun, that need another sentence before them."""
    phrases = _phrases(language)
    last = text[-60:].rstrip(_CLOSERS + _ENDS).casefold().rsplit(maxsplit=3)[-3:]
    if any(" ".join(last[-count:]) in phrases.leaning_ends for count in (1, 2, 3)):
        return True
    if points_back(text, language):
        return True
    beginnings = _beginnings(text)
    return not phrases.leaning_starts.isdisjoint(beginnings) and phrases.standing_starts.isdisjoint(beginnings)


def _beginnings(text: str) -> list[str]:
    """Return the first word, the first two, three and four words of a sentence, in lower case."""
    found = _START.match(text.lstrip(_OPENING))
    if not found:
        return []
    words = found.group().casefold().replace("’", "'").replace(",", " ").split()
    return [" ".join(words[:count]) for count in range(1, len(words) + 1)]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What a language's `[summary]` says about how sentences begin and end."""

    leaning_starts: frozenset[str]
    leaning_ends: frozenset[str]
    standing_starts: frozenset[str]
    unwanted_starts: frozenset[str]
    unwanted_anywhere: frozenset[str]
    labels: tuple[str, ...] = ()


@cache
def _phrases(language: str | None) -> _Phrases:
    own = language_table(language, "summary") or table("summary").get(language or "", {})
    names = [name for name in _Phrases.__slots__ if name != "labels"]
    labels = chain.from_iterable(language_table(language, "labels").values())
    return _Phrases(
        **{name: frozenset(phrase.casefold() for phrase in own.get(name, ())) for name in names},
        labels=tuple(f"{label.casefold()}:" for label in labels),
    )
