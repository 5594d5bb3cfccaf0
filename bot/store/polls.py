"""The one commit that ends a poll."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feed_values import PollResult
from bot.store.documents import feed_document
from bot.store.entries import store_decision
from bot.store.fanout import store_notice
from bot.store.hubs import note_delivery, store_hub
from bot.store.outbox import Notice
from bot.store.tables import feeds, topics
from bot.store.waking import wake_failing
from bot.urls import can_be_feed_url


async def store_poll(
    connection: AsyncConnection, result: PollResult, aliases: Mapping[str, str], *, owner: str, now: datetime
) -> bool:
    """Write all that a poll found, with the feed's state, within the caller's transaction, and give the feed back.

    Args:
        connection: the caller's.
        result: what the poll found.
        aliases: names that are one topic.
        owner: who claimed the feed.
        now: the present moment; news count as seen then.

    Returns:
        False, and nothing is written, where the lease has ended and another poller has taken the feed since.
    """
    feed = await _claimed_feed(connection, result.feed_id, owner)
    if feed is None:
        return False
    await _write_state(connection, feed, result)
    await _name_topic(connection, feed, result.state.title)
    await store_decision(connection, feed, result.decision, aliases, now)
    for notice in _notices(feed, result):
        await store_notice(connection, feed.id, notice, now)
    if result.by_hub or result.decision.new:
        await note_delivery(connection, feed.id, now if result.by_hub else None)
    await store_hub(connection, feed.id, result.state, feed.url, now)
    if result.host_is_back:
        await wake_failing(connection, feed.url, now)
    return True


async def _claimed_feed(connection: AsyncConnection, feed_id: int, owner: str) -> Row[Any] | None:
    query = select(feeds).where(feeds.c.id == feed_id, feeds.c.lease_owner == owner).with_for_update()
    return (await connection.execute(query)).one_or_none()


async def _write_state(connection: AsyncConnection, feed: Row[Any], result: PollResult) -> None:
    values: dict[str, Any] = {
        "state": feed_document(result.state),
        "next_poll_at": result.state.next_poll,
        "ended": result.state.ended,
        "lease_owner": None,
        "lease_until": None,
    }
    if result.moved_to and await _is_free(connection, result.moved_to):
        values["url"] = result.moved_to
    await connection.execute(update(feeds).where(feeds.c.id == feed.id).values(**values))


async def _name_topic(connection: AsyncConnection, feed: Row[Any], title: str) -> None:
    """Call a feed that was added by its bare address, as an import does, by the title that it states itself."""
    if title and not feed.name and title != feed.state.get("title"):
        await connection.execute(update(topics).where(topics.c.id == feed.topic_id).values(label=title))


async def _is_free(connection: AsyncConnection, url: str) -> bool:
    """Say whether a feed can have a URL: no other has it, and it is not too long."""
    taken = select(feeds.c.id).where(feeds.c.url == url)
    return can_be_feed_url(url) and (await connection.execute(taken)).one_or_none() is None


def _notices(feed: Row[Any], result: PollResult) -> list[Notice]:
    name = feed.name or result.state.title or feed.url
    told = [Notice(result.notice, name, feed.url, feed.topic_id)] if result.notice else []
    left_out = result.decision.left_out
    return told + ([Notice("left_out", name, feed.url, feed.topic_id, left_out)] if left_out else [])
