"""A Digest as Telegram messages: the card, the full text, the background."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.messages import callbacks, times
from bot.messages.catalogue import Words, sentence
from bot.messages.markup import MESSAGE_LIMIT, cut, escape, split, utf16_length, visible
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
_TOOLS = 4  # bot.messages.views.View.TOOLS, which knows this module

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


def render_digest(digest: Digest, card: Card, reader: Reader) -> Message:
    """Return the message that shows a digest.

    The summary and quotes are shortened, last ones first, where the whole would pass Telegram's limit.
    """
    changed, also = changed_block(card.changes, reader), also_block(card.also, reader)
    blocks = [_head(digest.article, reader), *changed[1:]]
    room = MESSAGE_LIMIT - sum(map(utf16_length, [_visible_head(digest.article, reader), *changed[:1], *also[:1]])) - 4
    for plain, marked in [*_summary_blocks(digest), *_quote_blocks(digest.key_quotes)]:
        room -= utf16_length(plain) + 2
        if room < 0:
            break
        blocks.append(marked)
    return Message("\n\n".join([*blocks, *also[1:]]), buttons=digest_buttons(digest, card, reader), preview_url=None)


def digest_buttons(digest: Digest, card: Card, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """Return a digest's keyboard: its tags, then what more there is to read."""
    tags = [
        Button(
            _mark(label, followed=topic in reader.followed),
            data=callbacks.pack(callbacks.TOGGLE_TOPIC, topic, card.digest_id),
        )
        for label, topic in list(card.topics.items())[:TAG_BUTTONS]
    ]
    more = []
    if digest.article.paragraphs:
        more.append(
            Button("📄 " + reader.words.say("Full text"), data=callbacks.pack(callbacks.FULL_TEXT, card.digest_id))
        )
    if digest.article.texts(ParagraphKind.BACKGROUND, ParagraphKind.REFERENCE):
        more.append(
            Button("🗂 " + reader.words.say("Background"), data=callbacks.pack(callbacks.BACKGROUND, card.digest_id))
        )
    more.append(Button("⋯", data=callbacks.pack(callbacks.VIEW, card.digest_id, _TOOLS)))
    rows = [tags[start : start + _ROW] for start in range(0, len(tags), _ROW)]
    return tuple(tuple(row) for row in [*rows, more] if row)


def changed_block(changes: Sequence[tuple[datetime, str | None]], reader: Reader) -> tuple[str, ...]:
    """Return the line that says that a page has changed, as it is counted and as it is written; or nothing.

    Args:
        changes: the moments of later readings with the headline before, None where only the text changed.
        reader: who reads it.
    """
    shown = [change for change in changes if change[1]][-_MOST_CORRECTIONS:]
    shown += [change for change in changes[-1:] if change not in shown]
    lines = [_changed_line(at, headline, reader) for at, headline in shown]
    text = "\n".join(lines)
    return (text, f"<i>{escape(text)}</i>") if changes else ()


def _changed_line(at: datetime, headline: str | None, reader: Reader) -> str:
    time = times.clock(at, reader.zone)
    if not headline:
        return "✎ " + reader.words.say("Updated {time}", time=time)
    before = cut(visible(headline), _TITLE_LIMIT)
    return "✎ " + reader.words.say("Updated {time}: the headline was “{headline}”", time=time, headline=before)


def also_block(also: Sequence[tuple[str, str]], reader: Reader) -> tuple[str, ...]:
    """Return the line that names other sources of the same news, as it is counted and as it is written; or nothing.

    Args:
        also: names and links.
        reader: who reads it.
    """
    named = [(cut(visible(name) or urlsplit(url).netloc, _SOURCE_LIMIT), url) for name, url in also]
    if not named:
        return ()
    plain = reader.words.say("Also: {sources}", sources=", ".join(name for name, _ in named))
    links = ", ".join(f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in named)
    return plain, reader.words.say("Also: {sources}", sources=links)


