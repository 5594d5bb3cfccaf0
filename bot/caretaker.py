"""The caretaker: deletes what is old and puts in order what stays, now and then, in one process at a time."""

import logging
from contextlib import suppress
from datetime import timedelta

from bot.alarm import Stoppable
from bot.patience import Patience
from bot.store import Store

_log = logging.getLogger(__name__)

LEASE = "clean-up"

EVERY_SECONDS = 3600.0
"""Ours: an hour's deliveries at 30 a second are 108,000, deleted in some seconds."""

FIRST_SECONDS = 300.0
"""From the start to the first. Ours: what is restarted every hour cleans up too, and a start is not slowed."""

_LEASE_SECONDS = 600.0


class _StoppedError(Exception):
    """The clean-up is to end; what is left is done by the next."""


class Caretaker(Stoppable):
    """Cleans up until it is stopped.

    Args:
        store: the database.
        owner: a name that no other process has.
        keep: how long deliveries are kept; None keeps them for ever.
        keep_stories: how long stories, digests and unused topics are kept; None keeps them for ever.
        first_seconds: from the start to the first clean-up.
        every_seconds: between two clean-ups.
    """

    def __init__(
        self,
        store: Store,
        *,
        owner: str,
        keep: timedelta | None,
        keep_stories: timedelta | None = None,
        first_seconds: float = FIRST_SECONDS,
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        super().__init__()
        self._store = store
        self._owner = owner
        self._keep = keep
        self._keep_stories = keep_stories
        self._first_seconds = first_seconds
        self._every_seconds = every_seconds
        self._patience = Patience(None, "the database cannot be cleaned up")

    async def run(self) -> None:
        """Clean up until stopped; errors of the database are waited out."""
        await self._alarm.wait(self._first_seconds)
        while not self._stopping:
            with self._patience:
                await self._clean()
            await self._alarm.wait(self._every_seconds)

    async def _clean(self) -> None:
        if not await self._store.leases.acquire(LEASE, self._owner, _LEASE_SECONDS):
            return
        with suppress(_StoppedError):
            await self._delete()
            if pages := await self._store.compaction.shrink(lambda _done, _all: self._go_on(0)):
                _log.info("gave %d empty pages of the database back", pages)
        await self._store.leases.release(LEASE, self._owner)

    async def _delete(self) -> None:
        if self._keep is not None and (deleted := await self._store.retention.clean(self._keep, self._go_on)):
            _log.info("deleted %d old deliveries", deleted)
        if self._keep_stories is not None:
            told, read = await self._store.retention.clean_news(self._keep_stories, self._go_on)
            if told or read:
                _log.info("deleted %d old stories and %d digests", told, read)
            if named := await self._store.retention.clean_topics(self._keep_stories, self._go_on):
                _log.info("deleted %d topics that nothing uses", named)
        if laid := await self._store.retention.lay_feeds_aside():
            _log.info("laid %d feeds aside that nobody follows", laid)

    def _go_on(self, _done: int) -> None:
        if self._stopping:
            raise _StoppedError
