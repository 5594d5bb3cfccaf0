"""The schema: one tree of migrations for both databases."""

import asyncio
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.store import Store
from bot.store.engine import Database
from bot.store.tables import metadata


def _described(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    # The full-text index is SQL of each database's own (bot.store.story_words).
    return not (kind == "table" and (name or "").startswith("story_words_fts"))


def _differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_object": _described}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


async def test_the_migrations_end_in_the_tables_that_the_queries_know(database_url: str) -> None:
    """Nothing is in the tables' definition that the migrations do not make, nor the other way round."""
    database = Database(database_url)
    async with database.read() as connection:
        assert await connection.run_sync(_differences) == []
    await database.close()


async def test_migrating_twice_changes_nothing(store: Store) -> None:
    """A second start finds the schema there and its data untouched."""
    chat = await store.chats.ensure(7)
    await store.migrate()
    assert await store.chats.get(chat.id) == chat


async def test_two_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    """Both come up on a new database; neither fails over the other's tables."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    async with Store(url) as one, Store(url) as two:
        await asyncio.gather(one.migrate(), two.migrate())
        assert await two.chats.ensure(7) == await one.chats.find(7)


async def test_writers_of_two_processes_wait_for_each_other(database_url: str) -> None:
    """Writes at the same moment through two stores all happen; none fails with a locked database or a deadlock."""
    async with Store(database_url) as one, Store(database_url) as two:
        await asyncio.gather(*(store.chats.ensure(number) for number in range(1, 21) for store in (one, two)))
        found = await asyncio.gather(*(two.chats.find(number) for number in range(1, 21)))
    assert len({chat.id for chat in found if chat}) == 20
