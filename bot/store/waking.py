"""When feeds are due for another reason than their last poll."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feed_values import FeedState
from bot.store.documents import FEED_STATE, feed_document
from bot.store.followers import wanted_feeds
from bot.store.sql import starts_with
from bot.store.tables import feeds
from bot.urls import origin_of

ASIDE = datetime(9000, 1, 1, tzinfo=UTC)
"""When a feed is due that nobody wants. Ours: after every moment that a clock gone wrong may have written."""

LATE = timedelta(days=1)
"""How long a feed must have been due to be laid aside. Ours: who follows it meanwhile finds it due at once."""

AT_ONCE = 1_000
"""Feeds laid aside in one transaction."""


async def lay_aside(connection: AsyncConnection, now: datetime) -> int:
    """Put some feeds that are due, and that nobody wants, behind all others, within the caller's transaction.

    Each look for a feed that is due would walk past them, for good. What makes a feed wanted makes it due: the first
    who follows it (`wake_feed`), the operator who unblocks it, a preset that takes its address over.

    Returns:
        How many; 0 where there are no more.
    """
    unwanted = and_(feeds.c.next_poll_at < now - LATE, not_(wanted_feeds()))
    some = (await connection.execute(select(feeds.c.id).where(unwanted).limit(AT_ONCE))).scalars().all()
    # Said again: what somebody begins to follow at this moment is due now, which is seen after the wait for its row.
    aside = update(feeds).where(feeds.c.id.in_(some), unwanted).values(next_poll_at=ASIDE)
    await connection.execute(aside)
    return len(some)


async def wake_feed(connection: AsyncConnection, topic_id: int, now: datetime) -> None:
    """Prepare a feed that nobody followed to be followed again: due now, and what it shows then is backlog.

    A preset is polled all the time and needs none of it.
    """
    unpolled = (feeds.c.topic_id == topic_id) & feeds.c.slug.is_(None)
    row = (await connection.execute(select(feeds.c.id, feeds.c.state).where(unpolled))).one_or_none()
    if row is None:
        return
    await begin_anew(connection, row.id, row.state, now)


async def begin_anew(connection: AsyncConnection, feed_id: int, record: Any, now: datetime) -> None:
    """Make a feed due now, and what it shows then backlog.

    Args:
        connection: the caller's transaction.
        feed_id: which.
        record: of its polls, as its row holds it.
        now: the present moment.
    """
    known = FEED_STATE.validate_python(record)
    unread = replace(known, first_read=None, etag=None, last_modified=None, body_hash=None)
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(due_at(unread, now)))


def due_at(state: FeedState, moment: datetime) -> dict[str, Any]:
    """Return the columns of a feed that is due at a moment, its record being otherwise as it is."""
    return {"state": feed_document(replace(state, next_poll=moment)), "next_poll_at": moment}


async def wake_failing(connection: AsyncConnection, url: str, now: datetime) -> None:
    """Make the failing feeds of a host due: it answers again, and their back-off may have reached a day.

    Feeds that somebody polls now are left alone; their polls say when they are due next.
    """
    same = (
        starts_with(connection, feeds.c.url, origin_of(url)) & feeds.c.ended.is_(False) & feeds.c.lease_owner.is_(None)
    )
    waiting = (
        select(feeds.c.id, feeds.c.state)
        .where(same, feeds.c.next_poll_at > now)
        .order_by(feeds.c.id)
        .with_for_update(skip_locked=True)
    )
    for row in (await connection.execute(waiting)).all():
        state = FEED_STATE.validate_python(row.state)
        if state.failures:
            await connection.execute(update(feeds).where(feeds.c.id == row.id).values(due_at(state, now)))
