"""Direct speech and who said it; docs/quotes.md tells how it is decided."""

from collections.abc import Sequence

from bot.models import Article, Paragraph, ParagraphKind, Quote
from bot.reading.quoting.cues import NoCues
from bot.reading.quoting.dialogue import dialogue_spans, interrupted_spans
from bot.reading.quoting.english import EnglishCues
from bot.reading.quoting.label_speakers import speaker_in_label
from bot.reading.quoting.lexicon import Lexicon, lexicon
from bot.reading.quoting.marks import Span, marked_spans
from bot.reading.quoting.people import Cast, gather
from bot.reading.quoting.slavic import SlavicCues
from bot.reading.quoting.slavic_names import gather_slavic
from bot.reading.quoting.speakers import Attribution, Block, Spoken, is_speech
from bot.reading.quoting.tokens import sentences, tokenize

# A page that is too short for its language to be told is read as English.
_ENGLISH = frozenset({"en", None})
_SLAVIC = frozenset({"ru", "uk"})
_WITHOUT_SPEECH = frozenset({ParagraphKind.HEADING})


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Return all direct speech of an article, in article order, with its speakers."""
    words = lexicon(article.language)
    texts = [paragraph.text for paragraph in article.paragraphs]
    spans = _spans(article.paragraphs, words)
    labelled = any(paragraph.kind is ParagraphKind.QUOTE for paragraph in article.paragraphs)
    if not labelled and not any(spans):
        return ()
    blocks = _blocks(texts, spans, words)
    every = [(sentence, block.text) for block in blocks for sentence in block.sentences]
    slavic = words.language in _SLAVIC
    cast = (gather_slavic if slavic else gather)(
        [sentence for sentence, _ in every], [text for _, text in every], words
    )
    reader = SlavicCues if slavic else EnglishCues if article.language in _ENGLISH else NoCues
    Attribution(words, cast, reader).attribute(blocks, spans)
    quotes: list[Quote] = []
    for index, (paragraph, block) in enumerate(zip(article.paragraphs, blocks, strict=True)):
        if paragraph.kind is ParagraphKind.QUOTE:
            quotes.append(_labelled(paragraph, index, cast))
        else:
            quotes += _spoken_quotes(block, index, words)
    return tuple(quotes)


def _spans(paragraphs: Sequence[Paragraph], words: Lexicon) -> list[list[Span]]:
    silent = {ParagraphKind.QUOTE, *_WITHOUT_SPEECH}
    plain = ["" if paragraph.kind in silent else paragraph.text for paragraph in paragraphs]
    marked = marked_spans(plain)
    if words.language in _SLAVIC:
        marked = [
            dialogue_spans(text, words) or [part for span in spans for part in interrupted_spans(text, span, words)]
            for spans, text in zip(marked, plain, strict=True)
        ]
    return marked


def _blocks(texts: Sequence[str], spans: Sequence[Sequence[Span]], words: Lexicon) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    for text, marked in zip(texts, spans, strict=True):
        parts = sentences(tokenize(text, marked), text, marked, words)
        blocks.append(Block(text, number, parts))
        number += len(parts)
    return blocks


def _spoken_quotes(block: Block, index: int, words: Lexicon) -> list[Quote]:
    return [_quote(block.text, spoken, index) for spoken in block.spoken if is_speech(block.text, spoken, words)]


def _quote(text: str, spoken: Spoken, index: int) -> Quote:
    words = text[spoken.span.start : spoken.span.end].strip().rstrip(",")
    speaker = spoken.speaker
    if speaker is None:
        return Quote(words, None, None, index)
    return Quote(words, speaker.name, speaker.named_as if speaker.named_as != speaker.name else None, index)


def _labelled(paragraph: Paragraph, index: int, cast: Cast) -> Quote:
    speaker = speaker_in_label(paragraph.speaker, cast) if paragraph.speaker else None
    named = paragraph.speaker if paragraph.speaker != speaker else None
    return Quote(paragraph.text, speaker, named, index)
