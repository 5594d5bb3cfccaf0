"""The order in which changes of the bot's own standing are seen to, chat by chat: updates are handled side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

_MOST_KNOWN = 10_000

Place = tuple[datetime, int]
"""When a change was made, to the second, and the number of its update; this alone may begin anew after a quiet week
(Bot API, Update)."""


@dataclass
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
        if len(self._chats) >= _MOST_KNOWN:
            self._chats = {number: known for number, known in self._chats.items() if known.turn.locked()}
        known = self._chats.setdefault(chat, _Known())
        async with known.turn:
            if known.place is not None and place < known.place:
                yield not (is_out or known.is_out)
                return
            known.place, known.is_out = place, is_out
            yield True
