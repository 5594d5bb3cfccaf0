"""Deliveries: claimed in small batches, marked when Telegram has answered."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.options import Choices, choices_of
from bot.store.chats import chat_of
from bot.store.documents import NOTICE
from bot.store.engine import Database
from bot.store.fanout import CAME_TO_NOTHING, offer_others
from bot.store.feed_rows import feed_name
from bot.store.moments import lease_ended, reached
from bot.store.outbox import Delivery, Mark
from bot.store.partial import HELD, OPEN, in_words
from bot.store.shown import shown_digests
from bot.store.states import DeliveryState
from bot.store.tables import chats, deliveries, feeds, stories, story_topics, subscriptions
from bot.store.values import StoredDigest

_OPEN = in_words("deliveries", OPEN)
_HELD = in_words("deliveries", HELD)
_CLAIMED_AND_BEFORE = (
    (_OPEN, DeliveryState.CLAIMED, DeliveryState.PENDING),
    (_HELD, DeliveryState.FOLDING, DeliveryState.HELD),
)
_OLDER_OPEN = in_words("older", OPEN)


class Deliveries:
    """The outbox."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def claim(
        self, now: datetime, *, limit: int, owner: str, lease: timedelta = timedelta(seconds=60)
    ) -> list[Delivery]:
        """Take deliveries to send: the oldest stories first, one of each chat, none of a chat that must wait.

        What this owner has claimed already is not given out again, however late it is: it may be under way, waiting for
        the database to be marked. `release` gives it back.

        Args:
            now: the present moment.
            limit: deliveries, at most.
            owner: who sends.
            lease: how long the sending may take; afterwards another may send them again.
        """
        async with self._database.write() as connection:
            await _walk_indexes(connection)
            ids = (await connection.execute(_next_open(now, limit, owner))).scalars().all()
            if not ids:
                return []
            held = {"state": DeliveryState.CLAIMED, "owner": owner, "lease_until": now + lease}
            await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(held))
            return await load_deliveries(connection, ids)

    async def settle(self, owner: str, marks: Iterable[Mark], *, insist: bool = False) -> None:
        """Write what became of claimed deliveries, in one transaction; what another owner has by now is left alone.

        Args:
            owner: whose they are.
            marks: what became of each.
            insist: let it take its time also when the process ends.
        """
        now, marks = self._clock(), tuple(marks)
        if not marks:
            return
        async with self._database.write(insist=insist) as connection:
            await connection.execute(_SETTLE, [_mark_row(owner, mark, now) for mark in marks])
            if missed := [mark.delivery_id for mark in marks if mark.state in CAME_TO_NOTHING]:
                await offer_others(connection, missed, now)

    async def accepted(self, owner: str, delivery_id: int, message_ids: Sequence[int]) -> bool:
        """Write down which messages of a delivery Telegram has taken so far; it stays claimed.

        Returns:
            False where another has it by now.
        """
        taken = update(deliveries).where(_held(owner, delivery_id)).values(message_ids=list(message_ids))
        async with self._database.write(insist=True) as connection:
            return (await connection.execute(taken)).rowcount > 0

    async def release(self, *, owner: str, but: Collection[int] = ()) -> None:
        """Give back, unsent, all that this owner holds, but for what it is sending."""
        await self._reopen(and_(deliveries.c.owner == owner, deliveries.c.id.not_in(but)))

    async def release_others(self, *, owner: str) -> None:
        """Take over from a sender that has lost its lease: what it held is pending again."""
        await self._reopen(deliveries.c.owner != owner)

    async def sent_moments(
        self, chat_ids: Iterable[int], *, since: datetime, until: datetime
    ) -> dict[int, list[datetime]]:
        """Return when chats got messages in a stretch of time; stories that came as one message count once."""
        query = (
            select(deliveries.c.chat_id, deliveries.c.sent_at, deliveries.c.message_ids)
            .where(deliveries.c.chat_id.in_(list(chat_ids)), deliveries.c.sent_at > since)
            .where(deliveries.c.sent_at <= until)
            .distinct()
        )
        moments: dict[int, list[datetime]] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(query):
                moments.setdefault(row.chat_id, []).append(row.sent_at)
        return moments

    async def last_message_ids(self, chat_id: int) -> list[int]:
        """Return Telegram's numbers of the last messages that a chat got from here."""
        query = (
            select(deliveries.c.message_ids)
            .where(deliveries.c.chat_id == chat_id, deliveries.c.sent_at.is_not(None))
            .order_by(deliveries.c.sent_at.desc())
            .limit(5)
        )
        async with self._database.read() as connection:
            return [number for ids in (await connection.execute(query)).scalars() for number in ids]

    async def counts(self) -> dict[DeliveryState, int]:
        """Return how many deliveries are in each state."""
        query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return {DeliveryState(state): count for state, count in rows}

    async def _reopen(self, whose: ColumnElement[bool]) -> None:
        free = {"owner": None, "lease_until": None}
        async with self._database.write() as connection:
            for index, claimed, before in _CLAIMED_AND_BEFORE:
                mine = update(deliveries).where(index, deliveries.c.state == claimed, whose)
                await connection.execute(mine.values(state=before, **free))


async def _walk_indexes(connection: AsyncConnection) -> None:
    """Let PostgreSQL look for the next deliveries in the order of their index, for this transaction.

    Right after a fan-out its statistics know nothing of 100,000 new rows; it would sort them all, each time.
    """
    if connection.dialect.name == "postgresql":
        switches = ("enable_sort", "enable_bitmapscan", "enable_seqscan", "enable_hashjoin", "enable_mergejoin")
        await connection.execute(select(*(func.set_config(switch, "off", True) for switch in switches)))


