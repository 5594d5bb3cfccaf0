"""Telegram or the database does not answer while a process ends: it ends, and nothing is lost or told twice."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import httpx
import pytest
from telegram.ext import ExtBot, Updater

from bot import answering, ending, parts, resources
from bot.app import running
from bot.delivery import pace
from bot.delivery.client import TelegramClient
from bot.delivery.term import LEASE
from bot.front.updates import SECRET_HEADER, webhook_secret
from bot.models import Message
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import DeliveryState, Store, engine
from config.settings import Settings
from handlers.requests import EndingRequest
from tests.bots import settings_at
from tests.outages import MutePostgres, locked
from tests.ports import free_port
from tests.store.news import article, follower, later, publish, tag

ENDLESS = 3600.0
"""Seconds for which an answer is waited for, where the end does not end it."""
PATIENCE = 120
"""Seconds, of a machine that is busy."""


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BotApiServer]:
    """Yield a Bot API server whose answers a bot waits for without end, unless it is to end itself."""
    monkeypatch.setattr(ending, "TELEGRAM_SECONDS", 0.1)
    monkeypatch.setattr(resources, "TelegramClient", partial(TelegramClient, read_seconds=ENDLESS))
    monkeypatch.setattr(answering, "EndingRequest", partial(EndingRequest, read_seconds=ENDLESS))
    async with BotApiServer(limits=NO_LIMITS) as server:
        yield server


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Yield the database that the bot has too."""
    async with Store(database_url) as opened:
        yield opened


def _settings(telegram: BotApiServer, url: str, *roles: str) -> Settings:
    known = {"token": telegram.token, "api_url": telegram.url, "database_url": url, "reading_workers": 1}
    return Settings(_env_file=None, **known, roles=roles)  # type: ignore[arg-type]  settings by name


async def _run_until(met: asyncio.Event, settings: Settings) -> None:
    async with asyncio.timeout(PATIENCE), running(settings, sources=(), now=lambda: later(60)):
        await met.wait()


async def _counts(store: Store, wanted: dict[DeliveryState, int]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await store.deliveries.counts() != wanted:  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0.02)


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_message_without_an_answer_is_unsettled(
    telegram: BotApiServer, store: Store, database_url: str
) -> None:
    """Its answer counts as lost: the next process does not send it again, and goes on with the next story."""
    settings, user = _settings(telegram, database_url, "push"), telegram.add_user()
    await follower(store, user.id, tag("war"))
    await publish(store, article(1, tags=["war"]))
    held = telegram.fail_next("sendMessage", "delay")
    await _run_until(held.met, settings)
    assert await store.deliveries.counts() == {DeliveryState.UNSETTLED: 1}
    await publish(store, article(2, tags=["war"]), now=later(1))
    async with running(settings, sources=(), now=lambda: later(60)):
        await _counts(store, {DeliveryState.UNSETTLED: 1, DeliveryState.SENT: 1})
    titles = [message.text.splitlines()[0] for message in telegram.bot_messages(user.id)]
    assert [("Story 1" in title, "Story 2" in title) for title in titles] == [(True, False), (False, True)]


