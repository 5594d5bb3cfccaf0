"""Buttons that are pressed twice, faster than the first tap is answered."""

import asyncio
from pathlib import Path

import pytest

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.rights import Rights
from bot.store import utc_now
from handlers import double_taps
from tests.bots import settings_at
from tests.handlers.conftest import World
from tests.site import LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMIN = 900_003


async def test_a_double_tap_does_not_undo_itself(world: World) -> None:
    """The second tap of one button on one keyboard, while the first is handled, is answered and changes nothing."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    await world.press(digest, "⋯")
    await world.telegram.wait_for(lambda: any("Save" in button.text for button in digest.buttons))
    slow = world.telegram.fail_next("answerCallbackQuery", "delay")
    save = digest.button("☆ Save")
    world.telegram.press(digest, save, user)
    await slow.met.wait()
    assert not await world.press(digest, save, user)
    slow.release()
    await world.telegram.wait_for(lambda: any(button.text == "★ Saved" for button in digest.buttons))
    assert (await world.ask(user, "/saved"))[0].text.startswith("1 story saved")
    assert await world.press(digest, "★ Saved") == "No longer saved."


async def test_words_to_all_are_sent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two taps on Send send once, also where two processes each hear one of them and neither knows of the other."""
    monkeypatch.setattr(double_taps, "_identity", lambda query: query.id)  # as in two processes
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        settings = settings_at(telegram, f"sqlite+aiosqlite:///{tmp_path}/bot.db", admin_ids={ADMIN})
        async with running(settings, sources=()) as services:
            world = World(telegram, site, services)
            admin, reader = telegram.add_user("Admin", user_id=ADMIN), telegram.add_user("Reader")
            await world.ask(reader, "/start")
            (question,) = await world.ask(admin, "/broadcast We move")
            before = len(telegram.bot_messages(reader))
            presses = [telegram.press(question, "Send", admin) for _ in range(2)]
            await telegram.wait_for(lambda: all(press.answered for press in presses))
            await telegram.wait_for(lambda: question.text.startswith("Sent: 2."))
        assert [message.text for message in telegram.bot_messages(reader)[before:]] == ["We move"]


async def test_a_right_that_changes_while_it_is_asked_for_is_asked_for_again() -> None:
    """Telegram's answer may be of the moment before: it is used once and not believed any longer."""
    rights, asked, answered = Rights(utc_now), asyncio.Event(), asyncio.Event()

    async def slowly() -> bool:
        asked.set()
        await answered.wait()
        return True

    async def at_once() -> bool:
        return False

    first = asyncio.create_task(rights.leads(-1, 1, slowly))
    await asked.wait()
    rights.forget(-1)
    answered.set()
    assert await first
    assert not await rights.leads(-1, 1, at_once)
