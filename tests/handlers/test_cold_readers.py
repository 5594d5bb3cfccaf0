"""A bot whose readers are not warm yet."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from tests import pages
from tests.bots import settings_at
from tests.reading import jobs
from tests.site import LocalSite


async def test_people_are_answered_before_readers_are_warm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the readers take long to warm the bot starts and answers; a link's digest comes when they are warm."""
    os.mkfifo(tmp_path / "gate")
    monkeypatch.setenv("GATE", str(tmp_path / "gate"))
    monkeypatch.setattr("bot.resources.warm_up", jobs.wait_to_be_told)
    monkeypatch.setattr("bot.resources._PATIENCE", 0.05)
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        site.put("/stories/1", pages.article())
        settings = settings_at(
            telegram,
            f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            reading_timeout=30,
        )
        async with running(settings, sources=()):
            olena = telegram.add_user()
            link = telegram.send_text(olena, olena, f"{site.url}/stories/1")
            telegram.send_text(olena, olena, "/help")
            said = await telegram.wait_for_messages(olena, 2)
            assert any("/subscribe" in message.text for message in said)
            assert not any("Footbridge" in message.text for message in said)
            await asyncio.to_thread((tmp_path / "gate").write_bytes, b"")
            [answer] = [message for message in said if message.reply_to == link.id]
            await telegram.wait_for(lambda: "Footbridge" in answer.text)
