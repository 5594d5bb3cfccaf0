"""Two instances on one token, with a database each: which of them works, since no lease can tell them."""

import random
import time
from collections.abc import Callable

NEW_SECONDS = 20.0
"""Who meets another within this time of beginning to ask has come second, and yields. Ours: the other asks again within
a few seconds of being cut off, and cuts the newcomer off in turn."""

PATIENCE_SECONDS = (30.0, 90.0)
"""How long who yields waits before it looks again. Ours; a random time between these, so that of two that began
together one is soon alone for long enough to stay."""


class Contest:
    """Whether another instance answers with our token, unknown to our database.

    Telegram gives updates to whoever asked last and tells the other, 409; left to themselves both would ask for ever,
    and both would push.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._new_seconds = NEW_SECONDS
        self._patience = PATIENCE_SECONDS
        self._began = float("-inf")
        self._yields_until = float("-inf")

    @property
    def yields(self) -> bool:
        """Whether the other works, and this instance neither asks nor pushes."""
        return self._clock() < self._yields_until

    def begin(self) -> None:
        """Say that this instance begins to ask Telegram for updates."""
        self._began = self._clock()

    def meet(self) -> None:
        """Say that Telegram gave the updates to another instance."""
        if self._clock() - self._began < self._new_seconds:
            self._yields_until = self._clock() + random.uniform(*self._patience)  # noqa: S311  nothing secret
