"""Topics and their short numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic, TopicKind
from bot.store.engine import Database
from bot.store.sql import index_key, insert
from bot.store.tables import stories, story_topics, subscriptions, topics

USE_NOTED_EVERY = timedelta(days=1)
"""How exactly it is known when a topic was used last. Ours: a write a day for each, however often it is named."""

_HEAD = 3  # letters by which words that may be meant begin alike
_ENDING = 2  # letters that a Slavic case or a plural changes
_SIMILAR = 0.72  # of difflib's ratio; "Ukrane" has 0.92 of "Ukraine", "Iran" 0.75 of "Iraq"
_MOST_CANDIDATES = 300
_CHUNK = 400  # keys of a look-up: far below SQLite's 32,766 variables


class Topics:
    """The topics that a page, a feed or a person has named."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def ensure(self, topic: Topic) -> int:
        """Return the topic's number, given now if it has none."""
        return (await self.ensure_all([topic]))[topic]

    async def ensure_all(self, wanted: Iterable[Topic]) -> dict[Topic, int]:
        """Return the number of each topic; see `ensure`. Topics without a key are left out."""
        async with self._database.write() as connection:
            return await ensure_topics(connection, wanted, self._clock())

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


async def ensure_topics(connection: AsyncConnection, wanted: Iterable[Topic], now: datetime) -> dict[Topic, int]:
    """Insert the topics that are new and return the numbers of all, within the caller's transaction.

    None of them is deleted before that transaction ends, so that it can name them in other rows.

    Args:
        connection: the caller's.
        wanted: topics; those without a key are left out.
        now: the present moment; they count as used then.
    """
    stored = {topic: replace(topic, key=index_key(topic.key)) for topic in wanted if topic.key}
    # In one order always: two transactions that insert the same topics in different orders would wait for each other.
    unique = sorted(set(stored.values()), key=lambda topic: (topic.kind, topic.key))
    if not unique:
        return {}
    rows = await _held(connection, unique)
    missing = [topic for topic in unique if topic not in rows]
    if missing:
        made = [{"kind": one.kind, "key": one.key, "label": one.label, "last_used": now} for one in missing]
        await connection.execute(insert(connection, topics).on_conflict_do_nothing(), made)
        rows |= await _held(connection, missing)
    await mark_used(connection, [row.id for topic, row in rows.items() if _is_to_be_marked(topic, row, now)], now)
    return {topic: rows[kept].id for topic, kept in stored.items()}


async def _held(connection: AsyncConnection, wanted: list[Topic]) -> dict[Topic, Row[Any]]:
    """Return the rows of topics, given by kind, that exist, locked against deletion alone (bot.store.old_topics)."""
    found: dict[Topic, Row[Any]] = {}
    # Kind by kind: for a list of pairs SQLite reads the whole table.
    for kind, of_kind in groupby(wanted, key=attrgetter("kind")):
        keys = [topic.key for topic in of_kind]
        for start in range(0, len(keys), _CHUNK):
            query = select(topics).where(topics.c.kind == kind, topics.c.key.in_(keys[start : start + _CHUNK]))
            rows = await connection.execute(query.with_for_update(read=True, key_share=True))
            found |= {Topic(TopicKind(row.kind), row.key, row.label): row for row in rows}
    return found


def _is_to_be_marked(topic: Topic, row: Row[Any], now: datetime) -> bool:
    """Say whether a use is to be noted: not of sources, which stay with their feeds.

    Who begins to follow a feed writes to the feed's row afterwards; a poll, which has that row, may give the topic its
    name, and they would wait for each other.
    """
    return topic.kind is not TopicKind.SOURCE and (row.last_used is None or row.last_used < now - USE_NOTED_EVERY)


async def mark_used(connection: AsyncConnection, topic_ids: Sequence[int], now: datetime) -> None:
    """Note that topics are used now, within the caller's transaction.

    Args:
        connection: the caller's.
        topic_ids: which; those that another transaction is writing to are left to it, and nobody waits.
        now: the present moment.
    """
    earlier = or_(topics.c.last_used.is_(None), topics.c.last_used < now)
    for start in range(0, len(topic_ids), _CHUNK):
        which = select(topics.c.id).where(topics.c.id.in_(topic_ids[start : start + _CHUNK]), earlier)
        mine = which.with_for_update(key_share=True, skip_locked=True)
        await connection.execute(update(topics).where(topics.c.id.in_(mine)).values(last_used=now))
