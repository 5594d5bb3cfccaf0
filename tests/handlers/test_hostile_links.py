"""Pages made to hang their reader, sent to the running bot: nobody else waits, and the link gets an answer."""

from pathlib import Path

import pytest

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from tests import pages
from tests.bots import settings_at
from tests.handlers.conftest import World
from tests.handlers.test_links import shows_the_digest
from tests.reading.test_hostile_pages import HOSTILE
from tests.site import LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_start_is_answered_while_a_page_hangs_its_reader(tmp_path: Path) -> None:
    """With the only worker stuck on a page another person's /start is answered first; then the link is told of, the
    worker is replaced, and the next link becomes a digest.
    """
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        site.put("/hostile", HOSTILE["full paragraphs"]().decode())
        site.put("/stories/1", pages.article())
        settings = settings_at(
            telegram,
            f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            reading_timeout=10,
        )
        async with running(settings, sources=()) as services:
            world, stranger, person = World(telegram, site, services), telegram.add_user(), telegram.add_user()
            room = telegram.private_chat(stranger)
            telegram.send_text(stranger, room, f"{site.url}/hostile")
            await telegram.wait_for(lambda: telegram.bot_messages(room))
            await site.until_requested_again("/hostile", times=1 - site.requested.count("/hostile"))
            (start,) = await world.ask(person, "/start")
            (answer,) = telegram.bot_messages(room)
            assert start.text
            assert answer.text.startswith("⏳")
            await telegram.wait_for(lambda: not answer.text.startswith("⏳"))
            assert answer.text
            place = telegram.private_chat(person)
            telegram.send_text(person, place, f"{site.url}/stories/1")  # read by a worker that is still starting
            await telegram.wait_for(lambda: any(map(shows_the_digest, telegram.bot_messages(place))), seconds=120)
