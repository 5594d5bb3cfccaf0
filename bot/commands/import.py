"""`quotewire import`: lets a chat follow the feeds of an OPML file."""  # noqa: N999 - the command's name; only bot.command_line imports it, by its name

import argparse
import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.commands.export import add_chat_arguments, known_chat
from bot.errors import SettingsError
from bot.feeds import opml
from bot.feeds.exchange import Imported, import_feeds
from bot.feeds.opml import Fault, Outline
from bot.messages.catalogue import words_in
from bot.progress import progress
from bot.store import Store
from bot.store.files import refuse_missing
from config.settings import Settings
from handlers.opml import fault_sentence

HELP = "let a chat follow the feeds of an OPML file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="an OPML file")
    add_chat_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Follow the feeds and print what came of it; the exit status is 1 where the file had no feed.

    Raises:
        SettingsError: there is no such file, or the bot does not know the chat.
    """
    try:
        outline = opml.read(options.file.read_bytes())
    except OSError as error:
        raise SettingsError(what=f"{options.file} cannot be read: {error.strerror}.") from error
    settings = Settings()
    refuse_missing(settings.database_url)
    with progress("adding feeds") as show:
        done = asyncio.run(_import(settings, options, outline, show))
    print(f"{done.added} feeds added, {done.known} followed already.")
    _print_faults(outline.faults)
    return 0 if outline.feeds else 1


async def _import(
    settings: Settings, options: argparse.Namespace, outline: Outline, show: Callable[[int, int], object]
) -> Imported:
    async with Store(settings.database_url) as store:
        await store.migrate()
        chat = await known_chat(store, options)
        return await import_feeds(store, chat.id, outline, show)


def _print_faults(faults: Sequence[Fault]) -> None:
    for fault in faults:
        print(fault_sentence(fault, words_in("en")))
