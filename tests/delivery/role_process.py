"""A process with the roles "read" and "push", to be killed; it prints a line when it is at work.

Arguments: a database, an API address, a token.
"""

import asyncio
import os
import sys

from bot.delivery.client import TelegramClient
from bot.delivery.ownership import owner_name
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.reading import StoryReader
from bot.delivery.sender import Sender
from bot.models import Digest
from bot.store import Store
from tests.delivery.conftest import render, render_notice
from tests.store.news import article

AT_WORK = "at work"


async def _read(url: str) -> Digest:
    number = int(url.rsplit("/", 1)[1])
    return article(number, tags=[os.environ.get("ROLE_TAG", f"tag{number}")])


async def main(database: str, api: str, token: str) -> None:
    """Work until killed; leases are short, so that the next takes over soon, and long enough for a busy machine."""
    owner = owner_name()
    async with Store(database) as store, TelegramClient(token, api) as client:
        pace = Pace(400)  # slow enough to be caught in the middle
        pusher = Pusher(
            store, Sender(client), pace, render, render_notice, owner=owner, idle_seconds=0.05, lease_seconds=4.0
        )
        reader = StoryReader(store, _read, owner=owner, wake_pusher=pusher.wake, idle_seconds=0.05, lease_seconds=0.6)
        async with asyncio.TaskGroup() as roles:
            roles.create_task(pusher.run())
            roles.create_task(reader.run())
            print(AT_WORK, flush=True)  # noqa: T201  for who starts it


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
