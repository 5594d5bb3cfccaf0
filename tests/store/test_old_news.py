"""Old stories and digests go where nothing needs them; nothing that is old looks new for it."""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text

from bot.caretaker import LEASE, Caretaker
from bot.feed_values import FeedState, NewReason, PollResult
from bot.feeds.decide import decide
from bot.queries import parse_query
from bot.reading.sketch import sketch_of
from bot.store import DeliveryState, Mark, Store
from bot.store import old_news as module
from bot.store.tables import digests, entries, sketches, stories
from tests.store.news import NOW, add_feed, article, entry, follower, new, poll, publish, read_all, tag

DAY = timedelta(days=1)
YEAR = 365 * DAY


class Years:
    """A store's clock, put forward by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> Any:
        """Return the moment that it is."""
        return self.now


@pytest.fixture
def years() -> Years:
    """Return the clock of `old`."""
    return Years()


async def _count(store: Store, table: Any) -> int:
    async with store._database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def _urls(store: Store) -> list[str]:
    return [one.url.rsplit("/", 1)[1] for one in await store.stories.recent(limit=50)]


async def _forget(store: Store, numbers: Iterable[int]) -> None:
    """Let the feed have stopped showing these entries a month ago."""
    shown = select(stories.c.id).where(stories.c.url.in_([f"https://wire.example/{number}" for number in numbers]))
    async with store._database.write() as connection:
        await connection.execute(delete(entries).where(entries.c.story_id.in_(shown)))


async def _send_all(store: Store) -> None:
    for delivery in await store.deliveries.claim(NOW, limit=100, owner="p"):
        await store.deliveries.settle("p", [Mark(delivery.id, DeliveryState.SENT, (7,))])


async def _words(store: Store) -> int:
    async with store._database.read() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM story_words_fts"))).scalar_one())


async def test_old_news_goes_with_all_that_hangs_on_it(database_url: str, years: Years) -> None:
    """Its topics' rows, words, sketch and digest go; what is young, and every followed topic, stays and is found."""
    async with Store(database_url, clock=years) as store:
        fan = await follower(store, 1, tag("war"), tag("peace"))
        await poll(store, await add_feed(store), new(1))
        (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
        told = sketch_of("Ferry sinks off the coast of Sulawesi", "", "en")
        await store.stories.commit_reading(story.id, article(1, tags=["war"]), owner="r", now=NOW, sketch=told)
        await _send_all(store)
        years.now = NOW + YEAR - DAY
        await publish(store, article(2, tags=["war"]), now=years.now)
        await _forget(store, [1])
        assert await store.retention.clean(DAY) == 1
        assert await store.retention.clean_news(YEAR) == (0, 0)
        years.now += 2 * DAY
        assert await store.retention.clean_news(YEAR) == (1, 1)
        assert await _urls(store) == ["2"]
        assert [one.url[-2:] for one in await store.search.stories(parse_query("story"))] == ["/2"]
        assert [one.url[-2:] for one in await store.stories.recent(tag("war"))] == ["/2"]
        assert await _words(store) == await _count(store, digests) == 1
        assert await _count(store, sketches) == 0
        assert {one.topic for one in await store.subscriptions.list(fan.id)} == {tag("war"), tag("peace")}


async def test_what_somebody_needs_stays(database_url: str, years: Years) -> None:
    """What is saved, delivered, waits to be sent or to be read, however old it is; afterwards it goes."""
    async with Store(database_url, clock=years) as store:
        chat = await follower(store, 1, tag("war"))
        await publish(store, article(1), article(2, tags=["war"]))
        await poll(store, await add_feed(store), new(3))
        await read_all(store, [article(3)])
        await poll(store, await add_feed(store), new(4), new(5, NewReason.BACKLOG))
        await store.digests.save(article(9))
        first = (await store.stories.recent(limit=50))[-1]
        assert first.digest_id is not None
        await store.saved.toggle(chat.id, first.digest_id)
        await _forget(store, range(1, 6))
        years.now = NOW + 2 * YEAR
        assert await store.retention.clean(DAY) == 0
        assert await store.retention.clean_news(YEAR) == (1, 1)
        assert sorted(await _urls(store)) == ["1", "2", "4", "5"]
        (kept,) = await store.saved.list(chat.id)
        assert kept.digest.article.title == "Story 1"
        await store.saved.toggle(chat.id, first.digest_id)
        await _send_all(store)
        assert await store.retention.clean(DAY) == 1
        assert await store.retention.clean_news(YEAR) == (2, 2)
        assert sorted(await _urls(store)) == ["4", "5"]


async def test_pages_that_were_read_for_a_link_go(database_url: str, years: Years) -> None:
    """A year after they were read last; one that is saved, or was read again since, stays under its number."""
    async with Store(database_url, clock=years) as store:
        numbers = [await store.digests.save(article(number)) for number in range(5)]
        years.now = NOW + YEAR
        await store.digests.save(replace(article(2), summary=("It says more now.",)))
        years.now += DAY
        chat = await store.chats.ensure(1)
        await store.saved.toggle(chat.id, numbers[0])
        assert await store.retention.clean_news(YEAR) == (0, 2)
        kept = [number for number in numbers if await store.digests.get(number)]
        assert kept == [numbers[0], numbers[2], numbers[4]]
        assert await store.saved.has(chat.id, numbers[0])


async def test_a_page_that_is_read_again_meanwhile_stays(sqlite_url: str, years: Years) -> None:
    """What was found to be old is looked at once more in the transaction that deletes it."""
    async with Store(sqlite_url, clock=years) as store:
        numbers = [await store.digests.save(article(number)) for number in range(3)]
        years.now = NOW + YEAR + DAY

        def read_again(_deleted: int) -> None:
            with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as other, other:
                other.execute("UPDATE digests SET read_at = '2031-05-02 00:00:00.000000' WHERE id = ?", numbers[:1])

        assert await store.retention.clean_news(YEAR, read_again) == (0, 1)
        assert await store.digests.get(numbers[0])


async def test_the_newest_number_is_not_given_again(database_url: str, years: Years) -> None:
    """The last story and digest stay, so that a button of last year never means what came today."""
    async with Store(database_url, clock=years) as store:
        await publish(store, article(1), article(2))
        await _forget(store, [1, 2])
        old = await store.stories.recent()
        years.now = NOW + 2 * YEAR
        await store.retention.clean_news(YEAR)
        await publish(store, article(3), now=years.now)
        made = (await store.stories.recent())[0]
        assert made.url.endswith("/3")
        assert made.story_id not in {one.story_id for one in old}
        assert made.digest_id not in {one.digest_id for one in old}


async def test_an_event_stays_while_a_report_of_it_is_young(database_url: str, years: Years) -> None:
    """The first report is not deleted before the last one is old, nor one of those between."""
    async with Store(database_url, clock=years) as store:
        await publish(store, *(article(number) for number in range(1, 5)))
        ids = [one.story_id for one in (await store.stories.recent())[::-1]]
        async with store._database.write() as connection:
            joined = stories.update().where(stories.c.id.in_(ids[1:3]))
            await connection.execute(joined.values(event_id=ids[0]))
            last = stories.update().where(stories.c.id == ids[2])
            await connection.execute(last.values(seen_at=NOW + 10 * DAY))
        await _forget(store, range(1, 5))
        years.now = NOW + YEAR + DAY
        assert await store.retention.clean_news(YEAR) == (0, 0)
        years.now += 10 * DAY
        assert await store.retention.clean_news(YEAR) == (3, 3)


@pytest.mark.parametrize("with_feed", [True, False])
async def test_a_feed_that_still_shows_an_old_entry_causes_no_second_push(
    database_url: str, years: Years, *, with_feed: bool
) -> None:
    """Its story stays, as its memory does; what the feed has not shown for a month comes back as old news at most."""
    async with Store(database_url, clock=years) as store:
        await follower(store, 1, tag("war"))
        feed_id = await add_feed(store)
        document = [entry(1, published=NOW), entry(2, published=NOW)]
        await poll(store, feed_id, new(1, published=NOW), new(2, published=NOW))
        await read_all(store, [article(1, tags=["war"]), article(2)])
        await _send_all(store)
        years.now = NOW + 2 * YEAR
        shown = document if with_feed else document[1:]
        await _poll_document(store, feed_id, [*shown, entry(3, published=years.now)], years)
        await read_all(store, [article(3)], years.now)
        assert await store.retention.clean(DAY) == 1
        assert (await store.retention.clean_news(YEAR))[0] == (0 if with_feed else 1)
        await _poll_document(store, feed_id, [*document, entry(3, published=years.now)], years)
        assert await store.stories.claim_unread(years.now, limit=9, owner="r") == []
        assert await store.deliveries.counts() == {}
        assert sorted(await _urls(store)) == ["1", "2", "3"]


async def _poll_document(store: Store, feed_id: int, document: list[Any], years: Years) -> None:
    """Decide upon a document as the poller does, by what the store remembers of the feed, and write it."""
    await store.feeds.claim_due(years.now, limit=9, owner="poller")
    known = await store.feeds.known(feed_id)
    state = FeedState(next_poll=years.now, interval_seconds=900, read=years.now, first_read=NOW)
    result = PollResult(feed_id, state=state, decision=decide(known, document, years.now, cap=10))
    assert await store.feeds.commit_poll(result, owner="poller", now=years.now)


async def test_it_is_done_in_small_transactions(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between them others write; the walk ends at what is young."""
    async with Store(database_url, clock=years) as store:
        await publish(store, *(article(number) for number in range(30)))
        await _forget(store, range(30))
        monkeypatch.setattr(module, "LOOKED_AT_ONCE", 7)
        monkeypatch.setattr(module, "DELETED_AT_ONCE", 2)
        years.now = NOW + 2 * YEAR
        written, steps = [], list[int]()
        cleaning = asyncio.create_task(store.retention.clean_news(YEAR, steps.append))
        while not cleaning.done():
            written.append(await store.chats.ensure(1_000 + len(written)))
        assert await cleaning == (29, 29)
        assert len(written) > 3
        assert max(after - before for before, after in zip([0, *steps], steps, strict=False)) == 2


async def test_the_caretaker_deletes_old_news_and_stops_at_once(database_url: str, years: Years) -> None:
    """Within the same round as deliveries; told to stop meanwhile it ends after the transaction under way."""
    async with Store(database_url, clock=years) as store:
        await publish(store, *(article(number) for number in range(4)))
        await _forget(store, range(4))
        years.now = NOW + 2 * YEAR
        caretaker = Caretaker(store, owner="c", keep=None, keep_stories=YEAR)
        caretaker.stop()
        await caretaker._clean()
        assert await _count(store, stories) == 4
        caretaker = Caretaker(store, owner="c", keep=None, keep_stories=YEAR)
        await caretaker._clean()
        assert await _count(store, stories) == await _count(store, digests) == 1
        assert await store.leases.holder(LEASE) is None
