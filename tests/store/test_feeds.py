"""Feeds: claims, leases, and the one commit that ends a poll."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from bot.errors import UrlInvalid
from bot.feed_values import ChangedEntry, Decision, FeedKind, FeedNotice, FeedState, NewReason, PollResult
from bot.models import Topic, TopicKind
from bot.store import DeliveryState, Store
from bot.store.engine import Database
from bot.store.entries import store_decision
from bot.store.tables import feeds
from tests.store.news import NOW, SOURCE, add_feed, article, entry, follower, later, new, poll, read_all, tag


async def test_a_preset_is_known_by_its_slug(store: Store) -> None:
    """A preset whose file names another URL keeps its number and its followers' topic."""
    feed_id = await add_feed(store, url="https://wire.example/old")
    assert await add_feed(store, url="https://wire.example/new") == feed_id
    feed = await store.feeds.by_slug("wire")
    assert feed is not None
    assert (feed.url, feed.topic, feed.name) == ("https://wire.example/new", SOURCE, "The Wire")


async def test_a_feed_of_a_chat_is_known_by_its_url(store: Store) -> None:
    """Two chats that add one URL share one feed; its topic's key is the URL."""
    url = "https://wire.example/rss"
    feed_id = await add_feed(store, slug=None, url=url)
    assert await add_feed(store, slug=None, url=url) == feed_id
    feed = await store.feeds.by_url(url)
    assert feed is not None
    assert feed.topic == Topic(TopicKind.SOURCE, url, "")
    assert [row.id for row in await store.feeds.list()] == [feed_id]


async def test_an_address_too_long_for_an_index(store: Store) -> None:
    """A feed cannot have it, and keeps the address it has where it is said to have moved there."""
    long = "https://wire.example/" + "".join(f"{number:x}." for number in range(2_000))
    with pytest.raises(UrlInvalid):
        await store.feeds.ensure(long)
    feed_id = await add_feed(store, slug=None, url="https://wire.example/rss")
    await follower(store, 1, Topic(TopicKind.SOURCE, "https://wire.example/rss", ""))
    assert await poll(store, feed_id, new(1), moved_to=long)
    feed = await store.feeds.get(feed_id)
    assert feed is not None
    assert feed.url == "https://wire.example/rss"
    assert [story.title for story in await store.stories.recent()] == ["Story 1"]


async def test_a_due_feed_is_claimed_once(store: Store) -> None:
    """While one poller's lease lasts, another gets nothing; afterwards the feed is free again."""
    feed_id = await add_feed(store)
    (due,) = await store.feeds.claim_due(NOW, limit=5, owner="one", lease=timedelta(seconds=60))
    assert (due.id, due.kind) == (feed_id, FeedKind.FEED)
    assert await store.feeds.claim_due(later(59), limit=5, owner="two") == []
    assert [feed.id for feed in await store.feeds.claim_due(later(61), limit=5, owner="two")] == [feed_id]


async def test_a_feed_polled_by_a_wrong_clock_is_due_when_the_clock_is_right(store: Store) -> None:
    """The clock was a year ahead; an interval of weeks that the operator wants is kept."""
    wrong = later(365 * 86_400)
    ahead, patient = await add_feed(store), await add_feed(store, slug="patient", url="https://patient.example/rss")
    await store.feeds.claim_due(NOW, limit=5, owner="poller")
    for feed_id, polled, wait in ((ahead, wrong, timedelta(hours=1)), (patient, NOW, timedelta(days=20))):
        state = FeedState(next_poll=polled + wait, interval_seconds=wait.total_seconds(), polled=polled)
        assert await store.feeds.commit_poll(PollResult(feed_id, state), owner="poller", now=polled)
    assert [feed.id for feed in await store.feeds.claim_due(later(60), limit=5, owner="poller")] == [ahead]


async def test_a_feed_that_nobody_follows_is_not_polled(store: Store) -> None:
    """A feed that a chat added is due while somebody follows it; then it rests, and starts afresh later."""
    url = "https://wire.example/rss"
    feed_id = await add_feed(store, slug=None, url=url)
    assert await store.feeds.claim_due(NOW, limit=5, owner="poller") == []
    topic = Topic(TopicKind.SOURCE, url, url)
    chat = await follower(store, 1, topic)
    await poll(store, feed_id, new(1))
    assert (await store.feeds.known(feed_id)).first_read == NOW
    await store.subscriptions.remove(chat.id, topic)
    assert await store.feeds.next_due() is None
    await store.subscriptions.add(chat.id, topic)
    known = await store.feeds.known(feed_id)
    assert known.first_read is None
    assert len(known.entries) == 1
    assert [feed.id for feed in await store.feeds.claim_due(NOW, limit=5, owner="poller")] == [feed_id]


