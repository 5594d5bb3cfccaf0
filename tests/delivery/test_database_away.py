"""The database is stopped, shut, locked or full in the middle of the work: nothing is lost, nothing comes twice."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from bot import patience
from bot.delivery.client import TelegramClient
from bot.delivery.reading import StoryReader
from bot.feeds.poll import Poller
from bot.health import Health
from bot.models import Digest
from bot.parts import Worker
from bot.playground.bot_api import BotApiServer, User
from bot.reading.worker import ReadingPool
from bot.store import DeliveryState, Store, engine, utc_now
from bot.web.fetch import Fetcher
from config.settings import Settings
from tests import databases
from tests.delivery.conftest import Outbox
from tests.outages import OUTAGES, Watcher, small_disk, watched
from tests.site import Answer, LocalSite
from tests.store.news import NOW, add_feed, article, follower, new, poll, publish, tag

WAR = tag("war")
SENT = DeliveryState.SENT
FANS = 12
HELD = 4  # messages whose answers are held back when the database goes away


@dataclass
class Troubled:
    """An outbox whose database can be taken away.

    Attributes:
        outbox: with its database.
        away: takes the database away while a block runs.
        health: what the pusher says of itself.
        watcher: asks for it over HTTP.
    """

    outbox: Outbox
    away: Callable[[], AbstractAsyncContextManager[None]]
    health: Health
    watcher: Watcher

    async def fans(self) -> list[User]:
        """Return people who follow the news."""
        users = [self.outbox.telegram.add_user(f"Fan {number}") for number in range(FANS)]
        for user in users:
            await follower(self.outbox.store, user.id, WAR)
        return users

    @asynccontextmanager
    async def cut_in_the_middle(self) -> AsyncIterator[None]:
        """Take the database away while some messages are sent and not marked; they are answered when it is gone."""
        telegram = self.outbox.telegram
        faults = [telegram.fail_next("sendMessage", "delay") for _ in range(HELD)]
        try:
            async with asyncio.timeout(60):
                for fault in faults:
                    await fault.met.wait()
            async with self.away():
                for fault in faults:
                    fault.release()
                yield
        finally:
            for fault in faults:
                fault.release()

    def times(self) -> Counter[str]:
        """Return how often each text came to each chat."""
        asked = self.outbox.telegram.requests_of("sendMessage")
        return Counter(f"{one.arguments['chat_id']}: {one.arguments['text']}" for one in asked)


def _stories(*numbers: int) -> list[Digest]:
    return [article(number, tags=["war"]) for number in numbers]


@pytest.fixture(params=list(OUTAGES))
def outage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Callable[[], AbstractAsyncContextManager[None]]]]:
    """Yield a database's URL, and what takes it away: each way in which a database can be away."""
    if request.param == "locked":
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.5)  # the lock is held for longer
    monkeypatch.setattr(patience, "RETRY_SECONDS", 0.05)
    disk = tmp_path / "disk"
    with small_disk(disk):
        if request.param in {"locked", "full"}:
            url = databases.copy_file(request.getfixturevalue("sqlite_template"), disk / "quotewire.db")
        else:
            url = request.getfixturevalue("postgres_url")
        yield url, lambda: OUTAGES[request.param](url)


@pytest.fixture
async def troubled(
    outage: tuple[str, Callable[[], AbstractAsyncContextManager[None]]], telegram: BotApiServer, client: TelegramClient
) -> AsyncIterator[Troubled]:
    """Yield an outbox on such a database."""
    url, away = outage
    health = Health(utc_now)
    async with Store(url) as store, watched(health) as watcher:
        yield Troubled(Outbox(url, store, telegram, client), away, health, watcher)


async def test_a_fan_out_goes_on_when_the_database_is_back(troubled: Troubled) -> None:
    """What was sent meanwhile is marked and not sent again; what was claimed and not begun goes at once."""
    outbox = troubled.outbox
    users = await troubled.fans()
    async with outbox.store_at(lambda: NOW) as store:  # where no lease ever ends
        await publish(store, *_stories(1))
        async with outbox.pushing(health=troubled.health, in_flight=HELD, clock=lambda: NOW):
            async with troubled.cut_in_the_middle():
                troubles = await troubled.watcher.until(ready=False)
                assert set(troubles) == {"database"}
                assert sum(troubled.times().values()) == HELD
            await outbox.until(lambda counts: counts == {SENT: FANS})
            assert await troubled.watcher.until(ready=True) == {}
    assert [outbox.texts(user.id) for user in users] == [["Story 1"]] * FANS
    assert set(troubled.times().values()) == {1}


async def test_after_six_hours_there_is_no_flood(troubled: Troubled) -> None:
    """A chat gets what it has missed as one message with links, beside what was claimed for it; nothing comes again."""
    outbox, moment = troubled.outbox, NOW

    def clock() -> datetime:
        return moment

    async with outbox.store_at(clock):
        users = await troubled.fans()
        await publish(outbox.store, *_stories(1, 2, 3, 4, 5))
        async with outbox.pushing(health=troubled.health, in_flight=HELD, clock=clock):
            async with troubled.cut_in_the_middle():
                await troubled.watcher.until(ready=False)
                moment += timedelta(hours=6)
            await outbox.until(lambda counts: counts == {SENT: 5 * FANS})
            await troubled.watcher.until(ready=True)
    for user in users:
        texts = outbox.texts(user.id)
        assert len(texts) <= 2
        assert Counter(re.findall(r"Story \d", "\n".join(texts))) == {f"Story {number}": 1 for number in range(1, 6)}


