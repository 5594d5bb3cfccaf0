"""What came to a chat in a stretch of time: its stories, and the topics that they are about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import TopicKind
from bot.store.engine import Database
from bot.store.feed_rows import feed_name
from bot.store.shown import others_told
from bot.store.states import DeliveryState
from bot.store.tables import deliveries, feeds, stories, story_topics, subscriptions, topics

MOST_STORIES = 2_000
"""Stories of one day that are looked at, the newest. Ours: nobody reads more than a message a minute."""

_WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD, DeliveryState.FOLDING)


@dataclass(frozen=True, slots=True)
class DayStory:
    """A story that came to a chat.

    Attributes:
        story_id: the store's.
        title: its headline.
        url: its page.
        source: the feed's name.
        came: when it was sent, or seen if it still waits for its digest.
        sources: how many tell this news, as far as the chat may know.
        followed: how many of the topics that the chat follows it is about.
    """

    story_id: int
    title: str
    url: str
    source: str
    came: datetime
    sources: int = 1
    followed: int = 0


@dataclass(frozen=True, slots=True)
class DayTopic:
    """A tag of the day's stories.

    Attributes:
        topic_id: the store's.
        label: as pages show it.
        count: its stories.
        is_followed: whether the chat follows it.
    """

    topic_id: int
    label: str
    count: int
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What came.

    Attributes:
        stories: those that most sources tell first, then those of most topics that are followed, then the newest.
        topics: the most frequent first.
    """

    stories: tuple[DayStory, ...]
    topics: tuple[DayTopic, ...]


class Days:
    """Looks back at deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_chat(self, chat_id: int, since: datetime) -> Day:
        """Return what came to a chat since a moment, what waits for its digest included."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_came_to(chat_id, since))).all()
            ids = [row.id for row in rows]
            followed = select(subscriptions.c.topic_id).where(subscriptions.c.chat_id == chat_id)
            own = set((await connection.execute(followed)).scalars())
            about = await _topics_of(connection, ids)
            others = await others_told(connection, ids, chat_id) if ids else {}
            counted = await _counted(connection, ids, own)
        told = [_story(row, others.get(row.id, 0), own & about.get(row.id, set())) for row in rows]
        ranked = sorted(told, key=lambda one: (-one.sources, -one.followed, -one.came.timestamp()))
        return Day(tuple(ranked), counted)


def _came_to(chat_id: int, since: datetime) -> Any:
    came = or_(
        and_(deliveries.c.sent_at >= since, deliveries.c.state == DeliveryState.SENT),
        and_(deliveries.c.created_at >= since, deliveries.c.state.in_(_WAITING)),
    )
    moment = func.coalesce(deliveries.c.sent_at, stories.c.seen_at)
    columns = (stories.c.id, stories.c.headline, stories.c.url, feeds.c.name, feeds.c.state)
    return (
        select(*columns, deliveries.c.sent_at, stories.c.seen_at)
        .join(stories, stories.c.id == deliveries.c.story_id)
        .join(feeds, feeds.c.id == stories.c.feed_id)
        .where(deliveries.c.chat_id == chat_id, stories.c.notice.is_(None), came)
        .order_by(moment.desc())
        .limit(MOST_STORIES)
    )


def _story(row: Any, others: int, followed: Collection[int]) -> DayStory:
    source = feed_name(row.name, row.state)
    return DayStory(row.id, row.headline, row.url, source, row.sent_at or row.seen_at, 1 + others, len(followed))


async def _topics_of(connection: AsyncConnection, story_ids: Collection[int]) -> dict[int, set[int]]:
    query = select(story_topics.c.story_id, story_topics.c.topic_id).where(story_topics.c.story_id.in_(story_ids))
    about: dict[int, set[int]] = {}
    for row in await connection.execute(query):
        about.setdefault(row.story_id, set()).add(row.topic_id)
    return about


async def _counted(
    connection: AsyncConnection, story_ids: Collection[int], own: Collection[int]
) -> tuple[DayTopic, ...]:
    """Return the tags of stories; what other chats search for is a topic too, and is nobody else's business."""
    count = func.count().label("count")
    query = (
        select(topics.c.id, topics.c.label, count)
        .join(story_topics, story_topics.c.topic_id == topics.c.id)
        .where(story_topics.c.story_id.in_(story_ids), topics.c.kind == TopicKind.TAG)
        .group_by(topics.c.id, topics.c.label)
    )
    found = [
        DayTopic(row.id, row.label, row._mapping["count"], row.id in own) for row in await connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, not one.is_followed, one.label.casefold())))
