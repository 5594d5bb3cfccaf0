"""Digests: each page is read once and shared by all chats and by pasted links."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, literal, or_, select, true, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Digest
from bot.store.documents import CHANGES, DIGEST
from bot.store.engine import Database
from bot.store.revisions import edit_messages_of, revision_of
from bot.store.sql import insert, url_key
from bot.store.tables import digests, stories
from bot.store.topics import ensure_topics
from bot.store.values import StoredDigest
from bot.topics import tag_topic


class Digests:
    """What pages say, by their canonical URL."""

    def __init__(self, database: Database, aliases: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._database = database
        self._aliases = aliases
        self._clock = clock

    async def save(self, digest: Digest) -> int:
        """Keep what a page says, in place of what it said before; return its number."""
        async with self._database.write() as connection:
            return await save_digest(connection, digest, self._aliases, self._clock())

    async def get(self, digest_id: int) -> StoredDigest | None:
        """Return a digest by its number."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(digests).where(digests.c.id == digest_id))).one_or_none()
        return stored_digest(row) if row else None

    async def by_url(self, url: str, *, max_age: timedelta | None = None) -> StoredDigest | None:
        """Return the digest of a page, by its own address or one that a feed gave for it.

        Args:
            url: any form of the address.
            max_age: how old the reading may be.
        """
        key = url_key(url)
        # Two look-ups by index, of one row each; for "this or that" PostgreSQL reads all digests.
        own = select(digests.c.id).where(digests.c.url_key == key)
        fed = select(stories.c.digest_id).where(stories.c.url_key == key)
        fresh = true() if max_age is None else digests.c.read_at >= self._clock() - max_age
        query = select(digests).where(digests.c.id.in_(union(own, fed)), digests.c.partial.is_(False), fresh)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return stored_digest(max(rows, key=attrgetter("read_at"))) if rows else None


async def save_digest(
    connection: AsyncConnection,
    digest: Digest,
    aliases: Mapping[str, str],
    now: datetime,
    *,
    partial: bool = False,
) -> int:
    """Insert or replace a digest within the caller's transaction; a partial one never replaces a whole one.

    Args:
        connection: the caller's.
        digest: what the page says.
        aliases: names that are one topic.
        now: when it was read.
        partial: made of the feed's entry alone.
    """
    key = url_key(digest.article.url)
    revision = await revision_of(connection, key, digest, now, partial=partial)
    tags = {tag: tag_topic(tag, aliases) for tag in digest.article.tags}
    numbers = await ensure_topics(connection, tags.values(), now)
    values = {
        "url_key": key,
        "digest": DIGEST.dump_python(digest, mode="json"),
        "topic_ids": {tag: numbers[topic] for tag, topic in tags.items() if topic in numbers},
        "partial": partial,
        "read_at": now,
        "changes": CHANGES.dump_python(revision.changes, mode="json"),
    }
    statement = insert(connection, digests).values(**values)
    worth = or_(digests.c.partial, literal(not partial))
    saved = await connection.execute(
        statement.on_conflict_do_update(index_elements=["url_key"], set_=values, where=worth).returning(digests.c.id)
    )
    kept = saved.scalar_one_or_none()
    if kept is None:
        kept = (
            await connection.execute(select(digests.c.id).where(digests.c.url_key == values["url_key"]))
        ).scalar_one()
    if revision.visible:
        await edit_messages_of(connection, int(kept), now)
    return int(kept)


def stored_digest(row: Row[Any]) -> StoredDigest:
    """Return the value of a row of `digests`."""
    return StoredDigest(
        row.id,
        DIGEST.validate_python(row.digest),
        row.topic_ids,
        row.partial,
        row.read_at,
        CHANGES.validate_python(row.changes),
    )
