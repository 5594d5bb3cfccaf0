"""Who configured a group or channel is told, in private, when the bot cannot write there any more."""

import html
import logging
from collections.abc import Callable

from bot.delivery.courier import Courier, Sends
from bot.delivery.failures import NotAccepted, Verdict
from bot.delivery.pace import Pace
from bot.models import Message
from bot.store import Chat, Store

_log = logging.getLogger(__name__)

_AT_ONCE = 8
_LATER = (Verdict.NOT_SENT, Verdict.WAIT)

RenderLeft = Callable[[Chat, Chat], Message]
"""What a person is told: the chat that was left, and the person's own chat."""


def plain_left(left: Chat, _person: Chat) -> Message:
    """Return the plainest word about a chat that was left."""
    return Message(html.escape(f"{left.title or left.telegram_id}: {left.state}"))


class Teller:
    """Tells people about chats that were left; each once, and again only where the first word did not go out.

    Args:
        store: knows who is to be told.
        courier: waits for turns and heeds errors.
        sender: sends one message.
        pace: Telegram's limits.
        render: what is said.
    """

    def __init__(self, store: Store, courier: Courier, sender: Sends, pace: Pace, render: RenderLeft) -> None:
        self._store = store
        self._courier = courier
        self._sender = sender
        self._pace = pace
        self._render = render
        self._said: set[int] = set()  # and not written down yet: the database may go away in between

    async def tell(self) -> None:
        """Tell those who are to be told now."""
        for left in await self._store.chats.to_tell(limit=_AT_ONCE):
            if left.id in self._said or await self._tell(left):
                self._said.add(left.id)
                await self._store.chats.told(left.id)
                self._said.discard(left.id)

    async def _tell(self, left: Chat) -> bool:
        """Tell who configured a chat, and return whether there is nothing more to be done."""
        number = left.configured_by or 0
        person = await self._store.chats.find(number) or Chat(0, number)
        return self._pace.delay(number) == 0 and await self._say(left, person)

    async def _say(self, left: Chat, person: Chat) -> bool:
        """Say it, and return whether there is nothing more to be done."""
        if not await self._courier.turn(person):
            return False
        try:
            await self._sender.send(person, self._render(left, person))
        except NotAccepted as error:
            # Who has blocked the bot too, or cannot be written to, is not told; nobody else should be.
            await self._courier.heed(error.failure, person)
            return error.failure.verdict not in _LATER
        return True
