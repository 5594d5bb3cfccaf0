"""Connections: SQLite tuned for one machine, PostgreSQL as it comes."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ending import Waits

OWNER_ALONE = 0o600
"""Rights of a file that tells who follows what."""

BUSY_SECONDS = 30
"""How long SQLite waits for another process's write. Ours: longer than any of our transactions by far."""

_BUSY_AT_ONCE = 1
"""Seconds for which SQLite itself waits, and what a stopped task may cost: its wait in a thread cannot be ended."""

LAST_SECONDS = 1.0
"""What a transaction may take once the database is not waited for any more. Ours: a hundred times what one takes."""

PAUSE_SECONDS = 1.0
"""For which none begins after one that took longer: a process that ends has no second for each of them."""


def sqlite_file(url: str) -> Path | None:
    """Return where the file of a SQLite database is or will be; None for another database, and for one in memory."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


class Database:
    """An engine with two doors: one for reading, one for writing.

    Args:
        url: SQLAlchemy's, with the driver aiosqlite or asyncpg.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer; waiting for a turn is fair and cheap here, and a growing sleep there.
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()
        self._waits = Waits()
        self._silent_until = float("-inf")
        self._lines: WeakSet[Any] = WeakSet()  # asyncpg's connections
        if not self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", self._note_line)

    def give_up(self) -> None:
        """Wait no more for a database that does not answer, as if it were away: the process ends.

        Later transactions get a second each; where PostgreSQL does not answer one, the next second's fail at once.
        Those that insist fail once, and then take their time: where a network has lost the connections that there
        were, it may carry a new one.
        """
        self._hang_up()
        self._waits.give_up()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads."""
        async with self._in_time(), self.engine.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self, *, insist: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes; it is committed unless the block raises.

        Args:
            insist: let it take its time also when the process ends.
        """
        bound = nullcontext() if insist and self._waits.given_up else self._in_time()
        async with bound, self._turn, self.engine.connect() as connection:
            if self.is_sqlite:
                await connection.execution_options(writes=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection without a transaction, until the process ends at most."""
        async with self._in_time(), self.engine.connect() as connection:
            yield connection

    async def at_rest(self, *statements: str) -> None:
        """Run statements of SQLite's that want no transaction around them, in turn with this process's writes.

        What would have to wait for another process is left for the next time: nobody who sends waits for it.
        """
        if not self.is_sqlite:
            return
        async with self._in_time(), self._turn, self.engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None, "a connection that was just opened"  # noqa: S101  a programmer's promise
            try:
                for statement in ("PRAGMA busy_timeout = 0", *statements):
                    await (await driver.execute(statement)).close()
            finally:
                await (await driver.execute(f"PRAGMA busy_timeout = {_BUSY_AT_ONCE * 1000}")).close()

    async def close(self) -> None:
        """Close all connections; of a server that does not answer in a second, without a word."""
        if self._waits.given_up:
            self._hang_up()
        # Not left to the engine: it waits without end, and calls it an error where it is not let.
        await asyncio.gather(*(line.close(timeout=LAST_SECONDS) for line in self._lines), return_exceptions=True)
        await self.engine.dispose()

    def _in_time(self) -> AbstractAsyncContextManager[object]:
        """Bound what happens in the block once the process ends; it raises TimeoutError then."""
        return self._last() if self._waits.given_up else self._waits.one()

    @asynccontextmanager
    async def _last(self) -> AsyncIterator[None]:
        now = asyncio.get_running_loop().time
        if now() < self._silent_until:
            raise TimeoutError
        try:
            async with asyncio.timeout(LAST_SECONDS):
                yield
        except TimeoutError:
            if not self.is_sqlite:  # whose lock may be free in the next moment
                self._silent_until = now() + PAUSE_SECONDS
            raise

    def _note_line(self, connection: Any, _record: Any) -> None:
        self._lines.add(connection.driver_connection)

    def _hang_up(self) -> None:
        """Close all connections to PostgreSQL without a word.

        Where nothing answers, asyncpg would wait without end to have a statement stopped, before it closes one.
        """
        for line in self._lines:
            line.terminate()


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(url, connect_args={"timeout": _BUSY_AT_ONCE}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _undo)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own handling begins late and commits before DDL; None turns it off, and _begin_sqlite begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_count")
    if cursor.fetchone() == (0,):
        _hide_from_others(cursor)
        # What deletions leave can then be given back without writing all anew (bot.store.compaction). Only in a file
        # that is new: in others it changes nothing, and yet waits for whoever writes.
        cursor.execute("PRAGMA auto_vacuum = INCREMENTAL")
    cursor.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL survives the process's death; a power cut may undo the last commits, never half of one.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
    # SQLite's own knows ASCII alone: a name in Cyrillic would be found in its own case only, unlike on PostgreSQL.
    connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)


def _hide_from_others(cursor: Any) -> None:
    cursor.execute("PRAGMA database_list")
    for _, _, file in cursor.fetchall():
        if file:  # of one in memory there is none
            Path(file).chmod(OWNER_ALONE)


def _undo(connection: Any, _record: Any, _error: BaseException | None) -> None:
    """Undo what a stopped task was writing, before its connection is closed.

    SQLite keeps a closed connection, and its lock on the file, for as long as a statement of it is unfinished
    (sqlite3_close_v2); a stopped task's error refers to such a statement, while the task clears up and would write.
    """
    # A second stop may end the waiting; the undoing is in the driver's queue by then, and before the closing.
    with suppress(Exception, asyncio.CancelledError):
        connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer fails at once when another has written since; so it is said beforehand.
    statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes", False) else "BEGIN"
    give_up_at = time.monotonic() + BUSY_SECONDS - _BUSY_AT_ONCE
    while True:
        try:
            connection.exec_driver_sql(statement)
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() > give_up_at:
                raise
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
