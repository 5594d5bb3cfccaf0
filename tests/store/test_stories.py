"""Stories: lists, claims for reading, and the commit that makes deliveries."""

from datetime import timedelta

import pytest

from bot.feed_values import NewReason
from bot.models import Topic, TopicKind
from bot.store import DeliveryState, Store
from tests.store.news import NOW, SOURCE, add_feed, article, follower, later, new, poll, publish, read_all, tag

PERSON = Topic(TopicKind.PERSON, "ann lee", "Ann Lee")
AUTHOR = Topic(TopicKind.AUTHOR, "ann lee", "Ann Lee")


@pytest.mark.parametrize("topic", [SOURCE, tag("war"), PERSON])
async def test_a_story_goes_to_who_follows_its_source_a_tag_or_a_person_quoted(store: Store, topic: Topic) -> None:
    """And to nobody else: an author of that name wrote nothing, another tag is another."""
    fan = await follower(store, 1, topic)
    await follower(store, 2, AUTHOR, tag("peace"))
    await publish(store, article(1, tags=["War"], speakers=["Ann Lee"]))
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [fan.id]


async def test_a_tag_that_only_the_feed_names_counts_too(store: Store) -> None:
    """Its categories are topics beside the page's tags."""
    fan = await follower(store, 1, tag("war"))
    await poll(store, await add_feed(store), new(1, tags=("War",)))
    await read_all(store, [article(1)])
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [fan.id]


async def test_who_follows_two_topics_of_a_story_gets_it_once(store: Store) -> None:
    """One chat, one story, one delivery."""
    await follower(store, 1, tag("war"), tag("peace"), SOURCE, PERSON)
    await publish(store, article(1, tags=["war", "peace"], speakers=["Ann Lee"]))
    assert await store.deliveries.counts() == {DeliveryState.PENDING: 1}


async def test_who_follows_after_a_story_was_seen_does_not_get_it(database_url: str) -> None:
    """A new follower is not flooded with what the queue still holds."""
    moment = later(-10)
    async with Store(database_url, clock=lambda: moment) as store:
        early = await follower(store, 1, tag("war"))
        await poll(store, await add_feed(store), new(1))
        moment = later(10)
        await follower(store, 2, tag("war"))
        await read_all(store, [article(1, tags=["war"])], now=later(20))
        assert [one.chat.id for one in await store.deliveries.claim(later(20), limit=5, owner="p")] == [early.id]


async def test_a_story_is_read_once(store: Store) -> None:
    """While one reader has it, another gets nothing; after its lease, the first one's late result is refused."""
    await poll(store, await add_feed(store), new(1))
    (story,) = await store.stories.claim_unread(NOW, limit=5, owner="slow", lease=timedelta(seconds=60))
    assert await store.stories.claim_unread(later(59), limit=5, owner="fast") == []
    assert await store.stories.claim_unread(later(61), limit=5, owner="fast") == [story]
    assert await store.stories.commit_reading(story.id, article(1), owner="slow", now=later(62)) is None
    assert await store.stories.commit_reading(story.id, article(1), owner="fast", now=later(62)) is not None
    assert await store.stories.claim_unread(later(1000), limit=5, owner="fast") == []


async def test_stories_of_one_feed_are_read_in_order(store: Store) -> None:
    """The second is given out when the first is done; another feed's need not wait; one put off lets the next pass."""
    one, two = await add_feed(store), await add_feed(store, slug="other", url="https://wire.example/other")
    await poll(store, one, new(1), new(2))
    await poll(store, two, new(3))
    first, other = await store.stories.claim_unread(NOW, limit=5, owner="r")
    assert (first.url, other.url) == ("https://wire.example/1", "https://wire.example/3")
    assert await store.stories.claim_unread(NOW, limit=5, owner="r") == []
    await store.stories.postpone(first.id, owner="r", not_before=later(30), error="fetch_timeout")
    (second,) = await store.stories.claim_unread(NOW, limit=5, owner="r")
    assert second.url == "https://wire.example/2"
    await store.stories.commit_reading(second.id, article(2), owner="r", now=NOW)
    assert await store.stories.claim_unread(later(29), limit=5, owner="r") == []
    (again,) = await store.stories.claim_unread(later(30), limit=5, owner="r")
    assert (again.id, again.attempts) == (first.id, 1)


