"""Polling: what each answer of a feed's server means for its record, its stories and its followers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.feed_values import DueFeed, FeedNotice, PollResult
from bot.feeds.poll import Poller
from bot.feeds.warm import warm_up
from bot.models import Topic, TopicKind
from bot.reading.worker import ReadingPool
from bot.store import Store
from bot.web.fetch import Fetcher
from config.settings import Settings
from tests.clock import Clock
from tests.site import Answer, LocalSite
from tests.web.servers import LocalServer, Request

pytestmark = pytest.mark.asyncio(loop_scope="module")

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A poller with real parts around it, and a feed that the test writes."""

    site: LocalSite
    store: Store
    fetcher: Fetcher
    pool: ReadingPool
    settings: Settings
    poller: Poller
    clock: Clock[datetime]
    feed_id: int
    titles: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def show(self, *titles: str, status: int = 200) -> None:
        """Let the feed show these items, the newest first."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.site.url}/{title}</link><guid>{title}</guid>"
            f"<pubDate>{self.clock.now - timedelta(minutes=place):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for place, title in enumerate(titles)
        )
        body = f'<rss version="2.0"><channel><title>Local feed</title>{items}</channel></rss>'
        self.site.put("/feed.xml", Answer(body, status, "application/rss+xml", self.headers))

    def another_poller(self, *, at_once: int) -> Poller:
        """Return a poller with fewer places."""
        return Poller(
            self.store, self.fetcher, self.pool, self.settings, owner="other", at_once=at_once, clock=self.clock
        )

    async def claim(self) -> DueFeed:
        """Claim the feed, an interval or a back-off later."""
        self.clock.now += timedelta(days=1.1)
        (due,) = await self.store.feeds.claim_due(self.clock.now, limit=9, owner="test")
        return due

    async def poll(self) -> PollResult:
        """Poll the feed once, when it is due."""
        return await self.poller.poll(await self.claim())

    async def unread(self) -> list[str]:
        """Return the titles of the stories that are to be read, oldest first; takes them."""
        titles = []
        while claimed := await self.store.stories.claim_unread(self.clock.now, limit=50, owner="reader"):
            for story in claimed:
                titles.append(story.entry.title)
                await self.store.stories.postpone(
                    story.id, owner="reader", not_before=self.clock.now + timedelta(days=8), error="kept by the test"
                )
        return titles


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pool() -> AsyncIterator[ReadingPool]:
    """Return reading workers for all tests."""
    pool = ReadingPool(Settings(_env_file=None, reading_workers=1, reading_timeout=30), prepare=warm_up)
    await pool.start()
    yield pool
    await pool.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(pool: ReadingPool, tmp_path: Path) -> AsyncIterator[Desk]:
    """Return a poller at a followed feed that shows one old item."""
    settings = Settings(_env_file=None, allow_loopback=True, host_gap=0, push_cap=3)
    clock = Clock(START)
    async with (
        LocalSite() as site,
        Fetcher(settings) as fetcher,
        Store(f"sqlite+aiosqlite:///{tmp_path}/poll.db", clock=clock) as store,
    ):
        await store.migrate()
        poller = Poller(store, fetcher, pool, settings, owner="test", clock=clock)
        feed_id = await store.feeds.ensure(f"{site.url}/feed.xml")
        chat = await store.chats.ensure(1)
        feed = await store.feeds.get(feed_id)
        assert feed is not None
        await store.subscriptions.add(chat.id, feed.topic)
        desk = Desk(site, store, fetcher, pool, settings, poller, clock, feed_id)
        desk.show("old")
        yield desk


async def test_the_first_reading_pushes_nothing(desk: Desk) -> None:
    """What a feed shows when it is first read is listed and never pushed."""
    result = await desk.poll()
    assert [new.push for new in result.decision.new] == [False]
    assert await desk.unread() == []
    assert [headline.title for headline in await desk.store.stories.recent()] == ["old"]


async def test_news_become_stories_oldest_first(desk: Desk) -> None:
    """New items become stories to be read, in the order they were published."""
    await desk.poll()
    desk.show("newest", "newer", "old")
    await desk.poll()
    assert await desk.unread() == ["newer", "newest"]
    assert len(await desk.store.stories.recent()) == 3


async def test_a_flood_after_an_outage_is_capped(desk: Desk) -> None:
    """Only the newest few of many new items are pushed; followers are told how many more there are."""
    await desk.poll()
    desk.show(*(f"item {number}" for number in range(10)), "old")
    result = await desk.poll()
    assert [new.entry.title for new in result.decision.new if new.push] == ["item 2", "item 1", "item 0"]
    assert result.decision.left_out == 7


async def test_validators_go_back_and_a_304_is_no_work(desk: Desk) -> None:
    """The server's validators are sent with the next request, and "not modified" changes nothing but the next poll."""
    desk.headers = {"ETag": 'W/"odd etag"', "Last-Modified": "Tue, 24 Nov 2026 08:00:00 GMT"}
    desk.show("old")
    await desk.poll()
    desk.site.pages["/feed.xml"] = Answer(b"", 304)
    result = await desk.poll()
    assert desk.site.headers[-1]["If-None-Match"] == 'W/"odd etag"'
    assert desk.site.headers[-1]["If-Modified-Since"] == "Tue, 24 Nov 2026 08:00:00 GMT"
    assert result.decision.is_empty
    assert result.state.failures == 0
    assert result.state.etag == 'W/"odd etag"'


