"""`quotewire backup` and `quotewire restore`, over a database that a bot is writing to."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from tests.commands.run import quotewire


async def meet(url: str, *telegram_ids: int) -> None:
    """Let the bot know some chats."""
    async with Store(url) as store:
        await store.migrate()
        for telegram_id in telegram_ids:
            await store.chats.ensure(telegram_id)


async def known(url: str) -> set[int]:
    """Return which of the chats 1 to 3 the bot knows."""
    async with Store(url) as store:
        return {number for number in (1, 2, 3) if await store.chats.find(number)}


def _kept(folder: Path) -> list[Path]:
    return list(folder.glob("bot.db.before-*"))


def _beside(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def test_a_backup_made_while_the_bot_writes_comes_back_in_a_fresh_instance(tmp_path: Path) -> None:
    """The copy holds all that was committed, the log of a running bot included; a fresh instance starts from it."""
    old, new = (f"sqlite+aiosqlite:///{tmp_path / name}" for name in ("old.db", "new.db"))
    await meet(old, 1)
    async with Store(old) as running:
        await running.chats.ensure(2)
        made = quotewire("backup", str(tmp_path / "copy.db"), database_url=old)
        await running.chats.ensure(3)
    assert made.returncode == 0, made.stderr
    restored = quotewire("restore", str(tmp_path / "copy.db"), database_url=new)
    assert restored.returncode == 0, restored.stderr
    assert await known(new) == {1, 2}


async def test_a_backup_is_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    """It tells who follows what, as the database does, and is read where nothing may be written beside it."""
    url, fresh = (f"sqlite+aiosqlite:///{tmp_path / name}" for name in ("bot.db", "fresh.db"))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    async with Store(url) as running:
        await running.migrate()
        await running.chats.ensure(1)
        quotewire("backup", str(shelf / "copy.db"), database_url=url)
    old = shelf / "of-1.0.db"
    shutil.copyfile(tmp_path / "bot.db", old)  # with its log folded in, and still asking for one
    for copy in (shelf / "copy.db", old):
        restored = quotewire("restore", str(copy), database_url=fresh)
        assert restored.returncode == 0, restored.stderr
        assert await known(fresh) == {1}
    assert sorted(shelf.iterdir()) == [shelf / "copy.db", old]
    for file in (tmp_path / "bot.db", tmp_path / "fresh.db", shelf / "copy.db"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_what_a_restore_replaces_is_kept(tmp_path: Path) -> None:
    """The database before the restore stands beside it, whole."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await meet(url, 1)
    quotewire("backup", str(tmp_path / "copy.db"), database_url=url)
    await meet(url, 2)
    restored = quotewire("restore", str(tmp_path / "copy.db"), database_url=url)
    assert restored.returncode == 0, restored.stderr
    assert await known(url) == {1}
    (kept,) = _kept(tmp_path)
    assert await known(f"sqlite+aiosqlite:///{kept}") == {1, 2}


async def test_a_restore_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """On a disk that is full, say: the database is in its place again, and nothing half copied beside it."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bot.db"
    await meet(url, 1)
    quotewire("backup", str(tmp_path / "copy.db"), database_url=url)
    await meet(url, 2)
    limit = (tmp_path / "bot.db").stat().st_size // 2
    failed = quotewire("restore", str(tmp_path / "copy.db"), database_url=url, largest_file=limit)
    assert failed.returncode == 1
    assert "could not be copied" in failed.stderr
    assert _beside(tmp_path) == {"bot.db", "copy.db"}
    assert await known(url) == {1, 2}


async def test_a_running_bots_database_is_not_replaced(tmp_path: Path) -> None:
    """A restore under a running bot is refused, and nothing changes."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await meet(url, 1)
    quotewire("backup", str(tmp_path / "copy.db"), database_url=url)
    async with Store(url) as running:
        await running.chats.ensure(2)
        refused = quotewire("restore", str(tmp_path / "copy.db"), database_url=url)
        assert await running.chats.find(2)
    assert refused.returncode == 1
    assert "Stop the bot first" in refused.stderr
    assert await known(url) == {1, 2}


async def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    """A file that is missing, damaged or somebody else's ends in one sentence; the database stays."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await meet(url, 1)
    (tmp_path / "text.db").write_text("no database at all, just some words that go on for a while")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE things (name TEXT)")
    for name in ("text.db", "other.db", "missing.db"):
        refused = quotewire("restore", str(tmp_path / name), database_url=url)
        assert refused.returncode == 1
        assert name in refused.stderr
        assert "Traceback" not in refused.stderr
    assert await known(url) == {1}


@pytest.mark.parametrize(
    "asked", ["status --once", "who 1", "export --chat 1", "import feeds.opml --chat 1", "clean", "reindex"]
)
def test_a_database_that_is_not_there_is_not_made(asked: str, tmp_path: Path) -> None:
    """What only looks says where it looked, and leaves no empty file there."""
    (tmp_path / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/></body></opml>'
    )
    done = quotewire(*asked.split(), folder=tmp_path, database_url="sqlite:///bot.db")
    assert done.returncode == 1
    assert "There is no database at bot.db" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["feeds.opml"]


def test_nothing_is_overwritten_and_nothing_invented(tmp_path: Path) -> None:
    """A backup never writes over a file, and says where it looked for a database that is not there."""
    (tmp_path / "there.db").touch()
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    missing = quotewire("backup", str(tmp_path / "copy.db"), database_url=url)
    assert "There is no database at" in missing.stderr
    (tmp_path / "bot.db").touch()
    taken = quotewire("backup", str(tmp_path / "there.db"), database_url=url)
    assert "exists already" in taken.stderr
    postgres = quotewire("backup", str(tmp_path / "copy.db"), database_url="postgresql+asyncpg://localhost/quotewire")
    assert "pg_dump" in postgres.stderr
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(("letters", "command"), [(300, "backup"), (250, "backup"), (300, "restore"), (253, "restore")])
async def test_a_name_that_is_too_long_is_a_sentence(letters: int, command: str, tmp_path: Path) -> None:
    """Whether the name itself has no room or what must stand beside the file for a while; the database stays."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bot.db"
    await meet(url, 1)
    named = tmp_path / ("n" * letters)
    if command == "restore" and letters < 255:
        shutil.copyfile(tmp_path / "bot.db", named)
    failed = quotewire(command, str(named), database_url=url)
    assert failed.returncode == 1
    assert "nnn" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert failed.stderr.count("quotewire: ") == 1
    assert await known(url) == {1}


def test_a_database_whose_name_is_too_long_is_a_sentence(tmp_path: Path) -> None:
    """What only looks into it says so."""
    done = quotewire("status", "--once", database_url=f"sqlite+aiosqlite:///{tmp_path}/{'n' * 300}")
    assert done.returncode == 1
    assert "no name as long as this" in done.stderr
    assert "Traceback" not in done.stderr
