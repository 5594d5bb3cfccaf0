"""How much there is of what, for whoever watches the bot: metrics, `quotewire status`, /admin."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Database
from bot.store.followers import wanted_feeds
from bot.store.partial import HELD, OPEN, UNREAD, in_words
from bot.store.states import DeliveryState, StoryState
from bot.store.tables import chats, deliveries, feeds, leases, stories, subscriptions

AT_ONCE = 0.2
"""Seconds that a count may take to be made anew each time. Ours: some million rows."""

REST = 100
"""How many times as long a count that took longer is good for. Ours: counting takes a hundredth of the time at most."""

_UNSETTLED = (DeliveryState.PENDING, DeliveryState.CLAIMED)
_WAITING = (*_UNSETTLED, DeliveryState.HELD, DeliveryState.FOLDING)

_OPEN = in_words("deliveries", OPEN)
_HELD = in_words("deliveries", HELD)
_UNREAD = in_words("stories", UNREAD)

_DELIVERIES = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
_STORIES = select(stories.c.state, func.count()).group_by(stories.c.state)
_SUBSCRIPTIONS = select(literal("all"), func.count()).select_from(subscriptions)
_FAILURES = feeds.c.state["failures"].as_integer()
_HEALTH = case((feeds.c.ended.is_(True), "ended"), (_FAILURES > 0, "failing"), else_="well").label("health")
# Grouped by the label: PostgreSQL does not take the expression again, since its parameters might be others.
_FEED_HEALTH = select(_HEALTH, func.count()).group_by(_HEALTH.name)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is there at one moment.

    Attributes:
        feeds: by "well", "failing" and "ended".
        chats: by state (bot.store.states.ChatState).
        deliveries: by state (DeliveryState).
        stories: by state (StoryState).
        subscriptions: all of them.
        oldest_unread: when the story that has waited longest for its reading was seen; None where none waits.
        oldest_open: when the delivery that has waited longest was made; None where none waits.
        most_overdue: when the feed that is furthest behind was due; None where none is due.
        leases: who does what one process at a time does, by its name; only leases that hold.
    """

    feeds: Mapping[str, int]
    chats: Mapping[str, int]
    deliveries: Mapping[str, int]
    stories: Mapping[str, int]
    subscriptions: int
    oldest_unread: datetime | None
    oldest_open: datetime | None
    most_overdue: datetime | None
    leases: Mapping[str, str]

    @property
    def waiting(self) -> int:
        """How many deliveries are not settled."""
        return sum(self.deliveries.get(state, 0) for state in _UNSETTLED)


class Census:
    """Counts what the store holds.

    Args:
        database: where.
        clock: the present moment.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._tallies = _Tallies()

    async def take(self) -> Counts:
        """Count everything, in one transaction; what waits exactly, and of what is only kept see `_Tallies`."""
        now = self._clock()
        async with self._database.read() as connection:
            return Counts(
                feeds=await _by(connection, _FEED_HEALTH),
                chats=await self._tallies.by(connection, select(chats.c.state, func.count()).group_by(chats.c.state)),
                deliveries={
                    **await self._tallies.by(connection, _DELIVERIES.where(deliveries.c.state.not_in(_WAITING))),
                    **await _by(connection, _DELIVERIES.where(_OPEN)),
                    **await _by(connection, _DELIVERIES.where(_HELD)),
                },
                stories={
                    **await self._tallies.by(connection, _STORIES.where(stories.c.state != StoryState.UNREAD)),
                    **await _by(connection, _STORIES.where(_UNREAD)),
                },
                subscriptions=(await self._tallies.by(connection, _SUBSCRIPTIONS))["all"],
                oldest_unread=await connection.scalar(select(func.min(stories.c.seen_at)).where(_UNREAD)),
                oldest_open=await connection.scalar(select(func.min(deliveries.c.created_at)).where(_OPEN)),
                most_overdue=await connection.scalar(
                    select(func.min(feeds.c.next_poll_at)).where(wanted_feeds(), feeds.c.next_poll_at < now)
                ),
                leases=await _by(connection, select(leases.c.name, leases.c.owner).where(leases.c.until > now)),
            )


class _Tallies:
    """Counts that read whole tables: each that takes long is good for `REST` times as long."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Mapping[str, int]]] = {}

    async def by(self, connection: AsyncConnection, query: Executable) -> Mapping[str, int]:
        """Return what a query counts, as it is now or was some time ago."""
        began, name = time.monotonic(), str(query)
        good_until, known = self._known.get(name, (began, {}))
        if began >= good_until:
            known = await _by(connection, query)
            took = time.monotonic() - began
            self._known[name] = (began + REST * took if took > AT_ONCE else began, known)
        return known


async def _by(connection: AsyncConnection, query: Executable) -> dict[str, Any]:
    return {row[0]: row[1] for row in await connection.execute(query)}
