"""Leases: one holder at a time."""

from datetime import timedelta

from bot.store import Store
from tests.store.news import NOW


async def test_a_lease_has_one_holder(database_url: str) -> None:
    """Another gets it when the holder gives it back, or has not held on to it in time."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        assert await store.leases.acquire("push", "one", 15)
        assert not await store.leases.acquire("push", "two", 15)
        assert await store.leases.acquire("updates", "two", 15)
        moment += timedelta(seconds=10)
        assert await store.leases.acquire("push", "one", 15)
        moment += timedelta(seconds=14)
        assert not await store.leases.acquire("push", "two", 15)
        assert await store.leases.holder("push") == "one"
        moment += timedelta(seconds=2)
        assert await store.leases.holder("push") is None
        assert await store.leases.acquire("push", "two", 15)
        await store.leases.release("push", "one")
        assert await store.leases.holder("push") == "two"
        await store.leases.release("push", "two")
        assert await store.leases.acquire("push", "one", 15)
