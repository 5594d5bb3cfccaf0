"""Leases: one process at a time does a thing; another takes over when it no longer says that it lives."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from bot.store.engine import Database
from bot.store.moments import lease_ended
from bot.store.sql import insert
from bot.store.tables import leases


class Leases:
    """Named leases over all processes on this database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def acquire(self, name: str, owner: str, seconds: float) -> bool:
        """Take a lease, or hold it longer.

        Args:
            name: what it is for: "push", "updates".
            owner: who wants it.
            seconds: until when, from now.

        Returns:
            False while somebody else holds it.
        """
        now = self._clock()
        row = {"owner": owner, "until": now + timedelta(seconds=seconds)}
        free = or_(leases.c.owner == owner, lease_ended(leases.c.until, now))
        async with self._database.write() as connection:
            taken = await connection.execute(
                insert(connection, leases)
                .values(name=name, **row)
                .on_conflict_do_update(index_elements=["name"], set_=row, where=free)
                .returning(leases.c.owner)
            )
            return taken.one_or_none() is not None

    async def release(self, name: str, owner: str) -> None:
        """Give a lease back, so that another need not wait for its end."""
        async with self._database.write() as connection:
            await connection.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))

    async def holder(self, name: str) -> str | None:
        """Return who holds a lease now."""
        query = select(leases.c.owner).where(leases.c.name == name, leases.c.until >= self._clock())
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()
