"""Topics that nothing uses go; what somebody begins to follow meanwhile stays followed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from bot.caretaker import Caretaker
from bot.models import Topic
from bot.queries import query_topic
from bot.store import Store
from bot.store import old_topics as module
from bot.store import stories as stories_module
from bot.store import subscriptions as subscriptions_module
from bot.store.tables import entries, query_stems, topics
from tests.store.news import NOW, SOURCE, add_feed, article, follower, new, poll, publish, tag
from tests.store.stops import Gate, stop_at, stop_before_commit, until_waited_for

DAY = timedelta(days=1)
YEAR = 365 * DAY
LATER = NOW + YEAR + 2 * DAY


class Years:
    """A clock, put forward by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment that it is."""
        return self.now


@pytest.fixture
def years() -> Years:
    """Return the clock of the store."""
    return Years()


async def _known(store: Store) -> set[str]:
    async with store._database.read() as connection:
        return set((await connection.execute(select(topics.c.key))).scalars())


async def _mark(store: Store, moment: datetime | None) -> None:
    """Let every topic have been used last at a moment."""
    async with store._database.write() as connection:
        await connection.execute(update(topics).values(last_used=moment))


async def test_topics_that_nothing_uses_go(database_url: str, years: Years) -> None:
    """What is followed, what a kept story has, a feed's, and what was named within the time stay."""
    async with Store(database_url, clock=years) as store:
        await follower(store, 1, tag("followed"))
        await publish(store, article(1, tags=["told"]))
        await store.feeds.ensure("https://quiet.example/rss")
        await store.topics.ensure_all([tag("looked at"), query_topic("ferry storm"), tag("named")])
        await store.topics.ensure(tag("newest"))
        before = await _known(store)
        years.now = LATER - DAY
        named = await store.topics.ensure(tag("named"))
        years.now = LATER
        assert await store.retention.clean_topics(YEAR) == 2
        assert before - await _known(store) == {"looked at", query_topic("ferry storm").key}
        assert await store.topics.ensure(tag("named")) == named
        async with store._database.read() as connection:
            assert (await connection.execute(select(func.count()).select_from(query_stems))).scalar_one() == 0


async def test_a_topic_goes_with_its_last_story(database_url: str, years: Years) -> None:
    """In the same clean-up, whose tags were named when it was read; the source stays with its feed."""
    async with Store(database_url, clock=years) as store:
        await publish(store, article(1, tags=["told"], speakers=["Olena Sad"]), article(2))
        await store.topics.ensure(tag("newest"))
        async with store._database.write() as connection:
            await connection.execute(delete(entries))
        years.now = NOW + YEAR + timedelta(minutes=1)
        assert await store.retention.clean_topics(YEAR) == 0
        caretaker = Caretaker(store, owner="c", keep=None, keep_stories=YEAR)
        await caretaker._clean()
        assert await _known(store) >= {"told", "olena sad"}  # used to a day
        years.now += DAY
        await caretaker._clean()
        assert await _known(store) == {SOURCE.key, "newest"}


async def test_what_was_left_stays_for_its_time(database_url: str, years: Years) -> None:
    """Who stops to follow what they followed for years can undo it; a year later it is gone."""
    async with Store(database_url, clock=years) as store:
        chat = await follower(store, 1, tag("war"))
        await store.topics.ensure(tag("newest"))
        years.now = NOW + 3 * YEAR
        await store.subscriptions.remove(chat.id, tag("war"))
        assert await store.retention.clean_topics(YEAR) == 0
        assert await _known(store) == {"war", "newest"}
        years.now += YEAR + 2 * DAY
        assert await store.retention.clean_topics(YEAR) == 1


