"""One running bot for all conversations: each test brings its own people, so that tests do not meet."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import running
from bot.delivery import pace
from bot.playground.bot_api import NO_LIMITS, ApiButton, BotApiServer, Chat, StoredMessage, User
from bot.services import Services
from bot.store import DeliveryState
from tests import pages
from tests.bots import settings_at
from tests.site import Answer, LocalSite


@dataclass
class World:
    """Telegram, a news site, and the bot between them."""

    telegram: BotApiServer
    site: LocalSite
    services: Services

    async def ask(self, user: User, text: str, chat: Chat | None = None, *, count: int = 1) -> list[StoredMessage]:
        """Let a person write and wait until the bot has said `count` more things; returns these."""
        place = chat or self.telegram.private_chat(user)
        before = len(self.telegram.bot_messages(place))
        self.telegram.send_text(user, place, text)
        return await self.new_messages(place, before, count)

    async def new_messages(self, place: Chat, before: int, count: int) -> list[StoredMessage]:
        """Wait for messages of the bot after the first `before`, none of them still saying that it works."""

        def finished() -> list[StoredMessage]:
            new = self.telegram.bot_messages(place)[before:]
            return new if len(new) >= count and not any(message.text.startswith("⏳") for message in new) else []

        return await self.telegram.wait_for(finished)

    async def pushed(
        self, place: Chat | User, title: str, is_meant: Callable[[StoredMessage], bool] = bool
    ) -> StoredMessage:
        """Wait for the message of a story, and until it is written down that the chat has it."""

        def found() -> list[StoredMessage]:
            told = self.telegram.bot_messages(place)
            return [message for message in told if message.text.startswith(title) and is_meant(message)]

        (message, *_) = await self.telegram.wait_for(found)
        await self.until(self._all_is_written_down)
        return message

    async def until(self, holds: Callable[[], Awaitable[object]]) -> None:
        """Wait until something in the database is so; it tells nobody, so it is asked."""
        async with asyncio.timeout(60):
            while not await holds():  # noqa: ASYNC110  as said above
                await asyncio.sleep(0.02)

    async def _all_is_written_down(self) -> bool:
        return DeliveryState.CLAIMED not in await self.services.store.deliveries.counts()

    async def press(self, message: StoredMessage, button: ApiButton | str, user: User | None = None) -> str:
        """Press a button, wait for the bot's answer, and return what it shows."""
        press = self.telegram.press(message, button, user)
        await self.telegram.wait_for(lambda: press.answered)
        return press.text


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chat have as many messages as a test wants: Telegram's limits have their own tests (test_pace.py)."""
    monkeypatch.setattr(pace, "CHAT_INTERVAL", 0.0)
    monkeypatch.setattr(pace, "GROUP_LIMIT", 10_000)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Return the running bot with a news site to read."""
    folder: Path = tmp_path_factory.mktemp("bot")
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        site.put("/stories/1", pages.article())
        site.put("/home", pages.HOME)
        site.put("/empty", pages.EMPTY)
        site.put("/paywall", pages.PAYWALL)
        site.put("/picture.png", Answer(b"\x89PNG\r\n\x1a\n" + bytes(64), content_type="image/png"))
        site.put("/paper.pdf", Answer(b"%PDF-1.7\n" + bytes(64), content_type="application/pdf"))
        site.put("/loop", Answer(b"", 302, headers={"Location": "/loop"}))
        settings = settings_at(
            telegram,
            f"sqlite+aiosqlite:///{folder}/bot.db",
            reading_timeout=30,
            poll_interval_min=0.2,
            poll_interval_max=0.5,
        )
        async with running(settings, sources=()) as services:
            yield World(telegram, site, services)
