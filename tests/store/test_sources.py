"""Feeds as the operator looks at them, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.feed_values import FeedState, PollResult
from bot.incidents import MOST_KEPT, Incident, IncidentLog
from bot.store import DeliveryState, Store
from tests.store.news import NOW, add_feed, follower, new, poll

SITE = "https://wire.example/eng/"


async def _polled(store: Store, name: str, **facts: object) -> int:
    """Add a feed with a record of its polls."""
    feed_id = await store.feeds.ensure(f"https://{name}.example/rss", slug=name, name=name)
    await store.feeds.claim_due(NOW, limit=9, owner="p")
    state = replace(FeedState(next_poll=NOW, interval_seconds=900, polled=NOW), **facts)  # type: ignore[arg-type]
    assert await store.feeds.commit_poll(PollResult(feed_id, state), owner="p", now=NOW)
    return feed_id


async def test_the_slowest_and_the_failing_come_first(store: Store) -> None:
    """Each list has only what belongs there."""
    await _polled(store, "quick", seconds=0.1)
    await _polled(store, "slow", seconds=9.5)
    await _polled(store, "ill", failures=3, error="http_status 503")
    await _polled(store, "dying", failures=40)
    assert [feed.name for feed in await store.sources.slowest(9)] == ["slow", "quick"]
    assert [feed.name for feed in await store.sources.failing(9)] == ["dying", "ill"]
    assert len(await store.sources.failing(1)) == 1


@pytest.mark.parametrize(
    ("url", "is_blocked"),
    [
        ("https://wire.example/eng/news/1", True),
        ("https://www.wire.example/eng", True),
        ("https://wire.example/english/1", False),
        ("https://wire.example/ukr/1", False),
        ("https://other.example/eng/1", False),
        ("nonsense", False),
    ],
)
async def test_a_blocked_source_is_its_part_of_a_site(store: Store, url: str, is_blocked: bool) -> None:
    """Another edition of the same paper is another source."""
    feed_id = await store.feeds.ensure("https://wire.example/eng/rss/", slug="wire", name="The Wire", site_url=SITE)
    assert not await store.sources.is_blocked(url)
    assert await store.sources.block(feed_id)
    assert await store.sources.is_blocked(url) is is_blocked
    assert not await store.sources.block(feed_id)


async def test_what_waits_of_a_blocked_feed_is_not_read(store: Store) -> None:
    """Its unread stories become backlog, its followers get one word; unblocked it is due, with all it shows as past."""
    feed_id = await add_feed(store)
    feed = await store.feeds.get(feed_id)
    assert feed is not None
    await follower(store, 1, feed.topic)
    await poll(store, feed_id, new(1))
    await store.sources.block(feed_id)
    assert await store.stories.claim_unread(NOW, limit=9, owner="r", lease=timedelta(minutes=1)) == []
    assert (await store.deliveries.counts()) == {DeliveryState.PENDING: 1}
    (told,) = await store.deliveries.claim(datetime.now(NOW.tzinfo) + timedelta(days=1), limit=9, owner="p")
    assert told.notice is not None
    assert told.notice.code == "blocked"
    await store.sources.unblock(feed_id)
    found = await store.feeds.get(feed_id)
    assert found is not None
    assert (found.blocked, found.state.first_read, found.state.body_hash) == (False, None, None)


async def test_a_source_is_found_by_name_slug_and_address(store: Store) -> None:
    """A % in what was typed is a character like others."""
    await store.feeds.ensure("https://wire.example/rss", slug="wire", name="The Wire", site_url=SITE)
    for words in ("wire", "The wire", "https://www.wire.example/eng", "wire.example"):
        assert [feed.slug for feed in await store.sources.find(words, 9)] == ["wire"], words
    await store.feeds.ensure("https://pravda.example/rss", slug="up", name="Українська правда")
    for words in ("українська", "УКРАЇНСЬКА ПРАВДА", "Правда", "українська правда"):
        assert [feed.slug for feed in await store.sources.find(words, 9)] == ["up"], words
    assert await store.sources.find("%", 9) == []
    assert await store.sources.find(" ", 9) == []


async def test_incidents_are_bounded(store: Store) -> None:
    """In memory and in the database the newest stay; what could not be written is kept for the next time."""
    many = [Incident(NOW, "ERROR", "bot.x", f"number {n}") for n in range(MOST_KEPT + 20)]
    await store.incidents.add(many[:30])
    await store.incidents.add(many[30:])
    kept = await store.incidents.latest(MOST_KEPT * 2)
    assert [one.words for one in kept] == [one.words for one in reversed(many[20:])]
    log = IncidentLog(lambda: NOW)
    log.give_back(many[:3])
    assert log.take() == many[:3]
    assert log.take() == []
