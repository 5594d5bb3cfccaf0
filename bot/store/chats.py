"""Chats: who is written to, in which language, and who has left."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, exists, func, or_, select, text, update

from bot.options import choices_of
from bot.store.engine import Database
from bot.store.held import reconsider
from bot.store.moving import move_chat
from bot.store.sql import insert
from bot.store.states import ChatState, DeliveryState
from bot.store.tables import chats, deliveries
from bot.store.values import Chat


class Chats:
    """The chats that have met the bot."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def ensure(
        self,
        telegram_id: int,
        thread_id: int | None = None,
        *,
        kind: str = "private",
        title: str = "",
        language: str | None = None,
    ) -> Chat:
        """Return the chat of an update, made if it is new, awake again if it had left; one that is shut out stays so.

        Args:
            telegram_id: Telegram's number of the chat.
            thread_id: the forum topic within it.
            kind: as Telegram calls it.
            title: the group's title or the person's name.
            language: what the client names; kept only where the chat has no language yet.
        """
        found = await self.find(telegram_id, thread_id)
        if found and _is_current(found, kind, title, language):
            return found
        async with self._database.write() as connection:
            row = await connection.execute(
                insert(connection, chats)
                .values(**_new_chat(telegram_id, thread_id, kind, title, language), created_at=self._clock())
                .on_conflict_do_update(
                    index_elements=["telegram_id", "thread_id"],
                    set_={
                        "kind": kind,
                        "title": title,
                        # An update that was let in a moment before the ban must not lift it.
                        "state": case((_BANNED, ChatState.BANNED), else_=ChatState.ACTIVE),
                        "to_tell": False,
                        "language": func.coalesce(chats.c.language, language),
                    },
                )
                .returning(chats)
            )
            return chat_of(row.one())

    async def get(self, chat_id: int) -> Chat | None:
        """Return a chat by our number."""
        return await self._one(chats.c.id == chat_id)

    async def find(self, telegram_id: int, thread_id: int | None = None) -> Chat | None:
        """Return a chat by Telegram's number."""
        return await self._one(and_(chats.c.telegram_id == telegram_id, chats.c.thread_id == (thread_id or 0)))

    async def set_language(self, chat_id: int, language: str) -> None:
        """Set the interface's language."""
        await self._set(chat_id, language=language)

    async def set_timezone(self, chat_id: int, timezone: str) -> None:
        """Set the time zone, an IANA name that the caller has checked."""
        async with self._database.write() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(timezone=timezone))
            await reconsider(connection, chat_id)

    async def set_configurer(self, chat_id: int, telegram_user_id: int) -> None:
        """Remember who configured a chat: the person to tell when the bot cannot write there any more."""
        different = or_(chats.c.configured_by.is_(None), chats.c.configured_by != telegram_user_id)
        async with self._database.write() as connection:
            await connection.execute(
                update(chats)
                .where(chats.c.id == chat_id, chats.c.kind != "private", different)
                .values(configured_by=telegram_user_id)
            )

    async def let_members_change(self, telegram_id: int, *, allowed: bool) -> None:
        """Let all members of a group choose what it follows, or its admins alone; a forum says it of all topics.

        Args:
            telegram_id: Telegram's number of the group.
            allowed: whether members may.
        """
        async with self._database.write() as connection:
            whole = and_(chats.c.telegram_id == telegram_id, chats.c.thread_id == 0)
            await connection.execute(update(chats).where(whole).values(members_may_change=allowed))

    async def set_connecting(self, chat_id: int, until: datetime | None) -> None:
        """Note until when what a person sends may name a channel to be connected; None where that is over."""
        await self._set(chat_id, connecting_until=until)

    async def to_tell(self, *, limit: int) -> Sequence[Chat]:
        """Return chats that were left and whose configurer was not told yet."""
        query = select(chats).where(text("to_tell")).order_by(chats.c.id).limit(limit)
        async with self._database.read() as connection:
            return [chat_of(row) for row in await connection.execute(query)]

    async def told(self, chat_id: int) -> None:
        """Note that a chat's configurer knows."""
        await self._set(chat_id, to_tell=False)

    async def leave(
        self, telegram_id: int, state: ChatState, *, thread_id: int | None = None, known_to: int | None = None
    ) -> None:
        """End the pushes to a chat, or to one topic of it, and cancel what is pending; its subscriptions are kept.

        A chat that is shut out stays so, whatever else is heard of it meanwhile.

        Args:
            telegram_id: Telegram's number of the chat.
            state: why.
            thread_id: the forum topic, where only that one is meant.
            known_to: who need not be told, since it was they who did it; also where a push has found it out before.
        """
        which = chats.c.telegram_id == telegram_id
        if state is not ChatState.BANNED:
            which = and_(which, ~_BANNED)
        if thread_id is not None:
            which = and_(which, chats.c.thread_id == thread_id)
        async with self._database.write() as connection:
            untold = chats.c.configured_by.is_not(None) & (chats.c.configured_by != (known_to or 0))
            was_active = which & (chats.c.state == ChatState.ACTIVE)
            await connection.execute(update(chats).where(was_active, untold).values(to_tell=True))
            if known_to is not None:
                theirs = update(chats).where(which, chats.c.configured_by == known_to)
                await connection.execute(theirs.values(to_tell=False))
            await connection.execute(update(chats).where(which).values(state=state))
            await connection.execute(
                update(deliveries)
                .where(deliveries.c.chat_id.in_(select(chats.c.id).where(which)))
                .where(deliveries.c.state.in_(_UNSENT))
                .values(state=DeliveryState.CANCELLED, error=state.value, owner=None, lease_until=None)
            )

    async def ban(self, telegram_id: int) -> bool:
        """Shut a chat out until `unban`; return whether it is known."""
        known = select(chats.c.id).where(chats.c.telegram_id == telegram_id).limit(1)
        async with self._database.write() as connection:
            forget = update(chats).where(chats.c.telegram_id == telegram_id).values(configured_by=None)
            await connection.execute(forget)
            found = (await connection.execute(known)).one_or_none() is not None
        await self.leave(telegram_id, ChatState.BANNED)
        return found

    async def unban(self, telegram_id: int) -> bool:
        """Let a chat in again; return whether it was shut out."""
        banned = and_(chats.c.telegram_id == telegram_id, _BANNED)
        async with self._database.write() as connection:
            done = await connection.execute(update(chats).where(banned).values(state=ChatState.ACTIVE))
        return done.rowcount > 0

    async def is_banned(self, telegram_id: int) -> bool:
        """Tell whether the operator has shut a chat out."""
        banned = and_(chats.c.telegram_id == telegram_id, _BANNED)
        async with self._database.read() as connection:
            return (await connection.execute(select(chats.c.id).where(banned).limit(1))).one_or_none() is not None

    async def active(self, *, after: int = 0, limit: int = 100) -> Sequence[Chat]:
        """Return active chats by number, those after one of them; for words to everybody.

        Of the topics of one forum that news comes to, one: its General topic, or the oldest where that is none of them.
        Channels are left out: what is said there is said to their readers, and who manages one has a private chat.
        """
        which = and_(_HEARS_ALL, chats.c.id > after)
        async with self._database.read() as connection:
            rows = await connection.execute(select(chats).where(which).order_by(chats.c.id).limit(limit))
            return [chat_of(row) for row in rows]

    async def count_active(self) -> int:
        """Return how many chats `active` returns altogether."""
        async with self._database.read() as connection:
            return int((await connection.execute(select(func.count()).where(_HEARS_ALL))).scalar_one())

    async def telegram_ids(self) -> Set[int]:
        """Return Telegram's numbers of all chats that the bot has met."""
        async with self._database.read() as connection:
            return set((await connection.execute(select(chats.c.telegram_id))).scalars())

    async def hold(self, telegram_id: int, until: datetime) -> None:
        """Write nothing to a chat before a moment, which outlives a restart."""
        async with self._database.write() as connection:
            await connection.execute(update(chats).where(chats.c.telegram_id == telegram_id).values(not_before=until))

    async def move(self, old_telegram_id: int, new_telegram_id: int) -> None:
        """Give a group's chats its new number; what the new number already has is merged with it."""
        async with self._database.write() as connection:
            old = (await connection.execute(select(chats).where(chats.c.telegram_id == old_telegram_id))).all()
            for row in old:
                await move_chat(connection, row, new_telegram_id)

    async def _one(self, where: Any) -> Chat | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(chats).where(where))).one_or_none()
        return chat_of(row) if row else None

    async def _set(self, chat_id: int, **values: Any) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(chats).where(chats.c.id == chat_id).values(**values))


