"""Topics and their short numbers."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic, TopicKind
from bot.store.engine import Database
from bot.store.sql import index_key, insert
from bot.store.tables import topics

_CHUNK = 400  # pairs of a look-up: far below SQLite's 32,766 variables


class Topics:
    """The topics that a page, a feed or a person has named."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ensure(self, topic: Topic) -> int:
        """Return the topic's number, given now if it has none."""
        return (await self.ensure_all([topic]))[topic]

    async def ensure_all(self, wanted: Iterable[Topic]) -> dict[Topic, int]:
        """Return the number of each topic; see `ensure`. Topics without a key are left out."""
        async with self._database.write() as connection:
            return await ensure_topics(connection, wanted)

    async def get(self, topic_id: int) -> Topic | None:
        """Return a topic by its number."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(topics).where(topics.c.id == topic_id))).one_or_none()
        return Topic(TopicKind(row.kind), row.key, row.label) if row else None


async def ensure_topics(connection: AsyncConnection, wanted: Iterable[Topic]) -> dict[Topic, int]:
    """Insert the topics that are new and return the numbers of all, within the caller's transaction."""
    stored = {topic: replace(topic, key=index_key(topic.key)) for topic in wanted if topic.key}
    # In one order always: two transactions that insert the same topics in different orders would wait for each other.
    unique = sorted(set(stored.values()), key=lambda topic: (topic.kind, topic.key))
    if not unique:
        return {}
    numbers = await _numbers(connection, unique)
    missing = [topic for topic in unique if topic not in numbers]
    if missing:
        rows = [{"kind": topic.kind, "key": topic.key, "label": topic.label} for topic in missing]
        await connection.execute(insert(connection, topics).on_conflict_do_nothing(), rows)
        numbers |= await _numbers(connection, missing)
    return {topic: numbers[kept] for topic, kept in stored.items()}


async def _numbers(connection: AsyncConnection, wanted: list[Topic]) -> dict[Topic, int]:
    numbers: dict[Topic, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        pairs = [(topic.kind.value, topic.key) for topic in wanted[start : start + _CHUNK]]
        rows = await connection.execute(select(topics).where(tuple_(topics.c.kind, topics.c.key).in_(pairs)))
        numbers |= {Topic(TopicKind(row.kind), row.key, row.label): row.id for row in rows}
    return numbers
