"""kill -9 at random moments: nothing is lost, and no more is repeated than was in flight."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from bot.delivery.pusher import IN_FLIGHT
from bot.delivery.term import LEASE
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import DeliveryState, Store
from tests.delivery.role_process import AT_WORK
from tests.store.news import add_feed, new, poll, tag

STORIES = 3
CHATS_EACH = 100
KILLS = 4
PATIENCE = 120
"""Seconds, of a machine that is busy."""
_ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def _processes(count: int, *arguments: str) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Start processes with the roles, wait until all are at work, and end those that still live."""
    command = [sys.executable, "-m", "tests.delivery.role_process", *arguments]
    started = [await asyncio.create_subprocess_exec(*command, cwd=_ROOT, stdout=PIPE) for _ in range(count)]
    try:
        async with asyncio.timeout(PATIENCE):
            assert await asyncio.gather(*map(_first_line, started)) == [AT_WORK] * count
        yield started
    finally:
        for process in started:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _first_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def _kill_pusher(store: Store, killed: set[str]) -> None:
    """Kill the process that pushes now, when there is one that was not killed before."""
    while (holder := await store.leases.holder(LEASE)) is None or holder in killed:  # noqa: ASYNC110  the database tells nobody
        await asyncio.sleep(0.02)
    os.kill(int(holder.split(":")[1]), signal.SIGKILL)
    killed.add(holder)


def _has_seen(telegram: BotApiServer, messages: int) -> bool:
    return len(telegram.requests_of("sendMessage")) >= messages


async def _all_sent(store: Store, total: int) -> None:
    while (await store.deliveries.counts()).get(DeliveryState.SENT, 0) < total:  # noqa: ASYNC110  as above
        await asyncio.sleep(0.05)


async def _follow(store: Store, telegram: BotApiServer) -> None:
    for story in range(STORIES):
        for _ in range(CHATS_EACH):
            user = telegram.add_user()
            chat = await store.chats.ensure(user.id, title="Fan")
            await store.subscriptions.add(chat.id, tag(f"tag{story}"))


async def test_a_killed_process_loses_nothing_and_repeats_little(database_url: str) -> None:
    """Five processes share a database; whichever pushes is killed, four times, between the first and last message.

    Reading, fan-out and pushing all happen in the processes, so the kills fall into any of them. The last one finishes.
    """
    chance = random.Random(7)  # noqa: S311  a test wants the same chance each time
    killed: set[str] = set()
    total = STORIES * CHATS_EACH
    moments = sorted(chance.sample(range(1, total - IN_FLIGHT), KILLS))
    async with Store(database_url) as store, BotApiServer(limits=NO_LIMITS) as telegram:
        await _follow(store, telegram)
        feeds = [
            await add_feed(store, f"wire{number}", f"https://wire.example/{number}/rss") for number in range(STORIES)
        ]
        async with _processes(KILLS + 1, database_url, telegram.url, telegram.token):
            for number, feed_id in enumerate(feeds):
                await poll(store, feed_id, new(number))
            for moment in moments:
                await telegram.wait_for(partial(_has_seen, telegram, moment), seconds=PATIENCE)
                await _kill_pusher(store, killed)
            async with asyncio.timeout(PATIENCE):
                await _all_sent(store, total)
    times = Counter(int(request.arguments["chat_id"]) for request in telegram.requests_of("sendMessage"))
    assert len(times) == total, "a chat has not got its story"
    assert sum(times.values()) - total <= KILLS * IN_FLIGHT
