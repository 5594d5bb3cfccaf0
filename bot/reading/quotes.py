"""Direct speech and who said it; docs/quotes.md tells how it is decided."""

from collections.abc import Callable, Sequence

from bot.models import Article, Paragraph, ParagraphKind, Quote
from bot.reading.quoting.cast import Cast
from bot.reading.quoting.cues import Cues
from bot.reading.quoting.dialogue import dialogue_spans, interrupted_spans, led_spans
from bot.reading.quoting.echoes import give_echoes, give_signatures
from bot.reading.quoting.english import EnglishCues
from bot.reading.quoting.english_people import gather_english
from bot.reading.quoting.label_speakers import speaker_in_label
from bot.reading.quoting.lexicon import Lexicon, lexicon
from bot.reading.quoting.marks import Span, marked_spans
from bot.reading.quoting.slavic import SlavicCues
from bot.reading.quoting.slavic_names import gather_slavic
from bot.reading.quoting.speakers import Attribution
from bot.reading.quoting.speech import is_speech, nobody_speaks
from bot.reading.quoting.spoken import Block, Spoken
from bot.reading.quoting.tokens import Sentence, sentences, tokenize

# A page that is too short for its language to be told is read as English.
_ENGLISH = frozenset({"en", None})
_SLAVIC = frozenset({"ru", "uk"})
# A full name that comes only later than this many paragraphs behind the last quotation is not looked for.
_NAMED_BEHIND = 4
_SPACES_IN_FEW = 2
# A label says whose words a whole paragraph is; a heading is nobody's.
_WITHOUT_SPANS = frozenset({ParagraphKind.QUOTE, ParagraphKind.HEADING})


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Return all direct speech of an article, in article order, with its speakers."""
    words = lexicon(article.language)
    spans = _spans(article.paragraphs, words)
    paragraphs = article.paragraphs[: _reach(article.paragraphs, spans)]
    texts = [paragraph.text for paragraph in paragraphs]
    cues = _cues(article.language, words)
    if cues is None:
        blocks, cast = _unread(texts, spans), Cast(words)
    else:
        blocks = _blocks(texts, spans, words)
        cast = _cast(blocks, words)
        _give_speakers(blocks, spans, Attribution(words, cast, cues))
        if nobody_speaks(blocks, words) and not _holds_quotes(paragraphs):
            return ()
    quotes: list[Quote] = []
    for index, (paragraph, block) in enumerate(zip(paragraphs, blocks, strict=True)):
        if paragraph.kind is ParagraphKind.QUOTE:
            quotes.append(_labelled(paragraph, index, cast))
        else:
            quotes += _spoken_quotes(block, index, words)
    return tuple(quotes)


def _give_speakers(blocks: Sequence[Block], spans: Sequence[Sequence[Span]], attribution: Attribution) -> None:
    attribution.attribute(blocks, spans)
    give_signatures(blocks, attribution.cast, attribution.words)
    give_echoes(blocks)


def _holds_quotes(paragraphs: Sequence[Paragraph]) -> bool:
    return any(paragraph.kind is ParagraphKind.QUOTE for paragraph in paragraphs)


def _reach(paragraphs: Sequence[Paragraph], spans: Sequence[Sequence[Span]]) -> int:
    """Return how many paragraphs are to be read: those up to the last quotation and a few that may name its speaker."""
    for index in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[index]
        if paragraph.kind is ParagraphKind.QUOTE or any(_may_be_speech(paragraph.text, span) for span in spans[index]):
            return index + 1 + _NAMED_BEHIND
    return 0


def _may_be_speech(text: str, span: Span) -> bool:
    """Tell what `is_speech` can never take for speech: few words that begin in small letters."""
    inner = text[span.start : span.end].strip()
    return span.dialogue or inner[:1].isupper() or inner.count(" ") > _SPACES_IN_FEW


def _cues(language: str | None, words: Lexicon) -> Callable[[Sentence, Lexicon], Cues] | None:
    """Return the language's reader of sentences; None where its words are not known, and a speaker would be a guess."""
    if words.language in _SLAVIC:
        return SlavicCues
    return EnglishCues if language in _ENGLISH else None


def _cast(blocks: Sequence[Block], words: Lexicon) -> Cast:
    every = [(sentence, block.text) for block in blocks for sentence in block.sentences]
    gathered = gather_slavic if words.language in _SLAVIC else gather_english
    return gathered([sentence for sentence, _ in every], [text for _, text in every], words)


def _spans(paragraphs: Sequence[Paragraph], words: Lexicon) -> list[list[Span]]:
    plain = ["" if paragraph.kind in _WITHOUT_SPANS else paragraph.text for paragraph in paragraphs]
    marked = marked_spans(plain)
    if words.language in _SLAVIC:
        marked = [
            dialogue_spans(text, words)
            or led_spans(plain[max(0, index - 1) : index + 2], words)
            or [part for span in spans for part in interrupted_spans(text, span, words)]
            for index, (spans, text) in enumerate(zip(marked, plain, strict=True))
        ]
    return marked


def _blocks(texts: Sequence[str], spans: Sequence[Sequence[Span]], words: Lexicon) -> list[Block]:
    """Return the paragraphs in sentences."""
    blocks: list[Block] = []
    number = 0
    for text, marked in zip(texts, spans, strict=False):
        parts = sentences(tokenize(text, marked), text, marked, words)
        blocks.append(Block(text, number, parts))
        number += len(parts)
    return blocks


def _unread(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Block]:
    """Return the paragraphs with their quotations alone: where nobody is looked for, no sentence is read."""
    return [
        Block(text, 0, [], [Spoken(span, 0, 0) for span in marked]) for text, marked in zip(texts, spans, strict=False)
    ]


def _spoken_quotes(block: Block, index: int, words: Lexicon) -> list[Quote]:
    return [_quote(block.text, spoken, index) for spoken in block.spoken if is_speech(block.text, spoken, words)]


def _quote(text: str, spoken: Spoken, index: int) -> Quote:
    words = text[spoken.span.start : spoken.span.end].strip().rstrip(",")
    speaker = spoken.speaker
    if speaker is None:
        return Quote(words, None, None, index)
    return Quote(words, speaker.name, speaker.named_as if speaker.named_as != speaker.name else None, index)


def _labelled(paragraph: Paragraph, index: int, cast: Cast) -> Quote:
    speaker = (speaker_in_label(paragraph.speaker, cast) or None) if paragraph.speaker else None
    named = paragraph.speaker if paragraph.speaker != speaker else None
    return Quote(paragraph.text, speaker, named, index)
