"""A group that became a supergroup: what is kept of it goes to its new number, or to the chat that has that already."""

from typing import Any

from sqlalchemy import Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.revisions import forget_edits
from bot.store.states import ChatState
from bot.store.tables import chats, deliveries, saved, subscriptions


async def move_chat(connection: AsyncConnection, old: Row[Any], new_telegram_id: int) -> None:
    """Give a group's chat its new number; what the new number already has is merged with it.

    Args:
        connection: the caller's transaction.
        old: the row of `chats`.
        new_telegram_id: Telegram's new number of the group.
    """
    await _forget_messages(connection, old.id)
    same_place = and_(chats.c.telegram_id == new_telegram_id, chats.c.thread_id == old.thread_id)
    found = (await connection.execute(select(chats).where(same_place))).one_or_none()
    if found is None:
        values = {"telegram_id": new_telegram_id, "kind": "supergroup"}
        await connection.execute(update(chats).where(chats.c.id == old.id).values(**values))
        return
    heir = found.id
    await connection.execute(update(chats).where(chats.c.id == heir).values(**_inherited(old, found)))
    for table, other in ((subscriptions, "topic_id"), (deliveries, "story_id"), (saved, "digest_id")):
        taken = select(table.c[other]).where(table.c.chat_id == heir)
        mine = and_(table.c.chat_id == old.id, table.c[other].not_in(taken))
        await connection.execute(update(table).where(mine).values(chat_id=heir))
    await connection.execute(delete(deliveries).where(deliveries.c.chat_id == old.id))
    await connection.execute(delete(chats).where(chats.c.id == old.id))


async def _forget_messages(connection: AsyncConnection, chat_id: int) -> None:
    """Forget the numbers of a group's messages: the supergroup has its own, and an old one might name another there."""
    await forget_edits(connection, chat_id)
    sent = and_(deliveries.c.chat_id == chat_id, deliveries.c.sent_at.is_not(None))
    await connection.execute(update(deliveries).where(sent).values(message_ids=[]))


def _inherited(old: Row[Any], heir: Row[Any]) -> dict[str, Any]:
    """Return what was said of a group under its old number, where nothing was said under the new one yet."""
    kept = {name: getattr(heir, name) or getattr(old, name) for name in ("options", "timezone", "configured_by")}
    members = old.members_may_change or heir.members_may_change
    banned = {"state": ChatState.BANNED} if old.state == ChatState.BANNED else {}
    return kept | banned | {"language": old.language or heir.language, "members_may_change": members}
