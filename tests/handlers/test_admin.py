"""What the operator sees and does from a chat; the instance that is not for everybody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from config.settings import Settings
from tests import pages
from tests.handlers.conftest import World
from tests.handlers.test_menus import found
from tests.site import LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMIN, GUEST = 900_001, 900_002


@pytest_asyncio.fixture(loop_scope="session")
async def private_world(tmp_path: Path) -> AsyncIterator[World]:
    """Return a bot with an admin, which only one guest may use."""
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        settings = Settings(
            _env_file=None,
            token=telegram.token,
            api_url=telegram.url,
            allow_loopback=True,
            database_url=f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            reading_workers=1,
            admin_ids={ADMIN},
            allowed_ids={GUEST},
            links_per_day=1,
            feeds_per_day=1,
        )
        async with running(settings, sources=()) as services:
            yield World(telegram, site, services)


async def test_the_operator_sees_tells_and_shuts_out(private_world: World) -> None:
    """/admin counts, /broadcast tells all after a question, ban silences a chat until unban; strangers stay outside."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    guest = world.telegram.add_user("Guest", user_id=GUEST, language="uk")
    stranger = world.telegram.add_user("Stranger", language="ru")
    assert (await world.ask(stranger, "/start"))[0].text.startswith("Это частный бот.")
    await world.ask(guest, "/subscribe Ice")
    assert (await world.ask(guest, "/admin"))[0].text.startswith("Я не знаю такої команди")
    (overview,) = await world.ask(admin, "/admin")
    assert "Chats: active 2" in overview.text
    assert "Subscriptions: 1" in overview.text
    (question,) = await world.ask(admin, "/broadcast We move <tonight>")
    assert question.text == "Send this to 2 chats?\n\nWe move <tonight>"
    before = len(world.telegram.bot_messages(guest))
    await world.press(question, "Send", admin)
    (told,) = await world.new_messages(world.telegram.private_chat(guest), before, 1)
    assert told.text == "We move <tonight>"
    await world.telegram.wait_for(lambda: question.text == "Sent: 2. Not sent: 0.")
    assert (await world.ask(admin, f"/admin ban {GUEST}"))[-1].text == f"Chat {GUEST} is shut out."
    count = len(world.telegram.bot_messages(guest))
    world.telegram.send_text(guest, guest, "/subscriptions")
    assert (await world.ask(admin, f"/admin unban {GUEST}"))[-1].text == f"Chat {GUEST} is let in again."
    await world.ask(guest, "/start")
    assert len(world.telegram.bot_messages(guest)) == count + 1


async def test_a_person_has_so_many_links_and_sites_a_day(private_world: World) -> None:
    """What is over the day's limit gets a friendly sentence, and is not fetched."""
    world = private_world
    world.site.put("/stories/1", pages.article())
    world.site.put("/stories/2", pages.article())
    guest = world.telegram.add_user("Guest", user_id=GUEST, language="uk")
    assert (await world.ask(guest, f"{world.site.url}/stories/1"))[0].button("Verkhivka")
    (refused,) = await world.ask(guest, f"{world.site.url}/stories/2")
    assert refused.text.startswith("Я читаю 1 ")
    await world.ask(guest, f"/add {world.site.url}/stories/1")
    assert (await world.ask(guest, f"/add {world.site.url}/stories/2"))[0].text.startswith("Я переглядаю 1 ")


@pytest.mark.parametrize(
    ("language", "says"), [("en", "How I am"), ("uk", "Як у мене справи"), ("ru", "Как у меня дела")]
)
async def test_operators_find_their_commands_in_their_own_chats(private_world: World, language: str, says: str) -> None:
    """From their first /start on, in private alone; nobody else finds them."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN, language=language, started=False)
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    alone = world.telegram.private_chat(admin)
    assert "admin" not in found(world, admin, alone)
    await world.ask(admin, "/start")
    assert found(world, admin, alone)["admin"] == says
    assert found(world, admin, alone).keys() > found(world, guest, world.telegram.private_chat(guest)).keys()
    assert "admin" not in found(world, admin, world.telegram.add_group("Newsroom", admin))
