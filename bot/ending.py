"""The end of a process: what is still waited for some seconds after it was told to end is given up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

READING_SECONDS = 3.0
"""For which people's links are read on. Ours: who waits is then told, before Telegram is not waited for any more."""

TELEGRAM_SECONDS = 5.0
"""For which Telegram is waited for. Ours: a process has ten in all, and is to note what became of each message."""


class Waits:
    """Waits that can be given up, all at once and for good.

    Attributes:
        given_up: whether nothing is waited for any more.
    """

    def __init__(self) -> None:
        self.given_up = False
        self._open: set[asyncio.Timeout] = set()

    def give_up(self) -> None:
        """End all waits that are open; later ones are not to begin."""
        self.given_up = True
        now = asyncio.get_running_loop().time()
        for wait in self._open:
            wait.reschedule(now)
        self._open.clear()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for what the block waits for.

        Raises:
            TimeoutError: it was given up.
        """
        async with asyncio.timeout(None) as wait:
            self._open.add(wait)
            try:
                yield
            finally:
                self._open.discard(wait)


class End:
    """Gives up one thing after the other once the end has begun.

    Args:
        steps: after how many seconds what is called.
    """

    def __init__(self, *steps: tuple[float, Callable[[], None]]) -> None:
        self._steps = steps
        self._timers: list[asyncio.TimerHandle] = []

    def begin(self) -> None:
        """Count from now."""
        loop = asyncio.get_running_loop()
        self._timers = [loop.call_later(seconds, give_up) for seconds, give_up in self._steps]

    def over(self) -> None:
        """Give up nothing more: all has ended."""
        for timer in self._timers:
            timer.cancel()