async def test_a_poll_is_written_whole(store: Store) -> None:
    """State, entries, their keys and their stories are there after the commit, and the feed is free and due as told."""
    feed_id = await add_feed(store)
    state = FeedState(next_poll=later(900), interval_seconds=900, etag='W/"x"', title="Wire")
    assert await poll(store, feed_id, new(1), new(2, NewReason.BACKLOG), state=state)
    known = await store.feeds.known(feed_id)
    assert {one.keys for one in known.entries} == {
        frozenset({"gg1", "uhttps://wire.example/1"}),
        frozenset({"gg2", "uhttps://wire.example/2"}),
    }
    feed = await store.feeds.get(feed_id)
    assert feed is not None
    assert feed.state == state
    assert await store.feeds.next_due() == later(900)
    assert [story.title for story in await store.stories.recent()] == ["Story 2", "Story 1"]
    assert [story.entry for story in await store.stories.claim_unread(NOW, limit=5, owner="r")] == [entry(1)]


async def test_a_poller_that_lost_its_lease_writes_nothing(store: Store) -> None:
    """A poll that took longer than its lease does not overwrite what the next poller did."""
    feed_id = await add_feed(store)
    (due,) = await store.feeds.claim_due(NOW, limit=5, owner="slow", lease=timedelta(seconds=1))
    assert await poll(store, feed_id, new(1), now=later(2))
    late = PollResult(feed_id, due.state, Decision(new=(new(2),)))
    assert not await store.feeds.commit_poll(late, owner="slow", now=later(3))
    assert [story.title for story in await store.stories.recent()] == ["Story 1"]


async def test_a_released_feed_is_due_as_before(store: Store) -> None:
    """A poller that stops gives its claim back at once."""
    feed_id = await add_feed(store)
    await store.feeds.claim_due(NOW, limit=5, owner="one")
    await store.feeds.release(feed_id, owner="one")
    assert [feed.id for feed in await store.feeds.claim_due(NOW, limit=5, owner="two")] == [feed_id]


async def test_a_feed_that_moved_is_asked_at_its_new_address(store: Store) -> None:
    """Its followers keep following it."""
    feed_id = await add_feed(store)
    await poll(store, feed_id, moved_to="https://wire.example/moved")
    feed = await store.feeds.by_slug("wire")
    assert feed is not None
    assert (feed.url, feed.topic) == ("https://wire.example/moved", SOURCE)


async def test_a_feed_that_moved_onto_another_stays_where_it_is(store: Store) -> None:
    """Two rows for one URL would be two polls of it; the poll is committed without the move."""
    feed_id = await add_feed(store)
    await add_feed(store, slug="other", url="https://wire.example/other")
    assert await poll(store, feed_id, new(1), moved_to="https://wire.example/other")
    feed = await store.feeds.by_slug("wire")
    assert feed is not None
    assert feed.url == "https://wire.example/rss"


async def test_an_ended_feed_is_not_polled_and_its_followers_are_told(store: Store) -> None:
    """The word goes through the outbox, once to each follower of the source, and to nobody else."""
    feed_id = await add_feed(store)
    fan = await follower(store, 1, SOURCE)
    await follower(store, 2, tag("war"))
    ended = FeedState(next_poll=NOW, interval_seconds=900, ended=True)
    await poll(store, feed_id, state=ended, notice=FeedNotice.ENDED)
    assert await store.feeds.claim_due(later(10_000), limit=5, owner="poller") == []
    (told,) = await store.deliveries.claim(NOW, limit=5, owner="pusher")
    assert told.chat.id == fan.id
    assert told.notice is not None
    assert (told.notice.code, told.notice.feed_name) == ("ended", "The Wire")
    assert await store.stories.recent() == []


