"""Manners towards hosts: one request at a time, a pause between two, and silence for as long as they ask."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.errors import HostBusy

# Requests under way over all hosts: more than the poller has at once, so that people's links do not wait for it.
MAX_REQUESTS = 96
# Hosts remembered before those at rest are forgotten.
_REMEMBERED_HOSTS = 4_096


class Turnstile:
    """A lock that lets those in first for whom a person waits, and otherwise in order of arrival."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._arrivals = count()

    async def enter(self, *, urgent: bool = False) -> None:
        """Wait until nobody else is inside."""
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (not urgent, next(self._arrivals), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.leave()  # the turn came in the moment of giving up: it is the next one's
            raise

    def leave(self) -> None:
        """Let the next one in."""
        while self._waiting:
            *_, turn = heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False


@dataclass(slots=True)
class _Host:
    """What is known of one host; times are those of the gate's clock."""

    turnstile: Turnstile = field(default_factory=Turnstile)
    visitors: int = 0
    rested_at: float = 0.0
    silent_until: float = 0.0
    silent_status: int = 0


@dataclass(frozen=True, slots=True)
class Silence:
    """A host has asked not to be asked.

    Attributes:
        status: the HTTP status it said it with (429 or 503).
        seconds: how much longer.
    """

    status: int
    seconds: float


class HostGate:
    """Lets requests through, one at a time for each host."""

    def __init__(
        self,
        *,
        places: int = MAX_REQUESTS,
        clock: Callable[[], float] | None = None,
        jitter: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Build a gate; `clock` gives seconds (the loop's time by default) and `jitter` a number between two."""
        self._hosts: dict[str, _Host] = {}
        self._places = asyncio.Semaphore(places)
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._jitter = jitter

    @asynccontextmanager
    async def turn(
        self, host: str, *, gap: float, patience: float, rest: bool = True, urgent: bool = False
    ) -> AsyncIterator[None]:
        """Wait for this host's turn and hold it.

        Args:
            host: the host's name; anything that tells hosts apart.
            gap: seconds between the end of a request and the beginning of the next, up to half more by chance.
            patience: seconds to wait for those before us.
            rest: False where this request continues the one before it (a redirect): the pause is left out.
            urgent: a person waits: this one goes before the others that wait for the host.

        Raises:
            HostBusy: those before us took longer than that.
        """
        state = self._hosts.setdefault(host, _Host())
        state.visitors += 1
        try:
            await _enter(state.turnstile, host, patience, urgent)
            try:
                if rest:
                    await self._rest(state)
                async with self._places:
                    yield
            finally:
                state.rested_at = self._clock() + gap * self._jitter(1.0, 1.5)
                state.turnstile.leave()
        finally:
            state.visitors -= 1
            self._forget_idle_hosts()

    async def _rest(self, state: _Host) -> None:
        pause = state.rested_at - self._clock()
        if pause > 0:
            await asyncio.sleep(pause)

    def silence(self, host: str, status: int, seconds: float) -> None:
        """Remember that a host wants no requests for some seconds (Retry-After)."""
        state = self._hosts.setdefault(host, _Host())
        state.silent_until = self._clock() + seconds
        state.silent_status = status

    def silence_of(self, host: str) -> Silence | None:
        """Return the silence that a host has asked for, if it still lasts."""
        state = self._hosts.get(host)
        left = state.silent_until - self._clock() if state else 0.0
        return Silence(state.silent_status, left) if state and left > 0 else None

    def _forget_idle_hosts(self) -> None:
        if len(self._hosts) <= _REMEMBERED_HOSTS:
            return
        now = self._clock()
        for host, state in list(self._hosts.items()):
            if not state.visitors and max(state.rested_at, state.silent_until) <= now:
                del self._hosts[host]


async def _enter(turnstile: Turnstile, host: str, patience: float, urgent: bool) -> None:
    try:
        async with asyncio.timeout(patience):
            await turnstile.enter(urgent=urgent)
    except TimeoutError as error:
        raise HostBusy(host=host, seconds=patience) from error
