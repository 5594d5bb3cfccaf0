"""Which sentences of an article may be shown in a summary at all: whole ones, not mostly quoted, not about the page."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.clauses import is_bare_clause
from bot.reading.leaning import CLOSERS, ENDS, UNSPACED, Wording, may_be_unwanted, may_open_unwanted
from bot.reading.pieces import is_dateline
from bot.reading.spans import enclosed_spans, has_marks

SCRAP = 2
"""So many words are no lead: "Berlin." stands before one."""
MANY = 3
"""So many items make a list."""
_DANGLING = ":;,–—-"
# Two sentences whose border a machine has lost, behind a word of so many letters; begins with what few sentences have.
_TORN = re.compile(r"\. (?<=[a-zа-яіїєґё]{5}\. )(?:he|she|it|they|the|він|вона|вони|он|она|они) ")
# A sentence from which words were cut, as a paywall does.
_CUT = re.compile(r"\w (?:\.\.\.|…) [^\W\d_]")
# A time as in a live blog, or the number of a list's item.
_NUMBERED = re.compile(r"\d{1,2}[:.]\d{2}\b|\d{1,3}[.)]\s|[•●▪*–—◆◇■□▼▽►▶★☆]")
# A standfirst may do without a full stop, but not without a statement.
_STATEMENT = 50
# … and so may the points of a list on top.
_POINT = 40
# Where more than this share stands between quotation marks, the sentence is a quote and shown as one.
_QUOTED = 0.6
# … and one that begins with the quotation is one sooner ("…," said X), unless it is the first and tells the rest.
_QUOTED_FIRST, _QUOTED_LEAD = 0.25, 0.4
_QUOTATION = '"“«„”»'
# In some languages a dash opens what is said, and another one closes it: "— No, — said Hill."
_DASHES, _RESUMED = "–—-", re.compile(r"[,.!?…]\s[–—-]\s")


def fitness(
    pieces: Sequence[tuple[int, str]], article: Article, points: int
) -> Iterator[tuple[list[str], float, bool]]:
    """Yield for each sentence its parts, the share of it that is quoted, and whether it may be shown at all."""
    language = article.language
    calls = may_be_unwanted((text for _, text in pieces), language)
    seen: set[str] = set()
    for index, group in groupby(pieces, key=itemgetter(0)):
        material = _is_material(article.paragraphs[index]) and not _is_speech(article.paragraphs[index].text)
        fewest = _fewest_words(language, index)
        for _, text in group:
            parts, marked = text.split(), has_marks(text)
            quoted = _quoted_share(text) if marked else 0.0
            fit = material and len(parts) >= fewest and text not in seen
            fit = fit and not _is_quote(text, quoted, first=not seen) and _is_whole(text, index, points)
            fit = fit and not ((marked and _is_open(text)) or is_bare_clause(text, parts, language))
            if fit and (calls or may_open_unwanted(parts, language)):
                fit = not Wording(text, language).unwanted
            seen.add(text)
            yield parts, quoted, fit


def _is_quote(text: str, quoted: float, *, first: bool) -> bool:
    if text[0] in _DASHES and text[1:2].isspace():  # somebody's words, in languages that mark them so
        return True
    opening = _QUOTED_LEAD if first else _QUOTED_FIRST
    return quoted > (opening if text[0] in _QUOTATION else _QUOTED)


def _is_speech(paragraph: str) -> bool:
    """Say whether a paragraph is all somebody's words, marked by a dash that nothing closes."""
    return paragraph[:1] in _DASHES and paragraph[1:2].isspace() and _RESUMED.search(paragraph) is None


def _is_material(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.BODY or paragraph.kind is ParagraphKind.DETAILS


def key_points(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many of the first paragraphs are points that need no full stop: the list on top of a live blog."""
    count = 0
    for paragraph in paragraphs:
        text = paragraph.text
        if not _is_material(paragraph) or is_ended(text) or len(text) < _POINT or text[-1] in _DANGLING:
            break
        count += 1
    return count if count >= MANY else 0


def is_ended(text: str) -> bool:
    """Say whether a text ends as a sentence does, be it within quotation marks."""
    return text[-1:] in ENDS or text.rstrip(CLOSERS)[-1:] in ENDS


def _is_whole(text: str, paragraph: int, points: int) -> bool:
    """Say whether this is a complete statement of the article rather than a scrap, a call or a name line.

    Args:
        text: the sentence.
        paragraph: the index of its paragraph.
        points: so many first paragraphs are points of a list.
    """
    stands = paragraph < points or (paragraph == 0 and len(text) >= _STATEMENT)
    if not is_ended(text) and (not stands or text[-1] in _DANGLING):
        return False
    return not (
        (not text[0].isalpha() and _NUMBERED.match(text))
        or (paragraph == 0 and is_dateline(text))
        or (". " in text and _is_torn(text))
        or _is_cut(text)
        or _holds_address(text)
    )


def _is_torn(text: str) -> bool:
    return _TORN.search(text) is not None


def _is_cut(text: str) -> bool:
    """Say whether words are left out of the reporter's own; out of a quotation they often are."""
    if " ..." not in text and " …" not in text:
        return False
    cuts = [found.start() for found in _CUT.finditer(text)]
    spans = enclosed_spans(text) if cuts else []
    return any(not any(start < cut < end for start, end in spans) for cut in cuts)


def _holds_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text


def _fewest_words(language: str | None, paragraph: int) -> int:
    if language in UNSPACED:
        return 1
    return 5 if paragraph > 0 else SCRAP + 1


def _is_open(text: str) -> bool:
    """Say whether a quotation or a parenthesis is left open, as where one runs on into the next sentence."""
    if text.count("(") > text.count(")") or text.count("«") > text.count("»"):
        return True
    curly = text.count("„") + text.count("“") + text.count("”")
    return text.count('"') % 2 != 0 or curly % 2 != 0


def _quoted_share(text: str) -> float:
    return sum(end - start for start, end in enclosed_spans(text) if text[start] != "(") / len(text)
