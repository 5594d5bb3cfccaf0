"""Subscriptions at a real local hub, from the feed that states it to the news that it brings, and to its end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.alarm import Alarm
from bot.feed_values import FeedState
from bot.feeds.arrivals import Arrivals
from bot.feeds.hubs import Hubs
from bot.feeds.poll import Poller
from bot.feeds.warm import warm_up
from bot.front.hubs import hub_routes
from bot.front.server import Front
from bot.reading.worker import ReadingPool
from bot.store import FeedRow, Store
from bot.web.fetch import Fetcher
from config.settings import Settings
from tests.clock import Clock
from tests.hub import LocalHub
from tests.ports import free_port
from tests.site import Answer, LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="module")

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A poller, the keeper of subscriptions, the server that hubs call, a hub, and a feed that states it."""

    site: LocalSite
    hub: LocalHub
    store: Store
    hubs: Hubs
    poller: Poller
    clock: Clock[datetime]
    alarm: Alarm
    chat_id: int
    feed: FeedRow
    stories: asyncio.Event
    due: asyncio.Event
    work: asyncio.Task[None]

    @property
    def topic(self) -> str:
        """The feed's own address as it states it."""
        return f"{self.site.url}/self.xml"

    def document(self, *titles: str, hub: str | None = None) -> str:
        """Return the feed with these items, the newest first."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.site.url}/{title}</link><guid>{title}</guid></item>"
            for title in titles
        )
        links = f'<atom:link rel="hub" href="{hub or self.hub.url}"/><atom:link rel="self" href="{self.topic}"/>'
        return (
            f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Local</title>{links}{items}'
            "</channel></rss>"
        )

    def show(self, *titles: str, hub: str | None = None) -> None:
        """Let the feed's server show these items."""
        self.site.put("/feed.xml", Answer(self.document(*titles, hub=hub), content_type="application/rss+xml"))

    async def poll(self) -> None:
        """Poll the feed."""
        await self.store.feeds.hasten(self.feed.id, self.clock.now)
        (due,) = await self.store.feeds.claim_due(self.clock.now, limit=9, owner="poller")
        await self.poller.poll(due)

    async def subscribed(self) -> None:
        """Poll the feed for the first time, and wait until its hub keeps the subscription."""
        asked = len(self.hub.forms)
        await self.poll()
        await self.hub.until_asked(asked + 1)

    async def later(self, **span: float) -> None:
        """Let time pass, and let what is due by then be asked for."""
        self.clock.now += timedelta(**span)
        self.alarm.ring()

    async def due_subscriptions(self) -> int:
        """Return how many subscriptions are to be asked for now."""
        return len(await self.store.hubs.claim_due("http://127.0.0.1", lambda _: timedelta(0)))

    async def state(self) -> FeedState:
        """Return the feed's record."""
        feed = await self.store.feeds.get(self.feed.id)
        assert feed is not None
        return feed.state

    async def unread(self) -> list[str]:
        """Wait for stories to read and return their titles."""
        await asyncio.wait_for(self.stories.wait(), 60)
        claimed = await self.store.stories.claim_unread(self.clock.now, limit=50, owner="reader")
        return [story.entry.title for story in claimed]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pool() -> AsyncIterator[ReadingPool]:
    """Return a reading worker for all tests."""
    made = ReadingPool(Settings(_env_file=None, reading_workers=1, reading_timeout=30), prepare=warm_up)
    await made.start()
    yield made
    await made.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(pool: ReadingPool, database_url: str) -> AsyncIterator[Desk]:
    """Return a followed feed that states a hub, with all that subscribes there, on both kinds of database."""
    settings = Settings(_env_file=None, allow_loopback=True, host_gap=0, fetch_timeout=600)
    clock, alarm, stories, due = Clock(START), Alarm(), asyncio.Event(), asyncio.Event()
    async with (
        LocalSite() as site,
        LocalHub() as hub,
        Fetcher(settings) as fetcher,
        Store(database_url, clock=clock) as store,
    ):
        arrivals = Arrivals(
            store, pool, push_cap=3, owner="hubs", wake_reader=stories.set, wake_poller=due.set, clock=clock
        )
        port = free_port()
        public_url = f"http://127.0.0.1:{port}/wire"
        hubs = Hubs(store, fetcher, arrivals, public_url=public_url, alarm=alarm, clock=clock)
        poller = Poller(store, fetcher, pool, settings, owner="poller", wake_hubs=alarm.ring, clock=clock)
        feed = await store.feeds.get(await store.feeds.ensure(f"{site.url}/feed.xml"))
        assert feed is not None
        chat = await store.chats.ensure(1)
        await store.subscriptions.add(chat.id, feed.topic)
        async with Front(hub_routes(hubs, public_url), port=port):
            running = asyncio.create_task(hubs.run())
            desk = Desk(site, hub, store, hubs, poller, clock, alarm, chat.id, feed, stories, due, running)
            desk.show("old")
            yield desk
            hubs.stop()
            await running


