"""Connections: who manages which channel from their private chat."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select

from bot.store.chats import chat_of
from bot.store.engine import Database
from bot.store.sql import insert
from bot.store.tables import chats, connections
from bot.store.values import Chat

MOST_LISTED = 50
"""Channels of one person that are listed. Ours: a keyboard takes a hundred buttons."""


class Connections:
    """Channels by who manages them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, chat_id: int, telegram_user_id: int) -> bool:
        """Let a person manage a channel; return whether they did not before."""
        row = {"chat_id": chat_id, "telegram_user_id": telegram_user_id, "created_at": self._clock()}
        async with self._database.write() as connection:
            added = insert(connection, connections).values(**row).on_conflict_do_nothing()
            return (await connection.execute(added)).rowcount > 0

    async def of_person(self, telegram_user_id: int) -> Sequence[Chat]:
        """Return the channels that a person manages, by title."""
        query = (
            select(chats)
            .join(connections, connections.c.chat_id == chats.c.id)
            .where(connections.c.telegram_user_id == telegram_user_id)
            .order_by(chats.c.title, chats.c.id)
            .limit(MOST_LISTED)
        )
        async with self._database.read() as connection:
            return [chat_of(row) for row in await connection.execute(query)]
