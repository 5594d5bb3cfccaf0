"""Manners towards hosts: one request at a time, a pause between two, and silence for as long as they ask."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.errors import HostBusy

# Requests under way over all hosts: more than the poller has at once, so that people's links do not wait for it.
MAX_REQUESTS = 96
# Hosts remembered before those at rest are forgotten.
_REMEMBERED_HOSTS = 4_096


@dataclass(slots=True)
class _Host:
    """What is known of one host; times are those of the gate's clock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
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
    async def turn(self, host: str, *, gap: float, patience: float, rest: bool = True) -> AsyncIterator[None]:
        """Wait for this host's turn and hold it.

        Args:
            host: the host's name; anything that tells hosts apart.
            gap: seconds between the end of a request and the beginning of the next, up to half more by chance.
            patience: seconds to wait for those before us.
            rest: False where this request continues the one before it (a redirect): the pause is left out.

        Raises:
            HostBusy: those before us took longer than that.
        """
        state = self._hosts.setdefault(host, _Host())
        state.visitors += 1
        try:
            await _acquire(state.lock, host, patience)
            try:
                if rest:
                    await self._rest(state)
                async with self._places:
                    yield
            finally:
                state.rested_at = self._clock() + gap * self._jitter(1.0, 1.5)
                state.lock.release()
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


async def _acquire(lock: asyncio.Lock, host: str, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            await lock.acquire()
    except TimeoutError as error:
        raise HostBusy(host=host, seconds=patience) from error
