"""Two instances on one token by mistake, each with a database of its own."""

import asyncio
from pathlib import Path

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from config.settings import Settings


def _settings(telegram: BotApiServer, folder: Path, name: str) -> Settings:
    return Settings(
        _env_file=None,
        token=telegram.token,
        api_url=telegram.url,
        allow_loopback=True,
        database_url=f"sqlite+aiosqlite:///{folder}/{name}.db",
        reading_workers=1,
    )


async def test_one_works_and_the_other_says_why_it_waits(tmp_path: Path) -> None:
    """A person is answered, and health names the mistake; leases cannot, since neither database knows the other."""
    async with (
        BotApiServer(limits=NO_LIMITS) as telegram,
        running(_settings(telegram, tmp_path, "one"), sources=()) as one,
        running(_settings(telegram, tmp_path, "two"), sources=()) as two,
    ):
        async with asyncio.timeout(60):
            while not any("this token" in str(each.health.notes.get("updates")) for each in (one, two)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        user = telegram.add_user()
        telegram.send_text(user, telegram.private_chat(user), "/start")
        await telegram.wait_for(lambda: telegram.bot_messages(user), seconds=60)
