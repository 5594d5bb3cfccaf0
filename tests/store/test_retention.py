"""Clean-up: old deliveries go, what waits stays, and nobody gets a story twice for it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.caretaker import LEASE, Caretaker
from bot.reading.sketch import sketch_of
from bot.store import DeliveryState, Mark, Store, compaction
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
    caretaker = Caretaker(store, owner="me", keep=DAY, first_seconds=0, every_seconds=0.01)
    await caretaker._clean()
    assert await store.leases.holder(LEASE) == "other"
    await store.leases.release(LEASE, "other")
    running = asyncio.create_task(caretaker.run())
    await caretaker._clean()
    caretaker.stop()
    await running
    assert await store.leases.holder(LEASE) is None


async def test_the_file_gets_smaller_and_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was deleted is given back in many small transactions, between which others write."""
    file, moment, written = tmp_path / "bot.db", NOW, list[int]()
    async with Store(f"sqlite+aiosqlite:///{file}", clock=lambda: moment) as store:
        await store.migrate()
        for number in range(100):
            await follower(store, number + 1, tag("war"))
        for number in range(20):
            await publish(store, article(number, tags=["war"]), now=later(number))
            await _send_all(store)
        await store.compaction.shrink()
        before = file.stat().st_size
        moment = NOW + 90 * DAY
        await store.retention.clean(30 * DAY)
        monkeypatch.setattr(compaction, "PAGES_AT_ONCE", 5)
        shrinking = asyncio.create_task(store.compaction.shrink())
        while not shrinking.done():
            written.append((await store.chats.ensure(1_000 + len(written))).id)
        assert await shrinking > 20
        assert len(written) > 3
        assert file.stat().st_size < before * 0.9


async def test_a_file_made_before_is_written_anew_once(tmp_path: Path) -> None:
    """Then it gives its empty pages back as a new one does; while another process writes it is refused at once."""
    file = tmp_path / "bot.db"
    with closing(sqlite3.connect(file)) as old:
        old.execute("CREATE TABLE old (x TEXT)")
    async with Store(f"sqlite+aiosqlite:///{file}") as store:
        await store.migrate()
        assert await store.compaction.needs_rebuild()
        assert await store.compaction.shrink() == 0
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError):
                await store.compaction.rebuild()
        await store.compaction.rebuild()
        assert not await store.compaction.needs_rebuild()


async def test_the_caretaker_gives_room_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its clean-up no page of the file is empty."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}", clock=lambda: NOW) as store:
        await store.migrate()
        for number in range(300):
            await follower(store, number + 1, tag("war"))
        await publish(store, article(1, tags=["war"]))
        async with store._database.write() as connection:
            await connection.execute(deliveries.update().values(state="sent", created_at=NOW - 60 * DAY))
        given_back = asyncio.Event()
        shrink = store.compaction.shrink

        async def noted(show: Callable[[int, int], object]) -> int:
            pages = await shrink(show)
            given_back.set()
            return pages

        monkeypatch.setattr(store.compaction, "shrink", noted)
        caretaker = Caretaker(store, owner="c", keep=30 * DAY, first_seconds=0)
        working = asyncio.create_task(caretaker.run())
        await asyncio.wait_for(given_back.wait(), 60)
        caretaker.stop()
        await working
        assert await _count(store, deliveries) == 0
        assert await store.compaction._number("freelist_count") == 0


async def test_giving_room_back_ends_where_the_caretaker_is_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of gigabytes takes longer than a process that ends has; the next clean-up goes on."""
    monkeypatch.setattr(compaction, "PAGES_AT_ONCE", 1)
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}", clock=lambda: NOW) as store:
        await store.migrate()
        async with store._database.write() as connection:
            await connection.exec_driver_sql("CREATE TABLE gone AS SELECT randomblob(400000) AS x")
        async with store._database.write() as connection:
            await connection.exec_driver_sql("DROP TABLE gone")
        empty = await store.compaction._number("freelist_count")
        caretaker, give_back = Caretaker(store, owner="c", keep=None), compaction._give_back

        def stopping(connection: Connection) -> None:
            caretaker.stop()
            give_back(connection)

        monkeypatch.setattr(compaction, "_give_back", stopping)
        await caretaker._clean()
        assert await store.compaction._number("freelist_count") == empty - 1
        assert await store.leases.holder(LEASE) is None


async def test_the_caretaker_outlives_a_file_that_gives_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the driver answers to statements that go past SQLAlchemy is waited out like any error of the database."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        await store.migrate()
        asked = asyncio.Semaphore(0)

        async def locked(*_statements: str) -> None:
            asked.release()
            raise sqlite3.OperationalError("database is locked")

        monkeypatch.setattr(store.compaction._database, "at_rest", locked)
        caretaker = Caretaker(store, owner="c", keep=30 * DAY, first_seconds=0, every_seconds=0.01)
        working = asyncio.create_task(caretaker.run())
        for _ in range(2):
            await asyncio.wait_for(asked.acquire(), 60)
        caretaker.stop()
        await working


async def test_what_is_saved_outlives_clean_up_and_new_readings(database_url: str) -> None:
    """Deliveries go and the page is read anew: what a person saved is there, as the page says it now."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        chat = await follower(store, 1, tag("war"))
        await publish(store, article(1, tags=["war"]))
        await _send_all(store)
        (headline,) = await store.stories.recent()
        assert headline.digest_id is not None
        await store.saved.toggle(chat.id, headline.digest_id)
        moment = NOW + 400 * DAY
        again = replace(article(1, tags=["war"]), summary=("Another sentence of it.",))
        assert await store.digests.save(again) == headline.digest_id
        assert await store.retention.clean(DAY) == 1
        (kept,) = await store.saved.list(chat.id)
        assert kept.digest.summary == ("Another sentence of it.",)
