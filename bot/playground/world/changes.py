"""Telling who waits that something changed, and watchers what it was."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

Watcher = Callable[[dict[str, Any]], None]
T = TypeVar("T")


class Changes:
    """A signal that many can wait for, and a list of watchers that are told each change as JSON."""

    def __init__(self) -> None:
        self._event: asyncio.Event | None = None
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with each change from now on; the returned function ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    @property
    def watched(self) -> bool:
        """Whether describing a change is worth while."""
        return bool(self._watchers)

    def tell(self, change: dict[str, Any] | None = None) -> None:
        """Wake all who wait, and hand `change` to the watchers."""
        if self._event is not None:
            self._event.set()
            self._event = None
        if change is not None:
            for watcher in tuple(self._watchers):
                watcher(change)

    async def next(self) -> None:
        """Wait for the next change."""
        if self._event is None:
            self._event = asyncio.Event()
        await self._event.wait()

    async def until(self, predicate: Callable[[], T], seconds: float | None = None) -> T:
        """Wait until `predicate()` is true and return what it gave.

        Raises:
            TimeoutError: it was not within `seconds`.
        """
        async with asyncio.timeout(seconds):
            while not (value := predicate()):
                await self.next()
            return value
