"""The database is away while people write: they are told so in their language, and helped when it is back."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from bot.app import running
from bot.hashed_ids import chat_id
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from tests import pages
from tests.bots import settings_at
from tests.handlers.conftest import World
from tests.outages import Watcher, shut, stopped
from tests.ports import free_port
from tests.site import LocalSite

HEADLINE = "Footbridge in Verkhivka reopens"
AWAY = {
    "en": "I cannot reach my records just now",
    "uk": "Зараз я не маю доступу до своїх записів",
    "ru": "Сейчас у меня нет доступа к своим записям",
}


@dataclass
class Watched(World):
    """A running bot whose health is asked for.

    Attributes:
        watcher: asks for it.
    """

    watcher: Watcher


@asynccontextmanager
async def _world(database_url: str) -> AsyncIterator[Watched]:
    port = free_port()
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        site = await stack.enter_async_context(LocalSite())
        client = await stack.enter_async_context(httpx.AsyncClient())
        site.put("/stories/1", pages.article())
        settings = settings_at(
            telegram,
            database_url,
            listen_port=port,
            reading_timeout=30,
        )
        services = await stack.enter_async_context(running(settings, sources=()))
        yield Watched(telegram, site, services, Watcher(client, f"http://127.0.0.1:{port}/readyz"))


async def test_who_sends_a_link_is_told_and_helped_afterwards(postgres_url: str) -> None:
    """At once and in their language, as is who presses a button; the health endpoint says so meanwhile."""
    async with _world(postgres_url) as world:
        users = {language: world.telegram.add_user(language=language) for language in AWAY}
        link = f"{world.site.url}/stories/1"
        shown = {language: (await world.ask(user, link))[0] for language, user in users.items()}
        async with stopped(postgres_url):
            for language, user in users.items():
                (said,) = await world.ask(user, link)
                assert said.text.startswith(AWAY[language])
                assert (await world.press(shown[language], "⋯", user)).startswith(AWAY[language])
            assert set(await world.watcher.until(ready=False)) == {"database"}
        assert await world.watcher.until(ready=True) == {}
        for user in users.values():
            (digest,) = await world.ask(user, link)
            assert HEADLINE in digest.text
    assert world.site.requested.count("/stories/1") == 1


async def test_a_link_under_way_can_be_tried_again(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """The word that it is being read turns into a sentence with a button, which works when the database is back.

    The log says of a link what it says of whatever else cannot be answered meanwhile, and whose it was.
    """
    async with _world(postgres_url) as world:
        user = world.telegram.add_user(language="uk")
        await world.ask(user, "/start")
        fault = world.telegram.fail_next("sendMessage", "delay")
        place = world.telegram.private_chat(user)
        before = len(world.telegram.bot_messages(place))
        world.telegram.send_text(user, place, f"{world.site.url}/stories/1")
        await world.telegram.wait_for(fault.met.is_set)
        async with shut(postgres_url):
            fault.release()
            (said,) = await world.new_messages(place, before, 1)
            assert said.text.startswith(AWAY["uk"])
            await world.ask(user, "/subscriptions")
        unanswered = [record for record in caplog.records if record.getMessage().endswith("the database is away")]
        assert [record.args for record in unanswered] == [(chat_id(user.id),)] * 2
        assert len({record.msg for record in unanswered}) == 1
        await world.watcher.until(ready=True)
        await world.press(said, "↻ Спробувати ще раз")
        await world.telegram.wait_for(lambda: HEADLINE in said.text)
