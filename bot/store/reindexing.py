"""Words of stories that the full-text index does not have: written anew from the stories themselves."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, text

from bot.store.engine import Database
from bot.store.story_words import index_stories, stems_of_story
from bot.store.tables import digests, feeds, stories

_STORIES_AT_ONCE = 50
"""Read and indexed in one transaction. Ours: on SQLite the bot, which may run, waits a quarter of a second for it."""


class Reindexing:
    """Completes the full-text index.

    Args:
        database: where.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        number = "rowid" if database.is_sqlite else "story_id"
        known = f"SELECT 1 FROM story_words_fts WHERE story_words_fts.{number} = stories.id"  # noqa: S608  # nosec B608
        self._missing = and_(stories.c.notice.is_(None), text(f"NOT EXISTS ({known})"))

    async def write_missing(self, show: Callable[[int, int], object] = lambda _done, _all: None) -> int:
        """Index every story that is not in the index, and return how many were written.

        A story of which nothing has any words stays out. The bot may work meanwhile.

        Args:
            show: called with the stories looked at so far and how many there are.
        """
        async with self._database.read() as connection:
            every = await connection.scalar(select(func.count()).select_from(stories).where(self._missing)) or 0
        after, looked_at, written = 0, 0, 0
        while rows := await self._index_some(after):
            after = rows[-1].id
            looked_at += len(rows)
            written += sum(1 for row in rows if row.digest or row.entry)
            show(looked_at, every)
        return written

    async def _index_some(self, after: int) -> Sequence[Row[Any]]:
        """Index the next stories, in one transaction: who reads one of them meanwhile has its words stand."""
        async with self._database.write() as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(_stories(self._missing, after))).all()
            words = {row.id: stems_of_story(row.digest, row.entry, row.language) for row in rows}
            await index_stories(connection, words)
        return rows


def _stories(missing: ColumnElement[bool], after: int) -> Select[Any]:
    return (
        select(stories.c.id, stories.c.entry, digests.c.digest, feeds.c.language)
        .join(feeds, feeds.c.id == stories.c.feed_id)
        .join(digests, digests.c.id == stories.c.digest_id, isouter=True)
        .where(missing, stories.c.id > after)
        .order_by(stories.c.id)
        .limit(_STORIES_AT_ONCE)
        # PostgreSQL: a reader, who changes the story's row, and a clean-up, which deletes it, come before or after.
        .with_for_update(of=stories)
    )
