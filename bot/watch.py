"""The watch over the database: says in the health when it does not answer, whatever else this process does."""

import asyncio

from bot.alarm import Stoppable
from bot.health import Health
from bot.patience import Patience
from bot.store import Store

EVERY_SECONDS = 5.0
"""Between two looks. Ours: as often as the leases are renewed."""

ANSWER_SECONDS = 10.0
"""Ours: a database that takes longer to begin a transaction is of no use to anybody who waits."""

_SILENT = "it does not answer"


class DatabaseWatch(Stoppable):
    """Asks the database now and then, also in a process that only waits for requests.

    A network that swallows everything breaks no connection for a quarter of an hour; there it is the wait that tells.

    Args:
        store: the database.
        health: told when it does not answer.
        every_seconds: between two looks.
        answer_seconds: how long an answer may take, and so the end of `run` once it is told to stop.
    """

    def __init__(
        self,
        store: Store,
        health: Health,
        *,
        every_seconds: float = EVERY_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        super().__init__()
        self._store = store
        self._health = health
        self._every_seconds = every_seconds
        self._answer_seconds = answer_seconds
        self._patience = Patience(health, "it cannot be asked")

    async def run(self) -> None:
        """Watch until stopped."""
        while not self._stopping:
            await self._watch(asyncio.create_task(self._look()))
            await self._alarm.wait(self._every_seconds)

    async def _watch(self, look: asyncio.Task[None]) -> None:
        while not (await asyncio.wait({look}, timeout=self._answer_seconds))[0]:
            self._health.bad("database", _SILENT, voice=_SILENT)
            if self._stopping:
                look.cancel()  # it only reads
                return
        self._health.good("database", voice=_SILENT)

    async def _look(self) -> None:
        with self._patience:
            await self._store.ping()
