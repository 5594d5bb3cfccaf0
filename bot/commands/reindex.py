"""`quotewire reindex`: lets /search find stories that its index does not have.

Such are those that `migrate-db` of version 1.0.0 has copied. The bot may run meanwhile.
"""

import argparse
import asyncio

from bot.progress import progress
from bot.store import Store, said_plainly
from bot.store.files import refuse_missing
from config.settings import Settings

HELP = "let /search find stories that its index does not have"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments: none."""


def run(_options: argparse.Namespace) -> int:
    """Complete the index, and print how many stories were missing.

    Raises:
        SettingsError: the database is not there, or cannot be used.
    """
    settings = Settings()
    refuse_missing(settings.database_url)
    with said_plainly():
        written = asyncio.run(_reindex(settings))
    print(f"{written} stories were missing in the index." if written else "No story was missing in the index.")
    return 0


async def _reindex(settings: Settings) -> int:
    async with Store(settings.database_url) as store:
        await store.migrate()
        with progress("indexing stories") as show:
            return await store.reindexing.write_missing(show)
