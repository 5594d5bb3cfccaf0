"""How many messages a second go through Telegram's client: the whole push path to a Bot API server in another process.

The processor's time is printed too, since other work on the machine slows what the clock shows.

    python -m benchmarks.rate [--chats 10000] [--per-second 1000] [--in-flight 32]
"""

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from multiprocessing.connection import Connection

from benchmarks.delivery import add_followers, fan_out, render, render_notice
from bot.delivery.client import TelegramClient
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.sender import Sender
from bot.playground.bot_api import BotApiServer, Limits
from bot.store import DeliveryState, Store
from bot.store.engine import Database


def serve(pipe: Connection, chats: int) -> None:
    """Run a Bot API server with the limits of paid broadcasts, until told to stop; then say what it answered."""

    async def run() -> None:
        async with BotApiServer(limits=Limits()) as server:
            for number in range(1, chats + 1):
                server.add_user(user_id=number)
            pipe.send((server.token, server.url))
            before = time.process_time()
            await asyncio.to_thread(pipe.recv)
            refused = sum(request.code == 429 for request in server.requests)
            pipe.send((refused, time.process_time() - before))

    asyncio.run(run())


async def whole_path(client: TelegramClient, options: argparse.Namespace) -> tuple[float, float]:
    """Push one story to all chats from SQLite and return the messages in a second, and the processor's seconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/rate.db"
        async with Store(url) as store:
            await store.migrate()
            database = Database(url)
            await add_followers(store, database, options.chats)
            await fan_out(store, 0)
            await database.close()
            pusher = Pusher(
                store,
                Sender(client, paid=True),
                Pace(options.per_second),
                render,
                render_notice,
                owner="rate",
                in_flight=options.in_flight,
            )
            running = asyncio.create_task(pusher.run())
            before, worked = time.perf_counter(), time.process_time()
            while (await store.deliveries.counts()).get(DeliveryState.SENT, 0) < options.chats:  # noqa: ASYNC110
                await asyncio.sleep(0.5)
            rate, worked = options.chats / (time.perf_counter() - before), time.process_time() - worked
            pusher.stop()
            await running
    return rate, worked


async def measure(options: argparse.Namespace) -> None:
    """Measure and print."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, options.chats))
    process.start()
    token, url = await asyncio.to_thread(ours.recv)
    async with TelegramClient(token, url, connections=options.in_flight) as client:
        rate, worked = await whole_path(client, options)
        ours.send("count")
        refused, served = await asyncio.to_thread(ours.recv)
        print(f"whole path, {options.in_flight} in flight: {rate:,.0f} messages/s by the clock; 429 answers: {refused}")
        for name, seconds in (("pusher", worked), ("server", served)):
            print(
                f"  {name}: {seconds / options.chats * 1000:.2f} ms of processor a message, "
                f"so {options.chats / seconds:,.0f}/s on a core of its own"
            )
    process.join()


async def main() -> None:
    """Measure with the given numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--per-second", type=float, default=1_000)
    parser.add_argument("--in-flight", type=int, default=32)
    await measure(parser.parse_args())


if __name__ == "__main__":
    asyncio.run(main())
