"""Marking: what became of deliveries is written soon, and in as few commits as the database's speed allows."""

import asyncio
from collections.abc import Sequence

from bot import patience
from bot.health import Health
from bot.patience import Patience
from bot.store import Mark, Store

GATHER_SECONDS = 0.005
"""For which a mark waits for others to share its commit. Ours: at 1,000 a second that is five, and a commit for each
would double what a message costs; nobody notices that the next message to a chat comes so much later."""


class Marks:
    """Writes marks; those that come within a few milliseconds, or while a commit is under way, share one.

    Args:
        store: where the deliveries are.
        owner: whose they are.
        health: told while they cannot be written.
    """

    def __init__(self, store: Store, owner: str, health: Health) -> None:
        self._store = store
        self._owner = owner
        self._patience = Patience(health, "what was sent cannot be marked")
        self._waiting: list[tuple[Sequence[Mark], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, mark: Mark) -> None:
        """Return when the mark is committed."""
        await self.write_all([mark])

    async def write_all(self, marks: Sequence[Mark]) -> None:
        """Return when these marks are committed, all in one transaction."""
        if not marks:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((marks, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())
        await done

    async def _write_waiting(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            batch, self._waiting = self._waiting, []
            await self._commit([mark for marks, _ in batch for mark in marks])
            for _, done in batch:
                if not done.done():
                    done.set_result(None)

    async def _commit(self, marks: list[Mark]) -> None:
        """Write marks, whatever the error for as long as it takes: one that is lost is a message sent twice."""
        while True:
            with self._patience:
                return await self._store.deliveries.settle(self._owner, marks, insist=True)
            await asyncio.sleep(patience.RETRY_SECONDS)
