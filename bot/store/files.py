"""SQLite's files: whether one is there, whether it is whole, and its copy while somebody writes to it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from bot.errors import SettingsError
from bot.store.engine import OWNER_ALONE, sqlite_file

_PAGES = 4_096  # copied at once: 16 MB of SQLite's usual pages, between which a running bot may write
_PAUSE = 0.01  # seconds between two portions


def database_file(url: str) -> Path:
    """Return where the file of a database is or will be.

    Args:
        url: SQLAlchemy's.

    Raises:
        SettingsError: the database is another than SQLite.
    """
    file = sqlite_file(url)
    if file is None:
        raise SettingsError(what="This is for SQLite. PostgreSQL has pg_dump and pg_restore: see docs/running.md.")
    return file


def refuse_missing(url: str) -> None:
    """Refuse a SQLite file that is not there, which looking into it would make.

    Args:
        url: SQLAlchemy's, of any database.

    Raises:
        SettingsError: it is not there.
    """
    file = sqlite_file(url)
    if file and not file.exists():
        raise SettingsError(what=f"There is no database at {file}. Look at QUOTEWIRE_DATABASE_URL.")


def copy_file(
    source: Path,
    target: Path,
    *,
    opened_by: Callable[[Path], sqlite3.Connection] = sqlite3.connect,
    show: Callable[[int, int], object] = lambda _done, _all: None,
) -> None:
    """Copy a database through SQLite's online backup, which sees one moment of it whoever writes meanwhile.

    Args:
        source: the database.
        target: the copy; it appears when it is whole, for its owner alone.
        opened_by: opens the database.
        show: called with the pages copied so far and how many there are.

    Raises:
        SettingsError: the copy failed or is not whole; nothing is left of it.
    """

    def told(_status: int, left: int, pages: int) -> None:
        show(pages - left, pages)

    partial = target.with_name(target.name + ".partial")
    try:
        partial.touch(OWNER_ALONE)
        with closing(opened_by(source)) as opened, closing(sqlite3.connect(partial)) as copied:
            opened.backup(copied, pages=_PAGES, sleep=_PAUSE, progress=told)
            check_whole(copied)
            # One file, which can be read where nothing may be written beside it; a bot that opens it sets WAL again.
            copied.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):  # a name that is too long could not even be looked for
            partial.unlink(missing_ok=True)
        raise SettingsError(what=f"{source} could not be copied: {error}.") from error
    partial.replace(target)


def opened_at_rest(file: Path) -> sqlite3.Connection:
    """Open a database that nobody works on, and leave nothing beside it.

    Args:
        file: where it is. One of version 1.0 wants a log beside it, and a folder for that, unless it may not change.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    alone = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro{alone}", uri=True)


def check_whole(database: sqlite3.Connection) -> None:
    """Let SQLite look at every page.

    Raises:
        sqlite3.Error: something is damaged.
    """
    (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