async def test_a_feed_that_states_a_hub_is_subscribed_to_there(desk: Desk) -> None:
    """The hub gets the feed's own address, a callback under our public URL, and a secret; it keeps the subscription."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    assert kept.topic == desk.topic
    assert "/wire/hub/" in kept.callback
    assert len(kept.secret) >= 40
    assert desk.hub.forms[0]["hub.lease_seconds"] == "864000"


async def test_a_hub_of_the_headers_counts(desk: Desk) -> None:
    """A Link header states the hub and the topic where the document does not (WebSub, section 4)."""
    link = f'<{desk.hub.url}>; rel="hub", </topic>; rel="self", <http://[>; rel="hub"'
    body = "<rss version='2.0'><channel><title>Plain</title></channel></rss>"
    desk.site.put("/feed.xml", Answer(body, content_type="application/rss+xml", headers={"Link": link}))
    await desk.subscribed()
    assert [kept.topic for kept in desk.hub.kept.values()] == [f"{desk.site.url}/topic"]


async def test_signed_news_become_stories_without_a_poll(desk: Desk) -> None:
    """What the hub brings is pushed, although the feed's server was not asked again."""
    await desk.subscribed()
    asked = len(desk.site.requested)
    assert await desk.hub.publish(desk.topic, desk.document("fresh", "old")) == [202]
    assert await desk.unread() == ["fresh"]
    assert len(desk.site.requested) == asked


async def test_a_document_with_the_new_items_alone_forgets_nothing(desk: Desk) -> None:
    """Some hubs bring only what is new; the next poll, with everything, repeats nothing."""
    await desk.subscribed()
    await desk.hub.publish(desk.topic, desk.document("fresh"))
    assert await desk.unread() == ["fresh"]
    desk.show("fresh", "old")
    await desk.poll()
    assert await desk.store.stories.claim_unread(desk.clock.now, limit=9, owner="other reader") == []


@pytest.mark.parametrize("signature", ["sha256=" + "0" * 64, "md5=00", "", None])
async def test_what_is_not_signed_with_our_secret_is_ignored(desk: Desk, signature: str | None) -> None:
    """A stranger who knows the callback gets the same answer as the hub, and nothing happens."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    headers = {"X-Hub-Signature": signature} if signature is not None else {}
    body = desk.document("forged", "old").encode()
    assert (await desk.hub.client.post(kept.callback, content=body, headers=headers)).status_code == 202
    await desk.hub.publish(desk.topic, desk.document("fresh", "old"))
    assert await desk.unread() == ["fresh"]


async def test_unknown_callbacks_and_unwanted_questions_are_not_found(desk: Desk) -> None:
    """A guessed token, another topic, an unasked end and a question without a challenge are all 404."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    questions = [
        (kept.callback + "x", "subscribe", kept.topic, {"challenge": "abc"}),
        (kept.callback, "subscribe", "https://other.example/", {"challenge": "abc"}),
        (kept.callback, "unsubscribe", kept.topic, {"challenge": "abc"}),
        (kept.callback, "subscribe", kept.topic, {}),
    ]
    for callback, mode, topic, more in questions:
        assert (await desk.hub.ask(callback, mode, topic, **more)).status_code == 404
    assert (await desk.hub.client.post(kept.callback + "x", content=b"news")).status_code == 404


async def test_a_challenge_is_echoed_as_plain_text(desk: Desk) -> None:
    """Our address shows nobody a page of another's making: the challenge is text, and browsers are told so."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    answer = await desk.hub.ask(kept.callback, "subscribe", kept.topic, challenge="<script>")
    assert (answer.text, answer.headers["Content-Type"]) == ("<script>", "text/plain; charset=utf-8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_compressed_deliveries_are_refused(desk: Desk) -> None:
    """A body that would have to be inflated is not taken (415): there is no bomb without a decoder."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    answer = await desk.hub.client.post(kept.callback, content=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


async def test_leases_are_renewed_before_they_end(desk: Desk) -> None:
    """When a fifth of the hub's lease is left the same subscription, callback and secret, is asked for again."""
    desk.hub.lease_seconds = 1_000
    await desk.subscribed()
    await desk.later(seconds=799)
    assert await desk.due_subscriptions() == 0
    await desk.later(seconds=2)
    await desk.hub.until_asked(2)
    first, second = desk.hub.forms
    assert first == second


