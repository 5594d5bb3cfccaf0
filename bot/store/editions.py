"""Held deliveries: claimed together when their moment is there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.deliveries import is_lost, load_deliveries
from bot.store.engine import Database
from bot.store.moments import FARTHEST, reached
from bot.store.outbox import Delivery
from bot.store.partial import HELD, OPEN, in_words
from bot.store.states import DeliveryState
from bot.store.tables import chats, deliveries

MOST_STORIES = 100
"""Of one edition. Ours: what is more follows in the next, so that memory stays bounded."""

_HELD = in_words("deliveries", HELD)
_OPEN = in_words("other", OPEN)


class Editions:
    """What was held, by chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, now: datetime, *, limit: int, owner: str, fold_before: datetime, lease: timedelta = timedelta(minutes=5)
    ) -> list[list[Delivery]]:
        """Take what is due for some chats, all of a chat together; not what this owner has claimed already.

        Args:
            now: the present moment.
            limit: chats, at most.
            owner: who sends.
            fold_before: a chat with something unsorted that is older than this waits: it belongs into its edition.
            lease: how long the sending may take.
        """
        async with self._database.write() as connection:
            ids = await _due_of_chats(connection, _due(now, owner), now, limit, fold_before)
            if not ids:
                return []
            held = {"state": DeliveryState.FOLDING, "owner": owner, "lease_until": now + lease}
            await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(held))
            loaded = await load_deliveries(connection, ids)
        loaded.sort(key=lambda one: (one.chat.id, one.story_id))
        return [list(group) for _, group in groupby(loaded, key=lambda one: one.chat.id)]


async def _due_of_chats(
    connection: AsyncConnection, due_now: ColumnElement[bool], now: datetime, limit: int, fold_before: datetime
) -> Sequence[int]:
    ids: list[int] = []
    for chat_id in (await connection.execute(_chats_due(due_now, now, limit, fold_before))).scalars().all():
        due = select(deliveries.c.id).where(_HELD, deliveries.c.chat_id == chat_id, due_now)
        oldest = due.order_by(deliveries.c.story_id).limit(MOST_STORIES).with_for_update(skip_locked=True)
        ids += (await connection.execute(oldest)).scalars()
    return ids


def _chats_due(due_now: ColumnElement[bool], now: datetime, limit: int, fold_before: datetime) -> Select[Any]:
    other = deliveries.alias("other")
    in_flight = other.c.state == DeliveryState.CLAIMED
    unsorted = and_(other.c.created_at < fold_before, reached(other.c.not_before, now))
    must_wait = (
        select(other.c.id).where(_OPEN, other.c.chat_id == deliveries.c.chat_id, or_(in_flight, unsorted)).exists()
    )
    return (
        select(deliveries.c.chat_id)
        .join(chats, chats.c.id == deliveries.c.chat_id)
        .where(_HELD, due_now, reached(chats.c.not_before, now), ~must_wait)
        .group_by(deliveries.c.chat_id)
        .order_by(func.min(deliveries.c.not_before), deliveries.c.chat_id)
        .limit(limit)
    )


def _due(now: datetime, owner: str) -> ColumnElement[bool]:
    # A moment too far ahead was written while the clock went wrong.
    there = or_(deliveries.c.not_before <= now, deliveries.c.not_before > now + FARTHEST)
    held = and_(deliveries.c.state == DeliveryState.HELD, there)
    return or_(held, and_(deliveries.c.state == DeliveryState.FOLDING, is_lost(deliveries, now, owner)))
