"""The order in which changes of the bot's own standing are seen to, chat by chat: updates are handled side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

_MOST_KNOWN = 1_000  # of the chats heard last; only changes that are seen to side by side can overtake each other

Place = tuple[datetime, int]
"""When a change was made, to the second, and the number of its update; this alone may begin anew after a quiet week
(Bot API, Update)."""


@dataclass(slots=True)
class _Known:
    """What was heard of a chat last.

    Attributes:
        place: where it stands among the changes.
        is_out: whether the bot may not write there since.
        turn: one change at a time.
    """

    place: Place | None = None
    is_out: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Standings:
    """Remembers, in this process, what was heard last of each chat.

    After a while away Telegram brings that the bot was blocked and let in again at once; seen to side by side, the end
    of a chat could be written down last.
    """

    def __init__(self) -> None:
        self._chats: dict[int, _Known] = {}

    @asynccontextmanager
    async def change(self, chat: int, place: Place, *, is_out: bool) -> AsyncIterator[bool]:
        """Let a change wait for its turn, and say whether it still counts.

        One that was overtaken counts where the bot was there before and after, since there may be somebody to greet.

        Args:
            chat: Telegram's number of the chat.
            place: where it stands among the changes.
            is_out: whether the bot may not write there from now on.
        """
        known = self._heard(chat)
        async with known.turn:
            if known.place is not None and place < known.place:
                yield not (is_out or known.is_out)
                return
            known.place, known.is_out = place, is_out
            yield True

    def _heard(self, chat: int) -> _Known:
        """Return what is known of a chat, now the latest; the one unheard of for longest is forgotten for a new one."""
        known = self._chats.pop(chat, None) or _Known()
        if len(self._chats) >= _MOST_KNOWN:
            oldest = next((number for number, other in self._chats.items() if not other.turn.locked()), None)
            if oldest is not None:
                del self._chats[oldest]
        self._chats[chat] = known
        return known
