"""Ways to stop a store amid what it does, for tests of what happens beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot.store import Store
from bot.store.engine import Database


class Gate:
    """Where something stops until the test lets it on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def __call__(self) -> None:
        """Stop here."""
        self.reached.set()
        await self.open.wait()


def stop_before_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Let the store's transactions stop at a gate when all is written and nothing is committed."""
    gate = Gate()

    @asynccontextmanager
    async def write(self: Database, **options: bool) -> AsyncIterator[Any]:
        async with Database.write(self, **options) as connection:
            yield connection
            await gate()

    held = type("HeldDatabase", (Database,), {"write": write})
    monkeypatch.setattr(store._database, "__class__", held)
    return gate


def stop_at(place: str, into: Any, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Let a function that a module calls stop at a gate before it begins."""
    gate, real = Gate(), getattr(into, place)

    async def stopping(*arguments: Any, **options: Any) -> Any:
        await gate()
        return await real(*arguments, **options)

    monkeypatch.setattr(into, place, stopping)
    return gate


async def until_waited_for(store: Store) -> None:
    """Wait until a transaction waits for another's lock; SQLite does not tell, and either order will do there."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    while not store._database.is_sqlite:
        async with store._database.read() as connection:
            if (await connection.execute(waiting)).scalar_one():
                return
        await asyncio.sleep(0.01)
