"""The caretaker: deletes what is old, now and then, in one process at a time."""

import logging
from datetime import timedelta

from bot.alarm import Alarm
from bot.patience import Patience
from bot.store import Store

_log = logging.getLogger(__name__)

LEASE = "clean-up"

EVERY_SECONDS = 3600.0
"""Ours: an hour's deliveries at 30 a second are 108,000, deleted in some seconds."""

_LEASE_SECONDS = 600.0


class Caretaker:
    """Cleans up until it is stopped.

    Args:
        store: the database.
        owner: a name that no other process has.
        keep: how long deliveries are kept; None keeps them for ever.
        every_seconds: between two clean-ups.
    """

    def __init__(
        self, store: Store, *, owner: str, keep: timedelta | None, every_seconds: float = EVERY_SECONDS
    ) -> None:
        self._store = store
        self._owner = owner
        self._keep = keep
        self._every_seconds = every_seconds
        self._patience = Patience(None, "the database cannot be cleaned up")
        self._alarm = Alarm()
        self._stopping = False

    def stop(self) -> None:
        """Let `run` finish what is under way and return."""
        self._stopping = True
        self._alarm.ring()

    async def run(self) -> None:
        """Clean up until stopped; errors of the database are waited out."""
        while not self._stopping:
            await self._alarm.wait(self._every_seconds)
            if self._keep is None or self._stopping:
                continue
            with self._patience:
                await self._clean(self._keep)

    async def _clean(self, keep: timedelta) -> None:
        if not await self._store.leases.acquire(LEASE, self._owner, _LEASE_SECONDS):
            return
        if deleted := await self._store.retention.clean(keep):
            _log.info("deleted %d old deliveries", deleted)
        if pages := await self._store.compaction.shrink():
            _log.info("gave %d empty pages of the database back", pages)
        await self._store.leases.release(LEASE, self._owner)
