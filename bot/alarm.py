"""A sleep that can be cut short: for loops that look for work now and then, and at once when told."""

import asyncio


class Alarm:
    """Rung by whoever has made work."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the present wait, or the next one if nobody waits."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait until the alarm is rung, for so many seconds at most."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()


class Stoppable:
    """A loop that sleeps by an alarm and is told to stop, at once even where it sleeps.

    Args:
        alarm: what wakes it; one of its own where None.
    """

    def __init__(self, alarm: Alarm | None = None) -> None:
        self._alarm = alarm or Alarm()
        self._stopping = False

    def stop(self) -> None:
        """Let `run` finish what is under way and return."""
        self._stopping = True
        self._alarm.ring()
