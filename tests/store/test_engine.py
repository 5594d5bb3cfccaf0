"""The doors to the database: what a stopped task leaves behind keeps nobody out."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.engine import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Return an SQLite file with one table."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE words (word TEXT)"))
    yield database
    await database.close()


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