async def test_what_waits_for_its_turn_is_sent_by_the_next(
    telegram: BotApiServer, store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a story in several messages, those that Telegram's pace holds back follow later, each once."""
    texts, waits = ["one", "two", "three", "four"], asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds > PATIENCE:
            waits.set()
        await asyncio.sleep(seconds)

    monkeypatch.setattr(pace, "CHAT_INTERVAL", ENDLESS)  # after two messages, in each process
    monkeypatch.setattr(resources, "Pace", partial(pace.Pace, sleep=sleep))
    monkeypatch.setattr(parts, "push_renderer", lambda *_: lambda *_: [Message(text) for text in texts])
    settings, user = _settings(telegram, database_url, "push"), telegram.add_user()
    await follower(store, user.id, tag("war"))
    await publish(store, article(1, tags=["war"]))
    await _run_until(waits, settings)
    assert await store.deliveries.counts() == {DeliveryState.PENDING: 1}
    async with running(settings, sources=(), now=lambda: later(60)):
        await _counts(store, {DeliveryState.SENT: 1})
    assert [message.text for message in telegram.bot_messages(user.id)] == texts


async def test_an_answer_to_a_person_is_not_waited_for(
    telegram: BotApiServer, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The handler ends, which is no error, and the next process does not answer the same command again."""
    settings, user = _settings(telegram, database_url, "updates"), telegram.add_user()
    held = telegram.fail_next("sendMessage", "delay")
    telegram.send_text(user, telegram.private_chat(user), "/help")
    await _run_until(held.met, settings)
    async with running(settings, sources=(), now=lambda: later(60)):
        telegram.send_text(user, telegram.private_chat(user), "/privacy")
        await telegram.wait_for(lambda: len(telegram.bot_messages(user.id)) >= 2, seconds=PATIENCE)
    assert len(telegram.requests_of("sendMessage")) == 2
    assert _errors(caplog) == []


async def test_no_news_is_sent_while_the_last_person_is_answered(
    telegram: BotApiServer, store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pusher ends at once, so that none of its messages is given up only since an answer to somebody is late."""
    monkeypatch.setattr(ending, "TELEGRAM_SECONDS", ENDLESS)
    settings, user = _settings(telegram, database_url, "updates", "push"), telegram.add_user()
    held = telegram.fail_next("sendMessage", "delay")
    telegram.send_text(user, telegram.private_chat(user), "/help")
    bot = asyncio.create_task(_run_until(held.met, settings))
    await held.met.wait()
    async with asyncio.timeout(PATIENCE):
        while await store.leases.holder(LEASE):  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0.02)
    held.release()
    await bot


async def test_updates_that_come_when_nobody_takes_them_any_more_are_left_for_the_next(
    telegram: BotApiServer, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram's answer may come in the moment in which its receiver stops: that is no error, and nothing is lost."""
    updaters: list[Updater] = []
    came, ask, start = asyncio.Event(), ExtBot.get_updates, Updater.start_polling

    async def start_polling(updater: Updater, *arguments: Any, **named: Any) -> object:
        updaters.append(updater)
        return await start(updater, *arguments, **named)

    async def get_updates(bot: ExtBot[None], *arguments: Any, **named: Any) -> object:
        updates = await ask(bot, *arguments, **named)
        if updates:
            came.set()
            while updaters[0].running:  # noqa: ASYNC110  it tells nobody, and is to be met in this very moment
                await asyncio.sleep(0)
        return updates

    settings, user = _settings(telegram, database_url, "updates"), telegram.add_user()
    with monkeypatch.context() as patch:
        patch.setattr(Updater, "start_polling", start_polling)
        patch.setattr(ExtBot, "get_updates", get_updates)
        telegram.send_text(user, telegram.private_chat(user), "/help")
        await _run_until(came, settings)
    assert (_errors(caplog), telegram.bot_messages(user.id)) == ([], [])
    async with running(settings, sources=(), now=lambda: later(60)):
        await telegram.wait_for(lambda: telegram.bot_messages(user.id), seconds=PATIENCE)


async def test_updates_that_a_webhook_brings_to_the_end_are_left_for_the_next(
    telegram: BotApiServer, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram is told to bring them again: nobody would handle them, and the end would wait for that for ever."""
    monkeypatch.setattr(ending, "TELEGRAM_SECONDS", ENDLESS)
    held, port = telegram.fail_next("sendMessage", "delay"), free_port()
    facts = {"webhook": True, "public_url": "https://bot.example.org", "listen_port": port}
    settings = settings_at(telegram, sqlite_url, roles=("updates",), **facts)
    secret = {SECRET_HEADER: webhook_secret(telegram.token, None)}
    number = telegram.add_user().id
    chat = {"id": number, "type": "private", "first_name": "Ann"}
    person = {"id": number, "is_bot": False, "first_name": "Ann"}
    said = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "hello"}
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

        async def bring(update: int) -> int:
            taken = await client.post("/telegram", json={"update_id": update, "message": said}, headers=secret)
            return taken.status_code

        started = asyncio.Event()

        async def run() -> None:
            async with running(settings, sources=()):
                started.set()
                await held.met.wait()

        bot = asyncio.create_task(run())
        await started.wait()
        assert await bring(1) == httpx.codes.OK
        await held.met.wait()
        update = 2
        while await bring(update) != httpx.codes.SERVICE_UNAVAILABLE:
            update += 1
        held.release()
        await bot


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an end give the database up soon, which nothing else does."""
    monkeypatch.setattr(ending, "DATABASE_SECONDS", 0.1)
    monkeypatch.setattr(engine, "BUSY_SECONDS", ENDLESS)


@pytest.mark.usefixtures("impatient")
async def test_a_locked_database_is_not_waited_for(
    telegram: BotApiServer, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor are leases given back then, nor what went wrong written down; the next process does not mind."""
    settings = _settings(telegram, sqlite_url, "updates", "poll", "read", "push")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.timeout(PATIENCE))
        async with running(settings, sources=()):
            logging.getLogger(__name__).warning("to be written down")
            await stack.enter_async_context(locked(sqlite_url))
    assert _errors(caplog) == []


@pytest.mark.usefixtures("impatient")
async def test_a_database_that_says_nothing_is_not_waited_for(
    telegram: BotApiServer, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The network to it swallows everything, its connections cannot even be closed; that is no error of ours."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.timeout(PATIENCE))
        way = await stack.enter_async_context(MutePostgres(postgres_url))
        async with running(_settings(telegram, way.url, "updates", "poll", "read", "push"), sources=()):
            logging.getLogger(__name__).warning("to be written down")
            way.mute()
    assert _errors(caplog) == []


@pytest.mark.usefixtures("impatient")
async def test_what_was_sent_is_marked_however_late_that_is(
    telegram: BotApiServer, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that Telegram took while the database was locked is marked afterwards, so that it is not sent again."""
    monkeypatch.setattr(ending, "TELEGRAM_SECONDS", ENDLESS)
    given_up, give_up = asyncio.Event(), Store.give_up

    def tell(store: Store) -> None:
        give_up(store)
        given_up.set()

    monkeypatch.setattr(Store, "give_up", tell)
    settings, user = _settings(telegram, sqlite_url, "push"), telegram.add_user()
    async with asyncio.timeout(PATIENCE), Store(sqlite_url) as store:
        await follower(store, user.id, tag("war"))
        await publish(store, article(1, tags=["war"]))
        held = telegram.fail_next("sendMessage", "delay")
        bot = asyncio.create_task(_run_until(held.met, settings))
        await held.met.wait()
        async with locked(sqlite_url):
            await given_up.wait()
            held.release()
        await bot
        assert await store.deliveries.counts() == {DeliveryState.SENT: 1}
