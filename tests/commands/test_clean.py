"""`quotewire clean`: old deliveries go, and so does the room that they had."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.store import Store, utc_now
from bot.store.tables import deliveries, digests, entries, stories
from tests.commands.run import quotewire
from tests.store.news import article, follower, publish, tag


async def test_a_file_of_before_gets_smaller(tmp_path: Path) -> None:
    """What is older than the setting is deleted, and a file that could not give its room back is written anew."""
    file = tmp_path / "bot.db"
    url = f"sqlite+aiosqlite:///{file}"
    with closing(sqlite3.connect(file)) as old:
        old.execute("CREATE TABLE old (x TEXT)")
    async with Store(url) as store:
        await store.migrate()
        for number in range(300):
            await follower(store, number + 1, tag("war"))
        await publish(store, article(1, tags=["war"]), article(2))
        long_ago = utc_now() - timedelta(days=60)
        async with store._database.write() as connection:
            await connection.execute(deliveries.update().values(state="sent", created_at=long_ago))
            await connection.execute(stories.update().values(seen_at=long_ago))
            await connection.execute(digests.update().values(read_at=long_ago))
            await connection.execute(entries.delete())
    before = file.stat().st_size
    done = quotewire("clean", database_url=url, keep_deliveries_days="30", keep_stories_days="30")
    assert done.returncode == 0, done.stderr
    assert "300 old deliveries deleted." in done.stdout
    assert "1 old stories and 1 pages that were read deleted." in done.stdout
    assert file.stat().st_size < before
    assert "giving empty pages back …" in done.stderr
