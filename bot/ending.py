"""The end of a process: what is still waited for some seconds after it was told to end is given up."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from types import TracebackType
from typing import Self, TypeVar

from bot.last_resort import LastResort

READING_SECONDS = 3.0
"""For which people's links are read on. Ours: who waits is then told, before Telegram is not waited for any more."""

TELEGRAM_SECONDS = 5.0
"""For which Telegram is waited for. Ours: a process has ten in all, and is to note what became of each message."""

DATABASE_SECONDS = 6.0
"""For which the database is waited for. Ours: a second longer than Telegram, to note what became of messages."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

Result = TypeVar("Result")


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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Count from now, whether the process was told to end or does so by itself."""
        loop = asyncio.get_running_loop()
        self._timers = [loop.call_later(seconds, give_up) for seconds, give_up in self._steps]

    def over(self) -> None:
        """Give up nothing more: all has ended."""
        for timer in self._timers:
            timer.cancel()


class Told:
    """Knows whether the process has been told to stop."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._starts = Waits()
        self._last_resort: LastResort | None = None

    def listen(self) -> Self:
        """Let SIGINT and SIGTERM tell it; a second one then ends the process, whatever is in flight.

        From the first on the process has so many seconds as the last resort leaves it.
        """
        loop = asyncio.get_running_loop()
        self._last_resort = LastResort(loop)
        for number in _SIGNALS:
            with suppress(NotImplementedError):  # Windows has no signal handlers; Ctrl-C interrupts there
                loop.add_signal_handler(number, self.stop)
                # The loop hears a signal by its own wire. This handler is called where the loop does not turn, too; it
                # replaces one that lets a signal not even interrupt a wait for a lock (siginterrupt).
                signal.signal(number, self._begin_last_resort)
        return self

    def before_last_resort(self, call: Callable[[], None]) -> None:
        """Let something be called before the process is ended by force; it must not wait."""
        if self._last_resort:
            self._last_resort.before(call)

    def _begin_last_resort(self, _number: int, _frame: object) -> None:
        if self._last_resort:
            self._last_resort.begin()

    def stop(self) -> None:
        """Stop, as a signal does."""
        self._told.set()
        self._starts.give_up()
        for number in _SIGNALS:
            with suppress(NotImplementedError):
                asyncio.get_running_loop().remove_signal_handler(number)

    async def wait(self) -> None:
        """Return when the process is to stop."""
        await self._told.wait()

    async def start(self, stack: AsyncExitStack, what: AbstractAsyncContextManager[Result]) -> Result | None:
        """Enter a context and return what it gives; None where the process is to stop before that is done.

        Args:
            stack: leaves the context.
            what: takes long to enter; cancelled amid that, it clears up what it has begun.
        """
        if self._told.is_set():
            return None
        try:
            async with self._starts.one():
                entered = await stack.enter_async_context(what)
        except TimeoutError:
            if not self._told.is_set():
                raise
            return None
        return entered
