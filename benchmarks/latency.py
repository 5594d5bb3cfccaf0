"""From a feed's change to the message: how long a new entry takes through polling, reading, fan-out and sending.

    python -m benchmarks.latency [--stories 20] [--chats 20] [--database URL]

The whole bot in one process, at a local site and a local Bot API server in the same process, with polls every second:
with real intervals (five minutes at least) add half of the interval on average, with a hub (WebSub) nothing.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence

from bot.app import running
from bot.models import Topic, TopicKind
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from config.settings import Settings
from tests import pages
from tests.site import Answer, LocalSite

INTERVAL = 1.0
_GOLDEN = 0.618  # of the interval, from one story to the next: they come at all moments between two polls
_ITEM = "<item><guid>{url}</guid><title>Story {number}</title><link>{url}</link></item>"


def feed(site: LocalSite, numbers: Sequence[int]) -> Answer:
    """Return a feed that shows these stories, the newest first."""
    items = "".join(_ITEM.format(url=f"{site.url}/stories/{number}", number=number) for number in reversed(numbers))
    text = f'<rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'
    return Answer(text.encode(), content_type="application/rss+xml")


async def measure(database_url: str, stories: int, chats: int) -> list[float]:
    """Publish stories one by one, and return the seconds until each chat had each of them."""
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        site.put("/rss", feed(site, [0]))
        settings = Settings(
            _env_file=None,
            token=telegram.token,
            api_url=telegram.url,
            database_url=database_url,
            allow_loopback=True,
            allowed_ports=frozenset({80, 443, int(site.url.rsplit(":", 1)[1])}),
            poll_interval_min=INTERVAL,
            poll_interval_max=INTERVAL,
            host_gap=0,
            messages_per_second=1000,
            reading_workers=1,
        )
        async with running(settings, sources=()) as services:
            feed_id = await services.store.feeds.ensure(f"{site.url}/rss", slug="wire", name="The Wire", language="en")
            for _ in range(chats):
                chat = await services.store.chats.ensure(telegram.add_user().id)
                await services.store.subscriptions.add(chat.id, Topic(TopicKind.SOURCE, "wire", "The Wire"))
            services.wake_poller()
            while (row := await services.store.feeds.get(feed_id)) is None or row.state.first_read is None:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            return [await one(telegram, site, number, chats) for number in range(1, stories + 1)]


async def one(telegram: BotApiServer, site: LocalSite, number: int, chats: int) -> float:
    """Publish one story, somewhere between two polls, and return the seconds until all chats have it."""
    await asyncio.sleep(number * _GOLDEN % 1 * INTERVAL)
    site.put(f"/stories/{number}", pages.article(f"Story {number} of the day", path=f"/stories/{number}"))
    site.put("/rss", feed(site, range(number + 1)))
    began = time.perf_counter()
    await telegram.wait_for(lambda: len(telegram.requests_of("sendMessage")) >= number * chats, seconds=120)
    return time.perf_counter() - began


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--chats", type=int, default=20)
    parser.add_argument("--database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite+aiosqlite:///{folder}/bot.db"
        seconds = sorted(await measure(url, options.stories, options.chats))
    share = statistics.quantiles(seconds, n=20)
    print(f"{len(seconds)} stories to {options.chats} chats, polled every {INTERVAL:.0f} s (half of it is waiting)")
    print(f"feed change to the last chat's message: p50 {statistics.median(seconds):.2f} s, p95 {share[18]:.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
