"""What is held for a chat, when what the chat says changes."""

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.states import DeliveryState
from bot.store.tables import deliveries

# In words, as the partial index has it; see bot.store.deliveries.
_HELD = text("deliveries.state in ('held', 'folding')")


async def reconsider(connection: AsyncConnection, chat_id: int) -> None:
    """Let what is held for a chat be sorted anew, since what it says has changed; in the caller's transaction."""
    await connection.execute(
        update(deliveries)
        .where(_HELD, deliveries.c.chat_id == chat_id, deliveries.c.state == DeliveryState.HELD)
        .values(state=DeliveryState.PENDING, not_before=None)
    )
