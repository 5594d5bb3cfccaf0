"""Room that deletions have left in a SQLite file, given back to the system; PostgreSQL's autovacuum needs no help."""

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.store.engine import Database

PAGES_AT_ONCE = 1_000
"""Pages given back in one transaction, 4 MB of SQLite's usual ones. Ours: some milliseconds, for which writers wait."""

_INCREMENTAL = 2  # PRAGMA auto_vacuum's number of it


class Compaction:
    """Makes the file smaller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shrink(self, show: Callable[[int, int], object] = lambda _done, _all: None) -> int:
        """Give back the pages that are empty, a few at a time, so that who sends waits for milliseconds only.

        Args:
            show: called with the pages given back and how many there are to be; what it raises ends it there.

        Returns:
            How many pages were given back; 0 on PostgreSQL and in a file made before this could be done (`rebuild`).

        Raises:
            sqlalchemy.exc.OperationalError: the database cannot do it now, as when another process is writing.
        """
        if not self._database.is_sqlite or await self.needs_rebuild():
            return 0
        try:
            return await self._shrink(show)
        except sqlite3.Error as error:  # what is said to the driver itself, it answers itself
            raise OperationalError("giving pages back", None, error) from error

    async def _shrink(self, show: Callable[[int, int], object]) -> int:
        before = left = await self._number("freelist_count")
        while left:
            async with self._database.write() as connection:
                await connection.run_sync(_give_back)
            left, last = await self._number("freelist_count"), left
            show(before - left, before)
            if left >= last:
                break
        await self._database.at_rest("PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)")
        return before - left

    async def rebuild(self) -> None:
        """Write the whole file anew, as small as it can be, and let `shrink` work on it from then on.

        Raises:
            sqlite3.OperationalError: somebody else has the file open for writing.
        """
        await self._database.at_rest(
            "PRAGMA auto_vacuum = INCREMENTAL", "VACUUM", "PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)"
        )

    async def needs_rebuild(self) -> bool:
        """Tell whether a file must be written anew once before it can give pages back."""
        return self._database.is_sqlite and await self._number("auto_vacuum") != _INCREMENTAL

    async def _number(self, pragma: str) -> int:
        async with self._database.read() as connection:
            return int((await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one())


def _give_back(connection: Connection) -> None:
    cursor = connection.connection.cursor()
    # SQLite gives one page back for each row that is asked for, and SQLAlchemy asks for none where there is no column.
    cursor.execute(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})")
    cursor.fetchall()
    cursor.close()
