"""A whole database copied into another, of another kind: all or nothing."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import SettingsError
from bot.store.engine import Database
from bot.store.story_words import index_stories, indexed_words
from bot.store.tables import leases, metadata

ROWS_AT_ONCE = 2_000
"""Rows of one statement. Ours: some megabytes of digests; PostgreSQL's limit is 32,767 values, kept by SQLAlchemy."""

STORIES_AT_ONCE = 200
"""Stories whose words are held at once. Ours: a megabyte of stems, of some 500 each."""


async def copy_all(
    source: Database, target: Database, show: Callable[[int, int], object] = lambda _done, _all: None
) -> dict[str, int]:
    """Copy every table and the words by which stories are found, set the sequences, and compare the numbers of rows.

    All in one transaction of the target.

    Args:
        source: at the newest schema; nobody works on it meanwhile.
        target: the same, and empty.
        show: called with the rows copied so far and how many there are.

    Returns:
        The rows of each table.

    Raises:
        SettingsError: the target is not empty, or holds another number of rows afterwards; nothing is written then.
    """
    copied: dict[str, int] = {}
    async with source.read() as reading, target.write() as writing:
        for table in metadata.sorted_tables:
            if await _count(writing, table):
                raise SettingsError(what=f"The target is not empty: it has rows in {table.name}. Nothing was copied.")
        done, every = 0, sum([await _count(reading, table) for table in metadata.sorted_tables])
        for table in metadata.sorted_tables:
            async for rows in _batches(reading, table):
                await writing.execute(insert(table), rows)
                done += len(rows)
                show(done, every)
            copied[table.name] = await _verified(reading, writing, table)
        async for words in indexed_words(reading, STORIES_AT_ONCE):
            await index_stories(writing, words)
        await _set_sequences(writing)
    return copied


async def busy_since(database: Database, now: Any) -> str | None:
    """Return who works on a database now, by its leases."""
    async with database.read() as connection:
        query = select(leases.c.owner).where(leases.c.until >= now).limit(1)
        return (await connection.execute(query)).scalar_one_or_none()


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[dict[str, Any]]]:
    result = await connection.stream(select(table).order_by(*table.primary_key.columns))
    async for part in result.partitions(ROWS_AT_ONCE):
        yield [dict(row._mapping) for row in part]


async def _verified(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> int:
    there, here = await _count(reading, table), await _count(writing, table)
    if there != here:
        raise SettingsError(what=f"{table.name}: {there} rows became {here}. Nothing was copied.")
    return here


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def _set_sequences(connection: AsyncConnection) -> None:
    """Let PostgreSQL give numbers after those that were copied; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c and (highest := (await connection.execute(select(func.max(table.c.id)))).scalar_one()):
            await connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
