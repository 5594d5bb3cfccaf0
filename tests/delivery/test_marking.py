"""Marks: written in few commits, and never given up."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot import patience
from bot.delivery import marking
from bot.delivery.marking import Marks
from bot.health import Health
from bot.store import DeliveryState, Mark, Store, utc_now
from tests.store.news import NOW, article, follower, publish, tag


class FlakyDatabase:
    """The deliveries of a store whose first commits fail, and which counts them."""

    def __init__(self, store: Store, failures: int) -> None:
        self.store = store
        self.failures = failures
        self.batches: list[int] = []

    @property
    def deliveries(self) -> "FlakyDatabase":
        """Return itself: marks are settled here."""
        return self

    async def settle(self, owner: str, marks: list[Mark], *, insist: bool = False) -> None:
        """Fail, or write the marks."""
        self.batches.append(len(marks))
        if len(self.batches) <= self.failures:
            raise OperationalError("UPDATE", {}, Exception("database or disk is full"))
        await self.store.deliveries.settle(owner, marks, insist=insist)


async def _claimed(store: Store, count: int) -> list[int]:
    for number in range(1, count + 1):
        await follower(store, number, tag("war"))
    await publish(store, article(1, tags=["war"]))
    return [one.id for one in await store.deliveries.claim(NOW, limit=count, owner="p")]


async def test_marks_that_come_together_share_a_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first waits a little for the others, so that a fast sender does not commit each by itself."""
    monkeypatch.setattr(marking, "GATHER_SECONDS", 0.5)
    ids = await _claimed(store, 8)
    flaky = FlakyDatabase(store, failures=0)
    marks = Marks(flaky, "p", Health(utc_now))  # type: ignore[arg-type]  # stands for the store

    async def write(place: int) -> None:
        for _ in range(place):
            await asyncio.sleep(0)
        await marks.write(Mark(ids[place], DeliveryState.SENT, (1,)))

    await asyncio.gather(*map(write, range(8)))
    assert flaky.batches == [8]
    assert await store.deliveries.counts() == {DeliveryState.SENT: 8}


async def test_a_mark_outlives_a_database_that_is_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a lost connection delays it; giving it up would send the message twice."""
    monkeypatch.setattr(patience, "RETRY_SECONDS", 0)
    (one,) = await _claimed(store, 1)
    flaky = FlakyDatabase(store, failures=3)
    await Marks(flaky, "p", Health(utc_now)).write(Mark(one, DeliveryState.SENT, (1,)))  # type: ignore[arg-type]  # as above
    assert await store.deliveries.counts() == {DeliveryState.SENT: 1}
