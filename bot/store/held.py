"""What is held for a chat, when what the chat says changes."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.partial import HELD, in_words
from bot.store.states import DeliveryState
from bot.store.tables import deliveries

_HELD = in_words("deliveries", HELD)


async def reconsider(connection: AsyncConnection, chat_id: int) -> None:
    """Let what is held for a chat be sorted anew, since what it says has changed; in the caller's transaction."""
    await connection.execute(
        update(deliveries)
        .where(_HELD, deliveries.c.chat_id == chat_id, deliveries.c.state == DeliveryState.HELD)
        .values(state=DeliveryState.PENDING, not_before=None)
    )
