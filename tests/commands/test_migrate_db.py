"""`quotewire migrate-db`: from SQLite to PostgreSQL without loss, all or nothing."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.migrate_db import copy_database
from bot.errors import SettingsError
from bot.feed_values import NewReason
from bot.queries import parse_query
from bot.reading.sketch import sketch
from bot.store import DeliveryState, Mark, Store
from bot.store.engine import Database
from bot.store.tables import metadata
from tests.commands.run import quotewire
from tests.store.news import NOW, SOURCE, add_feed, article, follower, later, new, poll, publish, tag


async def _fill(store: Store) -> None:
    """Put something into every table."""
    await follower(store, 1, tag("war"), SOURCE)
    await follower(store, -(10**12), tag("мир"))
    await publish(store, article(1, tags=["War"], speakers=["Ann Lee"]), article(2, tags=["Мир", "emoji 🕊"]))
    await poll(store, await add_feed(store), new(3, NewReason.BACKLOG, published=later(-60)), new(4))
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
    page = article(4, tags=["war"])
    await store.stories.commit_reading(story.id, page, owner="r", now=NOW, sketch=sketch(page.article))
    for delivery in await store.deliveries.claim(NOW, limit=5, owner="p"):
        await store.deliveries.settle("p", [Mark(delivery.id, DeliveryState.SENT, (7, 8))])
    await store.leases.acquire("push", "dead", -1)


async def _rows(url: str) -> dict[str, list[dict[str, Any]]]:
    database = Database(url)
    try:
        async with database.read() as connection:
            return {
                table.name: [
                    dict(row._mapping)
                    for row in await connection.execute(select(table).order_by(*table.primary_key.columns))
                ]
                for table in metadata.sorted_tables
            }
    finally:
        await database.close()


async def test_every_row_of_every_table_is_there_and_new_ones_follow(sqlite_url: str, postgres_url: str) -> None:
    """Moments, JSON, Cyrillic and numbers beyond 32 bits are what they were; the next row gets the next number."""
    async with Store(sqlite_url) as store:
        await _fill(store)
    copied = await copy_database(sqlite_url, postgres_url)
    before, after = await _rows(sqlite_url), await _rows(postgres_url)
    assert before == after
    assert copied == {name: len(rows) for name, rows in before.items()}
    assert sum(1 for rows in before.values() if rows) > len(before) / 2
    async with Store(postgres_url) as store:
        chat = await store.chats.ensure(5)
        assert chat.id == max(row["id"] for row in before["chats"]) + 1
        await publish(store, article(9, tags=["war"]), now=later(60))
        assert len(await store.deliveries.claim(later(60), limit=9, owner="p")) > 0


async def test_stories_are_found_by_their_words_as_before(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    """What people search for is found in the copy too, in either direction; words go with their story there."""
    back = f"sqlite+aiosqlite:///{tmp_path / 'back.db'}"
    async with Store(sqlite_url) as store:
        await _fill(store)
    await copy_database(sqlite_url, postgres_url)
    await copy_database(postgres_url, back)
    found = [await _found(url, "war") for url in (sqlite_url, postgres_url, back)]
    assert len(found[0]) > 1
    assert found == [found[0]] * 3


async def _found(url: str, words: str) -> list[str]:
    async with Store(url) as store:
        return [story.title for story in await store.search.stories(parse_query(words))]


async def test_a_target_that_is_not_empty_is_refused(sqlite_url: str, postgres_url: str) -> None:
    """Nothing of it is touched."""
    async with Store(sqlite_url) as one, Store(postgres_url) as two:
        await _fill(one)
        await two.chats.ensure(5)
    with pytest.raises(SettingsError) as caught:
        await copy_database(sqlite_url, postgres_url)
    assert "not empty" in str(caught.value.details["what"])
    assert [len(rows) for rows in (await _rows(postgres_url)).values() if rows] == [1]


async def test_a_copy_that_fails_leaves_the_target_empty(sqlite_url: str, postgres_url: str) -> None:
    """A row that PostgreSQL refuses, in the last of the tables, undoes all; the reason is said."""
    async with Store(sqlite_url) as store:
        await _fill(store)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as file, file:
        file.execute("INSERT INTO entry_keys (entry_id, key) VALUES (999999, 'orphan')")
    with pytest.raises(SettingsError) as caught:
        await copy_database(sqlite_url, postgres_url)
    assert "Nothing was copied" in str(caught.value.details["what"])
    assert not any((await _rows(postgres_url)).values())


async def test_a_database_at_work_is_not_copied(sqlite_url: str, postgres_url: str) -> None:
    """What changes meanwhile would be lost."""
    async with Store(sqlite_url) as store:
        await store.leases.acquire("push", "worker", timedelta(minutes=1).total_seconds())
    with pytest.raises(SettingsError) as caught:
        await copy_database(sqlite_url, postgres_url)
    assert "worker" in str(caught.value.details["what"])


async def test_the_settings_say_where_to(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    """Without a second address it is the settings' own, so that its password stands in no list of processes."""
    async with Store(sqlite_url) as store:
        await store.chats.ensure(7)
    done = quotewire("migrate-db", sqlite_url, folder=tmp_path, database_url=postgres_url)
    assert done.returncode == 0, done.stderr
    async with Store(postgres_url) as store:
        assert await store.chats.find(7)
    again = quotewire("migrate-db", sqlite_url, folder=tmp_path, database_url=sqlite_url)
    assert "The target is not empty" in again.stderr


def test_a_wrong_address_is_a_sentence(sqlite_url: str, tmp_path: Path) -> None:
    """No traceback, no password, and no file made by looking for one."""
    done = quotewire("migrate-db", sqlite_url, "postgresql://me:hidden-word@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "Nothing was copied" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stderr + done.stdout
    missing = tmp_path / "missing.db"
    assert "There is no file" in quotewire("migrate-db", str(missing), sqlite_url).stderr
    assert not missing.exists()