async def test_an_empty_document_for_an_hour_repeats_nothing(desk: Desk) -> None:
    """A feed that shows nothing for a while and then its old items again pushes none of them."""
    await desk.poll()
    desk.show()
    await desk.poll()
    desk.show("fresh", "old")
    result = await desk.poll()
    assert [new.entry.title for new in result.decision.new] == ["fresh"]


async def test_a_feed_that_is_followed_again_brings_its_next_news(desk: Desk) -> None:
    """After a time without followers what the feed shows is backlog, though it shows the same as before; what then
    comes is news.
    """
    await desk.poll()
    chat = await desk.store.chats.ensure(1)
    feed = await desk.store.feeds.get(desk.feed_id)
    assert feed is not None
    await desk.store.subscriptions.remove(chat.id, feed.topic)
    await desk.store.subscriptions.add(chat.id, feed.topic)
    await desk.poll()
    desk.show("fresh", "old")
    assert [(new.entry.title, new.push) for new in (await desk.poll()).decision.new] == [("fresh", True)]


async def test_a_feed_without_dates_is_polled_as_often_as_it_changes(desk: Desk) -> None:
    """Where nothing is dated the polls themselves tell the pace: it grows and slows with the feed's."""

    def put(number: int) -> None:
        item = f"<item><title>Item {number}</title><link>{desk.site.url}/{number}</link></item>"
        body = f'<rss version="2.0"><channel><title>Undated</title>{item}</channel></rss>'
        desk.site.put("/feed.xml", Answer(body, content_type="application/rss+xml"))

    async def poll_in_time() -> float:
        feed = await desk.store.feeds.get(desk.feed_id)
        assert feed is not None
        desk.clock.now = feed.state.next_poll
        (due,) = await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test")
        return (await desk.poller.poll(due)).state.interval_seconds

    intervals = []
    for number in range(12):
        put(number)
        intervals.append(await poll_in_time())
    assert intervals[-1] == 300  # the shortest that the settings allow
    quiet = [await poll_in_time() for _ in range(80)]
    assert quiet == sorted(quiet)
    assert quiet[-1] > 4 * 300
    put(99)
    await poll_in_time()
    put(100)
    assert await poll_in_time() < quiet[-1]


async def test_failures_back_off_and_recover(desk: Desk) -> None:
    """Each failure in a row waits longer, and one answer ends it."""
    await desk.poll()
    desk.show(status=500)
    waits = []
    for _ in range(4):
        result = await desk.poll()
        waits.append((result.state.next_poll - desk.clock.now).total_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]
    desk.show("old")
    result = await desk.poll()
    assert (result.state.failures, result.state.failing_since) == (0, None)


