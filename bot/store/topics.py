"""Topics and their short numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic, TopicKind
from bot.store.engine import Database
from bot.store.sql import index_key, insert
from bot.store.tables import stories, story_topics, subscriptions, topics

_HEAD = 3  # letters by which words that may be meant begin alike
_ENDING = 2  # letters that a Slavic case or a plural changes
_SIMILAR = 0.72  # of difflib's ratio; "Ukrane" has 0.92 of "Ukraine", "Iran" 0.75 of "Iraq"
_MOST_CANDIDATES = 300
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

    async def near(self, topic: Topic, *, limit: int = 3) -> list[tuple[int, Topic]]:
        """Return topics that stories have and that somebody may have meant, with their numbers, the nearest first.

        Args:
            topic: what was asked for, of a kind that pages name: a tag, a person, an author.
            limit: topics, at most.
        """
        async with self._database.read() as connection:
            rows = (await connection.execute(_candidates(topic))).all()
        by_key = {row.key: (row.id, Topic(TopicKind(row.kind), row.key, row.label)) for row in rows}
        return [by_key[key] for key in nearest(topic.key, list(by_key), limit=limit)]

    async def of_digest(self, digest_id: int, chat_id: int) -> dict[int, Topic]:
        """Return the topics of a digest's stories that a chat follows, by number."""
        followed = exists().where(subscriptions.c.topic_id == topics.c.id, subscriptions.c.chat_id == chat_id)
        had = (
            select(story_topics.c.topic_id)
            .join(stories, stories.c.id == story_topics.c.story_id)
            .where(stories.c.digest_id == digest_id)
        )
        query = select(topics).where(topics.c.id.in_(had), followed).order_by(topics.c.id)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return {row.id: Topic(TopicKind(row.kind), row.key, row.label) for row in rows}

    async def is_known(self, topic: Topic) -> bool:
        """Tell whether a story has the topic."""
        query = select(exists().where(story_topics.c.topic_id == topics.c.id, _is(topic)))
        async with self._database.read() as connection:
            return bool((await connection.execute(query)).scalar_one())


def _is(topic: Topic) -> ColumnElement[bool]:
    return (topics.c.kind == topic.kind) & (topics.c.key == index_key(topic.key))


def _candidates(topic: Topic) -> Select[Any]:
    """Select topics of the same kind that begin alike or hold one of its words."""
    head = topic.key[:_HEAD]
    alike = (topics.c.key >= head) & (topics.c.key < head + chr(0x10FFFF))
    longest = max(topic.key.split(), key=len, default=topic.key)
    holds = topics.c.key.contains(longest[: max(_HEAD, len(longest) - _ENDING)], autoescape=True)
    return (
        select(topics)
        .where(topics.c.kind == topic.kind, alike | holds, topics.c.key != topic.key)
        .where(exists().where(story_topics.c.topic_id == topics.c.id))
        .limit(_MOST_CANDIDATES)
    )


def nearest(wanted: str, keys: Sequence[str], *, limit: int) -> list[str]:
    """Return the keys that look most like what was written, those that hold all of its words before the rest."""
    parts = wanted.split()
    holding = [key for key in keys if parts and all(part[: max(_HEAD, len(part) - _ENDING)] in key for part in parts)]
    similar = get_close_matches(wanted, keys, n=limit, cutoff=_SIMILAR)
    return list(dict.fromkeys([*similar, *sorted(holding, key=len)]))[:limit]


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
