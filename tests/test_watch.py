"""The watch over the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.health import Health
from bot.store import Store, utc_now
from bot.watch import DatabaseWatch
from tests.outages import MutePostgres, Watcher, shut, stopped, watched


@asynccontextmanager
async def _watching(url: str) -> AsyncIterator[Watcher]:
    health = Health(utc_now)
    async with Store(url) as store, watched(health) as watcher:
        watch = DatabaseWatch(store, health, every_seconds=0.02, answer_seconds=0.5)
        running = asyncio.create_task(watch.run())
        try:
            yield watcher
        finally:
            watch.stop()
            await running


@pytest.mark.parametrize("outage", [stopped, shut])
async def test_a_process_that_only_waits_says_that_its_database_is_away(postgres_url: str, outage: object) -> None:
    """And that it is back."""
    async with _watching(postgres_url) as watcher:
        async with outage(postgres_url):  # type: ignore[operator]  # a parametrized function
            assert set(await watcher.until(ready=False)) == {"database"}
        assert await watcher.until(ready=True) == {}


async def test_a_database_that_says_nothing_is_away_too(postgres_url: str) -> None:
    """A network that swallows everything breaks no connection."""
    async with MutePostgres(postgres_url) as proxy, _watching(proxy.url) as watcher:
        assert await watcher.until(ready=True) == {}
        proxy.mute()
        assert (await watcher.until(ready=False))["database"]["reason"] == "it does not answer"
        proxy.speak()
        assert await watcher.until(ready=True) == {}


async def test_a_watch_of_a_mute_database_can_be_ended(postgres_url: str) -> None:
    """It does not wait for an answer for ever."""
    async with MutePostgres(postgres_url) as proxy:
        async with asyncio.timeout(60), _watching(proxy.url) as watcher:
            proxy.mute()
            await watcher.until(ready=False)
        proxy.speak()
