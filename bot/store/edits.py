"""Edits: messages that were sent, to be brought up to date; an outbox like that of deliveries."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from bot.store.deliveries import load_deliveries
from bot.store.engine import Database
from bot.store.moments import lease_ended, reached
from bot.store.outbox import Edit
from bot.store.partial import OPEN, in_words
from bot.store.states import ChatState, DeliveryState, EditState
from bot.store.tables import chats, deliveries, edits

_OPEN = in_words("edits", OPEN)


class Edits:
    """The outbox of edits."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def claim(self, now: datetime, *, limit: int, owner: str, lease: timedelta) -> list[Edit]:
        """Take edits to make, those of the oldest stories first, none of a chat that must wait.

        Args:
            now: the present moment.
            limit: edits, at most.
            owner: who edits.
            lease: how long it may take; afterwards another may make them again, which does no harm.
        """
        free = or_(
            edits.c.state == EditState.PENDING,
            and_(edits.c.state == EditState.CLAIMED, lease_ended(edits.c.lease_until, now)),
        )
        due = (
            select(edits.c.id)
            .join(deliveries, deliveries.c.id == edits.c.delivery_id)
            .join(chats, chats.c.id == deliveries.c.chat_id)
            .where(
                _OPEN, free, reached(edits.c.not_before, now), deliveries.c.state == DeliveryState.SENT, ~_is_shared()
            )
            .where(chats.c.state == ChatState.ACTIVE, reached(chats.c.not_before, now))
            .order_by(edits.c.story_id, edits.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=edits)
        )
        async with self._database.write() as connection:
            ids = (await connection.execute(due)).scalars().all()
            if not ids:
                return []
            held = {"state": EditState.CLAIMED, "owner": owner, "lease_until": now + lease}
            await connection.execute(update(edits).where(edits.c.id.in_(ids)).values(held))
            rows = (await connection.execute(_of_claimed(ids))).all()
            loaded = {one.id: one for one in await load_deliveries(connection, [row.delivery_id for row in rows])}
        return [Edit(row.id, loaded[row.delivery_id], row.attempts) for row in rows if row.delivery_id in loaded]

    async def done(self, owner: str, edit_ids: Iterable[int], error: str | None = None) -> None:
        """Write that edits were made, or that they cannot be."""
        values = {
            "state": EditState.DONE,
            "times": edits.c.times + 1,
            "error": error,
            "owner": None,
            "lease_until": None,
        }
        await self._settle(owner, edit_ids, values)

    async def postpone(self, owner: str, edit_ids: Iterable[int], until: datetime, *, failed: bool = False) -> None:
        """Write that edits are to be tried again.

        Args:
            owner: who claimed them.
            edit_ids: which.
            until: when.
            failed: whether it counts as an attempt.
        """
        tried = {"attempts": edits.c.attempts + int(failed), "not_before": until}
        await self._settle(owner, edit_ids, tried | {"state": EditState.PENDING, "owner": None, "lease_until": None})

    async def open_count(self) -> int:
        """Return how many edits wait or are under way."""
        async with self._database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(edits).where(_OPEN))).scalar_one())

    async def _settle(self, owner: str, edit_ids: Iterable[int], values: dict[str, Any]) -> None:
        held = and_(edits.c.id.in_(list(edit_ids)), edits.c.owner == owner, edits.c.state == EditState.CLAIMED)
        async with self._database.write() as connection:
            await connection.execute(update(edits).where(held).values(values))


def _is_shared() -> ColumnElement[bool]:
    """Say whether a message tells other stories too, as a digest does: its edit would take them away."""
    other = deliveries.alias("other")
    same = (other.c.message_ids == deliveries.c.message_ids) & (other.c.id != deliveries.c.id)
    return select(other.c.id).where(other.c.chat_id == deliveries.c.chat_id, same).exists()


def _of_claimed(ids: Sequence[int]) -> Select[Any]:
    columns = select(edits.c.id, edits.c.delivery_id, edits.c.attempts)
    return columns.where(edits.c.id.in_(ids)).order_by(edits.c.story_id, edits.c.id)
