"""Ten thousand feeds on one process: `python -m benchmarks.feed_scale`.

10,000 feeds on 200 local hosts (benchmarks.feed_hosts, in a process of its own), polled every ten minutes by the real
poller on a SQLite file, with the politeness of the open web: names are looked up (in a table), each host is asked one
thing at a time with a second between two. After a first reading of all, one round is measured in which 5 % of the feeds
have something new and due moments are spread over the round:

- processor time of the poller and of its reading workers, as a share of one core over the round;
- peak memory of both;
- how late the latest feed was asked for;
- the most requests that any host saw at once.

Beside it a round over the same feeds the plain way: httpx, feedparser, a set of guids in memory.

A round is ten minutes long, and the first reading takes some more. `--feeds 1000 --hosts 40 --seconds 60` gives the
same rate of polls in two minutes.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
from sqlalchemy import update
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.feed_hosts import address_of
from bot.feeds.poll import Poller
from bot.feeds.warm import warm_up
from bot.reading.worker import ReadingPool
from bot.store import Store
from bot.store.tables import feeds
from bot.web.fetch import Fetcher
from config.settings import Settings

PLAIN_AT_ONCE = 64
LAST_SECONDS = 15  # for the last ones, that were due at the end of the round


@dataclass(frozen=True)
class World:
    """The far side.

    Attributes:
        port: of all hosts.
        hosts: how many.
        count: feeds over all hosts.
    """

    port: int
    hosts: int
    count: int

    def url(self, feed: int) -> str:
        """Return a feed's URL by name."""
        return f"http://host{feed % self.hosts}.example:{self.port}/feeds/{feed}"

    def plain_url(self, feed: int) -> str:
        """Return a feed's URL by address, for a client without our table of names."""
        return f"http://{address_of(feed % self.hosts)}:{self.port}/feeds/{feed}"

    async def resolve(self, name: str, _port: int) -> Sequence[str]:
        """Look a name up."""
        return [address_of(int(name.removeprefix("host").removesuffix(".example")))]

    async def ask(self, path: str) -> bytes:
        """Tell the far side something."""
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(f"http://{address_of(0)}:{self.port}{path}", timeout=60)).content


@dataclass(frozen=True)
class Usage:
    """Processor seconds and megabytes, of this process and of its workers."""

    own_seconds: float
    workers_seconds: float
    own_megabytes: float
    workers_megabytes: float


def usage(workers: Sequence[int]) -> Usage:
    """Return what was used so far, as Linux tells it; pages that workers share with their parent count twice."""
    own = os.getpid()
    return Usage(_seconds(own), sum(map(_seconds, workers)), _megabytes(own), sum(map(_megabytes, workers)))


def _seconds(process: int) -> float:
    # The fields behind the program's name, which may hold spaces; user and system ticks are the 14th and 15th of all.
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int) -> float:
    resident = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return resident * os.sysconf("SC_PAGE_SIZE") / 1e6


