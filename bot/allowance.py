"""How much one person may ask for in a day, so that nobody can use a public bot up for all others."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime


class Allowance:
    """Counts by person and day (UTC), in this process alone: a restart forgives.

    Args:
        per_day: how much is allowed; 0 for no limit.
        now: the present moment, aware.
    """

    def __init__(self, per_day: int, now: Callable[[], datetime]) -> None:
        self.per_day = per_day
        self._now = now
        self._day: date | None = None
        self._used: Counter[int] = Counter()

    def take(self, user_id: int, wanted: int = 1) -> int:
        """Use up what a person wants, and return how much of it they may have.

        Args:
            user_id: Telegram's number of the person.
            wanted: how much.
        """
        today = self._now().date()
        if today != self._day:
            self._day = today
            self._used.clear()
        if not self.per_day:
            return wanted
        given = max(0, min(wanted, self.per_day - self._used[user_id]))
        self._used[user_id] += given
        return given
