"""`quotewire export`: prints the feeds that a chat follows as an OPML file."""

import argparse
import asyncio
import sys

from bot.arguments import telegram_id
from bot.errors import SettingsError
from bot.feeds.exchange import export_feeds
from bot.store import Chat, Store, utc_now
from bot.store.files import refuse_missing
from config.settings import Settings

HELP = "print the feeds that a chat follows, as OPML"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    add_chat_arguments(parser)


def add_chat_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how a chat is named."""
    parser.add_argument("--chat", type=telegram_id, required=True, metavar="ID", help="Telegram's number of the chat")
    parser.add_argument("--thread", type=telegram_id, metavar="ID", help="of a forum's topic, where one is meant")


def run(options: argparse.Namespace) -> int:
    """Print the file.

    Raises:
        SettingsError: the bot does not know the chat.
    """
    settings = Settings()
    refuse_missing(settings.database_url)
    sys.stdout.buffer.write(asyncio.run(_export(settings, options)))
    return 0


async def known_chat(store: Store, options: argparse.Namespace) -> Chat:
    """Return the chat that the command line names.

    Raises:
        SettingsError: the bot has not met it.
    """
    chat = await store.chats.find(options.chat, options.thread)
    if chat is None:
        raise SettingsError(what=f"The bot does not know the chat {options.chat}. Write /start there first.")
    return chat


async def _export(settings: Settings, options: argparse.Namespace) -> bytes:
    async with Store(settings.database_url) as store:
        await store.migrate()
        chat = await known_chat(store, options)
        body, _ = await export_feeds(store, chat.id, "Followed with Quotewire", utc_now())
    return body
