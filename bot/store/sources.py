"""Feeds as the operator looks at them: which are slow, which fail, which are blocked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Database
from bot.store.fanout import store_notice
from bot.store.feed_rows import feed_name, feed_row, feed_rows
from bot.store.outbox import Notice
from bot.store.partial import BLOCKED, in_words
from bot.store.states import StoryState
from bot.store.tables import feeds, stories, subscriptions, topics
from bot.store.values import FeedRow
from bot.store.waking import begin_anew
from bot.urls import same_site

_BLOCKED = and_(feeds.c.blocked.is_(True), in_words("feeds", BLOCKED))
_SECONDS = feeds.c.state["seconds"].as_float()
_FAILURES = feeds.c.state["failures"].as_integer()


class Sources:
    """Looks at feeds for the operator, and blocks them.

    Args:
        database: where they are.
        clock: the present moment.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def slowest(self, limit: int) -> list[FeedRow]:
        """Return the feeds whose servers take longest to answer, the slowest first."""
        return await self._rows(_SECONDS > 0, _SECONDS.desc(), limit)

    async def failing(self, limit: int) -> list[FeedRow]:
        """Return the feeds that fail, the one that has failed most often first."""
        return await self._rows(_FAILURES > 0, _FAILURES.desc(), limit)

    async def blocked(self, limit: int) -> list[FeedRow]:
        """Return the feeds that are blocked, by name."""
        return await self._rows(_BLOCKED, feeds.c.name, limit)

    async def find(self, words: str, limit: int) -> list[FeedRow]:
        """Return the feeds that a name, a slug, or a part of an address names; presets first."""
        like = words.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
        named = or_(
            feeds.c.slug == like.lower(),
            feeds.c.url.icontains(like, autoescape=True),
            feeds.c.site_url.icontains(like, autoescape=True),
            topics.c.label.icontains(like, autoescape=True),
        )
        return await self._rows(named, feeds.c.slug.is_(None), limit) if like else []

    async def followers(self, feed: FeedRow) -> int:
        """Return how many chats follow a feed."""
        count = select(func.count()).where(subscriptions.c.topic_id == feed.topic_id)
        async with self._database.read() as connection:
            return int(await connection.scalar(count) or 0)

    async def is_blocked(self, url: str) -> bool:
        """Say whether a page is of a blocked source: below the page that the feed belongs to, or on the same site."""
        query = select(feeds.c.url, feeds.c.site_url, feeds.c.state).where(_BLOCKED)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return any(_covers(row.site_url or row.state.get("site_url") or row.url, row.url, url) for row in rows)

    async def block(self, feed_id: int) -> bool:
        """Poll a feed no more, read none of its stories that wait, and tell its followers; False where it was so."""
        async with self._database.write() as connection:
            row = await self._switch(connection, feed_id, blocked=True)
            if row is None:
                return False
            unread = (stories.c.feed_id == feed_id) & (stories.c.state == StoryState.UNREAD)
            await connection.execute(update(stories).where(unread).values(state=StoryState.QUIET))
            await store_notice(connection, feed_id, _notice("blocked", row), self._clock())
        return True

    async def unblock(self, feed_id: int) -> bool:
        """Poll a feed again, what it shows then being backlog, and tell its followers; False where it was so."""
        now = self._clock()
        async with self._database.write() as connection:
            row = await self._switch(connection, feed_id, blocked=False)
            if row is None:
                return False
            await begin_anew(connection, feed_id, row.state, now)
            await store_notice(connection, feed_id, _notice("unblocked", row), now)
        return True

    async def _switch(self, connection: AsyncConnection, feed_id: int, *, blocked: bool) -> Any:
        other = (feeds.c.id == feed_id) & feeds.c.blocked.is_(not blocked)
        row = (await connection.execute(select(feeds).where(other).with_for_update())).one_or_none()
        if row is not None:
            await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(blocked=blocked))
        return row

    async def _rows(self, which: ColumnElement[bool], order: Any, limit: int) -> list[FeedRow]:
        async with self._database.read() as connection:
            rows = await connection.execute(feed_rows().where(which).order_by(order, feeds.c.id).limit(limit))
        return [feed_row(row) for row in rows]


def _notice(code: str, row: Any) -> Notice:
    return Notice(code, feed_name(row.name, row.state, row.url), row.url, row.topic_id)


def _covers(site: str, feed_url: str, url: str) -> bool:
    """Say whether a page is below a feed's site; a feed that names no site stands for its whole host."""
    if not same_site(site, url):
        return False
    path = "" if site == feed_url else urlsplit(site).path.rstrip("/")
    return not path or (urlsplit(url).path + "/").startswith(path + "/")
