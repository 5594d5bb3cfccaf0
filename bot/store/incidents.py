"""What went wrong lately, the newest of it, so that a restart does not hide why it was needed."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.incidents import MOST_KEPT, Incident, IncidentLog
from bot.store.engine import Database
from bot.store.tables import incidents


class Incidents:
    """A bounded list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write_down(self, log: IncidentLog) -> None:
        """Write down what a log has heard since the last time; what the database does not take now stays there."""
        taken = log.take()
        try:
            await self.add(taken)
        except (SQLAlchemyError, OSError):  # said by others already; to log it here would be an incident again
            log.give_back(taken)

    async def add(self, happened: Sequence[Incident]) -> None:
        """Write incidents down, the oldest first, and forget those that are too many."""
        if not happened:
            return
        rows = [
            {"at": one.at, "level": one.level, "part": one.part, "words": one.words, "times": one.times}
            for one in happened
        ]
        newest = select(incidents.c.id).order_by(incidents.c.id.desc()).limit(MOST_KEPT)
        async with self._database.write() as connection:
            await connection.execute(insert(incidents), rows)
            await connection.execute(delete(incidents).where(incidents.c.id.not_in(newest)))

    async def latest(self, limit: int) -> list[Incident]:
        """Return the newest, the newest first."""
        query = select(incidents).order_by(incidents.c.id.desc()).limit(limit)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [Incident(row.at, row.level, row.part, row.words, row.times) for row in rows]
