"""What of an article a summary may be made from: whole sentences that make sense where a reader meets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.languages import language_table
from bot.reading.phrases import is_boilerplate
from bot.reading.sentences import split
from bot.reading.spans import enclosed_spans
from config.data import table

_END = re.compile(r"[.!?…‽。！？।॥۔؟][\"'”’»“)\]」』]*$")
_SENSE = re.compile(r"\w")
_DANGLING = re.compile(r"[:;,–—-]$")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w")
# A time as in a live blog, or the number of a list's item.
_NUMBERED = re.compile(r"\d{1,2}[:.]\d{2}\b|\d{1,3}[.)]\s")
_START = re.compile(r"[\w’'ʼ-]+(?:[ ,]+[\w’'ʼ-]+){0,3}")
_CLOSING = ".!?…\"'”’»"
_OPENING = " \"'“‘«„([—–-•…"
# A standfirst may do without a full stop, but not without a statement.
_STATEMENT = 50
# Where more than this share stands between quotation marks, the sentence is a quote and shown as one.
_QUOTED = 0.6
# The longest reports have a few hundred sentences; what they report stands before this one.
_MOST = 400


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
        fit: it may be shown in a summary at all.
    """

    text: str
    paragraph: int
    order: int
    opens: bool
    leans: bool
    quoted: float
    fit: bool


def candidates(article: Article) -> tuple[Candidate, ...]:
    """Return the sentences of an article's body in order, with what is known about each."""
    return tuple(_candidates(article))


def _candidates(article: Article) -> Iterator[Candidate]:
    order = 0
    for index, paragraph in enumerate(article.paragraphs):
        if order >= _MOST:
            return
        for place, text in enumerate(split(paragraph.text, article.language)):
            quoted = _quoted_share(text)
            yield Candidate(
                text=text,
                paragraph=index,
                order=order,
                opens=place == 0,
                leans=order > 0 and leans(text, article.language),  # behind the title, the first may lean
                quoted=quoted,
                fit=quoted <= _QUOTED and _is_material(paragraph) and _is_whole(text, index, article),
            )
            order += 1


def _is_material(paragraph: Paragraph) -> bool:
    return paragraph.kind in {ParagraphKind.BODY, ParagraphKind.DETAILS}


def _is_whole(text: str, paragraph: int, article: Article) -> bool:
    """Say whether this is a complete statement of the article rather than a scrap, a call or a name line."""
    ended = _END.search(text) is not None
    if not ended and (paragraph > 0 or len(text) < _STATEMENT or _DANGLING.search(text)):
        return False
    if not _SENSE.search(text) or _ADDRESS.search(text) or _NUMBERED.match(text) or text[0] in "•●▪*–—":
        return False
    if len(text.split()) < _fewest_words(article.language) or not _balanced(text):
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
    if text.rstrip(_CLOSING).rsplit(maxsplit=1)[-1].casefold() in _phrases("leaning_ends", language):
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
