"""A database as after a year, made inside the database: chats, feeds, stories, and what was delivered of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, String, cast, func, literal, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.delivery import digest_of
from bot.feed_values import FeedState
from bot.models import Entry
from bot.store.columns import Document, Moment
from bot.store.documents import DIGEST, ENTRY, FEED_STATE
from bot.store.engine import Database
from bot.store.sql import insert
from bot.store.story_words import index_stories
from bot.store.tables import (
    chats,
    deliveries,
    digests,
    edits,
    entries,
    entry_keys,
    feeds,
    saved,
    stories,
    story_topics,
    subscriptions,
    topics,
)

PRESETS = 100
_PENDING = 20_000
_HELD = 5_000
_UNREAD = 200
_PARTS = 20  # a few months each, so that moments spread


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of what."""

    chats: int = 100_000
    stories: int = 100_000
    deliveries: int = 1_000_000
    feeds: int = 5_000
    tags: int = 50_000


async def fill(database: Database, sizes: Sizes, now: datetime) -> None:
    """Fill an empty database.

    Args:
        database: at the newest schema.
        sizes: with how much.
        now: the moment at which the year ends.
    """
    async with database.write() as connection:
        await _fill_topics(connection, sizes, now)
        await _fill_feeds(connection, sizes, now)
        await _fill_chats(connection, sizes, now)
    for part in range(_PARTS):
        async with database.write() as connection:
            await _fill_stories(connection, sizes, now, part)
    for part in range(_PARTS):
        async with database.write() as connection:
            await _fill_deliveries(connection, sizes, now, part)
    async with database.write() as connection:
        for table in () if database.is_sqlite else _FILLED:
            newest = select(func.max(table.c.id)).scalar_subquery()
            await connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))
        await _fill_queues(connection, sizes, now)
        await connection.execute(text("ANALYZE"))


_FILLED = (topics, feeds, chats, subscriptions, stories, digests, entries, deliveries)


def _numbers(first: int, last: int) -> Any:
    numbers = select(literal(first, BigInteger).label("n")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < last)).c.n


def _words(prefix: str, number: Any) -> Any:
    return literal(prefix) + cast(number, String)


async def _put(connection: AsyncConnection, table: Any, values: dict[str, Any], *where: Any) -> None:
    # SQLite would take ON CONFLICT for a part of a join where the query has no WHERE.
    source = select(*values.values()).where(true(), *where)
    await connection.execute(insert(connection, table).from_select(list(values), source).on_conflict_do_nothing())


async def _fill_topics(connection: AsyncConnection, sizes: Sizes, now: datetime) -> None:
    """Write the feeds' topics first, then tags, of which the first is everybody's, then queries."""
    used = literal(now - timedelta(days=400), Moment)
    for kind, first, count in (("source", 1, sizes.feeds), ("tag", sizes.feeds + 1, sizes.tags)):
        n = _numbers(first, first + count - 1)
        key = _words(kind, n - first + 1)
        row = {"id": n, "kind": literal(kind), "key": key, "label": key, "last_used": used}
        await _put(connection, topics, row)


