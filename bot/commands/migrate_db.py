"""`quotewire migrate-db`: copies a database into another, from SQLite to PostgreSQL above all."""

import argparse
import asyncio
from collections.abc import Callable

from pydantic_core import PydanticCustomError
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.patience import reason_of
from bot.progress import progress
from bot.store import utc_now
from bot.store.copying import busy_since, copy_all
from bot.store.engine import Database, sqlite_file
from bot.store.migrate import migrate
from config.settings import Settings
from config.spellings import with_driver

HELP = "copy a SQLite database to PostgreSQL"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("source", metavar="FROM", help="a SQLite file, or a database's address")
    parser.add_argument(
        "target",
        metavar="TO",
        nargs="?",
        help="an empty one, postgresql://user:password@host/quotewire; by default the settings' own",
    )


def run(options: argparse.Namespace) -> int:
    """Copy, and print the rows of each table.

    Raises:
        SettingsError: a database cannot be reached, the bot still works on the first, or the second is not empty.
    """
    source = _url(options.source)
    if (file := sqlite_file(source)) and not file.exists():
        raise SettingsError(what=f"There is no file {file}.")
    target = _url(options.target) if options.target else Settings().database_url
    with progress("copying rows") as show:
        copied = asyncio.run(copy_database(source, target, show))
    for table, rows in copied.items():
        print(f"{table:16} {rows:>12,}")
    print("All rows are there. Start the bot with QUOTEWIRE_DATABASE_URL set to the new database.")
    return 0


async def copy_database(
    source_url: str, target_url: str, show: Callable[[int, int], object] = lambda _done, _all: None
) -> dict[str, int]:
    """Copy one database into another and return the rows of each table.

    Args:
        source_url: SQLAlchemy's, with its asynchronous driver; brought to the newest schema first.
        target_url: the same; must hold no rows.
        show: called with the rows copied so far and how many there are.
    """
    source, target = Database(source_url), Database(target_url)
    try:
        await migrate(source)
        await migrate(target)
        if worker := await busy_since(source, utc_now()):
            raise SettingsError(what=f"The bot still works on the first database ({worker}). Stop it, wait 15 seconds.")
        return await copy_all(source, target, show)
    except (SQLAlchemyError, OSError) as error:
        raise SettingsError(what=f"Nothing was copied: {reason_of(error)}") from error
    finally:
        await source.close()
        await target.close()


def _url(text: str) -> str:
    """Return SQLAlchemy's URL; a path is a SQLite file."""
    if "://" not in text:
        return f"sqlite+aiosqlite:///{text}"
    try:
        return with_driver(text)
    except PydanticCustomError as error:
        raise SettingsError(what=f"That is no address of a database. {error}") from None
