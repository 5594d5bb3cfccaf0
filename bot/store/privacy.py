"""What is held on a chat: all of it to be shown, all of it to be forgotten.

Both walk through the tables' definitions: a table that names chats is in, without anybody having to remember it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import TopicKind
from bot.store.engine import Database
from bot.store.revisions import forget_edits
from bot.store.tables import chats, connections, digests, metadata, stories, story_topics, subscriptions, topics

# What a number in another table means, said with it: a person who reads the file has not our tables.
_EXPLAINED = {
    "topic_id": (topics, ("kind", "key", "label")),
    "story_id": (stories, ("url", "headline")),
    "digest_id": (digests, ("url_key",)),
}
_CHUNK = 500  # numbers of one look-up: far below SQLite's 32,766 variables


class Privacy:
    """What is held on chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def held(self, telegram_id: int) -> dict[str, Any]:
        """Return all that is held on a chat, its forum topics included, as JSON has it, by table.

        Args:
            telegram_id: Telegram's number of the chat.
        """
        async with self._database.read() as connection:
            found = await _rows(connection, select(chats).where(chats.c.telegram_id == telegram_id))
            ids = [row["id"] for row in found]
            tables = {table.name: await _rows(connection, _of(table, ids)) for table in _naming_chats()}
            for rows in tables.values():
                await _explain(connection, rows)
            configured = select(chats.c.telegram_id, chats.c.title).where(chats.c.configured_by == telegram_id)
            elsewhere = await _rows(connection, configured)
            managed = await _rows(connection, _managed_by(telegram_id))
        held = {"chats": found, **tables, "configured_chats": elsewhere, "managed_channels": managed}
        return {name: [_plain(row) for row in rows] for name, rows in held.items()}

    async def forget(self, telegram_id: int) -> None:
        """Delete all that is held on a chat, its forum topics included, and the queries that only it followed.

        Args:
            telegram_id: Telegram's number of the chat.
        """
        async with self._database.write() as connection:
            ids = (await connection.execute(select(chats.c.id).where(chats.c.telegram_id == telegram_id))).scalars()
            for chat_id in ids.all():
                await forget_edits(connection, chat_id)
                for table in _naming_chats():
                    await connection.execute(delete(table).where(table.c.chat_id == chat_id))
            await connection.execute(delete(chats).where(chats.c.telegram_id == telegram_id))
            await connection.execute(delete(connections).where(connections.c.telegram_user_id == telegram_id))
            mine = chats.c.configured_by == telegram_id
            await connection.execute(update(chats).where(mine).values(configured_by=None, to_tell=False))
            await _forget_queries(connection)


def _managed_by(person: int) -> Any:
    titles = select(chats.c.telegram_id, chats.c.title, connections.c.created_at)
    return titles.join(connections, connections.c.chat_id == chats.c.id).where(connections.c.telegram_user_id == person)


def _naming_chats() -> list[Table]:
    return [table for table in metadata.sorted_tables if "chat_id" in table.c]


def _of(table: Table, ids: Iterable[int]) -> Any:
    return select(table).where(table.c.chat_id.in_(list(ids)))


async def _rows(connection: AsyncConnection, query: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in await connection.execute(query)]


async def _explain(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    """Put beside each number of another table what it means."""
    for column, (table, names) in _EXPLAINED.items():
        numbers = sorted({row[column] for row in rows if row.get(column) is not None})
        known: dict[int, dict[str, Any]] = {}
        for start in range(0, len(numbers), _CHUNK):
            query = select(table.c.id, *(table.c[name] for name in names))
            found = await _rows(connection, query.where(table.c.id.in_(numbers[start : start + _CHUNK])))
            known |= {row["id"]: {name: row[name] for name in names} for row in found}
        for row in rows:
            if row.get(column) in known:
                row[column.removesuffix("_id")] = known[row[column]]


async def _forget_queries(connection: AsyncConnection) -> None:
    """Delete queries that nobody follows: what somebody looked for may say much about them."""
    followed = exists().where(subscriptions.c.topic_id == topics.c.id)
    lonely = select(topics.c.id).where(and_(topics.c.kind == TopicKind.QUERY, ~followed))
    # Whoever begins to follow one of them has it locked (bot.store.topics.ensure_topics); looked at again afterwards.
    held = (await connection.execute(lonely.order_by(topics.c.id).with_for_update(of=topics))).scalars().all()
    for start in range(0, len(held), _CHUNK):
        some = topics.c.id.in_(held[start : start + _CHUNK])
        ids = (await connection.execute(lonely.where(some))).scalars().all()
        await connection.execute(delete(story_topics).where(story_topics.c.topic_id.in_(ids)))
        await connection.execute(delete(topics).where(topics.c.id.in_(ids)))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
