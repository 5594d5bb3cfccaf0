"""How much there is of what."""

import pytest

from bot.feed_values import FeedState
from bot.store import DeliveryState, Mark, Store, census
from bot.store.census import Census
from tests.store.news import NOW, add_feed, article, follower, later, new, poll, publish, tag

WAR = tag("war")


async def test_an_empty_store_counts_nothing(store: Store) -> None:
    """Nothing is there, and nothing waits."""
    counts = await store.census.take()
    assert (counts.feeds, counts.chats, counts.deliveries, counts.stories, counts.leases) == ({}, {}, {}, {}, {})
    assert counts.subscriptions == 0
    assert (counts.oldest_unread, counts.oldest_open) == (None, None)


async def test_everything_is_counted_by_its_state(store: Store) -> None:
    """Chats, subscriptions, stories and deliveries, each once and under its state."""
    for number in (1, 2, 3):
        await follower(store, number, WAR)
    await publish(store, article(1, tags=["war"]))
    first, *_ = await store.deliveries.claim(NOW, limit=1, owner="p")
    await store.deliveries.settle("p", [Mark(first.id, DeliveryState.SENT, (5,))])
    await store.leases.acquire("push", "me", 15)
    counts = await store.census.take()
    assert counts.chats == {"active": 3}
    assert counts.deliveries == {"sent": 1, "pending": 2}
    assert counts.stories == {"read": 1}
    assert counts.subscriptions == 3
    assert counts.leases == {"push": "me"}
    assert counts.oldest_open == NOW


async def test_a_failing_feed_and_a_story_that_waits_are_seen(store: Store) -> None:
    """A feed whose last poll failed counts as failing; the story that waits longest to be read gives its moment."""
    failing = await add_feed(store, "failing", "https://failing.example/rss")
    await poll(store, failing, now=NOW, state=FeedState(later(60), 900, failures=3))
    well = await add_feed(store)
    await poll(store, well, new(1), now=NOW)
    counts = await store.census.take()
    assert counts.feeds == {"failing": 1, "well": 1}
    assert counts.stories == {"unread": 1}
    assert counts.oldest_unread == NOW


async def test_what_takes_long_to_count_is_good_for_a_while(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is only kept; what waits is counted each time."""
    monkeypatch.setattr(census, "AT_ONCE", -1.0)
    monkeypatch.setattr(census, "REST", 10**9)
    await follower(store, 1, WAR)
    assert (await store.census.take()).deliveries == {}
    await follower(store, 2, WAR)
    await publish(store, article(1, tags=["war"]))
    first, _ = await store.deliveries.claim(NOW, limit=2, owner="p")
    await store.deliveries.settle("p", [Mark(first.id, DeliveryState.SENT, (5,))])
    counts = await store.census.take()
    assert (counts.deliveries, counts.stories, counts.subscriptions) == ({"claimed": 1}, {}, 1)
    again = await Census(store._database, lambda: NOW).take()
    assert (again.deliveries, again.stories, again.subscriptions) == ({"claimed": 1, "sent": 1}, {"read": 1}, 2)


async def test_a_slow_count_is_made_again_in_the_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time for which it is good."""
    monkeypatch.setattr(census, "AT_ONCE", -1.0)
    monkeypatch.setattr(census, "REST", 0)
    for number in (1, 2):
        await follower(store, number, WAR)
        assert (await store.census.take()).subscriptions == number


async def test_a_feed_that_nobody_follows_is_not_overdue(store: Store) -> None:
    """It is not asked for, whenever that was to be; somebody who follows it makes it due."""
    url = "https://quiet.example/rss"
    await store.feeds.ensure(url)
    late = Census(store._database, lambda: NOW)
    assert (await late.take()).most_overdue is None
    feed = await store.feeds.by_url(url)
    assert feed is not None
    await follower(store, 1, feed.topic)
    assert (await late.take()).most_overdue is not None