def render_full_text(article: Article, reader: Reader) -> tuple[Message, ...]:
    """Return the cleaned article as expandable quotes, in as many messages as it needs."""
    title = _title(article.title, article.url)
    blocks = [_labelled(paragraph, reader.words) for paragraph in article.paragraphs if visible(paragraph.text)]
    texts = split(blocks, MESSAGE_LIMIT - utf16_length(title) - 2)
    expandable = [f"<blockquote expandable>{escape(text)}</blockquote>" for text in texts]
    return tuple(
        Message(f"<b>{escape(title)}</b>\n{text}" if index == 0 else text) for index, text in enumerate(expandable)
    )


def render_background(article: Article, reader: Reader) -> tuple[Message, ...]:
    """Return the article's background and reference paragraphs as messages."""
    heading = reader.words.say("Background")
    reference = article.texts(ParagraphKind.REFERENCE)
    points = [f"• {text}" for text in article.texts(ParagraphKind.BACKGROUND)]
    texts = split([*reference, *points], MESSAGE_LIMIT - utf16_length(heading) - 2)
    return tuple(
        Message(f"<b>{escape(heading)}</b>\n\n{escape(text)}" if not index else escape(text))
        for index, text in enumerate(texts)
    )


def render_text_digest(digest: Digest, reader: Reader) -> Message:
    """Return the short form of a text that is on no page: its summary and quotes."""
    heading = "📝 " + reader.words.say("In short")
    blocks, room = [f"<b>{escape(heading)}</b>"], MESSAGE_LIMIT - utf16_length(heading)
    for plain, marked in [*_summary_blocks(digest), *_quote_blocks(digest.key_quotes)]:
        room -= utf16_length(plain) + 2
        if room < 0:
            break
        blocks.append(marked)
    return Message("\n\n".join(blocks))


def plain_headline(title: str, url: str) -> Message:
    """Return the least that can be said of a story: its headline as a link, for when all else was refused."""
    return Message(f'<a href="{escape(url)}">{escape(_title(title, url))}</a>')


def _head(article: Article, reader: Reader) -> str:
    title = escape(_title(article.title, article.url))
    byline = escape(_byline(article, reader))
    return f'<b><a href="{escape(article.url)}">{title}</a></b>' + (f"\n<i>{byline}</i>" if byline else "")


def _visible_head(article: Article, reader: Reader) -> str:
    return _title(article.title, article.url) + "\n" + _byline(article, reader)


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


def _summary_blocks(digest: Digest) -> Sequence[tuple[str, str]]:
    sentences = [cut(sentence, _SENTENCE_LIMIT) for sentence in digest.summary]
    return [(sentence, escape(sentence)) for sentence in sentences]


def _quote_blocks(quotes: Sequence[Quote]) -> Sequence[tuple[str, str]]:
    return [_quote_block(quote) for quote in quotes]


def _quote_block(quote: Quote) -> tuple[str, str]:
    text = cut(quote.text, _QUOTE_LIMIT)
    speaker = f"\n— {quote.speaker}" if quote.speaker else ""
    marked = f"\n— <b>{escape(quote.speaker)}</b>" if quote.speaker else ""
    return f"“{text}”{speaker}", f"<blockquote>“{escape(text)}”{marked}</blockquote>"


def _labelled(paragraph: Paragraph, words: Words) -> str:
    match paragraph.kind:
        case ParagraphKind.QUOTE:
            return f"“{paragraph.text}”" + (f" — {paragraph.speaker}" if paragraph.speaker else "")
        case ParagraphKind.BACKGROUND:
            return f"• {paragraph.text}"
        case ParagraphKind.HEADING:
            return f"▎{paragraph.text}"
        case kind if kind in _LABELLED:
            return f"{words.say(_LABELLED[kind])}: {paragraph.text}"
        case _:
            return paragraph.text


def _mark(label: str, *, followed: bool) -> str:
    return ("✓ " if followed else "+ ") + cut(label, _LABEL_LIMIT)