async def test_a_pause_from_a_wrong_clock_is_not_waited_for(store: Store) -> None:
    """The clock was a year ahead when a page could not be read: once it is right, its story is read, and the next."""
    wrong = later(365 * 86_400)
    await poll(store, await add_feed(store), new(1), new(2))
    (first,) = await store.stories.claim_unread(wrong, limit=9, owner="reader")
    await store.stories.postpone(first.id, owner="reader", not_before=wrong + timedelta(minutes=2), error="fetch")
    await store.stories.claim_unread(wrong, limit=9, owner="dead")
    await read_all(store, [article(1), article(2)], later(60))
    assert len(await store.stories.claim_unread(later(60), limit=9, owner="reader")) == 0


async def test_a_reader_that_stops_gives_its_stories_back(store: Store) -> None:
    """The next reader need not wait for the lease to end."""
    await poll(store, await add_feed(store), new(1))
    await store.stories.claim_unread(NOW, limit=5, owner="one")
    await store.stories.release(owner="one")
    assert len(await store.stories.claim_unread(NOW, limit=5, owner="two")) == 1


async def test_the_backlog_is_listed_and_not_pushed(store: Store) -> None:
    """Headlines from before a feed was added are there for /recent, newest first; nobody is sent them."""
    await follower(store, 1, SOURCE)
    backlog = [new(number, NewReason.BACKLOG, published=later(-60 * (9 - number))) for number in (1, 2, 3)]
    await poll(store, await add_feed(store), *backlog)
    assert await store.stories.claim_unread(NOW, limit=5, owner="r") == []
    headlines = await store.stories.recent()
    assert [one.title for one in headlines] == ["Story 3", "Story 2", "Story 1"]
    assert headlines[0].published == later(-360)
    assert (headlines[0].source, headlines[0].slug, headlines[0].language) == ("The Wire", "wire", "en")


async def test_lists_can_be_narrowed_and_paged(store: Store) -> None:
    """By topic, source, language and moment; pages neither overlap nor leave anything out."""
    one, two = await add_feed(store), await add_feed(store, slug="other", url="https://wire.example/other")
    await poll(store, one, *(new(number, published=later(number), tags=("odd",) * (number % 2)) for number in range(5)))
    await poll(store, two, new(9, published=later(-100)))
    titles = [story.title for story in await store.stories.recent(tag("odd"))]
    assert sorted(titles) == ["Story 1", "Story 3"]
    assert [story.title for story in await store.stories.recent(sources=["other"])] == ["Story 9"]
    assert [story.title for story in await store.stories.recent(before=later(-1))] == ["Story 9"]
    assert await store.stories.recent(languages=["uk"]) == []
    everything = await store.stories.recent(languages=["en"])
    pages = [await store.stories.recent(limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [story for page in pages for story in page] == everything
    assert len(everything) == 6


async def test_news_dated_in_the_future_does_not_stay_on_top(store: Store) -> None:
    """A feed's wrong clock counts as the moment when the entry was seen."""
    feed_id = await add_feed(store)
    await poll(store, feed_id, new(1, published=later(1_000_000)))
    await poll(store, feed_id, new(2, published=later(59)), now=later(60))
    assert [story.title for story in await store.stories.recent()] == ["Story 2", "Story 1"]


async def test_a_headline_remembers_its_digest(store: Store) -> None:
    """What somebody asked for is there for the next."""
    await poll(store, await add_feed(store), new(1, NewReason.BACKLOG))
    (headline,) = await store.stories.recent()
    assert headline.digest_id is None
    digest_id = await store.digests.save(article(1))
    await store.stories.attach_digest(headline.story_id, digest_id)
    found = await store.stories.get(headline.story_id)
    assert found is not None
    assert found.digest_id == digest_id
    assert await store.stories.get(headline.story_id + 1) is None


async def test_a_feed_of_thousands_of_entries_is_kept(store: Store) -> None:
    """It takes its time and breaks no limit of the database's parameters."""
    await poll(store, await add_feed(store), *(new(number, NewReason.BACKLOG) for number in range(5_000)))
    assert len(await store.stories.recent(limit=10_000)) == 5_000
