"""Documents that hubs bring, and the end of the process that takes them; tests/front/test_hubs.py has the rest."""

import asyncio
from typing import Any, cast

import pytest

from bot.feeds.arrivals import Arrivals
from bot.feeds.hubs import _document
from bot.reading.worker import ReadingPool
from bot.store import Store
from tests.store.news import add_feed, later, new, poll


class BusyPool:
    """Reading workers that never come to an end with a document."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def run(self, *_: Any, **__: Any) -> None:
        """Say that the work has begun, and go on for ever."""
        self.begun.set()
        await asyncio.Event().wait()


async def test_the_end_does_not_wait_for_a_database_that_is_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed that cannot be given back is free when its lease ends; the process need not stay for it."""

    async def away(*_: int, owner: str) -> None:
        raise ConnectionRefusedError(owner)

    feed_id, pool = await add_feed(store), BusyPool()
    await poll(store, feed_id, new(1))
    arrivals = Arrivals(store, cast("ReadingPool", pool), push_cap=3, owner="hubs", clock=lambda: later(60))
    await arrivals.take(feed_id, _document("https://wire.example/rss", b"<rss/>", "application/rss+xml"))
    await pool.begun.wait()
    monkeypatch.setattr(store.feeds, "release", away)
    async with asyncio.timeout(20):
        await arrivals.stop()
