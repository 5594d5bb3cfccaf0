"""A week in the demo world on a fast clock: does anything grow in the bot that should not?

    python -m benchmarks.soak [--days 7] [--speed 120] [--picture build/soak.svg] [--keep build/soak]

The bot (all roles, a SQLite file, two reading workers, deliveries kept for a day) has a process of its own; the Bot API
server and the news site, which keep every message and story, have this one. Both go by `FastClock`. At 60 a week takes
168 minutes, at 120 84. Seventeen chats follow all 300 stories a day, at once, in digests, with quiet hours and limits;
each story brings one new person, who starts the bot, sends a link to a story and one that disappoints, says something,
presses a button later and blocks the bot in the end.

Printed: what the bot's process and its workers hold (PSS), its asyncio tasks and open files by quarter, the slope of a
straight line through all but the first quarter (in which caches fill), how often the bot looked for work, and what
its log has of warnings and errors.
"""

import argparse
import asyncio
import json
import signal
import socket
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.soak_clock import DAY, FastClock
from benchmarks.soak_looks import Look, look, picture, table
from benchmarks.soak_people import live, readers
from bot.playground.news import SampleNews
from bot.playground.server import BotApiServer
from bot.playground.world.state import WorldOptions

_EVERY = 5.0  # real seconds between two looks
_REST = 20.0  # real seconds in which the bot may finish at the end
_GRAVE = ("warning", "error", "critical")


async def soak(options: argparse.Namespace, folder: Path, looks: list[Look]) -> None:
    """Run the world and gather looks; kept in a file too, so that a run that is cut short is not lost."""
    clock = FastClock(time.time(), options.days * DAY, options.speed)
    async with (
        BotApiServer(clock=clock.seconds, options=WorldOptions(answer_within=15 * clock.speed)) as server,
        SampleNews(None, clock.now) as news,
        bot_process(server, news, clock, folder) as (bot, port),
        aiohttp.ClientSession() as session,
    ):
        metrics = f"http://127.0.0.1:{port}/metrics"
        await until_there(bot, metrics, session)
        look_now = partial(look, process=bot.pid, metrics=metrics, session=session)
        watcher = asyncio.create_task(watch(looks, folder / "looks", look_now, clock))
        await live(server, news, clock, options.days)
        await asyncio.sleep(_REST)
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher


@asynccontextmanager
async def bot_process(
    server: BotApiServer, news: SampleNews, clock: FastClock, folder: Path
) -> AsyncIterator[tuple[Process, int]]:
    """Run the bot while the block runs; gives its process and the port of its HTTP server."""
    order = _order(server, news, clock, folder)
    with (folder / "log").open("wb") as log:
        bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.soak_bot", stdin=PIPE, stderr=log)
        try:
            await _tell(bot, order)
            yield bot, order["settings"]["listen_port"]
        finally:
            with suppress(ProcessLookupError):
                bot.terminate()
            await bot.wait()


async def _tell(bot: Process, order: dict[str, Any]) -> None:
    assert bot.stdin is not None, "it was asked for"
    bot.stdin.write(json.dumps(order).encode())
    await bot.stdin.drain()
    bot.stdin.close()


def _order(server: BotApiServer, news: SampleNews, clock: FastClock, folder: Path) -> dict[str, Any]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "token": server.token,
        "api_url": server.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'quotewire.db'}",
        "allow_loopback": True,
        "allowed_ports": [80, 443, news.port],
        "host_gap": clock.real(1.0),
        "keep_deliveries_days": 1,
        "listen_port": port,
    }
    sources = [asdict(source) for source in news.sources()]
    return {"clock": asdict(clock), "settings": settings, "sources": sources, "readers": readers(server)}


async def until_there(bot: Process, metrics: str, session: aiohttp.ClientSession) -> None:
    """Wait until the bot answers.

    Raises:
        SystemExit: it ended instead; its log says why.
    """
    while bot.returncode is None:
        with suppress(aiohttp.ClientError):
            async with session.get(metrics):
                return
        await asyncio.sleep(0.5)
    raise SystemExit("the bot does not start")


async def watch(looks: list[Look], file: Path, look_now: Callable[[float], Awaitable[Look]], clock: FastClock) -> None:
    """Look now and then until cancelled."""
    with file.open("w", encoding="utf-8", buffering=1) as kept:
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                looks.append(await look_now(clock.passed.total_seconds() / DAY))
                print(json.dumps(asdict(looks[-1])), file=kept)
            await asyncio.sleep(_EVERY)


def logged(log: Path) -> str:
    """Return how often each kind of warning and error was logged, and how often the bot waited for work."""
    kinds: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):
            record = json.loads(line)
            if record["level"] in _GRAVE:
                kinds[f"{record['level']}: {record['event']}"] += 1
            elif record["event"].startswith("waited"):
                kinds[record["message"]] += 1
    return "\n".join(f"{times:6}  {kind[:160]}" for kind, times in kinds.most_common(40))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=float, default=7.0, help="simulated days")
    parser.add_argument("--speed", type=float, default=120.0, help="simulated seconds in a real one")
    parser.add_argument("--picture", type=Path, help="where the slope is drawn, as SVG")
    parser.add_argument("--keep", type=Path, help="a folder for the database, the log and the looks")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the bot is not left behind
    with tempfile.TemporaryDirectory(prefix="quotewire-soak-") as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        looks: list[Look] = []
        with suppress(KeyboardInterrupt):
            asyncio.run(soak(options, folder, looks))
        print(table(looks), logged(folder / "log"), sep="\n\n")
    if options.picture:
        title = f"{options.days:g} simulated days at {options.speed:g} times speed"
        options.picture.write_text(picture(looks, title), encoding="utf-8")


if __name__ == "__main__":
    main()
