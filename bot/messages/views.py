"""The ways to look at a digest in place: shorter, longer, quotes only; and what else can be done with it."""

from dataclasses import replace
from enum import IntEnum

from bot.messages import callbacks
from bot.messages.catalogue import Words, sentence
from bot.messages.digests import Card, render_digest
from bot.messages.reader import Reader
from bot.models import Button, Digest, Message, ParagraphKind

_LONGER = 2_400
"""Characters of an article's own text in the longer view. Ours: the quotes then fit below it within one message."""

_READ = (ParagraphKind.BODY, ParagraphKind.SOURCE, ParagraphKind.DETAILS)


class View(IntEnum):
    """How a digest is shown; the numbers stand in buttons of old messages and must keep their meaning."""

    CARD = 0
    SHORTER = 1
    LONGER = 2
    QUOTES = 3
    TOOLS = 4  # the card, with the tools in place of its tags


_LABELS = {
    View.SHORTER: sentence("Shorter"),
    View.LONGER: sentence("Longer"),
    View.QUOTES: sentence("Quotes only"),
}


def render_view(digest: Digest, card: Card, view: View, reader: Reader, *, saved: bool = False) -> Message:
    """Return a digest's message in one of its views.

    Args:
        digest: what was read.
        card: see bot.messages.digests.
        view: which.
        reader: who reads it.
        saved: whether the chat has saved it.
    """
    message = render_digest(seen_as(digest, view), card, reader)
    if view is View.CARD:
        return message
    return replace(message, buttons=_tools(card.digest_id, view, reader.words, saved=saved))


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


def _tools(digest_id: int, view: View, words: Words, *, saved: bool) -> tuple[tuple[Button, ...], ...]:
    views = [
        Button(("• " if each is view else "") + words.say(label), data=callbacks.pack(callbacks.VIEW, digest_id, each))
        for each, label in _LABELS.items()
    ]
    keep = "★ " + words.say("Saved") if saved else "☆ " + words.say("Save")
    return (
        tuple(views),
        (
            Button("🗞 " + words.say("More on this"), data=callbacks.pack(callbacks.MORE, digest_id)),
            Button(keep, data=callbacks.pack(callbacks.SAVE, digest_id, view)),
        ),
        (
            Button("🔇 " + words.say("Mute"), data=callbacks.pack(callbacks.MUTE, digest_id)),
            Button("🌐 " + words.say("Language"), data=callbacks.pack(callbacks.LANGUAGES)),
            Button("‹ " + words.say("Back"), data=callbacks.pack(callbacks.VIEW, digest_id, View.CARD)),
        ),
    )