def _next_open(now: datetime, limit: int, owner: str) -> Select[Any]:
    pending = and_(deliveries.c.state == DeliveryState.PENDING, reached(deliveries.c.not_before, now))
    abandoned = and_(deliveries.c.state == DeliveryState.CLAIMED, is_lost(deliveries, now, owner))
    older = deliveries.alias("older")
    waits_for_older = (
        select(older.c.id)
        .where(_OLDER_OPEN, older.c.chat_id == deliveries.c.chat_id, older.c.story_id < deliveries.c.story_id)
        .exists()
    )
    folding = deliveries.alias("folding")
    gets_an_edition = (
        select(folding.c.id)
        .where(in_words("folding", HELD), folding.c.chat_id == deliveries.c.chat_id)
        .where(folding.c.state == DeliveryState.FOLDING, not_(is_lost(folding, now, owner)))
        .exists()
    )
    return (
        select(deliveries.c.id)
        .join(chats, chats.c.id == deliveries.c.chat_id)
        .where(_OPEN, or_(pending, abandoned), reached(chats.c.not_before, now), ~waits_for_older, ~gets_an_edition)
        .order_by(deliveries.c.story_id, deliveries.c.chat_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def is_lost(claimed: Any, now: datetime, owner: str) -> ColumnElement[bool]:
    """Say whether the lease of another, who had claimed a delivery, has ended."""
    return and_(lease_ended(claimed.c.lease_until, now), claimed.c.owner != owner)


async def load_deliveries(connection: AsyncConnection, ids: Sequence[int]) -> list[Delivery]:
    """Return deliveries with all that sending them takes, the oldest stories first.

    They are put in order here: where sorting is switched off (_walk_indexes), PostgreSQL would walk through all that
    was ever delivered.
    """
    rows = sorted((await connection.execute(_with_all(ids))).all(), key=attrgetter("story_id", "chat_id"))
    told = await shown_digests(connection, [(row.digest_id, row.story_id, row.chat_id) for row in rows])
    said = await _choices_of(connection, rows)
    return [
        _delivery(row, told.get((row.story_id, row.chat_id)), tuple(said.get((row.story_id, row.chat_id), ())))
        for row in rows
    ]


def _with_all(ids: Sequence[int]) -> Select[Any]:
    return (
        select(
            deliveries.c.id,
            deliveries.c.story_id,
            deliveries.c.attempts,
            deliveries.c.message_ids,
            deliveries.c.created_at,
            stories.c.headline,
            stories.c.url,
            stories.c.digest_id,
            stories.c.notice,
            feeds.c.name,
            feeds.c.language.label("feed_language"),
            feeds.c.state.label("feed_state"),
            *(column.label(f"chat_{column.name}") for column in chats.c),
        )
        .join(stories, stories.c.id == deliveries.c.story_id)
        .join(feeds, feeds.c.id == stories.c.feed_id)
        .join(chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.id.in_(ids))
    )


async def _choices_of(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> dict[tuple[int, int], list[Choices]]:
    """Return what the subscriptions say that bring each story to each chat, the oldest subscription first.

    It begins at the few chats: from a story's topic PostgreSQL would walk through all who follow it. It is put in order
    here, as in `load_deliveries`.
    """
    query = (
        select(subscriptions.c.id, story_topics.c.story_id, subscriptions.c.chat_id, subscriptions.c.options)
        .join(story_topics, story_topics.c.topic_id == subscriptions.c.topic_id)
        .where(subscriptions.c.chat_id.in_({row.chat_id for row in rows}), subscriptions.c.paused.is_(False))
        .where(story_topics.c.story_id.in_({row.story_id for row in rows}))
    )
    said: dict[tuple[int, int], list[Choices]] = {}
    for _, story_id, chat_id, options in sorted((await connection.execute(query)).all(), key=itemgetter(0)):
        said.setdefault((story_id, chat_id), []).append(choices_of(options))
    return said


def _delivery(row: Row[Any], told: StoredDigest | None, choices: tuple[Choices, ...]) -> Delivery:
    return Delivery(
        id=row.id,
        story_id=row.story_id,
        chat=chat_of(row, "chat_"),
        headline=row.headline,
        url=row.url,
        digest=told,
        notice=NOTICE.validate_python(row.notice) if row.notice else None,
        attempts=row.attempts,
        message_ids=tuple(row.message_ids),
        choices=choices,
        source=feed_name(row.name, row.feed_state, row.url),
        language=row.feed_language or row.feed_state.get("language"),
        created_at=row.created_at,
    )


def _held(owner: Any, delivery_id: Any) -> ColumnElement[bool]:
    claimed = or_(deliveries.c.state == DeliveryState.CLAIMED, deliveries.c.state == DeliveryState.FOLDING)
    return and_(deliveries.c.id == delivery_id, deliveries.c.owner == owner, claimed)


_SETTLE = (
    update(deliveries)
    .where(_held(bindparam("holder"), bindparam("delivery_id")))
    .values(
        state=bindparam("new_state"),
        message_ids=bindparam("new_message_ids"),
        error=bindparam("new_error"),
        not_before=bindparam("new_not_before"),
        sent_at=bindparam("new_sent_at"),
        attempts=deliveries.c.attempts + bindparam("failed"),
        owner=None,
        lease_until=None,
    )
)


def _mark_row(owner: str, mark: Mark, now: datetime) -> dict[str, Any]:
    sent = mark.state is DeliveryState.SENT
    return {
        "holder": owner,
        "delivery_id": mark.delivery_id,
        "new_state": mark.state,
        "new_message_ids": list(mark.message_ids),
        "new_error": mark.error,
        "new_not_before": mark.not_before,
        "new_sent_at": now if sent else None,
        "failed": int(mark.attempted and not sent),
    }
