"""Two instances on one token by mistake, each with a database of its own."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot import contest
from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.services import Services
from config.settings import Settings
from tests.bots import settings_at
from tests.ports import free_port


def _settings(telegram: BotApiServer, folder: Path, name: str) -> Settings:
    return settings_at(
        telegram,
        f"sqlite+aiosqlite:///{folder}/{name}.db",
    )


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110  health tells nobody
            await asyncio.sleep(0.02)


def _waits(services: Services) -> bool:
    return "this token" in str(services.health.notes.get("updates"))


async def test_a_token_that_is_revoked_is_said(tmp_path: Path) -> None:
    """A bot that runs says in its health that Telegram does not know it any more, ends as ever, and hears people again
    where it was Telegram's mistake.
    """
    port = free_port()
    async with AsyncExitStack() as servers:
        telegram = await servers.enter_async_context(BotApiServer(limits=NO_LIMITS, port=port))
        async with running(_settings(telegram, tmp_path, "bot"), sources=()) as services:
            await telegram.stop()
            async with BotApiServer(limits=NO_LIMITS, port=port, secret="B" * 35) as revoked:
                await _until(lambda: "does not know this token" in _trouble(services))
                await _until(lambda: len(revoked.requests) > 1)  # it goes on asking
            await telegram.start()
            await _until(lambda: services.health.ok)
            person = telegram.add_user()
            telegram.send_text(person, telegram.private_chat(person), "/start")
            await telegram.wait_for(lambda: telegram.bot_messages(person))
            await telegram.stop()
            revoked = await servers.enter_async_context(BotApiServer(limits=NO_LIMITS, port=port, secret="B" * 35))
            await _until(lambda: "does not know this token" in _trouble(services))


def _trouble(services: Services) -> str:
    trouble = services.health.troubles.get("telegram")
    return trouble.reason if trouble else ""


async def test_one_works_and_the_other_says_why_it_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who came second stops asking and says why; it answers when the first has ended.

    Leases cannot tell them, since neither database knows the other.
    """
    monkeypatch.setattr(contest, "PATIENCE_SECONDS", (0.5, 1.0))
    async with BotApiServer(limits=NO_LIMITS) as telegram, AsyncExitStack() as ended_last:
        monkeypatch.setattr(contest, "NEW_SECONDS", 0.0)  # as if the first had been there for long
        async with running(_settings(telegram, tmp_path, "one"), sources=()):
            monkeypatch.setattr(contest, "NEW_SECONDS", 3600.0)
            two = await ended_last.enter_async_context(running(_settings(telegram, tmp_path, "two"), sources=()))
            await _until(lambda: _waits(two))
            first = telegram.add_user()
            telegram.send_text(first, telegram.private_chat(first), "/start")
            await telegram.wait_for(lambda: telegram.bot_messages(first), seconds=60)
            assert await two.store.chats.find(first.id) is None
        second = telegram.add_user()
        telegram.send_text(second, telegram.private_chat(second), "/start")
        await telegram.wait_for(lambda: telegram.bot_messages(second), seconds=60)
        assert await two.store.chats.find(second.id)
