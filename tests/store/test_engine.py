"""The doors to the database: what a stopped task leaves behind keeps nobody out."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.store import engine as module
from bot.store.engine import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Return an SQLite file with one table."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE words (word TEXT)"))
    yield database
    await database.close()


@pytest.fixture
def other(database: Database) -> Iterator[sqlite3.Connection]:
    """Return a connection of another program, which writes."""
    file = database.engine.url.database
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


async def _write(database: Database, word: str) -> None:
    async with database.write() as connection:
        await connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})


async def _words(database: Database) -> list[str]:
    async with database.read() as connection:
        return list(await connection.scalars(text("SELECT word FROM words")))


async def test_a_new_connection_does_not_wait_for_a_writer(database: Database, other: sqlite3.Connection) -> None:
    """Who only reads is kept out by nobody, also where they must connect for it."""
    await database.engine.dispose()
    assert await _words(database) == []
    assert other.in_transaction


async def test_a_wait_for_another_writer_goes_on_for_longer_than_one_try(
    database: Database, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite waits for a moment at a time, and is asked again until the other has done."""
    tries, begin = 0, module._is_busy

    def is_busy(error: OperationalError) -> bool:
        nonlocal tries
        tries += 1
        if tries == 2:
            other.execute("ROLLBACK")
        return begin(error)

    monkeypatch.setattr(module, "_is_busy", is_busy)
    await _write(database, "late")
    assert (tries, await _words(database)) == (2, ["late"])


async def test_a_wait_for_another_writer_can_be_stopped(
    database: Database, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task that is stopped, and whoever the end of the process gives up, need not wait for the lock."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 3600)
    async with asyncio.timeout(120):
        await asyncio.wait({waiting := asyncio.create_task(_write(database, "never"))}, timeout=0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait({waiting := asyncio.create_task(_write(database, "never"))}, timeout=0.1)
        database.give_up()
        with pytest.raises(TimeoutError):
            await waiting
        with pytest.raises(TimeoutError):
            await _write(database, "nor later")
    other.execute("ROLLBACK")
    await _write(database, "at last")
    assert await _words(database) == ["at last"]


async def test_a_writer_stopped_amid_a_statement_lets_others_write(database: Database) -> None:
    """A task that is stopped while rows come, and is still clearing up, has undone its write and holds no lock."""
    at_it, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def gate() -> str:
        loop.call_soon_threadsafe(at_it.set)
        go_on.wait(30)
        return "row"

    async def read_while_writing() -> None:
        async with database.write() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.create_function("gate", 0, gate)
            await connection.execute(text("INSERT INTO words VALUES ('undone')"))
            await connection.execute(text("SELECT gate() UNION ALL SELECT 'another row'"))

    async def stopped() -> None:
        try:
            await read_while_writing()
        except asyncio.CancelledError:
            async with database.write() as connection:  # the error is alive, and with it the statement
                await connection.execute(text("INSERT INTO words VALUES ('released')"))
            raise

    task = asyncio.create_task(stopped())
    await at_it.wait()
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.read() as connection:
        assert list(await connection.scalars(text("SELECT word FROM words"))) == ["released"]
