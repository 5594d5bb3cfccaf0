"""What chats and subscriptions say about how news comes; kept in their `options`, beside whatever else is there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, select, update

from bot.options import CHOICE_NAMES, Choices, Options, choices_of, document_of, effective
from bot.store.engine import Database
from bot.store.held import reconsider
from bot.store.tables import chats, subscriptions


@dataclass(frozen=True, slots=True)
class SubscriptionChoices:
    """What holds for one subscription.

    Attributes:
        chat: what its chat says.
        own: what it says itself.
    """

    chat: Choices
    own: Choices

    @property
    def options(self) -> Options:
        """Return what results."""
        return effective(self.chat, self.own)


class ChosenOptions:
    """The choices of chats and subscriptions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_chat(self, chat_id: int) -> Choices:
        """Return what a chat says; `effective()` of it is what holds for its news where a subscription says nothing."""
        query = select(chats.c.options).where(chats.c.id == chat_id)
        async with self._database.read() as connection:
            return choices_of((await connection.execute(query)).scalar_one_or_none() or {})

    async def of_subscription(self, chat_id: int, topic_id: int) -> SubscriptionChoices | None:
        """Return what a subscription and its chat say; None where the chat does not follow the topic."""
        query = (
            select(chats.c.options.label("chat"), subscriptions.c.options.label("own"))
            .join(chats, chats.c.id == subscriptions.c.chat_id)
            .where(_subscription(chat_id, topic_id))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return SubscriptionChoices(choices_of(row.chat), choices_of(row.own)) if row else None

    async def set_chat(self, chat_id: int, choices: Choices, *, only: str | None = None) -> None:
        """Let a chat say this; it holds for what is waiting already, too.

        Args:
            chat_id: which chat.
            choices: what it says.
            only: the name of the one choice that is made; the others stay, also those that are made meanwhile.
        """
        await self._set(chats, chats.c.id == chat_id, choices, chat_id, only)

    async def set_subscription(self, chat_id: int, topic_id: int, choices: Choices, *, only: str | None = None) -> None:
        """Let a subscription say this; what it leaves at None its chat says. `only` as in `set_chat`."""
        await self._set(subscriptions, _subscription(chat_id, topic_id), choices, chat_id, only)

    async def _set(
        self, table: Table, which: ColumnElement[bool], choices: Choices, chat_id: int, only: str | None
    ) -> None:
        async with self._database.write() as connection:
            query = select(table.c.options).where(which).with_for_update()
            known: dict[str, Any] | None = (await connection.execute(query)).scalar_one_or_none()
            if known is None:
                return
            replaced = CHOICE_NAMES if only is None else (only,)
            others = {name: value for name, value in known.items() if name not in replaced}
            await connection.execute(update(table).where(which).values(options=others | document_of(choices)))
            await reconsider(connection, chat_id)


def _subscription(chat_id: int, topic_id: int) -> ColumnElement[bool]:
    return and_(subscriptions.c.chat_id == chat_id, subscriptions.c.topic_id == topic_id)
