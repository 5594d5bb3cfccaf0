"""What chats keep for later."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.store.digests import stored_digest
from bot.store.engine import Database
from bot.store.sql import insert
from bot.store.tables import digests, saved
from bot.store.values import StoredDigest


class Saved:
    """Digests that chats have saved."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def toggle(self, chat_id: int, digest_id: int) -> bool:
        """Save a digest, or let go of one that is saved; return whether it is saved now."""
        row = {"chat_id": chat_id, "digest_id": digest_id, "created_at": self._clock()}
        mine = (saved.c.chat_id == chat_id) & (saved.c.digest_id == digest_id)
        async with self._database.write() as connection:
            if (await connection.execute(delete(saved).where(mine))).rowcount:
                return False
            await connection.execute(insert(connection, saved).values(**row).on_conflict_do_nothing())
            return True

    async def has(self, chat_id: int, digest_id: int) -> bool:
        """Tell whether a chat has saved a digest."""
        mine = (saved.c.chat_id == chat_id) & (saved.c.digest_id == digest_id)
        async with self._database.read() as connection:
            return (await connection.execute(select(saved.c.chat_id).where(mine))).one_or_none() is not None

    async def list(self, chat_id: int, *, offset: int = 0, limit: int = 50) -> Sequence[StoredDigest]:
        """Return one page of what a chat has saved, the newest first."""
        query = (
            select(digests)
            .join(saved, saved.c.digest_id == digests.c.id)
            .where(saved.c.chat_id == chat_id)
            .order_by(saved.c.created_at.desc(), saved.c.digest_id.desc())
            .offset(offset)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [stored_digest(row) for row in await connection.execute(query)]

    async def count(self, chat_id: int) -> int:
        """Return how many digests a chat has saved."""
        query = select(func.count()).select_from(saved).where(saved.c.chat_id == chat_id)
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar_one())
