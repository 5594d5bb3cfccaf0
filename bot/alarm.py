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
