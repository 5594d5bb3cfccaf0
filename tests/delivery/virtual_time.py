"""Time that passes only when everybody waits: minutes of pacing in no time, and always in the same order."""

import asyncio
import heapq
from collections.abc import Coroutine
from typing import Any

_TURNS = 50  # of the event loop, until all that can go on without time passing has


class VirtualTime:
    """A clock and a sleep that belong together."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def clock(self) -> float:
        """Return the seconds that have passed."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until so many seconds have passed."""
        awake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, awake))
        await awake

    async def run(self, *work: Coroutine[Any, Any, Any]) -> None:
        """Let time pass until all this work is done."""
        tasks = [asyncio.create_task(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            if self._sleepers:
                self.now, _, awake = heapq.heappop(self._sleepers)
                awake.set_result(None)
        for task in tasks:
            task.result()