async def test_retry_after_is_honoured(desk: Desk) -> None:
    """A server that asks to be left alone for hours is left alone that long."""
    desk.site.put("/feed.xml", Answer(b"", 503, headers={"Retry-After": "7200"}))
    result = await desk.poll()
    assert result.state.next_poll - desk.clock.now >= timedelta(hours=2)


async def test_an_unreachable_feed_is_told_of_once_after_a_day(desk: Desk) -> None:
    """Followers hear of a failing feed after a day, once, and hear that it is back."""
    await desk.poll()
    desk.show(status=500)
    notices = [(await desk.poll()).notice for _ in range(4)]
    assert notices == [None, FeedNotice.UNREACHABLE, None, None]
    desk.show("old")
    assert (await desk.poll()).notice is FeedNotice.RECOVERED


async def test_a_permanent_redirect_moves_the_feed(desk: Desk) -> None:
    """After 301 the feed is asked for at its new address, and its entries are known there."""
    await desk.poll()
    desk.site.pages["/moved.xml"] = desk.site.pages["/feed.xml"]
    desk.site.put("/feed.xml", Answer(b"", 301, headers={"Location": "/moved.xml"}))
    result = await desk.poll()
    feed = await desk.store.feeds.get(desk.feed_id)
    assert feed is not None
    assert feed.url == f"{desk.site.url}/moved.xml"
    assert result.decision.is_empty


async def test_410_ends_the_feed_with_a_word(desk: Desk) -> None:
    """A feed that is gone for good is told of and not asked again."""
    desk.show(status=410)
    assert (await desk.poll()).notice is FeedNotice.ENDED
    desk.clock.now += timedelta(days=30)
    assert await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test") == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer("<!DOCTYPE html><html><body>Maintenance</body></html>"),
        Answer(b"", content_type="application/rss+xml"),
        Answer(b"\x1f\x8b\x08\x00\x00", content_type="application/rss+xml", headers={"Content-Encoding": "gzip"}),
        Answer(b"\x89PNG\r\n\x1a\n", content_type="image/png"),
    ],
    ids=["HTML", "empty", "truncated gzip", "a picture"],
)
async def test_what_is_no_feed_is_a_failure_and_loses_nothing(desk: Desk, answer: Answer) -> None:
    """A document that is no feed counts as a failed poll; what was known stays known."""
    await desk.poll()
    desk.site.put("/feed.xml", answer)
    assert (await desk.poll()).state.failures == 1
    desk.show("fresh", "old")
    assert [new.entry.title for new in (await desk.poll()).decision.new] == ["fresh"]


async def test_an_enormous_feed_is_read_in_part(desk: Desk) -> None:
    """Of 25,000 entries the newest thousand are read, and the poller goes on."""
    desk.show(*(f"item {number}" for number in range(25_000)))
    result = await desk.poll()
    assert result.state.failures == 0
    assert 0 < len(result.decision.new) <= 1_000


async def test_a_headline_list_is_polled_like_a_feed(desk: Desk) -> None:
    """A page with times and headlines brings news, where a site rule says where they are."""

    def page(*rows: str) -> Answer:
        listed = "".join(
            f'<div class="latest__row"><span class="latest__clock">{row[:5]}</span>'
            f'<a class="latest__title" href="/eng/news/{row[6:]}/">{row[6:]}</a></div>'
            for row in rows
        )
        return Answer(f"<!DOCTYPE html><html><body>{listed}</body></html>")

    chat = await desk.store.chats.ensure(1)
    url = desk.site.put("/eng/news/", page("10:00 first"))
    feed = await desk.store.feeds.get(await desk.store.feeds.ensure(url, kind="headlines"))
    assert feed is not None
    await desk.store.subscriptions.add(chat.id, feed.topic)
    await desk.store.subscriptions.remove(chat.id, Topic(TopicKind.SOURCE, f"{desk.site.url}/feed.xml", ""))
    await desk.poll()
    desk.site.put("/eng/news/", page("10:30 second", "10:00 first"))
    result = await desk.poll()
    assert [(new.entry.title, new.push) for new in result.decision.new] == [("second", True)]


