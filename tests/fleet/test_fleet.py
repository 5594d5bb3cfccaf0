"""A fleet: processes with different roles on one PostgreSQL; one is killed, and news still arrive once."""

import asyncio
import os
import signal
import sys
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

from bot.models import Topic, TopicKind
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import DeliveryState, Store
from tests import pages
from tests.site import Answer, LocalSite

CHATS = 30
_ROOT = Path(__file__).resolve().parents[2]
_ITEM = "<item><guid>{url}</guid><title>{title}</title><link>{url}</link></item>"


def _feed(site: LocalSite, *numbers: int) -> Answer:
    items = "".join(_ITEM.format(url=f"{site.url}/stories/{number}", title=f"Story {number}") for number in numbers)
    feed = f'<rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'
    return Answer(feed.encode(), content_type="application/rss+xml")


async def start_process(
    stack: AsyncExitStack, role: str, *, log: int | None = None, **settings: str
) -> asyncio.subprocess.Process:
    """Start `quotewire run`, which knows no presets; closing the stack kills it.

    Args:
        stack: closed by the test.
        role: its roles.
        log: where it logs to, as for `subprocess`; to ours by default.
        settings: by name.
    """
    given = {f"QUOTEWIRE_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fleet.without_presets", "run", "--role", role),
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), **given},
        stderr=log,
    )

    async def end() -> None:
        if process.returncode is None:
            process.kill()
        await process.wait()

    stack.push_async_callback(end)
    return process


async def _until(asked: object) -> None:
    while not await asked():  # type: ignore[operator]  # noqa: ASYNC110  the database tells nobody
        await asyncio.sleep(0.1)


async def test_news_arrive_once_while_processes_die(postgres_url: str) -> None:
    """Two pollers and readers, two pushers: of each one is killed in the middle; every follower gets each story once.

    What the killed pusher had in flight may come twice (at most eight messages); it is killed between two stories here,
    so that nothing is in flight.
    """
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        site = await stack.enter_async_context(LocalSite())
        store = await stack.enter_async_context(Store(postgres_url))
        await stack.enter_async_context(asyncio.timeout(150))
        for number in range(1, 4):
            site.put(f"/stories/{number}", pages.article(f"Story {number} of the day", path=f"/stories/{number}"))
        site.put("/rss", _feed(site, 1))
        feed_id = await store.feeds.ensure(site.url + "/rss", slug="wire", name="The Wire", language="en")
        for _ in range(CHATS):
            chat = await store.chats.ensure(telegram.add_user().id)
            await store.subscriptions.add(chat.id, Topic(TopicKind.SOURCE, "wire", "The Wire"))
        facts = {
            "database_url": postgres_url,
            "api_url": telegram.url,
            "allow_loopback": "true",
            "poll_interval_min": "0.3",
            "poll_interval_max": "0.6",
            "host_gap": "0",
            "reading_workers": "1",
            "reading_timeout": "30",
        }
        with_token = facts | {"token": telegram.token}
        doomed = [await start_process(stack, "poll,read", **facts), await start_process(stack, "push", **with_token)]

        async def first_read() -> bool:
            return (await store.feeds.get(feed_id)).state.first_read is not None  # type: ignore[union-attr]

        def arrived(messages: int) -> bool:
            return len(telegram.requests_of("sendMessage")) >= messages

        async def all_marked() -> bool:
            return await store.deliveries.counts() == {DeliveryState.SENT: CHATS}

        await _until(first_read)
        site.put("/rss", _feed(site, 2, 1))
        await telegram.wait_for(lambda: arrived(CHATS), seconds=100)
        await _until(all_marked)
        await asyncio.gather(start_process(stack, "poll,read", **facts), start_process(stack, "push", **with_token))
        for process in doomed:
            os.kill(process.pid, signal.SIGKILL)
        site.put("/rss", _feed(site, 3, 2, 1))
        await telegram.wait_for(lambda: arrived(2 * CHATS), seconds=100)
        counts = Counter(int(request.arguments["chat_id"]) for request in telegram.requests_of("sendMessage"))
        assert set(counts.values()) == {2}
        assert len(counts) == CHATS
