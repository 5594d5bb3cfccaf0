"""Who leads which chat, as Telegram said a moment ago."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

KEPT = timedelta(seconds=30)
"""How long an answer of Telegram's is believed. Ours: a person taps through a screen meanwhile, with one request; a
right that was lost works for so much longer at most, where Telegram does not tell us at once."""

_MOST_KEPT = 10_000


class Rights:
    """Remembers, in this process, who leads which chat.

    Args:
        now: the present moment, aware.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}
        self._changes = 0

    async def leads(self, chat: int, person: int, ask: Callable[[], Awaitable[bool]]) -> bool:
        """Tell whether a person leads a chat.

        Args:
            chat: Telegram's number of the chat.
            person: Telegram's number of the person.
            ask: asks Telegram, where nothing fresh is known.
        """
        known = self._known.get((chat, person))
        if known and self._now() - known[0] < KEPT:
            return known[1]
        changes = self._changes
        answer = await ask()
        if changes != self._changes:
            return answer  # it may be of the moment before the change
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[chat, person] = (self._now(), answer)
        return answer

    def forget(self, chat: int) -> None:
        """Believe nothing of a chat any more, since somebody's rights there have changed."""
        self._changes += 1
        for key in [key for key in self._known if key[0] == chat]:
            del self._known[key]
