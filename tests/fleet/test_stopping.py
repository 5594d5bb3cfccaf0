"""SIGTERM: a process ends whatever it waits for, and what it had in flight is neither lost nor told twice."""

import asyncio
import json
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.feed_values import FeedState
from bot.models import Topic, TopicKind
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import DeliveryState, Store, utc_now
from tests import pages
from tests.fleet.test_fleet import _feed, _until, start_process
from tests.outages import MutePostgres
from tests.site import Answer, LocalSite
from tests.store import news

CHATS = 40
ENDS_WITHIN = 60
"""Seconds, of a machine that is busy. What is waited for here would take ten minutes."""


@dataclass
class Silent:
    """A site that takes connections and never answers."""

    port: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read the request and say nothing until the other side goes."""
        if await reader.read(1):
            self.asked.set()
        await reader.read()
        writer.close()


@pytest.fixture
async def silent() -> AsyncIterator[Silent]:
    """Yield such a site, on a port of its own."""
    site = Silent()
    server = await asyncio.start_server(site.take, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    yield site
    server.close()


async def _terminated(process: asyncio.subprocess.Process) -> int:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(ENDS_WITHIN):
        return await process.wait()


def _facts(telegram: BotApiServer, url: str) -> dict[str, str]:
    return {
        "database_url": url,
        "api_url": telegram.url,
        "token": telegram.token,
        "allow_loopback": "true",
        "poll_interval_min": "0.3",
        "poll_interval_max": "0.6",
        "host_gap": "0",
        "fetch_timeout": "600",
        "reading_workers": "1",
        "reading_timeout": "30",
    }


async def _followed(store: Store, telegram: BotApiServer, site: LocalSite, chats: int) -> int:
    site.put("/stories/1", pages.article("Story 1 of the day", path="/stories/1"))
    site.put("/stories/2", pages.article("Story 2 of the day", path="/stories/2"))
    site.put("/rss", _feed(site, 1))
    feed_id = await store.feeds.ensure(site.url + "/rss", slug="wire", name="The Wire", language="en")
    for _ in range(chats):
        chat = await store.chats.ensure(telegram.add_user().id)
        await store.subscriptions.add(chat.id, Topic(TopicKind.SOURCE, "wire", "The Wire"))
    return feed_id


async def _until_read_once(store: Store, feed_id: int) -> None:
    async def first_read() -> bool:
        return (await store.feeds.get(feed_id)).state.first_read is not None  # type: ignore[union-attr]

    await _until(first_read)


async def test_a_fan_out_goes_on_where_it_was_stopped(sqlite_url: str) -> None:
    """Ended among the messages of a story, started again: every chat gets it, and none twice."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        site = await stack.enter_async_context(LocalSite())
        store = await stack.enter_async_context(Store(sqlite_url))
        await stack.enter_async_context(asyncio.timeout(240))
        feed_id = await _followed(store, telegram, site, CHATS)
        facts = _facts(telegram, sqlite_url)
        # So slowly that it is in the middle for long, however busy the machine is.
        process = await start_process(stack, "poll,read,push,updates", **facts, messages_per_second="4")
        await _until_read_once(store, feed_id)
        site.put("/rss", _feed(site, 2, 1))
        await telegram.wait_for(lambda: len(telegram.requests_of("sendMessage")) >= 5, seconds=100)
        assert await _terminated(process) == 0
        assert len(telegram.requests_of("sendMessage")) < CHATS
        await start_process(stack, "push", **facts)
        await telegram.wait_for(lambda: len(telegram.requests_of("sendMessage")) >= CHATS, seconds=100)
        counts = Counter(int(request.arguments["chat_id"]) for request in telegram.requests_of("sendMessage"))
        assert (set(counts.values()), len(counts)) == ({1}, CHATS)


