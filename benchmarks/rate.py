"""How many messages a second go through Telegram's client: the whole push path to a Bot API server in another process.

    python -m benchmarks.rate [--chats 10000] [--per-second 1000] [--in-flight 32] [--away 0.1]
                              [--database sqlite|postgresql]

The server is the strict one and keeps Telegram's limits, those of paid broadcasts above 30 a second. The processor's
time of both processes is printed too, since other work on the machine slows what the clock shows; the pusher's is
without what SQLAlchemy and the catalogues take once, at the first messages.

An hour of backlog at the free rate: --per-second 30 --in-flight 8 --chats 104000.
"""

import argparse
import asyncio
import gc
import multiprocessing
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.databases import KINDS, fresh_database
from benchmarks.delivery import add_followers, fan_out, render, render_notice
from bot.delivery.client import TelegramClient
from bot.delivery.failures import NotAccepted
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.sender import Sender
from bot.models import Message
from bot.playground.bot_api import BotApiServer, Limits
from bot.store import Chat, DeliveryState, Store
from bot.store.engine import Database

_FREE = 30  # messages a second that cost nothing
_FIRST = 500  # messages that are not counted: the first ones fill caches


@dataclass(frozen=True)
class Spent:
    """A moment of a run, by the clock and by this process's processor time."""

    clock: float
    processor: float


def spent() -> Spent:
    """Return the present moment."""
    return Spent(time.perf_counter(), time.process_time())


class CountingSender(Sender):
    """Notes when the first and the last of the messages that are measured were accepted, and what was refused."""

    def __init__(self, client: TelegramClient, chats: int, *, away: float, paid: bool) -> None:
        super().__init__(client, paid=paid)
        self.began = self.ended = spent()
        self.all_accepted = asyncio.Event()
        self.refused = 0
        self._chats = chats
        self._away = away
        self._accepted = 0

    async def send(self, chat: Chat, message: Message) -> int:
        """Send as the sender does."""
        try:
            number = await super().send(chat, message)
        except NotAccepted:
            self.refused += 1
            raise
        await asyncio.sleep(self._away)
        self._accepted += 1
        if self._accepted == _FIRST:
            self.began = spent()
        if self._accepted == self._chats:
            self.all_accepted.set()
        return number


def serve(pipe: Connection, chats: int) -> None:
    """Run a Bot API server until told to stop; then say how long it worked."""

    async def run() -> None:
        async with BotApiServer(limits=Limits()) as server:
            for number in range(1, chats + 1):
                server.add_user(user_id=number)
            gc.disable()  # its pauses are none of Telegram's
            pipe.send((server.token, server.url))
            before = time.process_time()
            await asyncio.to_thread(pipe.recv)
            pipe.send(time.process_time() - before)

    asyncio.run(run())


@asynccontextmanager
async def filled(url: str, chats: int) -> AsyncIterator[Store]:
    """Yield the store at an address, with its followers and their story."""
    async with Store(url) as store:
        await store.migrate()
        database = Database(url)
        await add_followers(store, database, chats)
        await database.close()
        await fan_out(store, 0)
        yield store


async def push(client: TelegramClient, store: Store, options: argparse.Namespace) -> tuple[float, float, int]:
    """Push one story to all chats; return the messages in a second, the processor's seconds for each, the refusals."""
    sender = CountingSender(client, options.chats, away=options.away, paid=options.per_second > _FREE)
    gc.freeze()  # as `quotewire run` does
    pace = Pace(options.per_second)
    pusher = Pusher(store, sender, pace, render, render_notice, owner="rate", in_flight=options.in_flight)
    running = asyncio.create_task(pusher.run())
    await sender.all_accepted.wait()
    while (await store.deliveries.counts()).get(DeliveryState.SENT, 0) < options.chats:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    ended = spent()
    pusher.stop()
    await running
    counted = options.chats - _FIRST
    rate, worked = counted / (ended.clock - sender.began.clock), (ended.processor - sender.began.processor) / counted
    return rate, worked, sender.refused


async def measure(options: argparse.Namespace) -> None:
    """Measure and print."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, options.chats))
    process.start()
    token, url = await asyncio.to_thread(ours.recv)
    async with (
        fresh_database(options.database) as database_url,
        filled(database_url, options.chats) as store,
        TelegramClient(token, url, connections=options.in_flight) as client,
    ):
        rate, worked, refused = await push(client, store, options)
        ours.send("count")
        served = await asyncio.to_thread(ours.recv)
    process.join()
    share = rate / options.per_second
    print(
        f"{options.database}, {options.in_flight} in flight: {rate:,.1f} messages/s by the clock, {share:.1%} of what"
    )
    print(f"  the setting allows; refused: {refused}")
    for name, each in (("pusher", worked), ("server", served / options.chats)):
        print(f"  {name}: {each * 1000:.2f} ms of processor a message, so {1 / each:,.0f}/s on a core of its own")


async def main() -> None:
    """Measure with the given numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--per-second", type=float, default=1_000)
    parser.add_argument("--in-flight", type=int, default=32)
    parser.add_argument("--away", type=float, default=0, help="seconds that each answer takes longer, as from afar")
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    await measure(parser.parse_args())


if __name__ == "__main__":
    asyncio.run(main())
