"""The ways to look at a digest in place: shorter, longer, its quotes, its text in pages; and what else can be done."""

from collections.abc import Iterable
from dataclasses import replace

from bot.messages import callbacks
from bot.messages.callbacks import View
from bot.messages.catalogue import Words, language_names, sentence
from bot.messages.digests import (
    Card,
    also_block,
    changed_block,
    head_block,
    labelled,
    quote_blocks,
    render_digest,
    summary_blocks,
)
from bot.messages.markup import MESSAGE_LIMIT, escape, visible
from bot.messages.paging import Block, joined, pages, room_after
from bot.messages.reader import Reader
from bot.models import Article, Button, Digest, Message, Paragraph, ParagraphKind

_LONGER = 2_400
"""Characters of an article's own text in the longer view. Ours: the quotes then fit below it within one message."""

_READ = (ParagraphKind.BODY, ParagraphKind.SOURCE, ParagraphKind.DETAILS)
_KEYS_ONLY = (View.TOOLS, View.LANGUAGES)

_LABELS = {
    View.SHORTER: sentence("Shorter"),
    View.LONGER: sentence("Longer"),
    View.QUOTES: sentence("Quotes only"),
}


def render_view(
    digest: Digest,
    card: Card,
    view: View,
    reader: Reader,
    *,
    page: int = 0,
    saved: bool = False,
    limit: int = MESSAGE_LIMIT,
) -> Message:
    """Return a digest's message in one of its views, as a text and as a caption of the same length.

    Args:
        digest: what was read.
        card: see bot.messages.digests.
        view: which.
        reader: who reads it.
        page: of a view that does not fit into one message, from 0; the last one for a number beyond.
        saved: whether the chat has saved it.
        limit: UTF-16 units of the message: a text's or a caption's.
    """
    if view is View.CARD or view in _KEYS_ONLY:
        return _card(digest, card, view, reader, saved=saved, limit=limit)
    head = [head_block(digest.article, reader, limit), *_heading(view, reader.words)]
    found = pages(_blocks(digest, card, view, reader), room_after(head, limit))
    page = min(max(page, 0), len(found) - 1)
    text = joined([*head, *found[page]])
    keys = [_pager(card, view, page, len(found)), *_tools(digest, card, view, reader.words, page=page, saved=saved)]
    return Message(text, buttons=tuple(row for row in keys if row), caption=text)


def _card(digest: Digest, card: Card, view: View, reader: Reader, *, saved: bool, limit: int) -> Message:
    message = render_digest(digest, card, reader, captioned=limit < MESSAGE_LIMIT)
    if view is View.CARD:
        return message
    keys = (
        _languages(card, reader.words)
        if view is View.LANGUAGES
        else _tools(digest, card, view, reader.words, page=0, saved=saved)
    )
    return replace(message, buttons=keys)


def _heading(view: View, words: Words) -> list[Block]:
    heading = words.say("Background")
    return [(heading, f"<b>{escape(heading)}</b>")] if view is View.BACKGROUND else []


def _blocks(digest: Digest, card: Card, view: View, reader: Reader) -> Iterable[Block]:
    match view:
        case View.FULL:
            article = digest.article
            return [_paragraph(each, article, reader.words) for each in article.paragraphs if visible(each.text)]
        case View.BACKGROUND:
            return _background(digest.article)
    seen = seen_as(digest, view)
    return [
        *changed_block(card.changes, reader),
        *summary_blocks(seen),
        *quote_blocks(seen.key_quotes, seen.article.language),
        *also_block(card.also, reader),
    ]


def _paragraph(paragraph: Paragraph, article: Article, words: Words) -> Block:
    """Return a paragraph with what it is; a heading stands out."""
    if paragraph.kind is ParagraphKind.HEADING:
        return paragraph.text, f"<b>{escape(paragraph.text)}</b>"
    text = labelled(paragraph, article.language, words)
    return text, escape(text)


def _background(article: Article) -> list[Block]:
    points = [f"• {text}" for text in article.texts(ParagraphKind.BACKGROUND)]
    return [(text, escape(text)) for text in [*article.texts(ParagraphKind.REFERENCE), *points]]


def seen_as(digest: Digest, view: View) -> Digest:
    """Return as much of a digest as a view shows."""
    match view:
        case View.SHORTER:
            return replace(digest, summary=digest.summary[:1], key_quotes=())
        case View.LONGER:
            return replace(digest, summary=_body(digest) or digest.summary)
        case View.QUOTES:
            return replace(digest, summary=(), key_quotes=digest.article.quotes)
    return digest


def _body(digest: Digest) -> tuple[str, ...]:
    kept: list[str] = []
    room = _LONGER
    for text in digest.article.texts(*_READ):
        room -= len(text)
        if room < 0:
            break
        kept.append(text)
    return tuple(kept)


def _pager(card: Card, view: View, page: int, count: int) -> tuple[Button, ...]:
    """Return the row that turns pages; nothing where there is one page alone."""
    if count < 2:  # noqa: PLR2004  nothing to turn
        return ()
    turns = [("‹", page - 1), (f"{page + 1} / {count}", page), ("›", page + 1)]
    return tuple(_view_button(text, card, view, number) for text, number in turns if 0 <= number < count)


def _view_button(text: str, card: Card, *numbers: int) -> Button:
    return Button(text, data=callbacks.pack(callbacks.VIEW, card.digest_id, *numbers))


def _tools(
    digest: Digest, card: Card, view: View, words: Words, *, page: int, saved: bool
) -> tuple[tuple[Button, ...], ...]:
    def marked(each: View, text: str) -> Button:
        return _view_button(("• " if each is view else "") + text, card, each)

    keep = "★ " + words.say("Saved") if saved else "☆ " + words.say("Save")
    numbers = (view, page) if page else (view,)
    longer = [marked(View.FULL, "📄 " + words.say("Full text"))] if digest.article.paragraphs else []
    if digest.article.texts(ParagraphKind.BACKGROUND, ParagraphKind.REFERENCE):
        longer.append(marked(View.BACKGROUND, "🗂 " + words.say("Background")))
    rows = (
        tuple(marked(each, words.say(label)) for each, label in _LABELS.items()),
        tuple(longer),
        (
            Button("🗞 " + words.say("More on this"), data=callbacks.pack(callbacks.MORE, card.digest_id)),
            Button(keep, data=callbacks.pack(callbacks.SAVE, card.digest_id, *numbers)),
        ),
        (
            Button("🔇 " + words.say("Mute"), data=callbacks.pack(callbacks.MUTE, card.digest_id)),
            _view_button("🌐 " + words.say("Language"), card, View.LANGUAGES),
            _view_button("‹ " + words.say("Back"), card, View.CARD),
        ),
    )
    return tuple(row for row in rows if row)


def _languages(card: Card, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Return the languages that the bot speaks, the one that it speaks here marked, and the way back."""
    names = [
        Button(
            ("✓ " if code == words.language else "") + name,
            data=callbacks.pack(callbacks.LANGUAGE, index, card.digest_id),
        )
        for index, (code, name) in enumerate(language_names().items())
    ]
    return (*((name,) for name in names), (_view_button("‹ " + words.say("Back"), card, View.TOOLS),))
