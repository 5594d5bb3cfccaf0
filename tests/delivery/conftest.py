"""A strict Telegram, a bot at it, and a pusher between the store and both."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.delivery.client import TelegramClient
from bot.delivery.courier import RenderDigest
from bot.delivery.editions import RenderEdition, plain_edition
from bot.delivery.failures import NotAccepted
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.sender import Sender
from bot.models import Button, Message
from bot.options import Options
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import Chat, DeliveryState, Notice, Store, StoredDigest

READ_TIMEOUT = 60.0
"""Seconds: to these tests no answer is late, however busy the machine is; those of a late one have their own client."""


def render(stored: StoredDigest, _chat: Chat, _options: Options) -> Sequence[Message]:
    """Return one message with a button."""
    button = Button("Tag", data=f"t:{stored.id}")
    return [Message(f"<b>{stored.digest.article.title}</b>", buttons=((button,),))]


def render_notice(notice: Notice, _chat: Chat) -> Sequence[Message]:
    """Return one message that says which notice it is."""
    return [Message(f"{notice.feed_name}: {notice.code} {notice.count}")]


class WatchedSender(Sender):
    """Says when a message was not accepted."""

    def __init__(self, client: TelegramClient, failed: asyncio.Event) -> None:
        super().__init__(client)
        self._failed = failed

    async def send(self, chat: Chat, message: Message) -> int:
        """Send as the sender does."""
        try:
            return await super().send(chat, message)
        except NotAccepted:
            self._failed.set()
            raise


@dataclass
class Outbox:
    """A store, a Telegram, and what it takes to push from one to the other.

    Attributes:
        url: the database's.
        store: the database.
        telegram: where messages arrive.
        client: what carries requests there.
        render: how digests are rendered.
        render_edition: how what was held is rendered.
        failed: set when a message was not accepted.
    """

    url: str
    store: Store
    telegram: BotApiServer
    client: TelegramClient
    render: RenderDigest = field(default=render)
    render_edition: RenderEdition = field(default=plain_edition)
    failed: asyncio.Event = field(default_factory=asyncio.Event)

    def pusher(self, owner: str = "pusher", pace: Pace | None = None, **options: object) -> Pusher:
        """Return a pusher that does not wait long for anything, but for what the pace asks."""
        facts = {
            "render_edition": self.render_edition,
            "idle_seconds": 0.02,
            "lease_seconds": 0.6,
            "owner": owner,
        } | options
        sender = WatchedSender(self.client, self.failed)
        return Pusher(self.store, sender, pace or Pace(10_000), self.render, render_notice, **facts)  # type: ignore[arg-type]

    @asynccontextmanager
    async def pushing(self, **options: object) -> AsyncIterator[Pusher]:
        """Push while the block runs, and let what is under way finish."""
        pusher = self.pusher(**options)
        running = asyncio.create_task(pusher.run())
        try:
            yield pusher
        finally:
            pusher.stop()
            await running

    async def push_until(self, requests: int, **options: object) -> None:
        """Push until Telegram has seen so many messages, refused ones included."""
        async with self.pushing(**options):
            await self.telegram.wait_for(lambda: len(self.telegram.requests_of("sendMessage")) >= requests)

    async def until(self, done: Callable[[dict[DeliveryState, int]], bool], seconds: float = 60) -> None:
        """Wait until the counts of deliveries in each state are so; the database tells nobody, so it is asked."""
        async with asyncio.timeout(seconds):
            while not done(await self.store.deliveries.counts()):  # noqa: ASYNC110  as said above
                await asyncio.sleep(0.02)

    async def until_held(self, lease: str, owner: str) -> None:
        """Wait until somebody holds a lease."""
        async with asyncio.timeout(60):
            while await self.store.leases.holder(lease) != owner:  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def store_at(self, clock: Callable[[], datetime]) -> AsyncIterator[Store]:
        """Let the store have this time while the block runs."""
        before = self.store
        async with Store(self.url, clock=clock) as self.store:
            yield self.store
        self.store = before

    def texts(self, chat: int) -> list[str]:
        """Return what a chat shows."""
        return [message.text for message in self.telegram.bot_messages(chat)]

    def requests(self) -> list[tuple[int, int]]:
        """Return (chat, HTTP status) of all messages that were tried, in order."""
        return [(int(one.arguments["chat_id"]), one.code) for one in self.telegram.requests_of("sendMessage")]


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    """Yield a Bot API server without limits."""
    async with BotApiServer(limits=NO_LIMITS) as server:
        yield server


@pytest.fixture
async def client(telegram: BotApiServer) -> AsyncIterator[TelegramClient]:
    """Yield a client at that server."""
    async with TelegramClient(telegram.token, telegram.url, connections=16, read_seconds=READ_TIMEOUT) as opened:
        yield opened


@pytest.fixture
async def outbox(sqlite_url: str, telegram: BotApiServer, client: TelegramClient) -> AsyncIterator[Outbox]:
    """Yield all of it on SQLite."""
    async with Store(sqlite_url) as store:
        yield Outbox(sqlite_url, store, telegram, client)


@pytest.fixture
async def any_outbox(database_url: str, telegram: BotApiServer, client: TelegramClient) -> AsyncIterator[Outbox]:
    """Yield all of it, on SQLite and on PostgreSQL."""
    async with Store(database_url) as store:
        yield Outbox(database_url, store, telegram, client)
