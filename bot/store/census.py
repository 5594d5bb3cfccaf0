"""How much there is of what, for whoever watches the bot: metrics, `quotewire status`, /admin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Database
from bot.store.tables import chats, deliveries, feeds, leases, stories, subscriptions
from bot.store.values import DeliveryState, StoryState

_OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED)

_FAILURES = feeds.c.state["failures"].as_integer()
_HEALTH = case((feeds.c.ended.is_(True), "ended"), (_FAILURES > 0, "failing"), else_="well").label("health")
# Grouped by the label: PostgreSQL does not take the expression again, since its parameters might be others.
_FEED_HEALTH = select(_HEALTH, func.count()).group_by(_HEALTH.name)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is there at one moment.

    Attributes:
        feeds: by "well", "failing" and "ended".
        chats: by state (bot.store.values.ChatState).
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
        return sum(self.deliveries.get(state, 0) for state in _OPEN)


class Census:
    """Counts what the store holds.

    Args:
        database: where.
        clock: the present moment.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def take(self) -> Counts:
        """Count everything, in one transaction; a few milliseconds for each 100,000 deliveries kept."""
        now = self._clock()
        async with self._database.read() as connection:
            return Counts(
                feeds=await _by(connection, _FEED_HEALTH),
                chats=await _by(connection, select(chats.c.state, func.count()).group_by(chats.c.state)),
                deliveries=await _by(connection, select(deliveries.c.state, func.count()).group_by(deliveries.c.state)),
                stories=await _by(connection, select(stories.c.state, func.count()).group_by(stories.c.state)),
                subscriptions=await connection.scalar(select(func.count()).select_from(subscriptions)) or 0,
                oldest_unread=await connection.scalar(
                    select(func.min(stories.c.seen_at)).where(stories.c.state == StoryState.UNREAD)
                ),
                oldest_open=await connection.scalar(
                    select(func.min(deliveries.c.created_at)).where(deliveries.c.state.in_(_OPEN))
                ),
                most_overdue=await connection.scalar(
                    select(func.min(feeds.c.next_poll_at)).where(
                        and_(feeds.c.ended.is_(False), feeds.c.next_poll_at < now)
                    )
                ),
                leases=await _by(connection, select(leases.c.name, leases.c.owner).where(leases.c.until > now)),
            )


async def _by(connection: AsyncConnection, query: Executable) -> dict[str, Any]:
    return {row[0]: row[1] for row in await connection.execute(query)}
