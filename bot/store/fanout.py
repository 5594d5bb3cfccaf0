"""Matching: from a story's topics to one delivery for each chat that follows any of them, inside the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Document, Moment
from bot.store.documents import NOTICE
from bot.store.events import public_among, stories_of_event
from bot.store.outbox import Notice
from bot.store.sql import insert
from bot.store.states import ChatState, DeliveryState, StoryState
from bot.store.tables import chats, deliveries, feeds, stories, story_topics, subscriptions

CAME_TO_NOTHING = (DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.SKIPPED)
"""States of a delivery that no chat has seen or will see."""


async def add_topics(connection: AsyncConnection, pairs: Iterable[tuple[int, int]]) -> None:
    """Write that stories have topics.

    Args:
        connection: the caller's transaction.
        pairs: (story, topic) numbers; those already there are left alone.
    """
    rows = [{"story_id": story_id, "topic_id": topic_id} for story_id, topic_id in sorted(set(pairs))]
    if rows:
        await connection.execute(insert(connection, story_topics).on_conflict_do_nothing(), rows)


async def fan_out(
    connection: AsyncConnection,
    story_id: int,
    *,
    seen_at: datetime,
    now: datetime,
    topic_id: int | None = None,
    chat_ids: Sequence[int] | None = None,
) -> None:
    """Write a pending delivery for every chat that follows one of a story's topics and has none of its event yet.

    A story that no preset has shown goes only to chats that follow one of the feeds that did: anybody can add a feed,
    and must not reach the followers of "Ukraine" by writing that tag into it.

    Args:
        connection: the caller's transaction.
        story_id: the story.
        seen_at: when it was new; who subscribed later does not get it.
        now: the present moment.
        topic_id: only for the followers of this topic; all of the story's topics where None.
        chat_ids: only for these chats; all where None.
    """
    followed = (
        subscriptions.c.topic_id == topic_id
        if topic_id is not None
        else subscriptions.c.topic_id.in_(select(story_topics.c.topic_id).where(story_topics.c.story_id == story_id))
    )
    if topic_id is None and not await public_among(connection, [story_id]):
        followed = followed & subscriptions.c.chat_id.in_(followers_of_its_feeds(story_id))
    if chat_ids is not None:
        followed = followed & subscriptions.c.chat_id.in_(chat_ids)
    others = [one for one in await stories_of_event(connection, story_id) if one != story_id]
    if others:
        followed = followed & ~_has_one_of(others)
    followers = (
        select(*_new_delivery(story_id, subscriptions.c.chat_id, now))
        .join(chats, chats.c.id == subscriptions.c.chat_id)
        .where(followed)
        .where(subscriptions.c.created_at <= seen_at)
        .where(subscriptions.c.paused.is_(False))
        .where(chats.c.state == ChatState.ACTIVE)
    )
    await _write_deliveries(connection, followers)


def _new_delivery(story_id: int, chat_id: ColumnElement[int], now: datetime) -> Sequence[ColumnElement[Any]]:
    """Return what a new delivery consists of, for `_write_deliveries`."""
    pending, no_messages = literal(DeliveryState.PENDING.value), literal([], Document)
    return literal(story_id, deliveries.c.story_id.type), chat_id, pending, no_messages, literal(now, Moment)


async def _write_deliveries(connection: AsyncConnection, chosen: Select[Any]) -> None:
    columns = ["story_id", "chat_id", "state", "message_ids", "created_at"]
    # A chat that follows two of a story's topics is found twice; the unique constraint keeps one.
    await connection.execute(insert(connection, deliveries).from_select(columns, chosen).on_conflict_do_nothing())


async def offer_others(connection: AsyncConnection, delivery_ids: Sequence[int], now: datetime) -> None:
    """Give chats that will not get a story the other reports of its event, which had waited behind it.

    Args:
        connection: the caller's transaction, in which these deliveries came to nothing.
        delivery_ids: which.
        now: the present moment.
    """
    event = func.coalesce(stories.c.event_id, stories.c.id)
    missed = (
        select(event.label("event"), deliveries.c.chat_id)
        .join(stories, stories.c.id == deliveries.c.story_id)
        .where(deliveries.c.id.in_(delivery_ids), deliveries.c.state.in_(CAME_TO_NOTHING))
    )
    chats_of: dict[int, list[int]] = {}
    for row in await connection.execute(missed):
        chats_of.setdefault(row.event, []).append(row.chat_id)
    joined = select(stories.c.event_id).where(stories.c.event_id.in_(chats_of)).distinct()
    for first in sorted((await connection.execute(joined)).scalars()):
        for story_id in await stories_of_event(connection, first):
            seen_at = await _seen_and_read(connection, story_id)
            if seen_at is not None:
                await fan_out(connection, story_id, seen_at=seen_at, now=now, chat_ids=chats_of[first])


async def _seen_and_read(connection: AsyncConnection, story_id: int) -> datetime | None:
    query = select(stories.c.seen_at).where(stories.c.id == story_id, stories.c.state == StoryState.READ)
    seen_at: datetime | None = (await connection.execute(query)).scalar_one_or_none()
    return seen_at


def _has_one_of(others: Sequence[int]) -> ColumnElement[bool]:
    """Say whether a follower has another story of the event: that message names this one, and it gets no second."""
    got = deliveries.c.state.not_in(CAME_TO_NOTHING)
    return (
        select(deliveries.c.id)
        .where(deliveries.c.chat_id == subscriptions.c.chat_id, deliveries.c.story_id.in_(others), got)
        .exists()
    )


def _its_feeds(story_id: int) -> Select[Any]:
    """Select the feeds that showed a story."""
    return (
        select(feeds.c.topic_id)
        .join(story_topics, story_topics.c.topic_id == feeds.c.topic_id)
        .where(story_topics.c.story_id == story_id)
    )


def followers_of_its_feeds(story_id: int) -> Select[Any]:
    """Select the chats that follow one of the feeds that showed a story."""
    # A table of its own name: inside the other select it would mean that select's row.
    other = subscriptions.alias()
    return select(other.c.chat_id).where(other.c.topic_id.in_(_its_feeds(story_id)))


async def store_notice(connection: AsyncConnection, feed_id: int, notice: Notice, now: datetime) -> None:
    """Write a word to a feed's followers, to be delivered as a story is."""
    row = {
        "feed_id": feed_id,
        "url": notice.feed_url,
        "headline": notice.feed_name,
        "notice": NOTICE.dump_python(notice, mode="json"),
        "at": now,
        "seen_at": now,
        "state": StoryState.READ,
        "attempts": 0,
    }
    story_id = (
        await connection.execute(insert(connection, stories).values(**row).returning(stories.c.id))
    ).scalar_one()
    await fan_out(connection, story_id, seen_at=now, now=now, topic_id=notice.topic_id)
    await _tell_configurers(connection, story_id, now)


async def _tell_configurers(connection: AsyncConnection, story_id: int, now: datetime) -> None:
    """Say a notice to those who configured channels, in private, and not to all who read these."""
    person = chats.alias()
    to_channels = (deliveries.c.story_id == story_id) & (chats.c.kind == "channel")
    configurers = (
        select(*_new_delivery(story_id, person.c.id, now))
        .select_from(deliveries)
        .join(chats, chats.c.id == deliveries.c.chat_id)
        .join(person, (person.c.telegram_id == chats.c.configured_by) & (person.c.thread_id == 0))
        .where(to_channels, person.c.state == ChatState.ACTIVE)
        .distinct()
    )
    await _write_deliveries(connection, configurers)
    its = select(deliveries.c.id).join(chats, chats.c.id == deliveries.c.chat_id).where(to_channels)
    await connection.execute(delete(deliveries).where(deliveries.c.id.in_(its)))
