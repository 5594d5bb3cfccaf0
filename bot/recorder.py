"""The recorder: writes down what went wrong, so that /admin shows it after a restart too."""

from bot.alarm import Stoppable
from bot.incidents import IncidentLog
from bot.store import Store

EVERY_SECONDS = 30.0
"""Ours: what a crash may lose; /admin itself writes down what is there before it shows it."""


class Recorder(Stoppable):
    """Writes incidents down until it is stopped, and once more then.

    Args:
        store: the database.
        incidents: where they are heard.
        every_seconds: between two writings.
    """

    def __init__(self, store: Store, incidents: IncidentLog, *, every_seconds: float = EVERY_SECONDS) -> None:
        super().__init__()
        self._store = store
        self._incidents = incidents
        self._every_seconds = every_seconds

    async def run(self) -> None:
        """Write until stopped; what the database does not take now is kept."""
        while not self._stopping:
            await self._alarm.wait(self._every_seconds)
            await self._store.incidents.write_down(self._incidents)