async def test_buttons_of_a_saved_digest_work(database_url: str, years: Years) -> None:
    """What it shows stays for as long as it is saved, though nothing else names it."""
    async with Store(database_url, clock=years) as store:
        chat = await store.chats.ensure(1)
        saved = await store.digests.save(article(1, tags=["kept"]))
        await store.digests.save(article(2, tags=["gone"]))
        await store.digests.save(article(3))
        await store.topics.ensure(tag("newest"))
        await store.saved.toggle(chat.id, saved)
        years.now = LATER
        await store.retention.clean_news(YEAR)
        assert await store.retention.clean_topics(YEAR) == 1
        stored = await store.digests.get(saved)
        assert stored is not None
        assert await store.topics.get(stored.topic_ids["kept"]) == tag("kept")
        await store.saved.toggle(chat.id, saved)
        years.now += YEAR + 2 * DAY
        await store.retention.clean_news(YEAR)
        assert await store.retention.clean_topics(YEAR) == 1
        assert await _known(store) == {"newest"}


async def test_the_newest_number_is_not_given_again(database_url: str, years: Years) -> None:
    """The last topic stays, so that a button of last year never means what was named today."""
    async with Store(database_url, clock=years) as store:
        last = max((await store.topics.ensure_all([tag("one"), tag("two")])).values())
        years.now = LATER
        assert await store.retention.clean_topics(YEAR) == 1
        assert await store.topics.ensure(tag("three")) > last


