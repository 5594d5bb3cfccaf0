"""A Digest as Telegram messages: the card, as a text or as a picture's caption, and the full text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.messages import callbacks, times
from bot.messages.callbacks import View
from bot.messages.catalogue import Words, sentence
from bot.messages.markup import CAPTION_LIMIT, MESSAGE_LIMIT, cut, escape, label, quoted, split, utf16_length, visible
from bot.messages.paging import Block, fitting, joined, room_after
from bot.messages.reader import Reader
from bot.models import Article, Button, Digest, Message, Paragraph, ParagraphKind, Quote

TAG_BUTTONS = 6
"""Tags shown as buttons: two rows of three stay readable on a phone."""

_ROW = 3
_TITLE_LIMIT = 300
_SENTENCE_LIMIT = 900
_QUOTE_LIMIT = 700
_LABEL_LIMIT = 24
_SOURCE_LIMIT = 40
_MOST_CORRECTIONS = 2
_SIDELINES = 4  # a line about corrections or other sources takes a quarter of a message at most

_LABELLED = {
    ParagraphKind.SOURCE: sentence("Source"),
    ParagraphKind.DETAILS: sentence("Details"),
    ParagraphKind.REFERENCE: sentence("For reference"),
}


@dataclass(frozen=True)
class Card:
    """What a digest's message is made from, beside the digest.

    Attributes:
        digest_id: the stored digest, for the buttons.
        topics: tag labels and the ids of their topics, in the article's order.
        changes: when later readings found something else, each with the headline before, if that changed.
        also: names and links of other sources of the same news.
    """

    digest_id: int
    topics: Mapping[str, int]
    changes: Sequence[tuple[datetime, str | None]] = ()
    also: Sequence[tuple[str, str]] = ()


def render_digest(digest: Digest, card: Card, reader: Reader, *, captioned: bool = False) -> Message:
    """Return the message that shows a digest.

    Sentences and quotes are left out whole, the last ones first, where all would pass Telegram's limit.

    Args:
        digest: what was read.
        card: what the message is made from beside it.
        reader: who reads it.
        captioned: make the short text too that stands under a photo.
    """
    text = joined(card_blocks(digest, card, reader, MESSAGE_LIMIT))
    if not captioned:
        return Message(text, buttons=digest_buttons(digest, card, reader))
    caption = joined(card_blocks(digest, card, reader, CAPTION_LIMIT))
    return Message(text, buttons=digest_buttons(digest, card, reader, is_cut=caption != text), caption=caption)


def card_blocks(digest: Digest, card: Card, reader: Reader, limit: int) -> list[Block]:
    """Return as much of a digest's card as a limit allows: its head, summary, quotes, and what else is known of it."""
    head = [head_block(digest.article, reader, limit)]
    sidelines = changed_block(card.changes, reader), also_block(card.also, reader)
    # What was corrected and who else tells it must leave the story itself its place.
    changed, also = (fitting(block, limit // _SIDELINES, in_order=True) for block in sidelines)
    room = room_after([*head, *changed, *also], limit)
    summary = fitting(summary_blocks(digest), room, in_order=True)
    quotes = fitting(
        quote_blocks(digest.key_quotes, digest.article.language), room_after(summary, room), in_order=False
    )
    return [*head, *changed, *summary, *quotes, *also]


def digest_buttons(
    digest: Digest, card: Card, reader: Reader, *, is_cut: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """Return a digest's keyboard: its tags, then what more there is to read.

    Args:
        digest: what was read.
        card: what the message is made from beside it.
        reader: who reads it.
        is_cut: something of it did not fit, and is a tap away.
    """
    tags = [
        Button(
            _mark(tag, followed=topic in reader.followed),
            data=callbacks.pack(callbacks.TOGGLE_TOPIC, topic, card.digest_id),
        )
        for tag, topic in list(card.topics.items())[:TAG_BUTTONS]
    ]
    more = [_view_button(text, view, card) for view, text in _more_to_read(digest, reader.words, is_cut=is_cut)]
    rows = [tags[start : start + _ROW] for start in range(0, len(tags), _ROW)]
    return tuple(tuple(row) for row in [*rows, more] if row)


def _more_to_read(digest: Digest, words: Words, *, is_cut: bool) -> Iterable[tuple[View, str]]:
    if is_cut:
        yield View.LONGER, words.say("Longer")
    if digest.article.paragraphs:
        yield View.FULL, "📄 " + words.say("Full text")
    if digest.article.texts(ParagraphKind.BACKGROUND, ParagraphKind.REFERENCE):
        yield View.BACKGROUND, "🗂 " + words.say("Background")
    yield View.TOOLS, "⋯"


def _view_button(text: str, view: View, card: Card) -> Button:
    return Button(text, data=callbacks.pack(callbacks.VIEW, card.digest_id, view))


def changed_block(changes: Sequence[tuple[datetime, str | None]], reader: Reader) -> tuple[Block, ...]:
    """Return the line that says that a page has changed, or nothing.

    Args:
        changes: the moments of later readings with the headline before, None where only the text changed.
        reader: who reads it.
    """
    shown = [change for change in changes if change[1]][-_MOST_CORRECTIONS:]
    shown += [change for change in changes[-1:] if change not in shown]
    lines = [_changed_line(at, headline, reader) for at, headline in shown]
    text = "\n".join(lines)
    return ((text, f"<i>{escape(text)}</i>"),) if changes else ()


def _changed_line(at: datetime, headline: str | None, reader: Reader) -> str:
    time = times.clock(at, reader.zone)
    if not headline:
        return "✎ " + reader.words.say("Updated {time}", time=time)
    before = cut(visible(headline), _TITLE_LIMIT)
    return "✎ " + reader.words.say("Updated {time}: the headline was “{headline}”", time=time, headline=before)


def also_block(also: Sequence[tuple[str, str]], reader: Reader) -> tuple[Block, ...]:
    """Return the line that names other sources of the same news, or nothing.

    Args:
        also: names and links.
        reader: who reads it.
    """
    named = [(cut(visible(name) or urlsplit(url).netloc, _SOURCE_LIMIT), url) for name, url in also]
    if not named:
        return ()
    plain = reader.words.say("Also: {sources}", sources=", ".join(name for name, _ in named))
    links = ", ".join(f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in named)
    return ((plain, reader.words.say("Also: {sources}", sources=links)),)


def render_full_text(article: Article, reader: Reader) -> tuple[Message, ...]:
    """Return the cleaned article as expandable quotes, in as many messages as it needs."""
    title = _title(article.title, article.url)
    blocks = [
        labelled(paragraph, article.language, reader.words)
        for paragraph in article.paragraphs
        if visible(paragraph.text)
    ]
    texts = split(blocks, MESSAGE_LIMIT - utf16_length(title) - 2)
    expandable = [f"<blockquote expandable>{escape(text)}</blockquote>" for text in texts]
    return tuple(
        Message(f"<b>{escape(title)}</b>\n{text}" if index == 0 else text) for index, text in enumerate(expandable)
    )


def render_text_digest(digest: Digest, reader: Reader) -> Message:
    """Return the short form of a text that is on no page: its summary and quotes."""
    heading = "📝 " + reader.words.say("In short")
    head = [(heading, f"<b>{escape(heading)}</b>")]
    blocks = [*summary_blocks(digest), *quote_blocks(digest.key_quotes, digest.article.language)]
    return Message(joined([*head, *fitting(blocks, room_after(head, MESSAGE_LIMIT), in_order=True)]))


def plain_headline(title: str, url: str) -> Message:
    """Return the least that can be said of a story: its headline as a link, for when all else was refused."""
    return Message(f'<a href="{escape(url)}">{escape(_title(title, url))}</a>')


def head_block(article: Article, reader: Reader, limit: int = MESSAGE_LIMIT) -> Block:
    """Return a digest's headline as a link, with its source, authors and time.

    Args:
        article: of which.
        reader: who reads it.
        limit: UTF-16 units of the message; the head takes half of a caption at most.
    """
    title, byline = _title(article.title, article.url), cut(_byline(article, reader), max(limit // 2 - _TITLE_LIMIT, 1))
    marked = f'<b><a href="{escape(article.url)}">{escape(title)}</a></b>'
    return (f"{title}\n{byline}", f"{marked}\n<i>{escape(byline)}</i>") if byline else (title, marked)


def _title(title: str, url: str) -> str:
    return cut(visible(title) or url, _TITLE_LIMIT)


def _byline(article: Article, reader: Reader) -> str:
    when = article.published and times.moment(
        article.published, reader.words, reader.zone, reader.now, has_time=article.published_has_time
    )
    authors = cut(", ".join(article.authors), _TITLE_LIMIT)
    site = cut(article.site or "", _TITLE_LIMIT)
    # A site that names itself as its author is named once.
    parts = [site, authors if authors != site else "", when or ""]
    return " · ".join(part for part in parts if part)


def summary_blocks(digest: Digest) -> list[Block]:
    """Return a digest's sentences, one a block."""
    sentences = [cut(sentence, _SENTENCE_LIMIT) for sentence in digest.summary]
    return [(sentence, escape(sentence)) for sentence in sentences]


def quote_blocks(quotes: Sequence[Quote], language: str | None) -> list[Block]:
    """Return quotes with who said them, one a block, in the quotation marks of their language."""
    return [_quote_block(quote, language) for quote in quotes]


def _quote_block(quote: Quote, language: str | None) -> Block:
    text = quoted(cut(quote.text, _QUOTE_LIMIT), language)
    speaker = f"\n— {quote.speaker}" if quote.speaker else ""
    marked = f"\n— <b>{escape(quote.speaker)}</b>" if quote.speaker else ""
    return f"{text}{speaker}", f"<blockquote>{escape(text)}{marked}</blockquote>"


def labelled(paragraph: Paragraph, language: str | None, words: Words) -> str:
    """Return a paragraph's text with what it is: a quote, a heading, background.

    Args:
        paragraph: of an article.
        language: the article's.
        words: the reader's.
    """
    match paragraph.kind:
        case ParagraphKind.QUOTE:
            return quoted(paragraph.text, language) + (f" — {paragraph.speaker}" if paragraph.speaker else "")
        case ParagraphKind.BACKGROUND:
            return f"• {paragraph.text}"
        case ParagraphKind.HEADING:
            return f"▎{paragraph.text}"
        case kind if kind in _LABELLED:
            return f"{words.say(_LABELLED[kind])}: {paragraph.text}"
        case _:
            return paragraph.text


def _mark(tag: str, *, followed: bool) -> str:
    return ("✓ " if followed else "+ ") + label(tag, _LABEL_LIMIT)
