"""The doors to the database: what a stopped task leaves behind keeps nobody out."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.store import engine as module
from bot.store.engine import Database
from tests.outages import MutePostgres


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


@asynccontextmanager
async def _hanging(way: MutePostgres, database: Database, *, insist: bool) -> AsyncIterator[asyncio.Task[None]]:
    """Yield what writes and gets no answer, since its connection is lost."""

    async def write() -> None:
        async with database.write(insist=insist) as connection:
            await connection.execute(text("SELECT 1"))

    await asyncio.gather(write(), write())  # so that there are two connections
    way.lose()
    writing = asyncio.create_task(write())
    async with asyncio.timeout(60):
        await way.swallowed.wait()
        yield writing
    await database.close()


async def test_a_lost_connection_is_closed_without_a_word_at_the_end(postgres_url: str) -> None:
    """Nobody tells PostgreSQL on a connection of its own to stop what it does, and waits for that."""
    async with MutePostgres(postgres_url) as way:
        database = Database(way.url)
        async with _hanging(way, database, insist=False) as writing:
            before = way.taken
            database.give_up()
            with pytest.raises(TimeoutError):
                await writing
            assert way.taken == before


async def test_what_must_be_written_is_tried_over_a_new_connection_at_the_end(postgres_url: str) -> None:
    """It fails once, so that who insists begins anew; the connections that there were are not used again."""
    async with MutePostgres(postgres_url) as way:
        database = Database(way.url)
        async with _hanging(way, database, insist=True) as writing:
            database.give_up()
            with pytest.raises(TimeoutError):
                await writing
            async with database.write(insist=True) as connection:
                assert await connection.scalar(text("SELECT 2")) == 2


async def test_a_database_that_says_nothing_is_not_waited_for_again_and_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end is not held up by each thing that would still be written, but by the first."""
    async with MutePostgres(postgres_url) as way:
        database = Database(way.url)
        way.mute()
        database.give_up()
        monkeypatch.setattr(module, "LAST_SECONDS", 0.05)
        monkeypatch.setattr(module, "PAUSE_SECONDS", 3600.0)
        with pytest.raises(TimeoutError):
            await _words(database)
        monkeypatch.setattr(module, "LAST_SECONDS", 3600.0)
        async with asyncio.timeout(60) as patience:
            with pytest.raises(TimeoutError):
                await _words(database)
        assert not patience.expired()
        await database.close()


async def test_a_connection_at_rest_that_is_lost_can_be_closed(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its server is not waited for, also where nobody has given it up; that is no error of ours."""
    async with asyncio.timeout(60), MutePostgres(postgres_url) as way:
        database = Database(way.url)
        async with database.read() as connection:
            await connection.execute(text("SELECT 1"))
        way.mute()
        await database.close()
    assert caplog.records == []