async def test_topics_of_an_older_version_count_as_used_when_they_are_first_seen(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody noted when they were used, so each has its whole time before it."""
    monkeypatch.setattr(module, "_UNDATED_AT_ONCE", 2)
    async with Store(database_url, clock=years) as store:
        await store.topics.ensure_all([tag(str(number)) for number in range(5)])
        await _mark(store, None)
        years.now = LATER
        assert await store.retention.clean_topics(YEAR) == 0
        years.now += YEAR
        assert await store.retention.clean_topics(YEAR) == 0
        years.now += 2 * DAY
        assert await store.retention.clean_topics(YEAR) == 4


async def test_it_is_done_in_small_transactions(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few topics in each, those in use among them, which have their time anew; told to stop, it ends."""
    monkeypatch.setattr(module, "AT_ONCE", 3)
    async with Store(database_url, clock=years) as store:
        for number in range(10):
            await store.topics.ensure(tag(f"unused{number}"))
            await follower(store, 1, tag(f"followed{number}"))
        years.now = LATER
        caretaker = Caretaker(store, owner="c", keep=None, keep_stories=YEAR)
        caretaker.stop()
        await caretaker._clean()
        assert len(await _known(store)) == 20
        steps = list[int]()
        assert await store.retention.clean_topics(YEAR, steps.append) == 10
        assert max(after - before for before, after in zip([0, *steps], steps, strict=False)) == 2
        assert await _known(store) == {f"followed{number}" for number in range(10)}
        again = list[int]()
        assert await store.retention.clean_topics(YEAR, again.append) == 0
        assert again == []  # what is in use was looked at


Stop = Callable[[Store, pytest.MonkeyPatch], Gate]
_WHERE_A_FOLLOWER_STOPS: dict[str, Stop] = {
    "it knows the number": lambda _store, patch: stop_at("index_query", subscriptions_module, patch),
    "it has written": stop_before_commit,
}


@pytest.mark.parametrize("place", _WHERE_A_FOLLOWER_STOPS)
async def test_a_subscription_under_way_keeps_its_topic(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The clean-up passes it by without waiting (on SQLite it waits for its turn), and the chat follows it."""
    async with Store(database_url, clock=years) as store, Store(database_url, clock=years) as other:
        topic_id = await store.topics.ensure(tag("war"))
        await store.topics.ensure(tag("newest"))
        chat = await store.chats.ensure(1)
        years.now = NOW + DAY  # too soon for another use to be noted, so that only the lock is in the way
        gate = _WHERE_A_FOLLOWER_STOPS[place](store, monkeypatch)
        adding = asyncio.create_task(store.subscriptions.add(chat.id, tag("war")))
        await gate.reached.wait()
        years.now = LATER
        cleaning = asyncio.create_task(other.retention.clean_topics(YEAR))
        if not other._database.is_sqlite:
            assert await asyncio.wait_for(cleaning, 60) == 0
        gate.open.set()
        assert await adding
        assert await cleaning == 0
        assert await other.subscriptions.topic_ids(chat.id) == {topic_id}


async def test_a_subscription_waits_for_the_clean_up_that_deletes_its_topic(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes the topic anew then, and the chat follows it."""
    async with Store(database_url, clock=years) as store, Store(database_url, clock=years) as other:
        old = await store.topics.ensure(tag("war"))
        await store.topics.ensure(tag("newest"))
        chat = await store.chats.ensure(1)
        years.now = LATER
        gate = stop_before_commit(other, monkeypatch)
        cleaning = asyncio.create_task(other.retention.clean_topics(YEAR))
        await gate.reached.wait()
        adding = asyncio.create_task(store.subscriptions.add(chat.id, tag("war")))
        await until_waited_for(other)
        gate.open.set()
        assert await cleaning == 1
        assert await adding
        (subscription,) = await store.subscriptions.list(chat.id)
        assert subscription.topic == tag("war")
        assert subscription.topic_id != old


async def test_a_story_that_a_query_has_found_keeps_the_query(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its last follower leaves and the clean-up comes by before the story is written."""
    query = query_topic("story")
    async with Store(database_url, clock=years) as store, Store(database_url, clock=years) as other:
        chat = await follower(store, 1, query)
        await poll(store, await add_feed(store), new(1))
        await store.topics.ensure(tag("newest"))
        (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
        gate = stop_at("add_topics", stories_module, monkeypatch)
        reading = asyncio.create_task(store.stories.commit_reading(story.id, article(1), owner="r", now=NOW))
        await gate.reached.wait()
        years.now = LATER

        async def leave_and_clean() -> int:
            await other.subscriptions.remove(chat.id, query)
            years.now = LATER + (LATER - NOW)
            return await other.retention.clean_topics(YEAR)

        cleaning = asyncio.create_task(leave_and_clean())
        if not other._database.is_sqlite:
            assert await asyncio.wait_for(cleaning, 60) == 0
        gate.open.set()
        assert await reading is not None
        assert await cleaning == 0
        assert [one.url[-2:] for one in await store.stories.recent(query)] == ["/1"]


async def test_who_is_forgotten_takes_no_query_of_another_along(
    database_url: str, years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat that begins to follow the same words at that moment follows them afterwards."""
    query = query_topic("ferry storm")
    async with Store(database_url, clock=years) as store, Store(database_url, clock=years) as other:
        await follower(store, 1, query)
        second = await store.chats.ensure(2)
        gate = stop_before_commit(store, monkeypatch)
        adding = asyncio.create_task(store.subscriptions.add(second.id, query))
        await gate.reached.wait()
        forgetting = asyncio.create_task(other.privacy.forget(1))
        await until_waited_for(other)
        gate.open.set()
        await asyncio.gather(adding, forgetting)
        assert [one.topic for one in await store.subscriptions.list(second.id)] == [query]


async def test_nothing_that_is_followed_vanishes_in_a_crowd(database_url: str, years: Years) -> None:
    """Many chats follow and leave old topics while clean-ups run one after the other."""
    async with Store(database_url, clock=years) as store, Store(database_url, clock=years) as other:
        wanted = [tag(f"t{number}") for number in range(12)]
        chats = [await store.chats.ensure(number + 1) for number in range(4)]
        years.now = LATER
        done = asyncio.Event()

        async def clean() -> int:
            deleted = 0
            while not done.is_set():
                await _mark(other, NOW)
                deleted += await other.retention.clean_topics(YEAR)
            return deleted

        async def follow(chat_id: int, order: list[Topic]) -> None:
            for topic in order:
                await store.subscriptions.add(chat_id, topic)
                await store.subscriptions.remove(chat_id, topic)
                await store.subscriptions.add(chat_id, topic)

        cleaning = asyncio.create_task(clean())
        turns: list[Awaitable[None]] = [follow(chat.id, wanted[at:] + wanted[:at]) for at, chat in enumerate(chats)]
        await asyncio.gather(*turns)
        done.set()
        await cleaning
        for chat in chats:
            assert {one.topic for one in await store.subscriptions.list(chat.id)} == set(wanted)
