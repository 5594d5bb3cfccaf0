"""Feeds that are due for another reason than their last poll."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.documents import FEED_STATE, feed_document
from bot.store.sql import starts_with
from bot.store.tables import feeds
from bot.urls import origin_of


async def wake_feed(connection: AsyncConnection, topic_id: int, now: datetime) -> None:
    """Prepare a feed that nobody followed to be followed again: due now, and what it shows then is backlog.

    A preset is polled all the time and needs none of it.
    """
    unpolled = (feeds.c.topic_id == topic_id) & feeds.c.slug.is_(None)
    row = (await connection.execute(select(feeds.c.id, feeds.c.state).where(unpolled))).one_or_none()
    if row is None:
        return
    state = replace(
        FEED_STATE.validate_python(row.state),
        first_read=None,
        next_poll=now,
        etag=None,
        last_modified=None,
        body_hash=None,
    )
    await connection.execute(
        update(feeds).where(feeds.c.id == row.id).values(state=feed_document(state), next_poll_at=now)
    )


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
            due = {"state": feed_document(replace(state, next_poll=now)), "next_poll_at": now}
            await connection.execute(update(feeds).where(feeds.c.id == row.id).values(due))
