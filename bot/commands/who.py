"""`quotewire who`: what a log calls a chat, a person or a story, and whom a log means."""

import argparse
import asyncio
from collections.abc import AsyncIterator

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.status import unreadable
from bot.hashed_ids import hashed, use_key
from bot.store import Store
from bot.store.files import refuse_missing
from config.settings import Settings

HELP = "tell what a log calls a chat or person, and whom a log means"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("name", metavar="NUMBER|HASH", help="Telegram's number of a chat or person, or a log's hash")


def run(options: argparse.Namespace) -> int:
    """Print it; the exit status is 1 where nothing is known by that name.

    Raises:
        SettingsError: the database cannot be read.
    """
    settings = Settings()
    refuse_missing(settings.database_url)
    try:
        lines = asyncio.run(_lines(settings, options.name.strip().lower()))
    except (SQLAlchemyError, OSError) as error:
        raise unreadable(error) from error
    print("\n".join(lines) or f"Nothing is known as {options.name}.")
    return 0 if lines else 1


async def _lines(settings: Settings, name: str) -> list[str]:
    async with Store(settings.database_url) as store:
        use_key(await store.keys.get("log"))
        found = [line async for line in _of_hash(store, name)]
        if name.lstrip("-").isdecimal():
            number = int(name)
            known = "" if number in await store.chats.telegram_ids() else "; the bot has not met it"
            found.append(f"In logs the chat or person {number} is {hashed('chat', number)}{known}.")
        return found


async def _of_hash(store: Store, name: str) -> AsyncIterator[str]:
    """Yield what a hash may mean. A hash cannot be turned back: all that there is is hashed and compared."""
    for number in await store.chats.telegram_ids():
        if hashed("chat", number) == name:
            yield f"{name} is the chat or person {number}."
    for number in await store.stories.numbers():
        if hashed("story", number) == name and (story := await store.stories.get(number)):
            yield f"{name} is the story {number}: {story.title} {story.url}"
