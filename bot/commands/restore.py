"""`quotewire restore FILE`: puts a copy made by `quotewire backup` where the database is expected.

The bot must not be running meanwhile. What is there now is kept beside it.
"""

import argparse
import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import SettingsError
from bot.progress import progress
from bot.store import Store
from bot.store.files import check_whole, copy_file, database_file, opened_at_rest
from config.settings import Settings

HELP = "put a backup in the database's place"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("file", type=Path, help="a copy made by `quotewire backup`")


def run(options: argparse.Namespace) -> int:
    """Check the copy, keep what is there, put the copy in its place, and bring it to this version's schema.

    Raises:
        SettingsError: the copy is none of ours or damaged, the database is not SQLite or in use.
    """
    settings = Settings()
    database = database_file(settings.database_url)
    _refuse_foreign(options.file)
    kept = _set_aside(database) if database.exists() else None
    try:
        with progress("copying") as show:
            copy_file(options.file, database, opened_by=opened_at_rest, show=show)
    except SettingsError:
        if kept is not None:
            kept.rename(database)  # a bot that finds no database begins an empty one
        raise
    asyncio.run(_migrate(settings))
    print(f"Restored {options.file} to {database}." + (f" What was there is now {kept}." if kept else ""))
    return 0


def _refuse_foreign(file: Path) -> None:
    if not file.is_file():
        raise SettingsError(what=f"There is no file {file}.")
    try:
        with closing(opened_at_rest(file)) as opened:
            check_whole(opened)
            opened.execute("SELECT 1 FROM alembic_version, deliveries LIMIT 1")
    except sqlite3.Error as error:
        raise SettingsError(what=f"{file} is no whole backup of Quotewire's: {error}.") from error


def _set_aside(database: Path) -> Path:
    """Fold the write-ahead log into the database and give the file another name.

    Raises:
        SettingsError: a running bot has it open.
    """
    try:
        with closing(sqlite3.connect(database, timeout=1)) as opened:
            # Leaving WAL mode takes the only connection there is; a running bot has others.
            opened.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise SettingsError(what=f"{database} is in use. Stop the bot first, then restore.") from error
    kept = database.with_name(f"{database.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    return database.rename(kept)


async def _migrate(settings: Settings) -> None:
    async with Store(settings.database_url) as store:
        await store.migrate()
