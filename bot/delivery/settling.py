"""Whether a message whose answer was lost is there, found out where Telegram's numbering allows it.

In supergroups and channels messages are numbered one by one, for that chat alone, so what was sent last has a number
soon after the last one we know. A harmless request tells whether a number is a message of ours, text or photo: to stop
the live location of one that has none is refused in other words than to change what is not there or somebody else's
(tdlib, edit_message_live_location). In private chats all chats of a bot share one numbering, and nothing can be found
out.
"""

from collections.abc import Collection

from bot.delivery.failures import NotAccepted
from bot.delivery.sender import Calls
from bot.store import Chat, Store

MOST_PROBES = 30
"""Numbers asked about. Ours: what people write in a lively group while an answer is waited for."""

ENOUGH_EMPTY = 5
"""Numbers in a row without a message, after which nothing more is expected. Ours: deleted messages leave gaps."""

_CHANNELS_BELOW = -(10**12)  # supergroups and channels have numbers below; Bot API, "Chat"
_OURS = "no live location in the message"
_MISSING = "message to edit not found"


class Settler:
    """Looks for messages whose answers were lost.

    Args:
        store: knows the numbers of the messages before.
        client: asks Telegram.
    """

    def __init__(self, store: Store, client: Calls) -> None:
        self._store = store
        self._client = client

    async def find(self, chat: Chat) -> int | None:
        """Return the number of the last message of ours that we did not know of; 0 where there certainly is none.

        Returns:
            None where it cannot be found out.

        Raises:
            NotAccepted: Telegram does not say now.
        """
        if chat.telegram_id > _CHANNELS_BELOW:
            return None
        known = await self._store.deliveries.last_message_ids(chat.id)
        if not known:
            return None
        return await self._probe(chat.telegram_id, known)

    async def _probe(self, telegram_id: int, known: Collection[int]) -> int | None:
        empty, start = 0, max(known) + 1
        for number in range(start, start + MOST_PROBES):
            words = await self._ask(telegram_id, number)
            if _OURS in words:
                return number
            empty = empty + 1 if _MISSING in words else 0
            if empty == ENOUGH_EMPTY:
                return 0
        return None

    async def _ask(self, telegram_id: int, number: int) -> str:
        """Return Telegram's words about a message, in lower case."""
        try:
            await self._client.call("stopMessageLiveLocation", {"chat_id": telegram_id, "message_id": number})
        except NotAccepted as error:
            if not error.failure.reason.startswith("Bad Request"):
                raise
            return error.failure.reason.lower()
        return ""
