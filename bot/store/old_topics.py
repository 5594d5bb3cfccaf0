"""Topics that nothing uses any more, found by when they were used last and deleted a few at a time.

What somebody follows, a kept story has, a feed stands for or a kept digest shows is in use. A topic that is found in
use counts as used at that moment, so that each is looked at about once in the time for which topics are kept.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, select, update

from bot.store.engine import Database
from bot.store.old_news import LOOKED_AT_ONCE, is_not_newest
from bot.store.tables import digests, feeds, story_topics, subscriptions, topics
from bot.store.topics import mark_used
from bot.store.walks import by_moment

AT_ONCE = 500
"""Topics of one transaction. Ours: some hundredths of a second on SQLite, for which its other writers wait."""

_UNDATED_AT_ONCE = 5_000


class OldTopics:
    """Deletes topics.

    Args:
        database: where they are.
        before: what was used since then stays.
        now: the present moment.
    """

    def __init__(self, database: Database, before: datetime, now: datetime) -> None:
        self._database = database
        self._before = before
        self._now = now

    async def delete(self, show: Callable[[int], object]) -> int:
        """Delete the topics that nothing uses, and return how many; `show` is called with how many so far, often."""
        await self._date_undated(show)
        deleted, walked = 0, False
        async for ids in self._unused():
            show(deleted)
            if not walked:
                walked = True
                await self._mark_shown(show)
            deleted += await self._delete(ids)
            show(deleted)
        return deleted

    async def _date_undated(self, show: Callable[[int], object]) -> None:
        """Count topics of which no use was noted as used now: rows of older versions."""
        undated = select(topics.c.id).where(topics.c.last_used.is_(None)).limit(_UNDATED_AT_ONCE)
        dated = update(topics).where(topics.c.id.in_(undated)).values(last_used=self._now)
        while await self._any(topics.c.last_used.is_(None)):
            async with self._database.write() as connection:
                await connection.execute(dated)
            show(0)

    async def _any(self, condition: ColumnElement[bool]) -> bool:
        async with self._database.read() as connection:
            found = await connection.execute(select(topics.c.id).where(condition).limit(1))
            return found.one_or_none() is not None

    async def _unused(self) -> AsyncIterator[Sequence[int]]:
        """Yield the numbers of topics that nothing has named for long."""
        async for rows in by_moment(self._database, topics.c.last_used, self._before, at_once=AT_ONCE):
            yield [row.id for row in rows]

    async def _mark_shown(self, show: Callable[[int], object]) -> None:
        """Count as used what old digests show that were kept: their buttons carry its number."""
        old = by_moment(self._database, digests.c.read_at, self._before, digests.c.topic_ids, at_once=LOOKED_AT_ONCE)
        async for rows in old:
            shown = sorted({number for row in rows for number in row.topic_ids.values()})
            show(0)
            for start in range(0, len(shown), AT_ONCE):
                some = shown[start : start + AT_ONCE]
                if await self._any(topics.c.id.in_(some) & (topics.c.last_used < self._before)):
                    async with self._database.write() as connection:
                        await mark_used(connection, some, self._now)

    async def _delete(self, ids: Sequence[int]) -> int:
        """Delete those of some topics that are not in use, count the others as used, and return how many went.

        Whoever is about to name one of them in another row holds a lock on it (bot.store.topics.ensure_topics), and it
        is left alone. Who comes later waits, and finds it gone or in use. What was named in between is seen, because
        the second statement looks after the first has the locks.
        """
        old = topics.c.id.in_(ids) & (topics.c.last_used < self._before)
        held = select(topics.c.id).where(old).order_by(topics.c.id).with_for_update(skip_locked=True)
        async with self._database.write() as connection:
            mine = (await connection.execute(held)).scalars().all()
            gone = await connection.execute(delete(topics).where(topics.c.id.in_(mine), _is_not_in_use()))
            await connection.execute(update(topics).where(topics.c.id.in_(mine)).values(last_used=self._now))
            return gone.rowcount


def _is_not_in_use() -> ColumnElement[bool]:
    naming = (subscriptions.c.topic_id, story_topics.c.topic_id, feeds.c.topic_id)
    return and_(is_not_newest(topics), *(~exists().where(column == topics.c.id) for column in naming))