async def test_a_host_that_is_back_is_asked_for_its_other_feeds_at_once(desk: Desk) -> None:
    """One feed's recovery ends the back-off of the host's other feeds."""
    chat = await desk.store.chats.ensure(1)
    other = await desk.store.feeds.get(await desk.store.feeds.ensure(f"{desk.site.url}/other.xml"))
    assert other is not None
    await desk.store.subscriptions.add(chat.id, other.topic)
    desk.site.pages["/feed.xml"] = desk.site.pages["/other.xml"] = Answer(b"", 500)
    for _ in range(3):
        desk.clock.now += timedelta(days=1.1)
        for feed in await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test"):
            await desk.poller.poll(feed)
    desk.clock.now += timedelta(minutes=2)
    assert await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test") == []
    desk.show("old")
    row = await desk.store.feeds.get(desk.feed_id)
    assert row is not None
    desk.clock.now = row.state.next_poll
    claimed = await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test")
    back = next(feed for feed in claimed if feed.id == desk.feed_id)
    for feed in claimed:
        if feed.id != desk.feed_id:
            await desk.poller.poll(feed)
    assert (await desk.poller.poll(back)).host_is_back
    (due,) = await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test")
    assert due.id == other.id


async def test_an_address_that_is_none_fails_by_itself(desk: Desk) -> None:
    """A feed whose address urllib cannot take apart is a failed poll of one feed; the others are polled."""
    chat = await desk.store.chats.ensure(1)
    broken = await desk.store.feeds.get(await desk.store.feeds.ensure("https://[half"))
    assert broken is not None
    await desk.store.subscriptions.add(chat.id, broken.topic)
    desk.clock.now += timedelta(seconds=1)
    poller = desk.another_poller(at_once=4)
    running = asyncio.create_task(poller.run())
    await desk.site.until_requested_again("/feed.xml", times=1)
    poller.stop()
    await running
    desk.clock.now += timedelta(days=1.1)
    results = [
        await desk.poller.poll(due) for due in await desk.store.feeds.claim_due(desk.clock.now, limit=9, owner="test")
    ]
    assert {result.feed_id: result.state.error for result in results} == {desk.feed_id: "", broken.id: "url_invalid"}


async def test_a_crowd_at_one_host_does_not_delay_the_others(desk: Desk) -> None:
    """Twice as many feeds of one slow host are due as there are places; a feed of another host is polled meanwhile."""
    stuck = asyncio.Event()

    async def wait(_request: Request, writer: asyncio.StreamWriter) -> None:
        await stuck.wait()
        writer.close()

    chat = await desk.store.chats.ensure(1)
    async with LocalServer({f"/{number}.xml": wait for number in range(32)}) as slow:
        for number in range(32):
            feed = await desk.store.feeds.get(await desk.store.feeds.ensure(slow.url(f"/{number}.xml")))
            assert feed is not None
            await desk.store.subscriptions.add(chat.id, feed.topic)
        desk.clock.now += timedelta(seconds=1)
        feed = await desk.store.feeds.get(desk.feed_id)
        assert feed is not None
        state = replace(feed.state, next_poll=desk.clock.now)  # due after all of the slow host
        await desk.store.feeds.claim(desk.feed_id, desk.clock.now, owner="setup")
        await desk.store.feeds.commit_poll(PollResult(desk.feed_id, state), owner="setup", now=desk.clock.now)
        poller = desk.another_poller(at_once=16)
        running = asyncio.create_task(poller.run())
        await desk.site.until_requested_again("/feed.xml", times=1)
        assert not stuck.is_set()
        poller.stop()
        await running
