"""`quotewire backup FILE`: a consistent copy of the SQLite database, while the bot runs.

For PostgreSQL use its own `pg_dump`; docs/running.md has the line.
"""

import argparse
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.errors import SettingsError
from bot.progress import progress
from bot.store.engine import OWNER_ALONE, sqlite_file
from config.settings import Settings

HELP = "copy the SQLite database while the bot runs"

_PAGES = 4_096  # copied at once: 16 MB of SQLite's usual pages, between which a running bot may write
_PAUSE = 0.01  # seconds between two portions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("file", type=Path, help="where to write the copy; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Copy the database, check the copy, and only then give it its name.

    Raises:
        SettingsError: the database is not SQLite or not there, the file exists, or the copy is not whole.
    """
    settings = Settings()
    source = database_file(settings)
    refuse_missing(settings)
    if options.file.exists():
        raise SettingsError(what=f"{options.file} exists already and stays as it is. Name another file.")
    with progress("copying") as show:
        copy(source, options.file, show=show)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB, checked")
    return 0


def database_file(settings: Settings) -> Path:
    """Return where the database's file is or will be.

    Raises:
        SettingsError: the database is another than SQLite.
    """
    file = sqlite_file(settings.database_url)
    if file is None:
        raise SettingsError(what="This is for SQLite. PostgreSQL has pg_dump and pg_restore: see docs/running.md.")
    return file


def refuse_missing(settings: Settings) -> None:
    """Refuse a SQLite file that is not there, which looking into it would make.

    Raises:
        SettingsError: it is not there.
    """
    file = sqlite_file(settings.database_url)
    if file and not file.exists():
        raise SettingsError(what=f"There is no database at {file}. Look at QUOTEWIRE_DATABASE_URL.")


def copy(
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
            check(copied)
            # One file, which can be read where nothing may be written beside it; a bot that opens it sets WAL again.
            copied.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
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


def check(database: sqlite3.Connection) -> None:
    """Let SQLite look at every page.

    Raises:
        sqlite3.Error: something is damaged.
    """
    (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
