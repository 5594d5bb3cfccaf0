"""Old stories and digests that nothing needs any more, found by their numbers and deleted a few at a time.

What a feed shows, or has shown in the last weeks, is remembered by rows of `entries` (bot.store.entries), each of which
holds its story: such a story stays however old it is, so that no clean-up makes an entry look new.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Database
from bot.store.entries import alone_with_new_stories
from bot.store.states import StoryState
from bot.store.tables import deliveries, digests, entries, saved, stories
from bot.store.walks import by_moment

LOOKED_AT_ONCE = 1_000
"""Rows of one look-up. Ours: a list of numbers that both databases go through by index."""

DELETED_AT_ONCE = 100
"""Stories or digests of one transaction. Ours: with their topics and words some hundredths of a second on SQLite, for
which its other writers wait."""


class OldNews:
    """Deletes stories, with their topics, words and sketches, and digests.

    Args:
        database: where they are.
        before: what was seen or read since then stays.
    """

    def __init__(self, database: Database, before: datetime) -> None:
        self._database = database
        self._before = before

    async def delete_stories(self, show: Callable[[int], object]) -> int:
        """Delete the stories that nothing needs, and return how many; `show` is called with how many so far, often."""
        done = _story_is_done(self._before)
        return await self._delete(self._old_stories(), stories, done, show, first=alone_with_new_stories)

    async def delete_digests(self, show: Callable[[int], object]) -> int:
        """Delete the digests that nothing needs, and return how many; `show` is called with how many so far, often."""
        return await self._delete(self._old_digests(), digests, _digest_is_done(self._before), show)

    async def _delete(
        self,
        found: AsyncIterator[Sequence[int]],
        table: Table,
        done: ColumnElement[bool],
        show: Callable[[int], object],
        *,
        first: Callable[[AsyncConnection], Awaitable[object]] | None = None,
    ) -> int:
        """Delete the rows found that are still done by then, a few in each transaction, and return how many.

        Args:
            found: numbers of rows, some at a time.
            table: where they are.
            done: what must hold of a row.
            show: called with how many are deleted so far.
            first: called in each transaction before anything is deleted.
        """
        deleted = 0
        async for old in found:
            show(deleted)
            for some in _parts(old):
                async with self._database.write() as connection:
                    if first:
                        await first(connection)
                    gone = await connection.execute(delete(table).where(table.c.id.in_(some), done))
                    deleted += gone.rowcount
                show(deleted)
        return deleted

    async def _old_stories(self) -> AsyncIterator[Sequence[int]]:
        """Yield the numbers of stories to delete; numbers grow with time, so that it ends where all are young."""
        last, columns = 0, select(stories.c.id, stories.c.seen_at)
        while True:
            async with self._database.read() as connection:
                query = columns.where(stories.c.id > last).order_by(stories.c.id).limit(LOOKED_AT_ONCE)
                rows = (await connection.execute(query)).all()
                old = [row.id for row in rows if row.seen_at < self._before]
                if not old:
                    return
                done = select(stories.c.id).where(stories.c.id.in_(old), _story_is_done(self._before))
                ids = (await connection.execute(done)).scalars().all()
            last = rows[-1].id
            yield ids

    async def _old_digests(self) -> AsyncIterator[Sequence[int]]:
        """Yield the numbers of digests to delete, by when they were read: a page read again keeps its number."""
        async for rows in by_moment(self._database, digests.c.read_at, self._before, at_once=LOOKED_AT_ONCE):
            done = select(digests.c.id).where(digests.c.id.in_([row.id for row in rows]), _digest_is_done(self._before))
            async with self._database.read() as connection:
                ids = (await connection.execute(done)).scalars().all()
            yield ids


def _parts(ids: Sequence[int]) -> Sequence[Sequence[int]]:
    return [ids[start : start + DELETED_AT_ONCE] for start in range(0, len(ids), DELETED_AT_ONCE)]


def _story_is_done(before: datetime) -> ColumnElement[bool]:
    """Say that a story is old, and that no feed's memory, chat, reader or younger report of its event needs it."""
    needed = (
        exists().where(entries.c.story_id == stories.c.id),
        exists().where(deliveries.c.story_id == stories.c.id),
        exists().where(saved.c.digest_id == stories.c.digest_id),
        *_younger_of_event(before),
    )
    return and_(
        stories.c.seen_at < before,
        stories.c.state != StoryState.UNREAD,
        is_not_newest(stories),
        *(~need for need in needed),
    )


def _younger_of_event(before: datetime) -> Sequence[ColumnElement[bool]]:
    """Say that an event has a young report; apart, since an index finds each of these and none finds all."""
    other = stories.alias("other")
    ways = (
        other.c.event_id == stories.c.id,
        other.c.event_id == stories.c.event_id,
        other.c.id == stories.c.event_id,
    )
    return [exists().where(way, other.c.seen_at >= before) for way in ways]


def _digest_is_done(before: datetime) -> ColumnElement[bool]:
    """Say that a digest was read long ago and that no story shows it and nobody has saved it."""
    return and_(
        digests.c.read_at < before,
        is_not_newest(digests),
        ~exists().where(stories.c.digest_id == digests.c.id),
        ~exists().where(saved.c.digest_id == digests.c.id),
    )


def is_not_newest(table: Any) -> ColumnElement[bool]:
    """Say that a row has not the highest number: SQLite would give it again, and old buttons would mean what is new."""
    newest = table.alias("newest")
    return table.c.id < select(func.max(newest.c.id)).scalar_subquery()  # type: ignore[no-any-return]
