"""What a poll decided, written down: entries, their keys, and their stories."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feed_values import ChangedEntry, Decision, NewEntry
from bot.models import Entry, Topic
from bot.store.documents import ENTRY
from bot.store.fanout import add_topics, fan_out
from bot.store.rereading import read_again
from bot.store.sql import index_key, insert, url_key
from bot.store.states import StoryState
from bot.store.story_words import entry_stems, index_stories
from bot.store.tables import entries, entry_keys, stories
from bot.store.topics import ensure_topics
from bot.topics import tag_topic

FORGET_AFTER = timedelta(days=30)
"""How long an entry is remembered that its feed no longer shows. Ours: an outage of some weeks brings no repeats."""

MOST_TAGS = 30
"""Tags of one entry that are kept. Ours: three times what the busiest feed of the corpus gives."""

_CHUNK = 1000  # values of one look-up: far below SQLite's 32,766 variables
_STORIES_LOCK = 7001  # a number of our own for PostgreSQL's advisory locks


async def store_decision(
    connection: AsyncConnection, feed: Row[Any], decision: Decision, aliases: Mapping[str, str], now: datetime
) -> None:
    """Write a poll's findings within the caller's transaction.

    Args:
        connection: the caller's.
        feed: the row of `feeds`.
        decision: what is new, changed and still shown.
        aliases: names that are one topic.
        now: when it was seen.
    """
    if decision.new:
        await _store_new(connection, feed, decision.new, aliases, now)
    for changed in decision.changed:
        await _store_change(connection, changed, now)
    await _add_keys(connection, decision.added_keys)
    for chunk in _chunks(decision.seen):
        await connection.execute(update(entries).where(entries.c.id.in_(chunk)).values(last_seen_at=now))
    if decision.new or decision.seen:
        await _forget_old(connection, feed.id, now)


async def _store_new(
    connection: AsyncConnection, feed: Row[Any], new: Sequence[NewEntry], aliases: Mapping[str, str], now: datetime
) -> None:
    await alone_with_new_stories(connection)
    known = await _stories_of(connection, new)
    await _insert_stories(connection, feed, [one for one in new if url_key(one.entry.url) not in known], now)
    present = await _stories_of(connection, new)
    fresh = {url_key(one.entry.url): one.entry for one in new if url_key(one.entry.url) not in known}
    words = {present[key].id: entry_stems(entry, feed.language) for key, entry in fresh.items()}
    await index_stories(connection, words)
    await _insert_entries(connection, feed.id, new, {key: row.id for key, row in present.items()}, now)
    await _insert_topics(connection, feed.topic_id, new, present, aliases, now=now)
    for one in new:
        if one.push and (old := known.get(url_key(one.entry.url))):
            await _push_again(connection, feed.topic_id, old, now)


async def alone_with_new_stories(connection: AsyncConnection) -> None:
    """Let no other transaction write new stories, or delete stories that entries may name, until this one ends."""
    if connection.dialect.name == "postgresql":
        # Two polls that insert the same URLs in different orders would wait for each other; one at a time does not.
        await connection.execute(select(func.pg_advisory_xact_lock(_STORIES_LOCK)))


async def _stories_of(connection: AsyncConnection, new: Iterable[NewEntry]) -> dict[str, Row[Any]]:
    """Return the stories that exist for these entries, by the key of their URL."""
    columns = select(stories.c.id, stories.c.url_key, stories.c.state, stories.c.seen_at)
    found: dict[str, Row[Any]] = {}
    for chunk in _chunks([url_key(one.entry.url) for one in new]):
        rows = await connection.execute(columns.where(stories.c.url_key.in_(chunk)))
        found |= {row.url_key: row for row in rows}
    return found


async def _insert_stories(connection: AsyncConnection, feed: Row[Any], new: Sequence[NewEntry], now: datetime) -> None:
    # Inserted in the order given, oldest first: a story's number is its place in every chat's queue.
    rows = [_story_row(feed.id, one, now) for one in new]
    if rows:
        await connection.execute(insert(connection, stories).on_conflict_do_nothing(), rows)


def _story_row(feed_id: int, new: NewEntry, now: datetime) -> dict[str, Any]:
    entry = new.entry
    published = _storable_moment(entry.published)
    return {
        "feed_id": feed_id,
        "url": entry.url,
        "url_key": url_key(entry.url),
        "headline": entry.title,
        "entry": ENTRY.dump_python(entry, mode="json"),
        "published": published,
        "at": min(published, now) if published else now,
        "seen_at": now,
        "state": StoryState.UNREAD if new.push else StoryState.QUIET,
        "attempts": 0,
    }


async def _insert_entries(
    connection: AsyncConnection, feed_id: int, new: Sequence[NewEntry], story_ids: Mapping[str, int], now: datetime
) -> None:
    rows = [
        {
            "feed_id": feed_id,
            "story_id": story_ids[url_key(one.entry.url)],
            "text_key": one.text_key,
            "published": _storable_moment(one.entry.published),
            "seen_at": now,
            "last_seen_at": now,
        }
        for one in new
    ]
    made = await connection.execute(plain_insert(entries).returning(entries.c.id, sort_by_parameter_order=True), rows)
    pairs = zip(made.scalars().all(), new, strict=True)
    await _add_keys(connection, [(entry_id, key) for entry_id, one in pairs for key in one.keys])


async def _add_keys(connection: AsyncConnection, keys: Iterable[tuple[int, str]]) -> None:
    rows = [{"entry_id": entry_id, "key": index_key(key)} for entry_id, key in keys]
    if rows:
        await connection.execute(insert(connection, entry_keys).on_conflict_do_nothing(), rows)


async def _insert_topics(
    connection: AsyncConnection,
    source_topic: int,
    new: Sequence[NewEntry],
    present: Mapping[str, Row[Any]],
    aliases: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    tags = {url_key(one.entry.url): _tags(one.entry, aliases) for one in new}
    numbers = await ensure_topics(connection, [topic for topics in tags.values() for topic in topics], now)
    pairs = [(present[key].id, source_topic) for key in tags]
    pairs += [(present[key].id, numbers[topic]) for key, topics in tags.items() for topic in topics if topic in numbers]
    await add_topics(connection, pairs)


def _tags(entry: Entry, aliases: Mapping[str, str]) -> list[Topic]:
    return [tag_topic(tag, aliases) for tag in entry.tags[:MOST_TAGS]]


async def _push_again(connection: AsyncConnection, source_topic: int, old: Row[Any], now: datetime) -> None:
    """Push a story that another feed showed before: its followers had it perhaps, this feed's have not."""
    if old.state == StoryState.QUIET:
        values = {"state": StoryState.UNREAD, "seen_at": now}
        await connection.execute(update(stories).where(stories.c.id == old.id).values(values))
    elif old.state in {StoryState.READ, StoryState.FAILED}:
        await fan_out(connection, old.id, seen_at=now, now=now, topic_id=source_topic)
        # Where this feed is a preset and the others were not, the story is everybody's from now on.
        await fan_out(connection, old.id, seen_at=old.seen_at, now=now)


async def _forget_old(connection: AsyncConnection, feed_id: int, now: datetime) -> None:
    """Forget what the feed has not shown for long; its story stays."""
    gone = (entries.c.feed_id == feed_id) & (entries.c.last_seen_at < now - FORGET_AFTER)
    await connection.execute(delete(entries).where(gone))


async def _store_change(connection: AsyncConnection, changed: ChangedEntry, now: datetime) -> None:
    entry = changed.entry
    values = {"text_key": changed.text_key, "published": _storable_moment(entry.published)}
    of = await connection.execute(
        update(entries).where(entries.c.id == changed.id).values(values).returning(entries.c.story_id)
    )
    story_id = of.scalar_one_or_none()
    same_page = (stories.c.id == story_id) & (stories.c.url_key == url_key(entry.url))
    facts = {"headline": entry.title, "entry": ENTRY.dump_python(entry, mode="json")}
    await connection.execute(update(stories).where(same_page).values(facts))
    if story_id is not None:
        await read_again(connection, int(story_id), now)


def _storable_moment(moment: datetime | None) -> datetime | None:
    """Return a feed's moment in UTC; None for one outside of the calendar there, such as year 1 east of Greenwich."""
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
