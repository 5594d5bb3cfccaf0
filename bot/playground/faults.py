"""Failures on order: a connection that breaks before or after a request took effect, an answer that comes late."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.api_errors import ApiError

FaultKind = Literal["drop_before", "drop_after", "delay", "error"]


@dataclass(slots=True)
class Fault:
    """One failure that waits for its request.

    Attributes:
        kind: "drop_before" breaks the connection and nothing has happened; "drop_after" breaks it when the request took
            effect; "delay" holds the answer of a request that took effect; "error" answers with `error` and nothing has
            happened.
        seconds: how long "delay" holds the answer; without it, until `release` is called.
        error: what "error" answers.
        met: set when a request ran into it, and took effect where that is so.
    """

    kind: FaultKind
    seconds: float | None = None
    error: ApiError | None = None
    met: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let a held answer go."""
        self._released.set()

    async def hold(self) -> None:
        """Wait until the answer may go."""
        try:
            async with asyncio.timeout(self.seconds):
                await self._released.wait()
        except TimeoutError:
            return


class Faults:
    """The failures on order, by method, each met once."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def order(self, method: str, fault: Fault) -> None:
        """Let the next request of `method` that no earlier order has run into `fault`."""
        self._waiting[method.lower()].append(fault)

    def next(self, method: str) -> Fault | None:
        """Take the failure that a request of `method` (lower case) meets, None where none is ordered."""
        waiting = self._waiting.get(method)
        if not waiting:
            return None
        return waiting.popleft()

    def release_all(self) -> None:
        """Let go of all that still waits, for the end of the server."""
        for waiting in self._waiting.values():
            for fault in waiting:
                fault.release()