class Gate:
    """Holds work back until a test lets it go.

    Attributes:
        reached: set when something waits here.
        asked: what has come by.
    """

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.asked: list[str] = []
        self._open = asyncio.Event()

    def open(self) -> None:
        """Let go."""
        self._open.set()

    async def read(self, url: str) -> Digest:
        """Read a page, as bot.digester does."""
        await self._pass(url)
        return article(int(url.rsplit("/", 1)[1]), tags=["war"])

    async def run(self, function: Callable[..., Any], *arguments: Any, url: str) -> Any:
        """Run a function, as the pool of reading workers does."""
        await self._pass(url)
        return function(*arguments)

    async def _pass(self, url: str) -> None:
        self.asked.append(url)
        self.reached.set()
        await self._open.wait()


@asynccontextmanager
async def _cut_at_the_gate(troubled: Troubled, gate: Gate, worker: Worker) -> AsyncIterator[None]:
    """Let a worker work while the block runs, and take the database away before, while something waits at the gate."""
    running = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(60):
            await gate.reached.wait()
        async with troubled.away():
            gate.open()
            assert set(await troubled.watcher.until(ready=False)) == {"database"}
        yield
    finally:
        gate.open()
        worker.stop()
        await running


async def test_what_was_read_meanwhile_is_written_when_the_database_is_back(troubled: Troubled) -> None:
    """No page is asked for twice; each follower has each story once."""
    store, gate = troubled.outbox.store, Gate()
    await troubled.fans()
    await poll(store, await add_feed(store), new(1), new(2))
    reader = StoryReader(store, gate.read, owner="reader", health=troubled.health, idle_seconds=0.05, clock=lambda: NOW)
    async with _cut_at_the_gate(troubled, gate, reader):
        await troubled.outbox.until(lambda counts: counts == {DeliveryState.PENDING: 2 * FANS})
        await troubled.watcher.until(ready=True)
    assert gate.asked == ["https://wire.example/1", "https://wire.example/2"]


async def test_who_stops_reading_while_the_database_is_away_loses_nothing(troubled: Troubled) -> None:
    """It does not wait for the database; the story is unread, for whoever reads next."""
    store, gate = troubled.outbox.store, Gate()
    await troubled.fans()
    await poll(store, await add_feed(store), new(1))
    reader = StoryReader(store, gate.read, owner="reader", health=troubled.health, idle_seconds=0.05, clock=lambda: NOW)
    running = asyncio.create_task(reader.run())
    async with asyncio.timeout(60):
        await gate.reached.wait()
        async with troubled.away():
            gate.open()
            await troubled.watcher.until(ready=False)
            reader.stop()
            await running
    assert len(await store.stories.claim_unread(NOW + timedelta(hours=1), limit=9, owner="next")) == 1


async def test_what_a_poll_brought_is_written_when_the_database_is_back(troubled: Troubled) -> None:
    """The feed is not asked again for it."""
    store, gate = troubled.outbox.store, Gate()
    settings = Settings(_env_file=None, allow_loopback=True, host_gap=0)
    async with LocalSite() as site, Fetcher(settings) as fetcher:
        item = f"<item><title>Story</title><link>{site.url}/1</link></item>"
        feed = f'<rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>'
        site.put("/rss", Answer(feed, content_type="application/rss+xml"))
        await store.feeds.ensure(f"{site.url}/rss", slug="wire", name="The Wire", language="en")
        pool = cast(ReadingPool, gate)
        poller = Poller(store, fetcher, pool, settings, owner="poller", health=troubled.health)
        async with _cut_at_the_gate(troubled, gate, poller), asyncio.timeout(60):
            while not await store.stories.recent():  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.02)
            await troubled.watcher.until(ready=True)
    assert site.requested.count("/rss") == 1


async def test_connections_that_end_again_and_again_lose_nothing(
    postgres_url: str, telegram: BotApiServer, client: TelegramClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once, at whatever moment, a dozen times during a fan-out: each follower has the story once."""
    monkeypatch.setattr(patience, "RETRY_SECONDS", 0.02)
    fans, cuts, plain = 60, 12, databases.server_of(postgres_url).get_uri()
    async with Store(postgres_url) as store:
        outbox = Outbox(postgres_url, store, telegram, client)
        for _ in range(fans):
            await follower(store, telegram.add_user().id, WAR)
        await publish(store, *_stories(1))
        async with outbox.pushing(in_flight=HELD):
            for cut in range(1, cuts + 1):
                await telegram.wait_for(partial(_has_seen, telegram, cut * fans // (cuts + 1)))
                await databases.end_connections(plain)
            await telegram.wait_for(partial(_has_seen, telegram, fans))
        assert await store.deliveries.counts() == {SENT: fans}
    asked = Counter(one.arguments["chat_id"] for one in telegram.requests_of("sendMessage"))
    assert (len(asked), sum(asked.values())) == (fans, fans)


def _has_seen(telegram: BotApiServer, messages: int) -> bool:
    return len(telegram.requests_of("sendMessage")) >= messages
