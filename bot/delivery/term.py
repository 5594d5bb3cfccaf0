"""The one lease for pushing: who holds it sends; another takes over when its holder no longer says that it lives."""

import logging
import time
from collections.abc import Callable

from bot.alarm import Stoppable
from bot.contest import Contest
from bot.health import Health
from bot.patience import Patience
from bot.store import Store

_log = logging.getLogger(__name__)

LEASE = "push"

LEASE_SECONDS = 15.0
"""After a pusher's death another takes over within this time. Ours."""


class PushTerm(Stoppable):
    """Takes the lease when it is free, and renews it until it is stopped; errors of the database are waited out.

    Args:
        store: where the lease is.
        health: told who sends while this process waits, and that the lease cannot be renewed.
        contest: says whether another instance works with the same token; then the lease is as good as lost.
        owner: a name that no other process has.
        seconds: how long the lease outlives its holder.
        begun: called when a term has begun.
        ended: called at each look that finds the lease somebody else's.
    """

    def __init__(
        self,
        store: Store,
        health: Health,
        contest: Contest,
        *,
        owner: str,
        seconds: float,
        begun: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        super().__init__()
        self._store = store
        self._health = health
        self._contest = contest
        self._owner = owner
        self._seconds = seconds
        self._begun = begun
        self._ended = ended
        self._patience = Patience(health, "the pusher's lease cannot be renewed")
        self._held_until = float("-inf")
        self.number = 0
        """How often the lease was taken: in another term somebody else may have sent in between."""

    def holds(self) -> bool:
        """Say whether this process may send, by its own clock, also where the database cannot be asked."""
        return time.monotonic() < self._held_until and not self._contest.yields

    async def run(self) -> None:
        """Renew the lease, or wait for it, until stopped."""
        while not self._stopping:
            with self._patience:
                await self._take()
            await self._alarm.wait(self._seconds / 3)

    async def end(self) -> None:
        """Give the lease back, so that another need not wait for its end."""
        await self._store.leases.release(LEASE, self._owner)

    async def _take(self) -> None:
        asked, held_before = time.monotonic(), self.holds()
        if not await self._store.leases.acquire(LEASE, self._owner, self._seconds):
            self._held_until = float("-inf")
            self._ended()
            await self._say_who_sends()
            return
        self._health.note("push", None)
        if not held_before:
            await self._store.deliveries.release_others(owner=self._owner)
            self.number += 1
        self._held_until = asked + self._seconds
        if not held_before:
            self._begun()

    async def _say_who_sends(self) -> None:
        """Say, once for each holder, why this process waits."""
        reason = f"{await self._store.leases.holder(LEASE) or 'another process'} sends; this one waits to take over"
        if self._health.notes.get("push") != reason:
            _log.info(reason)
            self._health.note("push", reason)
