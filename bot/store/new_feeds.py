"""A feed's row, made when somebody names the feed first."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feed_values import FeedState
from bot.models import Topic, TopicKind
from bot.store.documents import feed_document
from bot.store.sql import insert
from bot.store.tables import feeds
from bot.store.topics import ensure_topics

FIRST_INTERVAL = 900.0
"""Seconds between two polls of a feed of which nothing is known yet. Ours: a quarter of an hour."""


async def ensure_feed(connection: AsyncConnection, url: str, facts: dict[str, Any], now: datetime) -> int:
    """Return a feed's number, made and due at once if it is new, within the caller's transaction.

    Args:
        connection: the caller's.
        url: where it is asked for.
        facts: its other columns, as bot.store.feeds.Feeds.ensure explains them.
        now: the present moment.
    """
    known = await _same_feed(connection, url, facts["slug"])
    if known is None:
        return await _new_feed(connection, url, facts, now)
    if facts["slug"] is not None:
        await _update_preset(connection, known, url, facts, now)
    return int(known.id)


async def _same_feed(connection: AsyncConnection, url: str, slug: str | None) -> Row[Any] | None:
    same = feeds.c.url == url
    if slug is not None:
        same = or_(same, feeds.c.slug == slug)
    # Where a chat had added the preset's URL before, the row that has the slug already is the preset.
    query = select(feeds).where(same).order_by(feeds.c.slug.is_(None)).limit(1)
    return (await connection.execute(query)).one_or_none()


async def _new_feed(connection: AsyncConnection, url: str, facts: dict[str, Any], now: datetime) -> int:
    topic = Topic(TopicKind.SOURCE, facts["slug"] or url, facts["name"] or url)
    numbers = await ensure_topics(connection, [topic], now)
    state = FeedState(next_poll=now, interval_seconds=FIRST_INTERVAL)
    row = {
        "url": url,
        "topic_id": numbers[topic],
        "state": feed_document(state),
        "next_poll_at": now,
        "created_at": now,
        **facts,
    }
    statement = insert(connection, feeds).values(**row)
    # A concurrent insert of the same URL wins; the update that changes nothing makes RETURNING give its number.
    made = statement.on_conflict_do_update(index_elements=["url"], set_={"url": url}).returning(feeds.c.id)
    return int((await connection.execute(made)).scalar_one())


async def _update_preset(
    connection: AsyncConnection, known: Row[Any], url: str, facts: dict[str, Any], now: datetime
) -> None:
    taken = (
        await connection.execute(select(feeds.c.id).where(feeds.c.url == url, feeds.c.id != known.id))
    ).one_or_none()
    values = dict(facts)
    if known.slug is None:
        values["next_poll_at"] = now  # nobody may have followed it, and now it is wanted
    elif not taken:
        values["url"] = url
    await connection.execute(update(feeds).where(feeds.c.id == known.id).values(**values))
