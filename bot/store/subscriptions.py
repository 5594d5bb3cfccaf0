"""Which chat follows which topics."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic, TopicKind
from bot.options import choices_of
from bot.store.engine import Database
from bot.store.held import reconsider
from bot.store.query_index import index_query
from bot.store.sql import index_key, insert
from bot.store.tables import subscriptions, topics
from bot.store.topics import ensure_topics, mark_used
from bot.store.values import Subscription
from bot.store.waking import wake_feed


class Subscriptions:
    """What chats follow."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, chat_id: int, topic: Topic, *, folders: Sequence[str] = ()) -> bool:
        """Let a chat follow a topic; what is seen from now on is pushed to it, nothing older.

        Args:
            chat_id: who follows.
            topic: what.
            folders: where an imported list kept it, the outermost first; an export puts it there again.

        Returns:
            True where the chat did not follow it before.
        """
        now = self._clock()
        async with self._database.write() as connection:
            topic_id = (await ensure_topics(connection, [topic], now))[topic]
            if topic.kind is TopicKind.SOURCE and not await _has_followers(connection, topic_id):
                await wake_feed(connection, topic_id, now)
            await index_query(connection, topic_id, topic)
            options = {"folders": list(folders)} if folders else {}
            row = {"chat_id": chat_id, "topic_id": topic_id, "options": options, "created_at": now}
            added = await connection.execute(
                insert(connection, subscriptions).values(**row).on_conflict_do_nothing().returning(subscriptions.c.id)
            )
            return added.one_or_none() is not None

    async def remove(self, chat_id: int, topic: Topic | int) -> bool:
        """Let a chat no longer follow a topic, given as a value or by its number.

        Returns:
            True where the chat followed it.
        """
        async with self._database.write() as connection:
            removed = await connection.execute(
                delete(subscriptions)
                .where(subscriptions.c.chat_id == chat_id)
                .where(subscriptions.c.topic_id.in_(select(topics.c.id).where(_is(topic))))
                .returning(subscriptions.c.topic_id)
            )
            left = removed.scalars().all()
            if left:
                await reconsider(connection, chat_id)
                await mark_used(connection, left, self._clock())
            return bool(left)

    async def list(self, chat_id: int, *, offset: int = 0, limit: int = 50) -> Sequence[Subscription]:
        """Return one page of what a chat follows, by label."""
        query = (
            select(subscriptions, topics.c.kind, topics.c.key, topics.c.label)
            .join(topics, topics.c.id == subscriptions.c.topic_id)
            .where(subscriptions.c.chat_id == chat_id)
            .order_by(topics.c.key, topics.c.kind)
            .offset(offset)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Subscription(
                row.id,
                row.chat_id,
                row.topic_id,
                Topic(TopicKind(row.kind), row.key, row.label),
                row.created_at,
                row.paused,
                choices_of(row.options),
            )
            for row in rows
        ]

    async def pause(self, chat_id: int, topic_id: int = 0, *, paused: bool = True) -> None:
        """Let nothing come by a subscription until it is resumed; what is news meanwhile is not made up for.

        Args:
            chat_id: who follows.
            topic_id: what; 0 for all that the chat follows now.
            paused: False to resume.
        """
        async with self._database.write() as connection:
            which = _of(chat_id, topic_id)
            await connection.execute(update(subscriptions).where(which).values(paused=paused))
            await reconsider(connection, chat_id)

    async def is_paused(self, chat_id: int, topic_id: int = 0) -> bool:
        """Say whether a subscription is paused; for no topic, whether the chat follows something and all of it is."""
        query = select(subscriptions.c.paused).where(_of(chat_id, topic_id)).distinct()
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalars().all() == [True]

    async def count(self, chat_id: int) -> int:
        """Return how many topics a chat follows."""
        query = select(func.count()).select_from(subscriptions).where(subscriptions.c.chat_id == chat_id)
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def topic_ids(self, chat_id: int) -> frozenset[int]:
        """Return the numbers of the topics that a chat follows."""
        query = select(subscriptions.c.topic_id).where(subscriptions.c.chat_id == chat_id)
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())


def _of(chat_id: int, topic_id: int) -> ColumnElement[bool]:
    mine = subscriptions.c.chat_id == chat_id
    return mine & (subscriptions.c.topic_id == topic_id) if topic_id else mine


def _is(topic: Topic | int) -> ColumnElement[bool]:
    if isinstance(topic, int):
        return topics.c.id == topic
    return (topics.c.kind == topic.kind) & (topics.c.key == index_key(topic.key))


async def _has_followers(connection: AsyncConnection, topic_id: int) -> bool:
    query = select(subscriptions.c.id).where(subscriptions.c.topic_id == topic_id).limit(1)
    return (await connection.execute(query)).one_or_none() is not None
