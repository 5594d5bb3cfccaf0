"""Matching: from a story's topics to one delivery for each chat that follows any of them, inside the database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import Document, Moment
from bot.store.sql import insert
from bot.store.tables import chats, deliveries, stories, story_topics, subscriptions
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
    """Write a pending delivery for every chat that follows one of a story's topics and has none of it yet.

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