async def test_a_channels_readers_are_not_told_but_who_configured_it(store: Store) -> None:
    """The word goes to the private chat of that person, once for several channels; a stranger's channel hears none."""
    feed_id = await add_feed(store)
    person = await store.chats.ensure(77, title="Olena")
    for number, configurer in ((-101, 77), (-102, 77), (-103, 78)):
        channel = await store.chats.ensure(number, kind="channel", title="News")
        await store.chats.set_configurer(channel.id, configurer)
        await store.subscriptions.add(channel.id, SOURCE)
    await poll(store, feed_id, notice=FeedNotice.ENDED)
    (told,) = await store.deliveries.claim(NOW, limit=5, owner="pusher")
    assert told.chat.id == person.id
    assert told.notice is not None
    assert await store.deliveries.counts() == {DeliveryState.CLAIMED: 1}


async def test_followers_are_told_how_much_was_left_out(store: Store) -> None:
    """What a cap kept back is said, with the number, after the news itself."""
    feed_id = await add_feed(store)
    await follower(store, 1, SOURCE)
    await poll(store, feed_id, decision=Decision(new=(new(1), new(2, NewReason.CAPPED)), left_out=1))
    await read_all(store, [article(1)])
    (first,) = await store.deliveries.claim(NOW, limit=5, owner="pusher")
    assert first.headline == "Story 1"
    counts = await store.deliveries.counts()
    assert sum(counts.values()) == 2


async def test_a_known_entry_is_updated_in_place(store: Store) -> None:
    """A corrected headline shows in lists; a further key and a new text key are remembered."""
    feed_id = await add_feed(store)
    await poll(store, feed_id, new(1))
    (known,) = (await store.feeds.known(feed_id)).entries
    changed = ChangedEntry(known.id, replace(entry(1), title="Story 1, corrected"), "t-new")
    await poll(
        store, feed_id, decision=Decision(changed=(changed,), added_keys=((known.id, "gother"),), seen=(known.id,))
    )
    (now_known,) = (await store.feeds.known(feed_id)).entries
    assert (now_known.text_key, now_known.keys) == ("t-new", known.keys | {"gother"})
    assert [story.title for story in await store.stories.recent()] == ["Story 1, corrected"]


async def test_one_page_in_two_feeds_is_one_story(store: Store) -> None:
    """Who follows both gets it once; who follows the second feed only gets it too."""
    both, second_only = await follower(store, 1, SOURCE), await follower(store, 2)
    first, second = await add_feed(store), await add_feed(store, slug="other", url="https://wire.example/other")
    other = Topic(TopicKind.SOURCE, "other", "Other")
    await store.subscriptions.add(both.id, other)
    await store.subscriptions.add(second_only.id, other)
    await poll(store, first, new(1))
    await read_all(store, [article(1)])
    await poll(store, second, new(1, url="https://wire.example/1?utm_source=rss"))
    deliveries = await store.deliveries.claim(NOW, limit=9, owner="pusher")
    assert sorted(one.chat.id for one in deliveries) == [both.id, second_only.id]
    assert len(await store.stories.recent()) == 1


async def test_news_that_another_feed_showed_as_backlog_is_still_pushed(store: Store) -> None:
    """A feed that was just added has the page in its past; for the followers of the other it is new."""
    first, second = await add_feed(store), await add_feed(store, slug="other", url="https://wire.example/other")
    fan = await follower(store, 1, SOURCE)
    await poll(store, second, new(1, NewReason.BACKLOG))
    await poll(store, first, new(1))
    await read_all(store, [article(1)])
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=9, owner="pusher")] == [fan.id]


@pytest.mark.parametrize("title", ["a\0b", "a\ud800b", "\u202eabc\u200b", "x" * 100_000])
async def test_any_text_of_a_feed_can_be_kept(store: Store, title: str) -> None:
    """NUL, lone surrogates and endless words neither break the commit nor the other entries in it."""
    feed_id = await add_feed(store)
    hostile = new(1, title=title, guid=title, url="https://wire.example/" + "ї" * 3000, tags=(title, ""))
    assert await poll(store, feed_id, hostile, new(2))
    assert len(await store.stories.recent()) == 2
    assert len((await store.feeds.known(feed_id)).entries) == 2


