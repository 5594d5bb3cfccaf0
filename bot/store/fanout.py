"""Matching: from a story's topics to one delivery for each chat that follows any of them, inside the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Document, Moment
from bot.store.events import stories_of_event
from bot.store.sql import insert
from bot.store.tables import chats, deliveries, feeds, stories, story_topics, subscriptions
from bot.store.values import NOTICE, ChatState, DeliveryState, Notice, StoryState


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
    connection: AsyncConnection, story_id: int, *, seen_at: datetime, now: datetime, topic_id: int | None = None
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
    """
    followed = (
        subscriptions.c.topic_id == topic_id
        if topic_id is not None
        else subscriptions.c.topic_id.in_(select(story_topics.c.topic_id).where(story_topics.c.story_id == story_id))
    )
    if topic_id is None and not await _is_public(connection, story_id):
        followed = followed & subscriptions.c.chat_id.in_(_followers_of_its_feeds(story_id))
    others = [one for one in await stories_of_event(connection, story_id) if one != story_id]
    if others:
        followed = followed & ~_has_one_of(others)
    followers = (
        select(
            literal(story_id),
            subscriptions.c.chat_id,
            literal(DeliveryState.PENDING.value),
            literal([], Document),
            literal(now, Moment),
        )
        .join(chats, chats.c.id == subscriptions.c.chat_id)
        .where(followed)
        .where(subscriptions.c.created_at <= seen_at)
        .where(subscriptions.c.paused.is_(False))
        .where(chats.c.state == ChatState.ACTIVE)
    )
    columns = ["story_id", "chat_id", "state", "message_ids", "created_at"]
    # A chat that follows two of the topics is found twice; the unique constraint keeps one.
    await connection.execute(insert(connection, deliveries).from_select(columns, followers).on_conflict_do_nothing())


def _has_one_of(others: Sequence[int]) -> ColumnElement[bool]:
    """Say whether a follower has another story of the event: that message names this one, and it gets no second."""
    got = deliveries.c.state.not_in([DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.SKIPPED])
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


async def _is_public(connection: AsyncConnection, story_id: int) -> bool:
    presets = _its_feeds(story_id).where(feeds.c.slug.is_not(None)).limit(1)
    return (await connection.execute(presets)).one_or_none() is not None


def _followers_of_its_feeds(story_id: int) -> Select[Any]:
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