@asynccontextmanager
async def far_side(hosts: int, count: int) -> AsyncIterator[World]:
    """Run the hosts in a process of their own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.feed_hosts", str(hosts), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield World(int(await process.stdout.readline()), hosts, count)
    finally:
        process.kill()
        await process.wait()


async def add_feeds(store: Store, world: World) -> None:
    """Make the feeds presets, which are polled without followers."""
    for feed in range(world.count):
        await store.feeds.ensure(world.url(feed), slug=f"feed-{feed}", name=f"Feed {feed}")


async def poll_all(poller: Poller, store: Store) -> None:
    """Run the poller until no feed is due."""
    running = asyncio.create_task(poller.run())
    while (due := await store.feeds.next_due()) and due <= datetime.now(UTC):  # noqa: ASYNC110
        await asyncio.sleep(1)
    poller.stop()
    await running


async def spread(database_url: str, store: Store, seconds: float) -> dict[str, float]:
    """Spread the due moments over a round that begins in five seconds; returns them by path."""
    begin = datetime.now(UTC) + timedelta(seconds=5)
    rows = await store.feeds.list()
    due = {row.id: begin + timedelta(seconds=seconds * place / len(rows)) for place, row in enumerate(rows)}
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        for feed_id, moment in due.items():
            await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(next_poll_at=moment))
    await engine.dispose()
    return {"/feeds/" + row.url.rpartition("/")[2]: due[row.id].timestamp() for row in rows}


async def measure(world: World, seconds: float, folder: Path) -> None:
    """Measure Quotewire's poller."""
    database_url = f"sqlite+aiosqlite:///{folder}/scale.db"
    settings = Settings(
        allow_loopback=True,
        allowed_ports=frozenset({world.port}),
        poll_interval_min=seconds,
        poll_interval_max=seconds * 2,
    )
    pool = ReadingPool(settings, prepare=warm_up)
    await pool.start()
    async with Store(database_url) as store, Fetcher(settings, resolve=world.resolve) as fetcher:
        await store.migrate()
        await add_feeds(store, world)
        started = time.monotonic()
        hasty = settings.model_copy(update={"host_gap": 0.0})  # the first reading is not what is measured
        async with Fetcher(hasty, resolve=world.resolve) as first:
            await poll_all(Poller(store, first, pool, settings, owner="first"), store)
        print(f"first reading of {world.count} feeds: {time.monotonic() - started:.0f} s", flush=True)
        due = await spread(database_url, store, seconds)
        await world.ask("/round")
        before, begun = usage(pool.process_ids), time.monotonic()
        poller = Poller(store, fetcher, pool, settings, owner="round")
        running = asyncio.create_task(poller.run())
        peak, peak_workers = 0.0, 0.0
        while time.monotonic() - begun < seconds + 5:
            await asyncio.sleep(1)
            now = usage(pool.process_ids)
            peak, peak_workers = max(peak, now.own_megabytes), max(peak_workers, now.workers_megabytes)
        after = usage(pool.process_ids)
        await asyncio.sleep(LAST_SECONDS)
        report = json.loads(await world.ask("/report"))
        poller.stop()
        await running
    await pool.stop()
    late = [report["asked"].get(path, time.time()) - moment for path, moment in due.items()]
    own, workers = after.own_seconds - before.own_seconds, after.workers_seconds - before.workers_seconds
    print(
        f"quotewire: {len(report['asked'])} polls, answers {report['statuses']}; "
        f"processor {own:.1f} s + workers {workers:.1f} s = {(own + workers) / seconds:.1%} of a core; "
        f"memory {peak:.0f} MB + workers {peak_workers:.0f} MB; latest {max(late):.1f} s late; "
        f"most requests at one host at once: {report['most_at_once']}",
        flush=True,
    )


async def measure_plainly(world: World, seconds: float) -> None:
    """Measure the plain way over one round, as fast as it goes."""
    seen: dict[int, set[str]] = {}
    places = asyncio.Semaphore(PLAIN_AT_ONCE)

    async def poll(client: httpx.AsyncClient, feed: int) -> None:
        async with places:
            parsed = feedparser.parse((await client.get(world.plain_url(feed))).content)
        seen.setdefault(feed, set()).update(entry.id for entry in parsed.entries)

    before, begun = usage(()), time.monotonic()
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        await asyncio.gather(*(poll(client, feed) for feed in range(world.count)))
    after = usage(())
    report = json.loads(await world.ask("/report"))
    own = after.own_seconds - before.own_seconds
    print(
        f"plain httpx + feedparser: {world.count} polls in {time.monotonic() - begun:.0f} s; processor {own:.1f} s = "
        f"{own / seconds:.1%} of a core; memory {after.own_megabytes:.0f} MB; "
        f"most requests at one host at once: {report['most_at_once']}"
    )


async def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=600.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        async with far_side(arguments.hosts, arguments.feeds) as world:
            await measure(world, arguments.seconds, Path(folder))
            await measure_plainly(world, arguments.seconds)


if __name__ == "__main__":
    asyncio.run(main())
