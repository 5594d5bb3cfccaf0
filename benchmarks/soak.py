"""The demo world in a hurry: does anything grow that should not?

    python -m benchmarks.soak [--stories 2100] [--every 0.25] [--picture build/soak.svg]

A week of the sample site in what happens, not in hours: 100 stories a day in each of three languages are 2,100 stories.
They are published one each `--every` seconds while a person follows a topic, sends links and asks for lists. Once a
second the process's resident memory (reading workers apart), asyncio tasks and open files are noted. Printed: the first
and last quarter's means, the slope of a straight line through all but the first quarter (in which caches fill), and the
log's errors. The bot shares its process with the playground, which keeps every message by design: `--no-bot` shows how
much of a slope is the playground's own.
"""

import argparse
import asyncio
import logging
import resource
import statistics
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.commands.demo import real_bot
from bot.playground.demo import Surroundings, playground

_PAGE = resource.getpagesize()
_WIDTH, _HEIGHT = 800, 240


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: seconds since the start, resident MB, tasks, open files."""

    at: float
    memory: float
    tasks: int
    files: int


class ErrorLog(logging.Handler):
    """Keeps records of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's sentence."""
        self.records.append(record.getMessage())


def look(started: float) -> Sample:
    """Return what the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    return Sample(time.monotonic() - started, pages * _PAGE / 1e6, len(asyncio.all_tasks()), files)


async def sample(into: list[Sample]) -> None:
    """Look once a second until cancelled."""
    started = time.monotonic()
    while True:
        into.append(look(started))
        await asyncio.sleep(1)


async def live(world: Surroundings, stories: int, every: float) -> None:
    """Publish stories while a person talks to the bot."""
    server, me = world.server, world.me
    server.send_text(me, me, "/subscribe energy")
    for number in range(stories):
        item = world.news.publish_next()
        if number % 10 == 0:
            server.send_text(me, me, world.news.address(item))
        if number % 50 == 0:
            server.send_text(me, me, ("/recent", "/subscriptions", "/sources", "/help")[number // 50 % 4])
        await asyncio.sleep(every)


async def soak(options: argparse.Namespace) -> list[Sample]:
    """Run the world and return the looks."""
    looks: list[Sample] = []
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(playground(story_seconds=None))
        if not options.no_bot:
            await stack.enter_async_context(real_bot(world))
        watcher = asyncio.create_task(sample(looks))
        await live(world, options.stories, options.every)
        watcher.cancel()
    return looks


def report(looks: list[Sample], errors: list[str]) -> None:
    """Print what grew."""
    quarter = max(1, len(looks) // 4)
    for name in ("memory", "tasks", "files"):
        first = statistics.mean(getattr(each, name) for each in looks[:quarter])
        last = statistics.mean(getattr(each, name) for each in looks[-quarter:])
        rest = looks[quarter:]
        slope = statistics.linear_regression([each.at for each in rest], [getattr(each, name) for each in rest]).slope
        print(f"{name:8} first quarter {first:8.1f}  last quarter {last:8.1f}  slope {slope * 60:+.2f} a minute")
    print(f"errors in the log: {len(errors)}", *sorted(set(errors))[:5], sep="\n  ")


def picture(looks: list[Sample]) -> str:
    """Return resident memory over time as SVG."""
    top, end = max(each.memory for each in looks) * 1.1, looks[-1].at or 1
    points = " ".join(f"{each.at / end * _WIDTH:.1f},{_HEIGHT - each.memory / top * _HEIGHT:.1f}" for each in looks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">'
        f'<polyline fill="none" stroke="#1565c0" stroke-width="2" points="{points}"/>'
        f'<text x="4" y="16">resident memory, 0 to {top:.0f} MB, over {end:.0f} s</text></svg>\n'
    )


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=2_100)
    parser.add_argument("--every", type=float, default=0.25, metavar="SECONDS")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--no-bot", action="store_true", help="the playground alone, to compare")
    options = parser.parse_args()
    errors = ErrorLog()
    logging.getLogger().addHandler(errors)
    looks = asyncio.run(soak(options))
    report(looks, errors.records)
    if options.picture:
        options.picture.parent.mkdir(parents=True, exist_ok=True)
        options.picture.write_text(picture(looks), encoding="utf-8")


if __name__ == "__main__":
    main()
