"""Upgrades: from every revision that there was, with data in it, and back."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, DateTime, Integer, MetaData, Table, func, select, types

from bot.store.engine import Database
from bot.store.migrate import alembic_config
from tests import databases

_SCRIPTS = ScriptDirectory.from_config(alembic_config())
REVISIONS = [script.revision for script in _SCRIPTS.walk_revisions()][::-1]
_BY_TYPE: tuple[tuple[type[types.TypeEngine[Any]], Any], ...] = (
    (Boolean, False),
    (Integer, 1),
    (DateTime, datetime(2026, 5, 1, 12, 0, tzinfo=UTC)),
    (types.JSON, {}),
    (types.LargeBinary, b""),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database without any table, on both kinds."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    server, name = request.getfixturevalue("postgres_server"), f"upgrade_{uuid.uuid4().hex}"
    asyncio.run(databases.run(server, f"CREATE DATABASE {name}"))
    return databases.sqlalchemy_url(server, name)


@pytest.fixture
async def empty_database(new_url: str) -> AsyncIterator[Database]:
    """Yield that database, open."""
    database = Database(new_url)
    yield database
    await database.close()


def _to(connection: Connection, revision: str, *, down: bool = False) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version" and not _is_index(table.name)]


def _is_index(name: str) -> bool:
    """Tell whether a table is one of those that SQLite's full-text search keeps for itself."""
    return "_fts" in name


def _fill(connection: Connection) -> dict[str, int]:
    """Put one row into every table and return how many rows each has."""
    for table in _tables(connection):
        connection.execute(table.insert().values({column.name: _value(column) for column in table.columns}))
    return _counts(connection)


def _value(column: Any) -> Any:
    for kind, value in _BY_TYPE:
        if isinstance(column.type, kind):
            return value
    return "x"


def _counts(connection: Connection) -> dict[str, int]:
    tables = _tables(connection)
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.mark.parametrize("revision", REVISIONS)
async def test_an_upgrade_keeps_every_row(empty_database: Database, revision: str) -> None:
    """A database of any revision with a row in each table comes to the newest schema with all of its rows."""
    async with empty_database.write() as connection:
        await connection.run_sync(_to, revision)
        before = await connection.run_sync(_fill)
    async with empty_database.write() as connection:
        await connection.run_sync(_to, "head")
        after = await connection.run_sync(_counts)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_downgrade_keeps_every_row_that_has_a_table(empty_database: Database, revision: str) -> None:
    """A database with a row in each table goes back to any revision with all rows of the tables left, and up again."""
    async with empty_database.write() as connection:
        await connection.run_sync(_to, "head")
        full = await connection.run_sync(_fill)
    async with empty_database.write() as connection:
        await connection.run_sync(lambda sync: _to(sync, revision, down=True))
        left = await connection.run_sync(_counts)
    assert left.keys() <= full.keys()
    assert {name: full[name] for name in left} == left
    async with empty_database.write() as connection:
        await connection.run_sync(_to, "head")
        again = await connection.run_sync(_counts)
    assert {name: again[name] for name in left} == left


async def test_every_step_can_be_taken_back_and_again(empty_database: Database) -> None:
    """From the newest schema down to nothing, one step at a time, and up again: no step leaves anything behind."""
    async with empty_database.write() as connection:
        await connection.run_sync(_to, "head")
        whole = await connection.run_sync(_counts)
    for _ in REVISIONS:
        async with empty_database.write() as connection:
            await connection.run_sync(lambda sync: _to(sync, "-1", down=True))
    async with empty_database.write() as connection:
        assert await connection.run_sync(_counts) == {}
        await connection.run_sync(_to, "head")
        assert await connection.run_sync(_counts) == whole


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_story_takes_its_words_along_after_any_upgrade(tmp_path: Path, revision: str) -> None:
    """On SQLite a trigger does it, which a batch rebuild of `stories` drops: whoever writes one must make it again."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    try:
        for target in (revision, "head"):
            async with database.write() as connection:
                await connection.run_sync(_to, target)
        async with database.write() as connection:
            await connection.run_sync(_fill)
            await connection.exec_driver_sql("INSERT INTO story_words_fts (rowid, stems) VALUES (1, 'x')")
            await connection.exec_driver_sql("DELETE FROM entries")
            await connection.exec_driver_sql("DELETE FROM stories")
            left = await connection.exec_driver_sql("SELECT count(*) FROM story_words_fts")
            assert left.scalar_one() == 0
    finally:
        await database.close()
