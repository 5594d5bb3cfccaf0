"""Subscriptions at feeds' hubs (WebSub): which there are, which are to be asked for, and what the hubs have said."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feed_values import FeedState
from bot.store.engine import Database
from bot.store.followers import wanted_feeds
from bot.store.sql import insert
from bot.store.tables import feeds, hubs
from bot.store.values import HubRow

_SECRET_BYTES = 32  # 256 bits; a hub takes 200 characters at most (WebSub, section 5.1)
_SOME = 20


class Hubs:
    """The subscriptions of all processes on this database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def claim_due(self, base: str, wait: Callable[[int], timedelta], *, limit: int = _SOME) -> Sequence[HubRow]:
        """Take subscriptions to be asked for, to be renewed, or to be ended because nobody follows the feed now.

        Each is due again only after a wait, unless its hub says before that the subscription stands.

        Args:
            base: what our callbacks begin with; a subscription that was made with another one is due at once.
            wait: from how often a hub was asked in vain, this time included, to when it may be asked again.
            limit: subscriptions, at most.
        """
        now = self._clock()
        due = (
            select(hubs, wanted_feeds().label("wanted"))
            .join(feeds, feeds.c.id == hubs.c.feed_id)
            .where(_is_due(now, base))
            .order_by(hubs.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=hubs)
        )
        async with self._database.write() as connection:
            rows = (await connection.execute(due)).all()
            for row in rows:
                asked = {
                    "leaving": not row.wanted,
                    "callback": base + row.token,
                    "attempts": row.attempts + 1,
                    "due_at": now + wait(row.attempts + 1),
                }
                await connection.execute(update(hubs).where(hubs.c.id == row.id).values(asked))
        return [_hub_row(row, callback=base + row.token, leaving=not row.wanted) for row in rows]

    async def by_token(self, token: str) -> HubRow | None:
        """Return the subscription whose callback ends so."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(hubs).where(hubs.c.token == token))).one_or_none()
        return _hub_row(row, callback=row.callback or "", leaving=row.leaving) if row else None

    async def stands(self, token: str, *, lease: timedelta, renew_in: timedelta) -> None:
        """Write down that a hub keeps a subscription."""
        now = self._clock()
        kept = {"lease_until": now + lease, "due_at": now + renew_in, "attempts": 0}
        await self._change(token, kept)

    async def ended(self, token: str) -> None:
        """Write down that a hub keeps a subscription no more, as we asked; it is due when somebody follows again."""
        await self._change(
            token, {"lease_until": None, "due_at": self._clock(), "attempts": 0, "leaving": False, "delivered_at": None}
        )

    async def denied(self, token: str, *, again_in: timedelta) -> None:
        """Write down that a hub refuses a subscription or has ended it by itself."""
        await self._change(token, {"lease_until": None, "due_at": self._clock() + again_in, "delivered_at": None})

    async def _change(self, token: str, values: dict[str, Any]) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(hubs).where(hubs.c.token == token).values(values))


async def store_hub(connection: AsyncConnection, feed_id: int, state: FeedState, url: str, now: datetime) -> None:
    """Keep the hub that a feed states; another hub or topic than before is a new subscription.

    Its token and secret are new as well: the old hub knows the old ones, and is not to speak for the feed any more.

    Args:
        connection: within the commit of a poll.
        feed_id: whose.
        state: with its hub, or None, and its own address.
        url: what the feed is asked for by, the topic where it states no address of its own.
        now: the present moment.
    """
    if state.hub is None:
        return
    row = {
        "hub": state.hub,
        "topic": state.self_url or url,
        "token": secrets.token_urlsafe(_SECRET_BYTES),
        "secret": secrets.token_urlsafe(_SECRET_BYTES),
        "callback": None,
        "leaving": False,
        "attempts": 0,
        "due_at": now,
        "lease_until": None,
        "delivered_at": None,
    }
    statement = insert(connection, hubs).values(feed_id=feed_id, **row)
    other = or_(hubs.c.hub != statement.excluded.hub, hubs.c.topic != statement.excluded.topic)
    await connection.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=row, where=other))


async def note_delivery(connection: AsyncConnection, feed_id: int, moment: datetime | None) -> None:
    """Write down that a hub has delivered, or (None) that a poll has found what the hub had not brought."""
    await connection.execute(update(hubs).where(hubs.c.feed_id == feed_id).values(delivered_at=moment))


def delivers(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a feed's hub can be relied upon: it has brought the latest news and keeps the lease."""
    return (
        select(hubs.c.id)
        .where(hubs.c.feed_id == feeds.c.id, hubs.c.lease_until > now, hubs.c.delivered_at.is_not(None))
        .exists()
    )


def _is_due(now: datetime, base: str) -> ColumnElement[bool]:
    wanted, arrived = wanted_feeds(), hubs.c.due_at <= now
    elsewhere = or_(hubs.c.callback.is_(None), not_(hubs.c.callback.startswith(base, autoescape=True)))
    followed = and_(wanted, or_(arrived, elsewhere, hubs.c.leaving))
    left = and_(not_(wanted), hubs.c.lease_until > now, or_(arrived, not_(hubs.c.leaving)))
    return or_(followed, left)


def _hub_row(row: Row[Any], *, callback: str, leaving: bool) -> HubRow:
    return HubRow(
        feed_id=row.feed_id,
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        callback=callback,
        leaving=leaving,
    )
