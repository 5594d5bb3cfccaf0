"""Feeds: which there are, which are due, and the one commit that ends a poll."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, not_, select, update

from bot.errors import UrlInvalid
from bot.feed_values import DueFeed, FeedKind, KnownEntry, KnownFeed, PollResult
from bot.store.documents import FEED_STATE
from bot.store.engine import Database
from bot.store.feed_rows import feed_row, feed_rows
from bot.store.followers import wanted_feeds
from bot.store.hubs import delivers
from bot.store.moments import FARTHEST, is_free
from bot.store.new_feeds import ensure_feed
from bot.store.polls import store_poll
from bot.store.tables import entries, entry_keys, feeds, subscriptions
from bot.store.values import FeedRow, FollowedFeed
from bot.store.waking import ASIDE, due_at
from bot.urls import can_be_feed_url

_SKEW = timedelta(hours=1)  # by which clocks of several machines may differ


class Feeds:
    """The feeds that are polled."""

    def __init__(self, database: Database, aliases: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._database = database
        self._aliases = aliases
        self._clock = clock

    async def ensure(
        self,
        url: str,
        *,
        kind: FeedKind | str = FeedKind.FEED,
        slug: str | None = None,
        name: str = "",
        language: str | None = None,
        site_url: str | None = None,
    ) -> int:
        """Return the feed's number, made and due at once if it is new.

        Args:
            url: where it is asked for; a preset is known by its slug, and a changed URL in its file is taken over.
            kind: how its document is read.
            slug: of a preset.
            name: of a preset; a feed that a chat adds is named by its own title.
            language: ISO 639-1.
            site_url: the page it belongs to.

        Raises:
            UrlInvalid: the URL is longer than a feed's can be.
        """
        if not can_be_feed_url(url):
            raise UrlInvalid(url=url[:100])
        facts = {"kind": FeedKind(kind), "slug": slug, "name": name, "language": language, "site_url": site_url}
        async with self._database.write() as connection:
            return await ensure_feed(connection, url, facts, self._clock())

    async def list(self) -> Sequence[FeedRow]:
        """Return all feeds: presets first, by slug, then the others by URL."""
        async with self._database.read() as connection:
            rows = await connection.execute(feed_rows().order_by(feeds.c.slug.is_(None), feeds.c.slug, feeds.c.url))
        return [feed_row(row) for row in rows]

    async def followed(self, chat_id: int) -> Sequence[FollowedFeed]:
        """Return the feeds that a chat follows, in the order in which it began to."""
        query = (
            feed_rows()
            .add_columns(subscriptions.c.options)
            .join(subscriptions, subscriptions.c.topic_id == feeds.c.topic_id)
            .where(subscriptions.c.chat_id == chat_id)
            .order_by(subscriptions.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [FollowedFeed(feed_row(row), tuple(row.options.get("folders", ()))) for row in rows]

    async def get(self, feed_id: int) -> FeedRow | None:
        """Return a feed by its number."""
        return await self._one(feeds.c.id == feed_id)

    async def by_slug(self, slug: str) -> FeedRow | None:
        """Return a preset."""
        return await self._one(feeds.c.slug == slug)

    async def by_url(self, url: str) -> FeedRow | None:
        """Return the feed at a URL."""
        return await self._one(feeds.c.url == url)

    async def claim_due(
        self,
        now: datetime,
        *,
        limit: int,
        owner: str,
        lease: timedelta = timedelta(minutes=5),
        avoid: Sequence[str] = (),
    ) -> Sequence[DueFeed]:
        """Take feeds that are due, the longest waiting first; nobody else gets them while the lease lasts.

        Presets are always polled, so that lists of news are never empty; other feeds while somebody follows them.

        Args:
            now: the present moment.
            limit: feeds, at most.
            owner: who polls.
            lease: how long the poll may take.
            avoid: origins ("https://t.me/") whose feeds are left for later.
        """
        some = (
            select(feeds, delivers(now).label("pushed"))
            .where(is_free(feeds.c.lease_until, now), wanted_feeds(), *_elsewhere(avoid))
            .order_by(feeds.c.next_poll_at)
            .with_for_update(skip_locked=True, of=feeds)
        )
        # Two queries: for "due or astray" each look would read every feed that is not due.
        due, astray = some.where(feeds.c.next_poll_at <= now), some.where(_is_astray(now))
        return await self._claim(due, astray, limit=limit, owner=owner, until=now + lease)

    async def claim(
        self, feed_id: int, now: datetime, *, owner: str, lease: timedelta = timedelta(minutes=5)
    ) -> DueFeed | None:
        """Take one feed, due or not, for news that came by itself; None where it is being polled, or not wanted now."""
        free = is_free(feeds.c.lease_until, now)
        this = select(feeds, delivers(now).label("pushed")).where(feeds.c.id == feed_id, free, wanted_feeds())
        unlocked = this.with_for_update(skip_locked=True, of=feeds)
        claimed = await self._claim(unlocked, limit=1, owner=owner, until=now + lease)
        return claimed[0] if claimed else None

    async def _claim(self, *queries: Select[Any], limit: int, owner: str, until: datetime) -> Sequence[DueFeed]:
        rows: list[Row[Any]] = []
        async with self._database.write() as connection:
            for query in queries:
                rows += (await connection.execute(query.limit(limit - len(rows)))).all()
            if rows:
                held = {"lease_owner": owner, "lease_until": until}
                await connection.execute(update(feeds).where(feeds.c.id.in_([row.id for row in rows])).values(held))
        return [
            DueFeed(row.id, row.url, FeedKind(row.kind), FEED_STATE.validate_python(row.state), bool(row.pushed))
            for row in rows
        ]

    async def hasten(self, feed_id: int, moment: datetime) -> None:
        """Make a feed due at a moment, where it would be later."""
        this = select(feeds.c.state).where(feeds.c.id == feed_id, feeds.c.next_poll_at > moment).with_for_update()
        async with self._database.write() as connection:
            row = (await connection.execute(this)).one_or_none()
            if row is not None:
                due = due_at(FEED_STATE.validate_python(row.state), moment)
                await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(due))

    async def known(self, feed_id: int) -> KnownFeed:
        """Return all that is remembered of a feed's entries."""
        of_feed = (
            select(entry_keys).join(entries, entries.c.id == entry_keys.c.entry_id).where(entries.c.feed_id == feed_id)
        )
        async with self._database.read() as connection:
            state = (await connection.execute(select(feeds.c.state).where(feeds.c.id == feed_id))).scalar_one()
            keys = (await connection.execute(of_feed)).all()
            rows = (await connection.execute(select(entries).where(entries.c.feed_id == feed_id))).all()
        return KnownFeed(_known_entries(rows, keys), FEED_STATE.validate_python(state).first_read)

    async def commit_poll(self, result: PollResult, *, owner: str, now: datetime) -> bool:
        """Write all that a poll found, with the feed's state, in one transaction, and give the feed back.

        Args:
            result: what the poll found.
            owner: who claimed the feed.
            now: the present moment; news count as seen then.

        Returns:
            False, and nothing is written, where the lease has ended and another poller has taken the feed since.
        """
        async with self._database.write() as connection:
            return await store_poll(connection, result, self._aliases, owner=owner, now=now)

    async def next_due(self, *, avoid: Sequence[str] = ()) -> datetime | None:
        """Return when the next feed is due that nobody polls now, of other origins than some; None where none is."""
        query = (
            select(feeds.c.next_poll_at)
            .where(is_free(feeds.c.lease_until, self._clock()), wanted_feeds(), *_elsewhere(avoid))
            .order_by(feeds.c.next_poll_at)
            .limit(1)
        )
        async with self._database.read() as connection:
            moment: datetime | None = (await connection.execute(query)).scalar_one_or_none()
        return moment

    async def release(self, *feed_ids: int, owner: str) -> None:
        """Give claimed feeds back unpolled, due as before."""
        mine = feeds.c.id.in_(feed_ids) & (feeds.c.lease_owner == owner)
        async with self._database.write() as connection:
            await connection.execute(update(feeds).where(mine).values(lease_owner=None, lease_until=None))

    async def _one(self, where: ColumnElement[bool]) -> FeedRow | None:
        async with self._database.read() as connection:
            row = (await connection.execute(feed_rows().where(where).limit(1))).one_or_none()
        return feed_row(row) if row else None


def _elsewhere(origins: Sequence[str]) -> Iterable[ColumnElement[bool]]:
    return [not_(feeds.c.url.startswith(origin, autoescape=True)) for origin in origins]


def _is_astray(now: datetime) -> ColumnElement[bool]:
    """Say whether a feed's moment was set by a clock gone wrong; far ahead alone, the operator may want it."""
    polled = feeds.c.state["polled"].as_string()  # in UTC, as pydantic writes it
    ahead = and_(feeds.c.next_poll_at > now + FARTHEST, feeds.c.next_poll_at < ASIDE)
    return and_(ahead, polled > f"{now.astimezone(UTC) + _SKEW:%Y-%m-%dT%H:%M:%S}")


def _known_entries(rows: Iterable[Row[Any]], keys: Iterable[Row[Any]]) -> tuple[KnownEntry, ...]:
    by_entry: dict[int, set[str]] = {}
    for row in keys:
        by_entry.setdefault(row.entry_id, set()).add(row.key)
    return tuple(KnownEntry(row.id, frozenset(by_entry.get(row.id, ())), row.text_key, row.published) for row in rows)
