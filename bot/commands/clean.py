"""`quotewire clean`: deletes what is old now, and makes a SQLite file as small as it can be.

The running bot does both by itself, every hour; this is for a file made before it could, and for the impatient.
"""

import argparse
import asyncio
import sqlite3
from collections.abc import Callable

from bot.errors import SettingsError
from bot.progress import progress
from bot.store import Store, said_plainly
from bot.store.engine import sqlite_file
from bot.store.files import refuse_missing
from config.settings import Settings

HELP = "delete what is old and give its room back"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments: none."""


def run(_options: argparse.Namespace) -> int:
    """Clean, and print what was gained.

    Raises:
        SettingsError: the file must be written anew, and a running bot has it open.
    """
    settings = Settings()
    refuse_missing(settings.database_url)
    file = sqlite_file(settings.database_url)
    before = file.stat().st_size if file and file.exists() else 0
    with said_plainly():
        sent, told, read, named = asyncio.run(_clean(settings))
    print(f"{sent} old deliveries deleted.")
    print(f"{told} old stories and {read} pages that were read deleted.")
    print(f"{named} topics that nothing uses deleted.")
    if file:
        print(f"{file}: {before / 1e6:.1f} MB before, {file.stat().st_size / 1e6:.1f} MB now.")
    return 0


async def _clean(settings: Settings) -> tuple[int, int, int, int]:
    async with Store(settings.database_url) as store:
        await store.migrate()
        sent, told, read, named = 0, 0, 0, 0
        if keep := settings.keep_deliveries:
            with progress("deleting old deliveries") as show:
                sent = await store.retention.clean(keep, lambda done: show(done, 0))
        if keep := settings.keep_stories:
            with progress("deleting old stories") as show:
                told, read = await store.retention.clean_news(keep, lambda done: show(done, 0))
            with progress("deleting unused topics") as show:
                named = await store.retention.clean_topics(keep, lambda done: show(done, 0))
        with progress("giving empty pages back") as show:
            await _compact(store, show)
        return sent, told, read, named


async def _compact(store: Store, show: Callable[[int, int], object]) -> None:
    if not await store.compaction.needs_rebuild():
        await store.compaction.shrink(show)
        return
    try:
        await store.compaction.rebuild()
    except sqlite3.OperationalError as error:
        raise SettingsError(
            what=f"The file must be written anew once: stop the bot, and try again ({error})."
        ) from error