async def test_polls_that_share_stories_do_not_wait_for_each_other_for_ever(postgres_url: str) -> None:
    """Two pollers write the same two pages in opposite orders; the second waits until the first is done."""
    database = Database(postgres_url)
    async with Store(postgres_url) as store:
        first, second = await add_feed(store), await add_feed(store, slug="other", url="https://wire.example/other")
        async with database.write() as connection:
            row = (await connection.execute(select(feeds).where(feeds.c.id == first))).one()
            await store_decision(connection, row, Decision(new=(new(1),)), {}, NOW)
            other = asyncio.create_task(poll(store, second, new(2), new(1)))
            while not await _somebody_waits(database):  # noqa: ASYNC110  PostgreSQL tells nobody of its locks
                await asyncio.sleep(0)
            await store_decision(connection, row, Decision(new=(new(2),)), {}, NOW)
        assert await other
        assert len(await store.stories.recent()) == 2
    await database.close()


async def _somebody_waits(database: Database) -> bool:
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    async with database.read() as connection:
        return bool((await connection.execute(query)).scalar_one())


async def test_what_a_feed_has_long_stopped_showing_is_forgotten(store: Store) -> None:
    """A month after it was shown last; what is still shown is kept however old it is, and headlines stay."""
    feed_id = await add_feed(store)
    await poll(store, feed_id, new(1), new(2))
    one, two = sorted((await store.feeds.known(feed_id)).entries, key=lambda known: known.id)
    month = later(31 * 86_400)
    await poll(store, feed_id, decision=Decision(new=(new(3),), seen=(two.id,)), now=month)
    known = {entry.id for entry in (await store.feeds.known(feed_id)).entries}
    assert one.id not in known
    assert two.id in known
    assert len(await store.stories.recent()) == 3


@pytest.mark.parametrize(
    "edge",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=2))),
    ],
)
async def test_a_moment_outside_of_the_calendar_breaks_nothing(store: Store, edge: datetime) -> None:
    """The year 1 in Kyiv begins in the year 0 of UTC, which does not exist; the year 9999 ends in 10000."""
    assert await poll(store, await add_feed(store), new(1, published=edge), new(2))
    assert len(await store.stories.recent()) == 2


async def test_feeds_that_a_chat_follows_keep_their_folders(store: Store) -> None:
    """They come in the order in which they were followed, each where the chat's list had it; tags are no feeds."""
    urls = [f"https://{name}.example/rss" for name in ("b", "a")]
    chat = await follower(store, 1, tag("War"))
    for url in urls:
        feed = await store.feeds.get(await store.feeds.ensure(url))
        assert feed is not None
        await store.subscriptions.add(chat.id, feed.topic, folders=["World", url])
    found = await store.feeds.followed(chat.id)
    assert [(one.feed.url, one.folders) for one in found] == [(url, ("World", url)) for url in urls]


async def test_a_feed_added_by_its_address_gets_its_own_title(store: Store) -> None:
    """Lists of subscriptions show the title that the feed states, once it was read."""
    url = "https://wire.example/rss"
    feed_id = await store.feeds.ensure(url)
    chat = await follower(store, 1, Topic(TopicKind.SOURCE, url, url))
    assert [row.topic.label for row in await store.subscriptions.list(chat.id)] == [url]
    await poll(store, feed_id, state=FeedState(next_poll=later(900), interval_seconds=900, title="The Wire"))
    assert [row.topic.label for row in await store.subscriptions.list(chat.id)] == ["The Wire"]


async def test_the_failing_feeds_of_a_host_that_is_back_are_due(store: Store) -> None:
    """They are due at once; feeds that work, feeds of other hosts and ended ones keep their moments."""
    failing = FeedState(next_poll=later(9_000), interval_seconds=900, failures=9, failing_since=NOW)
    states = {
        "https://wire.example/failing": failing,
        "https://wire.example/works": replace(failing, failures=0),
        "https://wire.example/ended": replace(failing, ended=True),
        "https://wire.example.org/other-host": failing,
    }
    numbers = {}
    for place, (url, state) in enumerate(states.items()):
        numbers[url] = await add_feed(store, slug=f"feed-{place}", url=url)
        await poll(store, numbers[url], state=state)
    back = await add_feed(store, url="https://wire.example/back")
    await poll(store, back, state=FeedState(next_poll=later(900), interval_seconds=900), host_is_back=True)
    (due,) = await store.feeds.claim_due(later(1), limit=9, owner="poller")
    assert due.id == numbers["https://wire.example/failing"]
    assert due.state == replace(failing, next_poll=NOW)
