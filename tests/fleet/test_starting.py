"""A process is told to stop before it has started: it ends at once, and nothing is left half done."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, Inspector, event, inspect

from bot import answering, resources
from bot.app import running
from bot.delivery.client import TelegramClient
from bot.delivery.term import LEASE as PUSH
from bot.ending import Told
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.receiving import LEASE as UPDATES
from bot.store import Store
from bot.store.engine import Database
from handlers.requests import EndingRequest
from tests import databases
from tests.bots import settings_at
from tests.fleet.test_fleet import start_process
from tests.ports import free_port

ENDLESS = 3600.0
"""Seconds for which each start here would last."""
PATIENCE = 120
"""Seconds, of a machine that is busy."""

_ROOT = Path(__file__).resolve().parents[2]
_LOADING = """
import sys, time
class Slow:
    def find_spec(self, name, *_):
        if name == "bot.command_line":
            print("loading", flush=True)
            time.sleep(3600)
sys.meta_path.insert(0, Slow())
from bot.__main__ import main
main(["run"])
"""


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BotApiServer]:
    """Yield a Bot API server whose answers a bot waits for without end."""
    monkeypatch.setattr(resources, "TelegramClient", partial(TelegramClient, read_seconds=ENDLESS))
    monkeypatch.setattr(answering, "EndingRequest", partial(EndingRequest, read_seconds=ENDLESS))
    async with BotApiServer(limits=NO_LIMITS) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a database in which nothing is, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    asyncio.run(databases.run(server, "CREATE DATABASE abandoned"))
    yield databases.sqlalchemy_url(server, "abandoned")
    asyncio.run(databases.run(server, "DROP DATABASE abandoned WITH (FORCE)"))


@contextmanager
def _at_statement(number: int, told: Told) -> Iterator[None]:
    """Tell the process to stop at its so-manieth statement."""
    left = number

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            told.stop()

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert left <= 0


async def _tables(url: str) -> list[str]:
    database = Database(url)
    async with database.read() as connection:
        names = await connection.run_sync(lambda sync: _inspector(sync).get_table_names())
    await database.close()
    return names


def _inspector(connection: object) -> Inspector:
    found = inspect(connection)
    assert isinstance(found, Inspector)
    return found


def test_a_stop_while_the_program_is_loaded_is_no_failure() -> None:
    """Of all that takes time, loading comes first; nothing is opened by then, and the exit status is 0."""
    command = [sys.executable, "-c", _LOADING]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"loading\n"
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, b"")


@pytest.mark.parametrize("statement", [3, 40, 70])
async def test_a_migration_is_undone(new_database_url: str, telegram: BotApiServer, statement: int) -> None:
    """Whichever of its statements is under way: no table is left, and the next process can begin."""
    told, settings = Told(), settings_at(telegram, new_database_url)
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        with _at_statement(statement, told):
            assert await told.start(stack, running(settings, sources=())) is None
    assert await _tables(new_database_url) == []
    async with Store(new_database_url) as store:
        await store.migrate()
        assert await store.chats.ensure(7)


async def test_readers_that_do_not_get_warm_are_not_waited_for(
    telegram: BotApiServer, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they load takes seconds; the process that loads it is ended, and nobody waits."""
    told, pipe = Told(), tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(resources, "warm_up", partial(Path.read_bytes, pipe))
    monkeypatch.setattr(resources, "_PATIENCE", ENDLESS)
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        starting = asyncio.create_task(told.start(stack, running(settings_at(telegram, sqlite_url), sources=())))
        with await asyncio.to_thread(pipe.open, "wb"):  # which ends when the other side reads
            told.stop()
            assert await starting is None


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_telegram_that_does_not_answer_is_not_waited_for(
    telegram: BotApiServer, database_url: str, method: str
) -> None:
    """Neither for the bot's name nor, with all that works at work, for its menus; the leases are given back."""
    told, held = Told(), telegram.fail_next(method, "delay")
    settings = settings_at(telegram, database_url, roles=("updates", "push"))
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        starting = asyncio.create_task(told.start(stack, running(settings, sources=())))
        await held.met.wait()
        told.stop()
        assert await starting is None
    async with Store(database_url) as store:
        assert [await store.leases.holder(lease) for lease in (PUSH, UPDATES)] == [None, None]


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_start_without_telegram_waits_for_it(sqlite_url: str, *, webhook: bool) -> None:
    """As at any other time: health says what is away, the rest works, and people are answered once it is back."""
    server, port = BotApiServer(limits=NO_LIMITS, port=free_port()), free_port()
    where = {"listen_port": port, "public_url": "https://bot.example.org"}
    settings = settings_at(server, sqlite_url, webhook=webhook, **where)

    async def bring_back() -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            while "telegram" not in await _troubles(client):  # noqa: ASYNC110  another process would ask as we do
                await asyncio.sleep(0.05)
        await server.start()

    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        stack.push_async_callback(server.stop)
        back = asyncio.create_task(bring_back())
        services = await stack.enter_async_context(running(settings, sources=()))
        await back
        assert services.health.ok
        assert bool(server.requests_of("setWebhook")) is webhook


async def _troubles(client: httpx.AsyncClient) -> Collection[str]:
    try:
        return (await client.get("/readyz")).json()["troubles"]
    except httpx.TransportError:  # it does not listen yet
        return ()


async def test_sigterm_stops_a_process_that_starts(telegram: BotApiServer, sqlite_url: str) -> None:
    """With exit status 0, as where it has started."""
    async with AsyncExitStack() as stack:
        held = telegram.fail_next("getMe", "delay")
        facts = {"database_url": sqlite_url, "api_url": telegram.url, "token": telegram.token}
        process = await start_process(stack, "push", **facts)
        async with asyncio.timeout(PATIENCE):
            await held.met.wait()
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