def chat_of(row: Row[Any], prefix: str = "") -> Chat:
    """Return the value of a row that has the columns of `chats`, perhaps under prefixed names."""
    column = {name: row._mapping[prefix + name] for name in _CHAT_COLUMNS}
    known = {"thread_id": column["thread_id"] or None, "state": ChatState(column["state"])}
    return Chat(**column | known, choices=choices_of(row._mapping[prefix + "options"]))


_room = chats.alias("room")
_EARLIER_ROOM = exists().where(
    _room.c.telegram_id == chats.c.telegram_id,
    _room.c.thread_id < chats.c.thread_id,  # Telegram numbers topics upwards; 0 is General
    _room.c.state == ChatState.ACTIVE,
)
_HEARS_ALL = and_(chats.c.state == ChatState.ACTIVE, chats.c.kind != "channel", ~_EARLIER_ROOM)
_BANNED = chats.c.state == ChatState.BANNED
_UNSENT = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD, DeliveryState.FOLDING)
_CHAT_COLUMNS = (
    "id",
    "telegram_id",
    "thread_id",
    "kind",
    "title",
    "language",
    "timezone",
    "state",
    "not_before",
    "configured_by",
    "members_may_change",
    "connecting_until",
)


def _is_current(chat: Chat, kind: str, title: str, language: str | None) -> bool:
    known = bool(chat.language) or not language
    return known and chat.state is ChatState.ACTIVE and (chat.kind, chat.title) == (kind, title)


def _new_chat(telegram_id: int, thread_id: int | None, kind: str, title: str, language: str | None) -> dict[str, Any]:
    return {
        "telegram_id": telegram_id,
        "thread_id": thread_id or 0,
        "kind": kind,
        "title": title,
        "language": language,
        "state": ChatState.ACTIVE,
        "options": {},
    }
