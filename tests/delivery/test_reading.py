"""Reading stories: each page once, one bad page stops no other, and what cannot be read arrives as a headline."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.reading import MOST_ATTEMPTS, StoryReader, digest_of_entry, is_final, wait_before_retry
from bot.errors import (
    FetchTimeout,
    HostUnreachable,
    HttpStatus,
    NotAnArticle,
    Paywalled,
    ReadingCrashed,
    ReadingTimeout,
    RobotsRefused,
)
from bot.models import Article, Digest
from bot.store import Store, UnreadStory
from tests.store.news import NOW, SOURCE, add_feed, article, entry, follower, new, poll, tag

Answer = Digest | Exception


class Web:
    """Pages by URL, the number of times that each was asked for, and a signal after each."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = {f"https://wire.example/{name.strip('_')}": answer for name, answer in answers.items()}
        self.asked: list[str] = []

    async def read(self, url: str) -> Digest:
        """Return the page's digest or raise its error."""
        self.asked.append(url)
        answer = self.answers.get(url) or article(int(url.rsplit("/", 1)[1]))
        if isinstance(answer, Exception):
            raise answer
        return answer


class Committed:
    """Counts the stories that are done; what wakes the pusher in the bot."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = asyncio.Event()

    def __call__(self) -> None:
        """Count one more."""
        self.count += 1
        self._changed.set()

    async def reach(self, count: int) -> None:
        """Wait until so many stories are done."""
        async with asyncio.timeout(60):
            while self.count < count:
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def reading(store: Store, web: Web, **options: Any) -> AsyncIterator[Committed]:
    """Read while the block runs."""
    done = Committed()
    facts = {"owner": "reader", "idle_seconds": 0.02, "clock": lambda: NOW} | options
    reader = StoryReader(store, web.read, wake_pusher=done, **facts)
    running = asyncio.create_task(reader.run())
    try:
        yield done
    finally:
        reader.stop()
        await running


async def _claimed(store: Store) -> list[Digest]:
    deliveries = await store.deliveries.claim(NOW, limit=99, owner="p")
    return [one.digest.digest for one in deliveries if one.digest]


async def test_a_page_is_read_once_for_all_its_followers(store: Store) -> None:
    """However many follow it, the site is asked once, and each gets a delivery."""
    for number in range(5):
        await follower(store, number + 1, tag("war"))
    await poll(store, await add_feed(store), new(1))
    web = Web(_1=article(1, tags=["war"]))
    async with reading(store, web) as done:
        await done.reach(1)
    assert web.asked == ["https://wire.example/1"]
    assert len(await _claimed(store)) == 5


async def test_a_page_that_somebody_has_just_asked_for_is_not_fetched_again(sqlite_url: str) -> None:
    """The digest for a pasted link serves for the story too."""
    async with Store(sqlite_url, clock=lambda: NOW) as store:
        await poll(store, await add_feed(store), new(1))
        await store.digests.save(article(1))
        web = Web()
        async with reading(store, web) as done:
            await done.reach(1)
    assert web.asked == []


async def test_a_bad_page_stops_no_other(store: Store) -> None:
    """Errors that are expected and one that is not: the stories after it are read."""
    await follower(store, 1, SOURCE)
    await poll(store, await add_feed(store), *(new(number) for number in (1, 2, 3, 4)))
    web = Web(_1=FetchTimeout(url="", seconds=20), _2=RuntimeError("a fault of ours"), _3=NotAnArticle(url=""))
    async with reading(store, web) as done:
        await done.reach(2)
    headlines = await store.stories.recent()
    assert {one.title for one in headlines if one.digest_id} == {"Story 3", "Story 4"}


@pytest.mark.parametrize("error", [Paywalled(url="x"), NotAnArticle(url="x"), HttpStatus(url="x", status=410)])
async def test_what_cannot_be_read_arrives_as_the_feed_tells_it(store: Store, error: Exception) -> None:
    """At once where asking again would not help: title, summary, tags and author are the entry's."""
    await follower(store, 1, tag("war"))
    facts = {"tags": ("War",), "summary": "What the feed says.", "authors": ("A B",)}
    await poll(store, await add_feed(store), new(1, **facts))
    async with reading(store, Web(_1=error)) as done:
        await done.reach(1)
    (digest,) = await _claimed(store)
    assert digest.summary == ("What the feed says.",)
    assert digest.article == Article(
        "https://wire.example/1",
        "Story 1",
        authors=("A B",),
        language="en",
        lead="What the feed says.",
        tags=("War",),
        site="The Wire",
    )


