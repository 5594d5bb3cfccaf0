"""Clean-up: old deliveries go, what waits stays, and nobody gets a story twice for it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.caretaker import LEASE, Caretaker
from bot.reading.sketch import sketch_of
from bot.store import DeliveryState, Mark, Store
from bot.store import retention as module
from bot.store.tables import deliveries, edits, sketch_terms, sketches
from tests.store.news import NOW, add_feed, article, follower, later, new, poll, publish, tag

DAY = timedelta(days=1)


async def _count(store: Store, table: object) -> int:
    async with store._database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


async def _send_all(store: Store) -> None:
    for delivery in await store.deliveries.claim(NOW, limit=100, owner="p"):
        await store.deliveries.settle("p", [Mark(delivery.id, DeliveryState.SENT, (7,))])


async def test_old_deliveries_go_and_what_waits_stays(database_url: str) -> None:
    """Whatever became of them, with their edits; a pending one is kept however old it is."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        for number in range(5):
            await follower(store, number + 1, tag("war"))
        await publish(store, article(1, tags=["war"]))
        await _send_all(store)
        await publish(store, article(2, tags=["war"]), now=later(1))
        moment = NOW + 90 * DAY
        assert await store.retention.clean(91 * DAY) == 0
        assert await store.retention.clean(89 * DAY) == 5
        assert await store.deliveries.counts() == {DeliveryState.PENDING: 5}


async def test_the_clean_up_ends_at_what_is_young(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small batches, whatever lies between them."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        for number in range(7):
            await follower(store, number + 1, tag("war"))
        await publish(store, article(1, tags=["war"]))
        await _send_all(store)
        await publish(store, article(2, tags=["war"]), now=NOW + 50 * DAY)
        monkeypatch.setattr(module, "ROWS_AT_ONCE", 3)
        moment = NOW + 60 * DAY
        assert await store.retention.clean(30 * DAY) == 7
        assert await _count(store, deliveries) == 7
        assert await _count(store, edits) == 0


async def test_sketches_that_nothing_can_join_go(database_url: str) -> None:
    """Their words take more room than the stories themselves."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await poll(store, await add_feed(store), new(1))
        (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
        told = sketch_of("Ferry sinks off the coast of Sulawesi", "", "en")
        await store.stories.commit_reading(story.id, article(1), owner="r", now=NOW, sketch=told)
        await store.retention.clean(30 * DAY)
        assert await _count(store, sketches) == 1
        moment = NOW + 3 * DAY
        await store.retention.clean(30 * DAY)
        assert await _count(store, sketches) == await _count(store, sketch_terms) == 0


async def test_one_process_cleans_up(store: Store) -> None:
    """Who holds the lease; another passes by and looks again later."""
    await store.leases.acquire(LEASE, "other", 600)
    caretaker = Caretaker(store, owner="me", keep=DAY, every_seconds=0.01)
    await caretaker._clean(DAY)
    assert await store.leases.holder(LEASE) == "other"
    await store.leases.release(LEASE, "other")
    running = asyncio.create_task(caretaker.run())
    await caretaker._clean(DAY)
    caretaker.stop()
    await running
    assert await store.leases.holder(LEASE) is None
