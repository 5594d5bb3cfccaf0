"""A clock that stands still until a test moves it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Moment = TypeVar("Moment")


@dataclass
class Clock(Generic[Moment]):
    """Tells the moment that a test has set: a datetime or seconds.

    Attributes:
        now: the moment.
    """

    now: Moment

    def __call__(self) -> Moment:
        """Return it."""
        return self.now
