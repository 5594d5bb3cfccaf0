"""Feeds that nobody wants are put behind the others, and come back when somebody does."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.caretaker import Caretaker
from bot.store import Store, waking
from bot.store.tables import feeds
from tests.store.news import NOW, add_feed, follower
from tests.store.stops import stop_before_commit, until_waited_for

DAY = timedelta(days=1)
URL = "https://quiet.example/rss"
LATER = NOW + 2 * DAY


async def _aside(store: Store) -> set[str]:
    async with store._database.read() as connection:
        found = select(feeds.c.url).where(feeds.c.next_poll_at == waking.ASIDE)
        return set((await connection.execute(found)).scalars())


async def _due(store: Store) -> set[str]:
    return {feed.url for feed in await store.feeds.claim_due(LATER, limit=9, owner="p")}


async def test_only_what_nobody_wants_is_laid_aside(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Presets, what is followed, and what was due less than a day ago are asked for as before."""
    monkeypatch.setattr(waking, "AT_ONCE", 1)
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await add_feed(store)
        await store.feeds.ensure("https://followed.example/rss")
        followed = await store.feeds.by_url("https://followed.example/rss")
        assert followed is not None
        await follower(store, 1, followed.topic)
        for number in range(3):
            await store.feeds.ensure(f"https://quiet{number}.example/rss")
        moment = NOW + DAY
        await store.feeds.ensure(URL)
        moment = LATER - timedelta(hours=1)
        assert await store.retention.lay_feeds_aside() == 3
        assert await _aside(store) == {f"https://quiet{number}.example/rss" for number in range(3)}
        moment = LATER
        assert await _due(store) == {"https://wire.example/rss", "https://followed.example/rss"}


async def test_who_follows_a_feed_that_was_laid_aside_makes_it_due(database_url: str) -> None:
    """The first follower; the caretaker had laid it aside, also where it deletes nothing."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await store.feeds.ensure(URL)
        moment = LATER
        await Caretaker(store, owner="c", keep=None)._clean()
        assert await _aside(store) == {URL}
        assert await _due(store) == set()
        feed = await store.feeds.by_url(URL)
        assert feed is not None
        await follower(store, 1, feed.topic)
        assert await _due(store) == {URL}


async def test_a_preset_takes_over_what_was_laid_aside(database_url: str) -> None:
    """An address that a chat once added is due when a new version brings a preset for it."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await store.feeds.ensure(URL)
        moment = LATER
        assert await store.retention.lay_feeds_aside() == 1
        await add_feed(store, slug="quiet", url=URL)
        assert await _due(store) == {URL}


async def test_a_blocked_feed_is_due_when_it_is_unblocked(database_url: str) -> None:
    """Though it was laid aside meanwhile."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        feed_id = await add_feed(store, url=URL)
        await store.sources.block(feed_id)
        moment = LATER
        assert await store.retention.lay_feeds_aside() == 1
        await store.sources.unblock(feed_id)
        assert await _due(store) == {URL}


async def test_a_subscription_under_way_keeps_its_feed_due(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is laid aside neither before it is written nor after."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store, Store(database_url, clock=lambda: LATER) as other:
        await store.feeds.ensure(URL)
        feed = await store.feeds.by_url(URL)
        assert feed is not None
        chat = await store.chats.ensure(1)
        moment = LATER
        gate = stop_before_commit(store, monkeypatch)
        adding = asyncio.create_task(store.subscriptions.add(chat.id, feed.topic))
        await gate.reached.wait()
        laying = asyncio.create_task(other.retention.lay_feeds_aside())
        await until_waited_for(other)
        gate.open.set()
        await asyncio.gather(adding, laying)
        assert await _due(other) == {URL}
