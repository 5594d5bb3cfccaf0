"""kill -9 during a fan-out: what is lost, and what is repeated.

    python -m benchmarks.crash [--chats 20000] [--kills 30] [--only sqlite|postgresql]

One story goes to all chats, through processes with the roles "read" and "push", while messages are edited and Telegram
now and then answers 429. On SQLite one process is killed and replaced, on PostgreSQL any of three. At the end each chat
must have its story; what it has twice was in flight at a kill, at most IN_FLIGHT for each.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from asyncio.subprocess import DEVNULL
from contextlib import suppress
from pathlib import Path

from benchmarks.databases import KINDS, fresh_database
from benchmarks.delivery import TAG, add_followers
from bot.delivery.client import TelegramClient
from bot.delivery.failures import NotAccepted
from bot.delivery.pusher import IN_FLIGHT
from bot.playground.bot_api import NO_LIMITS, BotApiServer, too_many_requests
from bot.store import DeliveryState, Store
from bot.store.engine import Database
from tests.store.news import add_feed, new, poll

_ROOT = Path(__file__).resolve().parents[1]


class CountingServer(BotApiServer):
    """A Bot API server that counts the messages it took."""

    sent = 0

    def _log(self, method: str, given: dict[str, object], code: int, description: str) -> None:
        self.sent += method == "sendMessage" and code == 200
        super()._log(method, given, code, description)


class Fleet:
    """Processes with both roles, as many as asked for, however often one is killed."""

    def __init__(self, size: int, *arguments: str) -> None:
        self._size = size
        self._arguments = arguments
        self.processes: list[asyncio.subprocess.Process] = []

    async def fill(self) -> None:
        """Start as many as are missing."""
        while len(self.processes) < self._size:
            command = [sys.executable, "-m", "tests.delivery.role_process", *self._arguments]
            facts = {"cwd": _ROOT, "env": os.environ | {"ROLE_TAG": TAG.key}, "stdout": DEVNULL}
            self.processes.append(await asyncio.create_subprocess_exec(*command, **facts))

    async def kill_one(self) -> None:
        """Kill any of them, at once and without a word."""
        victim = self.processes.pop(random.randrange(len(self.processes)))  # noqa: S311  chance, not secrecy
        victim.kill()
        await victim.wait()

    async def end(self) -> None:
        """End all."""
        while self.processes:
            await self.kill_one()


async def _disturb(telegram: CountingServer) -> None:
    """Edit messages, and refuse one in a hundred for a second, for as long as it is let."""
    async with TelegramClient(telegram.token, telegram.url) as client:
        while True:
            seen = telegram.sent
            while telegram.sent < seen + 100:  # noqa: ASYNC110  the benchmark only looks now and then
                await asyncio.sleep(0.02)
            telegram.fail_next("sendMessage", "error", error=too_many_requests(1))
            user = random.choice(list(telegram.world.users))  # noqa: S311
            for message in telegram.bot_messages(user)[:1]:
                with suppress(NotAccepted):
                    await client.call(
                        "editMessageText", {"chat_id": user, "message_id": message.id, "text": f"{message.text} ✎"}
                    )


async def _watch(telegram: CountingServer, fleet: Fleet, moments: list[int], total: int, store: Store) -> None:
    """Kill a process at each of the moments, counted in messages, then wait until all is sent."""
    for moment in moments:
        while telegram.sent < moment:  # noqa: ASYNC110  as above
            await asyncio.sleep(0.002)
        await fleet.kill_one()
        await fleet.fill()
    while (await store.deliveries.counts()).get(DeliveryState.SENT, 0) < total:  # noqa: ASYNC110  as above
        await asyncio.sleep(0.5)


async def measure(url: str, processes: int, options: argparse.Namespace) -> None:
    """Kill on one database and print what became of it."""
    database = Database(url)
    total = options.chats
    async with Store(url) as store, CountingServer(limits=NO_LIMITS) as telegram:
        await store.migrate()
        await add_followers(store, database, total)
        for number in range(1, total + 1):
            telegram.add_user(user_id=number)
        feed_id = await add_feed(store)
        await poll(store, feed_id, new(1))
        moments = sorted(random.sample(range(total - IN_FLIGHT), options.kills))
        fleet = Fleet(processes, url, telegram.url, telegram.token)
        disturbing = asyncio.create_task(_disturb(telegram))
        before = time.perf_counter()
        await fleet.fill()
        try:
            async with asyncio.timeout(options.minutes * 60):
                await _watch(telegram, fleet, moments, total, store)
        except TimeoutError:
            print(f"  not finished in {options.minutes} minutes: {await store.deliveries.counts()}")
        finally:
            disturbing.cancel()
            await fleet.end()
        seconds = time.perf_counter() - before
        have = [len(telegram.bot_messages(number)) for number in range(1, total + 1)]
        refused = sum(1 for one in telegram.requests_of("sendMessage") if one.code == 429)
        edits = len(telegram.requests_of("editMessageText"))
        print(
            f"  {options.kills} kills, {processes} process(es), {total:,} chats, {seconds:.0f} s; of the last 10,000 "
            f"requests {edits} were edits and {refused} answers a 429\n"
            f"  lost {have.count(0)}, repeated {sum(have) - total + have.count(0)} "
            f"(at most {IN_FLIGHT * options.kills}); {dict(await store.deliveries.counts())}"
        )
    await database.close()


async def main() -> None:
    """Kill on both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    for kind in KINDS if options.only is None else (options.only,):
        print(kind)
        async with fresh_database(kind) as url:
            await measure(url, 1 if kind == "sqlite" else 3, options)


if __name__ == "__main__":
    asyncio.run(main())
