"""Patience: what work for the database does while the database is away, locked or full.

All loops wait it out in this one way: the log says once that it began and once that it is over, and the health says
so meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.health import Health

_log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
"""Between two tries of what must be written. Ours: soon after the database is back, nobody waits any more."""

_OURS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)  # the statement's fault, whenever it is tried
# PostgreSQL's classes of errors that are: not supported, cardinality, data, integrity, syntax, a limit (appendix A).
# asyncpg's errors of most classes come as mere DBAPIError.
_OUR_CLASSES = frozenset({"0A", "21", "22", "23", "42", "54"})
_LONGEST_REASON = 200

Result = TypeVar("Result")


def is_away(error: BaseException) -> bool:
    """Say whether an error means that the database cannot do this now, and may later."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, OSError | NoConnectionFree)
    return not isinstance(error, _OURS) and str(getattr(error.orig, "sqlstate", ""))[:2] not in _OUR_CLASSES


class Patience:
    """Waits the database out for one kind of work; as a context manager, it swallows the database's errors.

    Args:
        health: told under "database" while this work cannot be done; None for work that may not be tried again soon,
            so that nobody would take back in time what was said.
        trouble: what is the matter then: "deliveries cannot be claimed".
    """

    def __init__(self, health: Health | None, trouble: str) -> None:
        self._health = health
        self._trouble = trouble
        self._away = False
        self._given_up = asyncio.Event()

    def give_up(self) -> None:
        """Let `insist` try once more and then raise, for a process that stops and loses nothing by it."""
        self._given_up.set()

    def __enter__(self) -> "Patience":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            self.over()
            return False
        if not isinstance(error, SQLAlchemyError | OSError):
            return False
        self._fails(error)
        return True

    async def insist(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Return what work for the database gives, tried again for as long as the database is away.

        Args:
            work: does no harm when it is done twice: a commit whose answer is lost is tried again.

        Raises:
            SQLAlchemyError: the work itself is wrong, and would be at any time; or the wait was given up.
            OSError: the wait was given up.
        """
        while True:
            try:
                result = await work()
            except (SQLAlchemyError, OSError) as error:
                if not is_away(error):
                    self.over()
                    raise
                self._fails(error)
                if self._given_up.is_set():
                    raise
            else:
                self.over()
                return result
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY_SECONDS):
                    await self._given_up.wait()

    def over(self) -> None:
        """Note that the database does this work again, or that it is not this process's work any more."""
        if self._away:
            _log.warning("the database is back, it is over that %s", self._trouble)
            self._away = False
        if self._health:
            self._health.good("database", voice=self._trouble)

    def _fails(self, error: BaseException) -> None:
        reason = f"{self._trouble}: {reason_of(error)}"
        if not self._away:
            _log.warning("the database is away, %s", reason)
        self._away = True
        if self._health:
            self._health.bad("database", reason, voice=self._trouble)


def reason_of(error: BaseException) -> str:
    """Return the driver's first line, which says what is wrong and holds no statement."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return (said or type(error).__name__)[:_LONGEST_REASON]