async def test_a_page_that_is_away_is_tried_a_few_times(sqlite_url: str) -> None:
    """With growing pauses; then the story goes out as the feed tells it."""
    moment = NOW
    async with Store(sqlite_url, clock=lambda: moment) as store:
        await follower(store, 1, SOURCE)
        await poll(store, await add_feed(store), new(1))
        web = Web(_1=HostUnreachable(url="x"))
        for attempt in range(1, MOST_ATTEMPTS + 1):
            await _read_until(store, web, attempt, moment)
            moment += timedelta(minutes=30)
        assert len(await _claimed(store)) == 1
    assert len(web.asked) == MOST_ATTEMPTS


async def _read_until(store: Store, web: Web, asked: int, moment: datetime) -> None:
    """Read until the web was asked so many times."""
    counted = asyncio.Event()

    async def read(url: str) -> Digest:
        try:
            return await web.read(url)
        finally:
            if len(web.asked) == asked:
                counted.set()

    reader = StoryReader(store, read, owner=f"reader {asked}", idle_seconds=0.02, clock=lambda: moment)
    running = asyncio.create_task(reader.run())
    async with asyncio.timeout(60):
        await counted.wait()
    reader.stop()
    await running


async def test_what_a_page_does_not_say_comes_from_the_feed(store: Store) -> None:
    """Moment, authors, tags and source; what the page says itself stays."""
    await follower(store, 1, SOURCE)
    published = datetime(2026, 1, 1, tzinfo=UTC)
    await poll(store, await add_feed(store), new(1, published=published, authors=("A B",), tags=("War",)))
    said = replace(article(1), article=replace(article(1).article, authors=("C D",)))
    async with reading(store, Web(_1=said)) as done:
        await done.reach(1)
    (digest,) = await _claimed(store)
    got = digest.article
    assert (got.published, got.authors, got.tags, got.site) == (published, ("C D",), ("War",), "The Wire")


async def test_a_reader_that_stops_finishes_what_it_reads(store: Store) -> None:
    """The story under way is committed; nothing stays claimed."""
    await poll(store, await add_feed(store), new(1), new(2))
    started, go_on = asyncio.Event(), asyncio.Event()

    async def read(url: str) -> Digest:
        started.set()
        await go_on.wait()
        return article(int(url.rsplit("/", 1)[1]))

    reader = StoryReader(store, read, owner="reader", clock=lambda: NOW)
    running = asyncio.create_task(reader.run())
    await started.wait()
    reader.stop()
    go_on.set()
    await running
    assert [story.url for story in await store.stories.claim_unread(NOW, limit=9, owner="next")] == [
        "https://wire.example/2"
    ]


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (ReadingTimeout(url="x", seconds=5), False),
        (ReadingCrashed(url="x"), False),
        (HttpStatus(url="x", status=404, retry_after=None), False),
        (HttpStatus(url="x", status=503, retry_after=None), False),
        (HttpStatus(url="x", status=451, retry_after=None), True),
        (RobotsRefused(url="x"), True),
        (ValueError(), False),
    ],
)
def test_errors_that_may_pass_are_tried_again(error: Exception, final: bool) -> None:
    """A page may not be there yet when its feed already is; a refusal stays one."""
    assert is_final(error) is final


@pytest.mark.parametrize(
    ("error", "attempts", "seconds"),
    [
        (FetchTimeout(url="x"), 0, 30),
        (FetchTimeout(url="x"), 2, 480),
        (HttpStatus(url="x", status=429, retry_after=100), 0, 100),
        (HttpStatus(url="x", status=503, retry_after=86_400), 0, 900),
        (ValueError(), 9, 900),
    ],
)
def test_the_pause_grows_and_heeds_the_site(error: Exception, attempts: int, seconds: int) -> None:
    """A site's Retry-After counts, up to where news would be stale."""
    assert wait_before_retry(error, attempts) == timedelta(seconds=seconds)


def test_an_entry_without_a_summary_makes_a_headline() -> None:
    """There is nothing to summarise, and nothing is made up."""
    digest = digest_of_entry(UnreadStory(1, "https://wire.example/1", entry(1), "The Wire", None, 0))
    assert (digest.summary, digest.article.title) == ((), "Story 1")