async def _fill_feeds(connection: AsyncConnection, sizes: Sizes, now: datetime) -> None:
    """Write feeds, half of which nobody follows any more."""
    polled = FeedState(now, 900.0, polled=now, read=now, first_read=now, seconds=0.2)
    state = FEED_STATE.dump_python(polled, mode="json")
    for part in range(_PARTS):
        first, last = 1 + part * sizes.feeds // _PARTS, (part + 1) * sizes.feeds // _PARTS
        n = _numbers(first, last)
        due = now + timedelta(minutes=part)
        host = _words("https://site", n) + literal(".example")
        await _put(
            connection,
            feeds,
            {
                "id": n,
                "url": host + literal("/rss"),
                "kind": literal("feed"),
                "topic_id": n,
                "slug": func.nullif(_words("preset", n * cast(n <= PRESETS, Integer)), "preset0"),
                "name": _words("Feed ", n),
                "language": literal("en"),
                "site_url": host,
                "state": literal(state, Document),
                "next_poll_at": literal(due if part < _PARTS // 2 else now - timedelta(days=30), Moment),
                "created_at": literal(now - timedelta(days=365), Moment),
            },
        )


async def _fill_chats(connection: AsyncConnection, sizes: Sizes, now: datetime) -> None:
    """Let everybody follow the first tag, three others and one feed."""
    past, empty = literal(now - timedelta(days=300), Moment), literal({}, Document)
    n = _numbers(1, sizes.chats)
    row = {"id": n, "telegram_id": n, "kind": literal("private"), "title": literal("x"), "state": literal("active")}
    await _put(connection, chats, row | {"options": empty, "created_at": past})
    tags = (sizes.feeds + 2 + n * step % (sizes.tags - 1) for step in (1, 7919, 104_729))
    for topic in (literal(sizes.feeds + 1), *tags, 1 + n % (sizes.feeds // 2)):
        of_chat = {"chat_id": n, "topic_id": topic, "options": empty, "created_at": past}
        await _put(connection, subscriptions, of_chat)


async def _fill_stories(connection: AsyncConnection, sizes: Sizes, now: datetime, part: int) -> None:
    """Write a part of the year's stories, with a digest, six topics and an entry each."""
    first, last = 1 + part * sizes.stories // _PARTS, (part + 1) * sizes.stories // _PARTS
    seen = literal(now - timedelta(days=365) * (1 - (part + 1) / _PARTS), Moment)
    n = _numbers(first, last)
    feed = 1 + n % PRESETS
    url = _words("https://site", feed) + _words(".example/", n)
    document = literal(DIGEST.dump_python(digest_of("https://site.example/1", 1), mode="json"), Document)
    named = literal({"war": sizes.feeds + 1}, Document)
    await _put(connection, digests, {"id": n, "url_key": url, "digest": document, "topic_ids": named, "read_at": seen})
    said = literal(ENTRY.dump_python(Entry("g", "https://site.example/1", "Story"), mode="json"), Document)
    story = {"id": n, "feed_id": feed, "url": url, "url_key": url, "headline": _words("Story ", n), "entry": said}
    await _put(connection, stories, story | {"at": seen, "seen_at": seen, "state": literal("read"), "digest_id": n})
    await _put(connection, story_topics, {"story_id": n, "topic_id": feed})
    await _put(connection, story_topics, {"story_id": n, "topic_id": literal(sizes.feeds + 1)}, n % 50 == 0)
    for step in (1, 31, 7919, 104_729):
        tag = sizes.feeds + 2 + (n * step + step) % (sizes.tags // 2)
        await _put(connection, story_topics, {"story_id": n, "topic_id": tag})
    words = {one: [f"word{one * step % 20_000}" for step in (1, 3, 7, 31)] for one in range(first, last + 1)}
    await index_stories(connection, words)
    if part < _PARTS - 2:
        return  # entries are remembered for a month
    entry = {"id": n, "feed_id": feed, "story_id": n, "text_key": url, "seen_at": seen, "last_seen_at": seen}
    await _put(connection, entries, entry)
    for kind in ("g", "u"):
        await _put(connection, entry_keys, {"entry_id": n, "key": literal(kind) + url})


async def _fill_deliveries(connection: AsyncConnection, sizes: Sizes, now: datetime, part: int) -> None:
    """Write a part of what was sent in the last 89 days."""
    first, last = 1 + part * sizes.deliveries // _PARTS, (part + 1) * sizes.deliveries // _PARTS
    sent = literal(now - timedelta(days=89) * (1 - (part + 1) / _PARTS) - timedelta(minutes=1), Moment)
    n = _numbers(first, last)
    fans = max(1, sizes.deliveries // (sizes.stories // 4))
    row = {
        "id": n,
        "story_id": sizes.stories - sizes.stories // 4 + n // fans,
        "chat_id": 1 + (n * 7919) % sizes.chats,
        "state": literal("sent"),
        "message_ids": literal([7], Document),
        "sent_at": sent,
        "created_at": sent,
    }
    await _put(connection, deliveries, row)


async def _fill_queues(connection: AsyncConnection, sizes: Sizes, now: datetime) -> None:
    """Let some of all that wait: unread stories, deliveries that are open or held, edits; and what a few have saved."""
    moment, document = literal(now, Moment), literal([], Document)
    unread = stories.update().where(stories.c.id.between(sizes.stories - 10 - _UNREAD, sizes.stories - 10))
    await connection.execute(unread.values(state="unread", digest_id=None))
    for state, story, count in (("pending", sizes.stories - 1, _PENDING), ("held", sizes.stories, _HELD)):
        n = _numbers(1, min(count, sizes.chats))
        row = {"story_id": literal(story), "chat_id": n, "state": literal(state), "message_ids": document}
        later = literal(now + timedelta(hours=2) if state == "held" else None, Moment)
        await _put(connection, deliveries, row | {"not_before": later, "created_at": moment})
    await connection.execute(insert(connection, story_topics).values(story_id=9, topic_id=sizes.feeds + sizes.tags))
    n = _numbers(1, sizes.deliveries // 50)
    row = {"delivery_id": n, "story_id": n, "state": literal("done"), "not_before": moment}
    await _put(connection, edits, row)
    n = _numbers(1, sizes.chats // 20)
    await _put(connection, saved, {"chat_id": n, "digest_id": n, "created_at": moment})
