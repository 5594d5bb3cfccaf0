"""Stored values as messages: the one way in which a chat's settings become a Reader and a digest its card."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.catalogue import words_in
from bot.messages.digests import Card, render_digest
from bot.messages.notices import render_notice
from bot.messages.reader import Reader
from bot.models import Message
from bot.store import Chat, Notice, StoredDigest
from config.settings import Settings


def reader_for(chat: Chat, settings: Settings, now: datetime, followed: frozenset[int] = frozenset()) -> Reader:
    """Return the reader that a chat's messages are written for.

    Args:
        chat: with the language and zone it chose, if it did.
        settings: the operator's defaults for what it did not choose.
        now: the present, aware.
        followed: ids of the topics that the chat follows.
    """
    words = words_in(chat.language or settings.default_language)
    return Reader(words, ZoneInfo(chat.timezone or settings.default_timezone), now, followed)


def card_message(stored: StoredDigest, reader: Reader) -> Message:
    """Return a stored digest's message."""
    return render_digest(stored.digest, Card(stored.id, stored.topic_ids), reader)


def push_renderer(settings: Settings, now: Callable[[], datetime]) -> Callable[[StoredDigest, Chat], Sequence[Message]]:
    """Return what the sender renders pushes with.

    Pushes do not look up what each chat follows: that would be a query for every message of a fan-out, and the tag
    that brought the story here is one that the chat follows anyway. A tap on any tag brings the marks up to date.
    """

    def render(stored: StoredDigest, chat: Chat) -> Sequence[Message]:
        return (card_message(stored, reader_for(chat, settings, now())),)

    return render


def notice_renderer(settings: Settings, now: Callable[[], datetime]) -> Callable[[Notice, Chat], Sequence[Message]]:
    """Return what the sender renders words about feeds with."""

    def render(notice: Notice, chat: Chat) -> Sequence[Message]:
        reader = reader_for(chat, settings, now())
        return (render_notice(notice.code, notice.feed_name, notice.topic_id, notice.count, reader),)

    return render
