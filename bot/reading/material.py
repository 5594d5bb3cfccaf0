"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.languages import language_table
from bot.reading.mentions import unnamed
from bot.reading.phrases import is_boilerplate
from bot.reading.sentences import split
from bot.reading.spans import enclosed_spans
from config.data import table

_END = re.compile(r"[.!?…‽。！？।॥۔؟][\"'”’»“)\]」』]*$")
_SENSE = re.compile(r"\w")
_DANGLING = re.compile(r"[:;,–—-]$")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w")
# Two sentences whose border a machine has lost.
_TORN = re.compile(r"[a-zа-яіїєґё]{5,}\. (?:he|she|it|they|the|він|вона|він|он|она) ")
# A time as in a live blog, or the number of a list's item.
_NUMBERED = re.compile(r"\d{1,2}[:.]\d{2}\b|\d{1,3}[.)]\s")
_START = re.compile(r"[\w’'ʼ-]+(?:[ ,]+[\w’'ʼ-]+){0,3}")
_CLOSING = ".!?…\"'”’»"
_OPENING = " \"'“‘«„([—–-•…"
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
        leans: it begins with words that point back (he, also, however): readable only behind the one before it.
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
        seen.add(text)
        found.append(
            Candidate(
                text=text,
                paragraph=index,
                order=order,
                opens=place == 0,
                # Behind the title the first sentence may lean; a lead is read from its beginning or not at all.
                leans=order > start and (index == pieces[start][0] or leans(text, article.language)),
                quoted=quoted,
                unnamed=unclear[order],
                fit=fit and _is_whole(text, index, article),
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
    ended = _END.search(text) is not None
    if not ended and (paragraph > 0 or len(text) < _STATEMENT or _DANGLING.search(text)):
        return False
    if (
        not _SENSE.search(text)
        or _TORN.search(text)
        or _ADDRESS.search(text)
        or _NUMBERED.match(text)
        or text[0] in "•●▪*–—"
    ):
        return False
    fewest = _fewest_words(article.language) if paragraph > 0 else min(_DATELINE + 1, _fewest_words(article.language))
    if len(text.split()) < fewest or not _balanced(text):
        return False
    if is_boilerplate(text) or _starts_with(text, "unwanted_starts", article.language):
        return False
    said = text.casefold()
    return not any(phrase in said for phrase in _phrases("unwanted_anywhere", article.language))


def _fewest_words(language: str | None) -> int:
    return 1 if language in {"ja", "zh", "th"} else 5


def _balanced(text: str) -> bool:
    """Say whether no quotation or parenthesis is left open, as where one runs on into the next sentence."""
    if any(text.count(opener) > text.count(closer) for opener, closer in ("()", "«»")):
        return False
    curly = [text.count(mark) for mark in "„“”"]
    return text.count('"') % 2 == 0 and sum(curly) % 2 == 0


def _quoted_share(text: str) -> float:
    quoted = sum(end - start for start, end in enclosed_spans(text) if text[start] != "(")
    return quoted / len(text)


def leans(text: str, language: str | None) -> bool:
    """Say whether a sentence begins or ends with words that make sense only behind another sentence."""
    last = text.rstrip(_CLOSING).casefold().rsplit(maxsplit=3)[-3:]
    ends = _phrases("leaning_ends", language)
    if any(" ".join(last[-count:]) in ends for count in (1, 2, 3)):
        return True
    return _starts_with(text, "leaning_starts", language) and not _starts_with(text, "standing_starts", language)


def _starts_with(text: str, name: str, language: str | None) -> bool:
    found = _START.match(text.lstrip(_OPENING))
    if not found:
        return False
    words = found.group().casefold().replace("’", "'").replace(",", " ").split()
    phrases = _phrases(name, language)
    return any(" ".join(words[:count]) in phrases for count in range(1, len(words) + 1))


@cache
def _phrases(name: str, language: str | None) -> frozenset[str]:
    own = language_table(language, "summary") or table("summary").get(language or "", {})
    return frozenset(phrase.casefold() for phrase in own.get(name, ()))
