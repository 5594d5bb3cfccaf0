"""`quotewire status`: what the bot does, on one screen."""

import io
import re
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from bot.commands.status import screen
from bot.store import Store
from tests.commands.run import quotewire
from tests.store.news import article, follower, later, publish, tag


async def test_the_screen_says_what_waits_and_how_fast_it_goes(tmp_path: Path) -> None:
    """Waiting deliveries with the age of the oldest, the rate since the last look, and who pushes."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        await store.migrate()
        await follower(store, 1, tag("war"))
        await publish(store, article(1, tags=["war"]))
        counts = await store.census.take()
    before, counts = counts, replace(counts, deliveries={"pending": 1, "sent": 60}, leases={"push": "host-1"})
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(screen(counts, before, later(65), 2.0))
    text = console.export_text()
    assert re.search(r"deliveries waiting +1 +for 0:01:05", text)
    assert re.search(r"sent +60 +30.0 a second", text)
    assert "host-1" in text


async def test_once_prints_and_ends(tmp_path: Path) -> None:
    """With --once it prints the present state of a database and ends with status 0."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    async with Store(url) as store:
        await store.migrate()
        await follower(store, 1, tag("war"))
    done = quotewire("status", "--once", database_url=url)
    assert done.returncode == 0, done.stderr
    assert re.search(r"subscriptions +1", done.stdout)
    assert "is the bot running?" in done.stdout


def test_a_database_that_is_not_ours_is_one_sentence(tmp_path: Path) -> None:
    """A database that holds no tables of ours ends in a sentence, without a traceback."""
    (tmp_path / "none.db").touch()
    done = quotewire("status", "--once", database_url=f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    assert done.returncode == 1
    assert "The database cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
