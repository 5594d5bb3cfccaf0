"""Who answers people is killed: another takes over, and what people wrote meanwhile is answered."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack

from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.receiving import LEASE
from bot.store import Store
from tests.fleet.test_fleet import start_process


async def _holder(store: Store, *, besides: str | None = None) -> str:
    """Wait until a process holds the lease for long polling, another than one, and return its name."""
    async with asyncio.timeout(120):
        while (holder := await store.leases.holder(LEASE)) in {None, besides}:  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0.1)
    return str(holder)


async def test_what_people_write_while_nobody_answers_is_answered(postgres_url: str) -> None:
    """The receiver is killed; each message after that is answered once, by the one that waited."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        store = await stack.enter_async_context(Store(postgres_url))
        facts = {"database_url": postgres_url, "api_url": telegram.url, "token": telegram.token, "reading_workers": "1"}
        for _ in range(2):
            await start_process(stack, "updates", **facts)
        user = telegram.add_user()
        place = telegram.private_chat(user)
        killed = await _holder(store)
        telegram.send_text(user, place, "/start")
        await telegram.wait_for(lambda: telegram.bot_messages(place), seconds=120)
        os.kill(int(killed.split(":")[1]), signal.SIGKILL)
        for _ in range(3):
            telegram.send_text(user, place, "/help")
        await telegram.wait_for(lambda: len(telegram.bot_messages(place)) >= 4, seconds=120)
        assert await _holder(store, besides=killed)
        answers = [message.text for message in telegram.bot_messages(place)]
    assert len(answers) == 4
    assert len(set(answers[1:])) == 1