async def test_a_hub_that_does_not_answer_is_asked_ever_less_often(desk: Desk) -> None:
    """Failures wait longer each time, up to a day; polls go on meanwhile, and a hub that is back is used."""
    desk.hub.status = 500
    await desk.subscribed()
    await desk.later(minutes=5)
    await desk.later(minutes=6)
    await desk.hub.until_asked(2)
    for asked in range(3, 12):
        await desk.later(days=1)
        await desk.hub.until_asked(asked)
    desk.hub.status = 202
    await desk.later(days=1)
    await desk.hub.until_asked(12)
    assert len(desk.hub.kept) == 1


async def test_a_hub_that_breaks_its_asking_is_asked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody thought of does not end the asking of all hubs."""
    broken, post = asyncio.Event(), Fetcher.post

    async def break_once(*arguments: Any, **named: Any) -> Any:
        if broken.is_set():
            return await post(*arguments, **named)
        broken.set()
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(Fetcher, "post", break_once)
    await desk.poll()
    await asyncio.wait_for(broken.wait(), 60)
    await desk.later(days=1)
    asked = asyncio.create_task(desk.hub.until_asked(1))
    await asyncio.wait({asked, desk.work}, return_when=asyncio.FIRST_COMPLETED)
    assert asked.done()


async def test_a_hub_that_keeps_its_answer_is_not_waited_for_at_the_end(desk: Desk) -> None:
    """It is asked again when it would have been without an answer."""
    asked, over = asyncio.Event(), asyncio.Event()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        asked.set()
        await over.wait()
        writer.close()

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        desk.show("old", hub=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        await desk.poll()
        await asyncio.wait_for(asked.wait(), 60)
        desk.hubs.stop()
        await asyncio.wait({desk.work}, timeout=60)
        assert desk.work.done()
        over.set()
    assert await desk.due_subscriptions() == 0
    desk.clock.now += timedelta(minutes=11)
    assert await desk.due_subscriptions() == 1


async def test_a_denied_subscription_is_asked_for_again_after_a_day(desk: Desk) -> None:
    """A hub that says no is left alone for a day."""
    desk.hub.deny = True
    await desk.subscribed()
    desk.hub.deny = False
    await desk.later(hours=23)
    assert await desk.due_subscriptions() == 0
    await desk.later(hours=2)
    await desk.hub.until_asked(2)
    assert len(desk.hub.kept) == 1


async def test_the_last_follower_ends_the_subscription(desk: Desk) -> None:
    """When nobody follows the feed the hub is asked to end it; a new follower begins it again."""
    await desk.subscribed()
    (kept,) = desk.hub.kept.values()
    await desk.store.subscriptions.remove(desk.chat_id, desk.feed.topic)
    await desk.later(seconds=1)
    await desk.hub.until_asked(2)
    assert desk.hub.forms[1]["hub.mode"] == "unsubscribe"
    assert desk.hub.kept == {}
    await desk.store.subscriptions.add(desk.chat_id, desk.feed.topic)
    await desk.later(seconds=1)
    await desk.hub.until_asked(3)
    assert list(desk.hub.kept) == [kept.callback]


async def test_another_hub_gets_another_callback(desk: Desk) -> None:
    """When the feed names another hub it is subscribed to there, and the old hub's deliveries are nobody's."""
    await desk.subscribed()
    async with LocalHub() as other:
        desk.show("old", hub=other.url)
        await desk.poll()
        await other.until_asked()
        assert other.kept.keys().isdisjoint(desk.hub.kept)
        assert await desk.hub.publish(desk.topic, desk.document("forged")) == [404]
        assert await other.publish(desk.topic, desk.document("fresh")) == [202]
        assert await desk.unread() == ["fresh"]


async def test_what_cannot_be_read_makes_the_feed_due(desk: Desk) -> None:
    """A delivery that is no feed is taken for a word that there is news, at most once a minute."""
    await desk.subscribed()
    before = (await desk.state()).next_poll
    assert before > desk.clock.now + timedelta(minutes=4)
    await desk.hub.publish(desk.topic, "ping", content_type="text/plain")
    await asyncio.wait_for(desk.due.wait(), 60)
    assert (await desk.state()).next_poll == desk.clock.now + timedelta(minutes=1)


async def test_a_feed_whose_hub_delivers_is_polled_hourly(desk: Desk) -> None:
    """Polls grow rare while the hub brings the news, and come back to their pace when a poll finds what it has not."""
    await desk.subscribed()
    await desk.hub.publish(desk.topic, desk.document("fresh", "old"))
    assert await desk.unread() == ["fresh"]
    desk.show("fresh", "old")
    await desk.poll()
    assert (await desk.state()).next_poll - desk.clock.now >= timedelta(hours=1)
    desk.clock.now += timedelta(hours=2)
    desk.show("missed by the hub", "fresh", "old")
    await desk.poll()
    desk.show("still missed", "missed by the hub", "fresh", "old")
    await desk.poll()
    assert (await desk.state()).next_poll - desk.clock.now < timedelta(hours=1)
