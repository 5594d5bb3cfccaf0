"""Clean-up: what nobody will ask for again is deleted, a little at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.engine import Database
from bot.store.events import WINDOW
from bot.store.old_news import OldNews
from bot.store.old_topics import OldTopics
from bot.store.states import DeliveryState
from bot.store.tables import deliveries, edits, sketch_terms, sketches
from bot.store.topics import USE_NOTED_EVERY
from bot.store.waking import lay_aside

ROWS_AT_ONCE = 5_000
"""Rows of one transaction. Ours: a tenth of a second, for which SQLite's other writers wait."""

_FINAL = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.UNSETTLED,
    DeliveryState.CANCELLED,
    DeliveryState.SKIPPED,
)


class Retention:
    """Deletes old rows."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def clean(self, keep: timedelta, show: Callable[[int], object] = lambda _deleted: None) -> int:
        """Delete old deliveries that are done, their edits, and sketches that nothing can join any more.

        A chat gets no story again for it: what is old is not pushed, and what waits is kept however old it is.

        Args:
            keep: how long deliveries are kept.
            show: called with how many are deleted so far.

        Returns:
            How many deliveries were deleted.
        """
        before, deleted, last = self._clock() - keep, 0, 0
        while batch := await self._next_batch(last, before):
            last, done = batch
            deleted += len(done)
            await self._delete(done)
            show(deleted)
        stale = select(sketches.c.story_id).where(sketches.c.at < self._clock() - 2 * WINDOW)
        async with self._database.write() as connection:
            await connection.execute(delete(sketch_terms).where(sketch_terms.c.story_id.in_(stale)))
            await connection.execute(delete(sketches).where(sketches.c.story_id.in_(stale)))
        return deleted

    async def clean_news(
        self, keep: timedelta, show: Callable[[int], object] = lambda _deleted: None
    ) -> tuple[int, int]:
        """Delete old stories with what hangs on them, and old digests, where nothing needs them any more.

        What stays however old it is: what a delivery names or somebody has saved; what a feed still shows, or did
        within bot.store.entries.FORGET_AFTER; what waits to be read; an event that has a younger report.

        Args:
            keep: how long stories are kept after they were seen, and digests after they were read.
            show: called with how many of both are deleted so far, often; what it raises ends the clean-up there.

        Returns:
            How many stories and how many digests were deleted.
        """
        old = OldNews(self._database, self._clock() - keep)
        told = await old.delete_stories(show)
        return told, await old.delete_digests(lambda deleted: show(told + deleted))

    async def clean_topics(self, keep: timedelta, show: Callable[[int], object] = lambda _deleted: None) -> int:
        """Delete topics that nothing has used for long: see bot.store.old_topics.

        Best after `clean_news`, since what a story has is in use.

        Args:
            keep: how long topics are kept after their last use.
            show: called with how many are deleted so far, often; what it raises ends the clean-up there.

        Returns:
            How many topics were deleted.
        """
        now = self._clock()
        return await OldTopics(self._database, now - keep - USE_NOTED_EVERY, now).delete(show)

    async def lay_feeds_aside(self) -> int:
        """Put feeds that nobody wants behind all that are looked at (bot.store.waking), and return how many."""
        laid, some = 0, 1
        while some:
            async with self._database.write() as connection:
                some = await lay_aside(connection, self._clock())
            laid += some
        return laid

    async def _next_batch(self, after: int, before: datetime) -> tuple[int, Sequence[int]] | None:
        """Return the highest number looked at, and what of these rows is to go; None where the rest is too young.

        Numbers grow with time, so that the walk ends at the first rows that are young; no index is needed for it.
        """
        columns = select(deliveries.c.id, deliveries.c.created_at, deliveries.c.state)
        query = columns.where(deliveries.c.id > after).order_by(deliveries.c.id).limit(ROWS_AT_ONCE)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        if not rows or rows[0].created_at >= before:
            return None
        return rows[-1].id, [row.id for row in rows if row.created_at < before and row.state in _FINAL]

    async def _delete(self, ids: Sequence[int]) -> None:
        if not ids:
            return
        async with self._database.write() as connection:
            await connection.execute(delete(edits).where(edits.c.delivery_id.in_(ids)))
            await connection.execute(delete(deliveries).where(deliveries.c.id.in_(ids)))