@pytest.mark.parametrize("hook", [False, True], ids=["polling", "webhook"])
async def test_nothing_is_lost_amid_all_kinds_of_work(database_url: str, silent: Silent, *, hook: bool) -> None:
    """Messages go out, a link is read, updates come: what was sent is marked, the rest waits; no error is logged."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        store = await stack.enter_async_context(Store(database_url))
        await stack.enter_async_context(asyncio.timeout(240))
        for _ in range(CHATS):
            await news.follower(store, telegram.add_user().id, news.tag("war"))
        feed_id = await news.add_feed(store)
        now = utc_now()
        # Not to be polled in this test: it is nowhere.
        state = FeedState(next_poll=now + timedelta(days=1), interval_seconds=900, read=now, first_read=now)
        await news.poll(store, feed_id, news.new(1), now=now, state=state)
        await news.read_all(store, [news.article(1, tags=["war"])], now)
        facts = _facts(telegram, database_url) | {"messages_per_second": "4"}
        if hook:
            facts |= {"webhook": "true", "public_url": "https://bot.example.org", "listen_port": "0"}
        else:
            person = telegram.add_user()
            telegram.send_text(person, telegram.private_chat(person), f"http://127.0.0.1:{silent.port}/link")
        process = await start_process(stack, "poll,read,push,updates", log=subprocess.PIPE, **facts)
        if not hook:
            await silent.asked.wait()
        await telegram.wait_for(lambda: len(telegram.requests_of("sendMessage")) >= 5, seconds=100)
        assert await _terminated(process) == 0
        assert process.stderr is not None
        said = [json.loads(line) for line in (await process.stderr.read()).splitlines()]
        assert [record for record in said if record["level"] in {"error", "critical"}] == []
        told = Counter(int(one.arguments["chat_id"]) for one in telegram.requests_of("sendMessage"))
        if not hook:
            assert told.pop(person.id) == 1
        left = {DeliveryState.SENT: len(told), DeliveryState.PENDING: CHATS - len(told)}
        assert (await store.deliveries.counts(), set(told.values())) == (left, {1})


async def test_a_reading_that_hangs_is_given_back(sqlite_url: str, silent: Silent) -> None:
    """A site does not answer: the person who waits for it may try again, and the next process may read the story."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        site = await stack.enter_async_context(LocalSite())
        store = await stack.enter_async_context(Store(sqlite_url))
        await stack.enter_async_context(asyncio.timeout(240))
        feed_id = await _followed(store, telegram, site, 1)
        process = await start_process(stack, "poll,read,push,updates", **_facts(telegram, sqlite_url))
        await _until_read_once(store, feed_id)
        link = f"http://127.0.0.1:{silent.port}/slow"
        item = f"<item><guid>s</guid><title>Slow</title><link>{link}</link></item>"
        feed = f'<rss version="2.0"><channel><title>The Wire</title>{item}</channel></rss>'
        site.put("/rss", Answer(feed.encode(), content_type="application/rss+xml"))
        await silent.asked.wait()
        person = telegram.add_user()
        telegram.send_text(person, person, f"{link}/by/a/person")
        (waiting,) = await telegram.wait_for_messages(person, seconds=60)
        assert await _terminated(process) == 0
        assert not waiting.text.startswith("⏳")
        assert waiting.button("↻ Try again")
        (again,) = await store.stories.claim_unread(utc_now(), limit=9, owner="next")
        assert again.url == link


@pytest.mark.parametrize("role", ["poll", "updates"])
async def test_a_process_with_one_role_ends_too(sqlite_url: str, role: str) -> None:
    """One that polls, and one that takes updates by a webhook, end in order as soon as they have begun."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        site = await stack.enter_async_context(LocalSite())
        store = await stack.enter_async_context(Store(sqlite_url))
        await stack.enter_async_context(asyncio.timeout(240))
        feed_id = await _followed(store, telegram, site, 1)
        facts = _facts(telegram, sqlite_url) | {"webhook": "true", "public_url": "https://bot.example.org"}
        process = await start_process(stack, role, **facts, listen_port="0")
        if role == "updates":
            await telegram.wait_for(lambda: telegram.requests_of("setWebhook"), seconds=100)
        else:
            await _until_read_once(store, feed_id)
        assert await _terminated(process) == 0


async def test_a_database_that_says_nothing_does_not_hold_the_end_up(postgres_url: str) -> None:
    """The network to it swallows everything; without the last resort, too, the process ends, and as in order."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        way = await stack.enter_async_context(MutePostgres(postgres_url))
        await stack.enter_async_context(asyncio.timeout(240))
        facts = _facts(telegram, way.url)
        process = await start_process(stack, "poll,read,push,updates", log=subprocess.PIPE, **facts)
        assert process.stderr is not None
        while b"press Ctrl-C" not in await process.stderr.readline():
            pass
        way.mute()
        assert await _terminated(process) == 0
