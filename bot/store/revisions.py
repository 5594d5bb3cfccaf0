"""What changes in a message after it was sent: a page says something else, another source tells the same news."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Digest
from bot.store.columns import Document, Moment
from bot.store.documents import CHANGES, DIGEST
from bot.store.events import public_among, stories_of_event
from bot.store.fanout import followers_of_its_feeds
from bot.store.sql import insert
from bot.store.states import DeliveryState, EditState
from bot.store.tables import deliveries, digests, edits, stories
from bot.store.values import Change

SETTLE = timedelta(minutes=2)
"""Between a change and the edit. Ours: agencies that report within two minutes cost one edit, not one each."""

MOST_EDITS = 5
"""Edits of one message. Ours: some other sources or corrections at different times; a message must not keep moving."""

RECENT = timedelta(hours=48)
"""Messages that are older are left as they are. Ours: nobody looks at them any more."""

_MOST_CHANGES = 10


@dataclass(frozen=True, slots=True)
class Revision:
    """What a new reading of a page changes.

    Attributes:
        changes: all that was noted of the page so far, this reading included.
        visible: whether its message looks different now.
    """

    changes: tuple[Change, ...] = ()
    visible: bool = False


async def revision_of(
    connection: AsyncConnection, url_key: str, digest: Digest, now: datetime, *, partial: bool
) -> Revision:
    """Compare a new reading of a page with what is kept of it.

    Args:
        connection: the caller's transaction.
        url_key: the page's.
        digest: the new reading.
        now: when it was read.
        partial: whether it is made of the feed's entry alone.
    """
    query = select(digests.c.digest, digests.c.partial, digests.c.changes).where(digests.c.url_key == url_key)
    kept = (await connection.execute(query)).one_or_none()
    if kept is None:
        return Revision()
    before, changes = DIGEST.validate_python(kept.digest), CHANGES.validate_python(kept.changes)
    if (partial and not kept.partial) or _visible(before) == _visible(digest):
        return Revision(changes)
    if kept.partial:
        return Revision(changes, visible=True)  # the page could be read at last; nothing was corrected
    corrected = _letters(before.article.title) != _letters(digest.article.title)
    change = Change(now, before.article.title if corrected else None)
    return Revision((*changes, change)[-_MOST_CHANGES:], visible=True)


def _visible(digest: Digest) -> tuple[str, ...]:
    """Return the words that a message shows, evened out."""
    quotes = (f"{quote.text} {quote.speaker}" for quote in digest.key_quotes)
    return tuple(" ".join(text.split()) for text in (digest.article.title, *digest.summary, *quotes))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


async def edit_messages_of(connection: AsyncConnection, digest_id: int, now: datetime) -> None:
    """Let the messages that show a digest be brought up to date."""
    shown = select(stories.c.id).where(stories.c.digest_id == digest_id)
    await _ask_for_edits(connection, deliveries.c.story_id.in_(shown), now)


async def name_in_messages(connection: AsyncConnection, story_id: int, now: datetime) -> None:
    """Let the messages of an event's other stories name one that has joined it, where the chat may see it."""
    others = [one for one in await stories_of_event(connection, story_id) if one != story_id]
    if not others:
        return
    of_event: ColumnElement[bool] = deliveries.c.story_id.in_(others)
    if not await public_among(connection, [story_id]):
        of_event &= deliveries.c.chat_id.in_(followers_of_its_feeds(story_id))
    await _ask_for_edits(connection, of_event, now)


async def _ask_for_edits(connection: AsyncConnection, messages: ColumnElement[bool], now: datetime) -> None:
    """Write that messages are to be edited; one that waits for its edit already needs no second.

    What is not sent yet is rendered when it is. What is under way may have been rendered a moment ago.
    """
    numbered = deliveries.c.message_ids != literal([], Document)  # not those of a group that moved since
    sent = or_(deliveries.c.state == DeliveryState.CLAIMED, and_(deliveries.c.state == DeliveryState.SENT, numbered))
    columns = ["delivery_id", "story_id", "state", "times", "attempts", "not_before"]
    values = (literal(EditState.PENDING.value), literal(0), literal(0), literal(now + SETTLE, Moment))
    source = select(deliveries.c.id, deliveries.c.story_id, *values).where(
        sent, deliveries.c.created_at >= now - RECENT, messages
    )
    again = {"state": EditState.PENDING.value, "not_before": now + SETTLE, "owner": None, "attempts": 0}
    room = and_(edits.c.times < MOST_EDITS, edits.c.state != EditState.PENDING)
    await connection.execute(
        insert(connection, edits)
        .from_select(columns, source)
        .on_conflict_do_update(index_elements=["delivery_id"], set_=again, where=room)
    )


async def forget_edits(connection: AsyncConnection, chat_id: int) -> None:
    """Delete the edits of a chat's messages before its deliveries go, whose numbers SQLite may give to new ones."""
    its = select(deliveries.c.id).where(deliveries.c.chat_id == chat_id)
    await connection.execute(delete(edits).where(edits.c.delivery_id.in_(its)))
