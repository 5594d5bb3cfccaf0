"""Bells: who has made work wakes who does it, in this process at once and in others through PostgreSQL."""

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alarm import Stoppable
from bot.store.engine import Database

_log = logging.getLogger(__name__)

CHANNEL = "quotewire"

_LOOK_SECONDS = 5.0  # between two looks whether the connection still lives
_RETRY_SECONDS = 1.0


class Bells(Stoppable):
    """Rings bells by name: "poll", "read", "push", "hubs".

    On PostgreSQL by LISTEN and NOTIFY on a connection of its own. Processes that share a SQLite file hear only
    their own; all look for work every second or two anyway, also when a notification is lost.

    Args:
        database: through which other processes are reached.
    """

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._ringers: dict[str, Callable[[], None]] = {}
        self._unsent: set[str] = set()

    def hang(self, name: str, ring: Callable[[], None]) -> None:
        """Let a bell of this process be rung, here and from other processes."""
        self._ringers[name] = ring

    def ring(self, name: str) -> None:
        """Ring a bell in all processes."""
        self._ring_here(name)
        if not self._database.is_sqlite:
            self._unsent.add(name)
            self._alarm.ring()

    def ringer(self, name: str) -> Callable[[], None]:
        """Return what rings a bell."""
        return lambda: self.ring(name)

    async def run(self) -> None:
        """Carry bells between processes until stopped; a lost connection is made again."""
        while not self._stopping:
            if self._database.is_sqlite:
                await self._alarm.wait(_LOOK_SECONDS)
                continue
            try:
                await self._carry()
            except (SQLAlchemyError, OSError) as error:
                if self._stopping:
                    return
                _log.warning("other processes are not woken now: %s", error)
                await self._alarm.wait(_RETRY_SECONDS)

    async def _carry(self) -> None:
        async with self._database.connect() as connection:
            driver = await _driver_of(connection)
            try:
                await driver.add_listener(CHANNEL, self._heard)
                for name in self._ringers:  # what was rung while there was no connection
                    self._ring_here(name)
                while not self._stopping and not driver.is_closed():
                    unsent, self._unsent = self._unsent, set()
                    for name in sorted(unsent) or [""]:  # an empty one shows whether the connection lives
                        await driver.execute("SELECT pg_notify($1, $2)", CHANNEL, name)
                    await self._alarm.wait(_LOOK_SECONDS)
            except Exception as error:  # the driver's own errors, which SQLAlchemy does not wrap here
                raise OSError(str(error)) from error
            finally:
                await connection.invalidate()

    def _heard(self, driver: Any, sender: int, _channel: str, name: str) -> None:
        if sender != driver.get_server_pid():
            self._ring_here(name)

    def _ring_here(self, name: str) -> None:
        if ring := self._ringers.get(name):
            ring()


async def _driver_of(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection
