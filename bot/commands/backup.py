"""`quotewire backup FILE`: a consistent copy of the SQLite database, while the bot runs.

For PostgreSQL use its own `pg_dump`; docs/running.md has the line.
"""

import argparse
from pathlib import Path

from bot.errors import SettingsError
from bot.progress import progress
from bot.store.files import copy_file, database_file, refuse_missing
from config.settings import Settings

HELP = "copy the SQLite database while the bot runs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("file", type=Path, help="where to write the copy; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Copy the database, check the copy, and only then give it its name.

    Raises:
        SettingsError: the database is not SQLite or not there, the file exists, or the copy is not whole.
    """
    settings = Settings()
    source = database_file(settings.database_url)
    refuse_missing(settings.database_url)
    if options.file.exists():
        raise SettingsError(what=f"{options.file} exists already and stays as it is. Name another file.")
    with progress("copying") as show:
        copy_file(source, options.file, show=show)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB, checked")
    return 0
