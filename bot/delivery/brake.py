"""The brake: when nothing gets through to Telegram, everything waits, longer each time."""

from collections.abc import Callable

LONGEST = 60.0
"""Seconds between two tries while Telegram cannot be reached. Ours: a minute after it is back, news flows again."""

_FIRST = 1.0
_FLOOD = 3  # chats refused in a row: then it is not this or that chat that is written to too often


class Brake:
    """Counts failures that have nothing to do with the chat they happened with.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = float("-inf")
        self._pause = _FIRST
        self._refused = 0
        self._in_doubt = False

    @property
    def in_doubt(self) -> bool:
        """Whether something harmless is to be asked first: what is sent now might be lost."""
        return self._in_doubt

    def doubt(self) -> None:
        """Note that an answer was lost."""
        self._in_doubt = True

    def heard(self) -> None:
        """Note that Telegram answers; whether messages get through is not known by that."""
        self._in_doubt = False

    def wait(self) -> float:
        """Return the seconds for which nothing is to be sent; 0 where the road is free."""
        return max(0.0, self._until - self._clock())

    def passed(self) -> None:
        """Note that a message got through."""
        self._pause = _FIRST
        self._refused = 0
        self._in_doubt = False

    def blocked(self) -> None:
        """Note that Telegram could not be reached; what fails during a pause was under way already and counts once."""
        self._in_doubt = True
        if self.wait() == 0.0:
            self._until = self._clock() + self._pause
            self._pause = min(LONGEST, self._pause * 2)

    def refused(self, seconds: float) -> None:
        """Note that a chat is to be left alone for some seconds; several in a row mean all chats."""
        self._refused += 1
        if self._refused >= _FLOOD:
            self._until = max(self._until, self._clock() + min(seconds, LONGEST))
