"""Direct speech and who said it."""

import re

from bot.models import Article, Paragraph, ParagraphKind, Quote
from bot.reading.quoting.marks import Span, marked_spans

_FEWEST_WORDS = 4
_CUE = re.compile(
    r"\b(?:said|says|told|added|noted|stressed|wrote|asked|stated|tweeted)\b|\b(?:сказал|сказав|заявил|заявив)\w{0,4}",
)
_NAME = re.compile(r"\b[A-ZА-ЯІЇЄҐ][\w’'-]+(?: [A-ZА-ЯІЇЄҐ][\w’'-]+){0,3}")


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Return all direct speech of an article, in article order, with its speakers."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    names = _full_names(texts)
    quotes: list[Quote] = []
    for index, spans in enumerate(marked_spans(texts)):
        paragraph = article.paragraphs[index]
        if paragraph.kind is ParagraphKind.QUOTE:
            quotes.append(_labelled(paragraph, index, names))
            continue
        quotes += [_marked(paragraph.text, span, index, names) for span in spans if _is_speech(paragraph.text, span)]
    return tuple(quotes)


def key_quotes(article: Article, summary: tuple[str, ...], *, limit: int = 3) -> tuple[Quote, ...]:
    """Return the quotes most worth showing, best first.

    Args:
        article: with its quotes found.
        summary: sentences shown beside them; none of them is repeated.
        limit: the greatest number of quotes.
    """
    shown = " ".join(summary)
    fresh = [quote for quote in article.quotes if quote.text not in shown]
    return tuple(sorted(fresh, key=lambda quote: (quote.speaker is None, -len(quote.text)))[:limit])


def _is_speech(text: str, span: Span) -> bool:
    return len(text[span.start : span.end].split()) >= _FEWEST_WORDS


def _labelled(paragraph: Paragraph, index: int, names: dict[str, str]) -> Quote:
    speaker = paragraph.speaker
    return Quote(paragraph.text, names.get(speaker.split()[-1], speaker) if speaker else None, None, index)


def _marked(text: str, span: Span, index: int, names: dict[str, str]) -> Quote:
    words = text[span.start : span.end].strip().rstrip(",")
    named = _nearest_name(text, span)
    speaker = names.get(named.split()[-1], named) if named else None
    return Quote(words, speaker, named if named != speaker else None, index)


def _nearest_name(text: str, span: Span) -> str | None:
    outside = text[: span.outer_start] + "\n" * (span.outer_end - span.outer_start) + text[span.outer_end :]
    cues = sorted(_CUE.finditer(outside), key=lambda cue: abs(cue.start() - span.outer_start))
    names = list(_NAME.finditer(outside))
    if not cues or not names:
        return None
    return min(names, key=lambda name: abs(name.start() - cues[0].start())).group()


def _full_names(texts: list[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for text in texts:
        for match in _NAME.finditer(text):
            parts = match.group().split()
            if len(parts) > 1:
                names.setdefault(parts[-1], match.group())
    return names
