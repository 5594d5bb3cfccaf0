"""Databases that go away: stopped, shut, locked or full, each for as long as a block runs."""

import asyncio
import errno
import os
import resource
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

import httpx
from sqlalchemy import make_url

from bot.front.health import health_routes
from bot.front.server import Front
from bot.health import Health
from tests import databases

_FILLING = 65_536


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[None]:
    """Let another program hold a SQLite file's lock."""
    other = sqlite3.connect(_file(url), isolation_level=None, check_same_thread=False, timeout=60)
    try:
        await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")  # it may have to wait for a commit of ours
        yield
    finally:
        other.close()


@asynccontextmanager
async def full(url: str) -> AsyncIterator[None]:
    """Let the disk of a SQLite file be full: a small one of its own (`small_disk`), else by a limit to this process."""
    folder = _file(url).parent
    with _filled(folder) if folder.is_mount() else _limited():
        yield


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Make a folder a file system of 8 MB while the block runs, where this user may do that."""
    folder.mkdir()
    mounted = os.geteuid() == 0 and _call("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder))
    try:
        yield
    finally:
        if mounted:
            _call("umount", "--lazy", str(folder))


def _call(*command: str) -> bool:
    """Run a program of the system and return whether it did what it was to do."""
    return subprocess.call(command, stderr=subprocess.DEVNULL) == 0  # noqa: S603  words of our own


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    filling = folder / "filling"
    try:
        with filling.open("wb", buffering=0) as file:
            for size in (_FILLING, 1):
                _write_until_full(file.fileno(), size)
        yield
    finally:
        filling.unlink()


def _write_until_full(file: int, size: int) -> None:
    try:
        while os.write(file, bytes(size)):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


@contextmanager
def _limited() -> Iterator[None]:
    """Let no file of this process grow: SQLite cannot write either, and says so in other words."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@asynccontextmanager
async def stopped(url: str) -> AsyncIterator[None]:
    """Let the PostgreSQL server of the tests be stopped, without a word to its clients."""
    server = databases.server_of(url)
    await asyncio.to_thread(databases.stop_at_once, server)
    try:
        yield
    finally:
        await asyncio.to_thread(server.ensure_postgres_running)


@asynccontextmanager
async def shut(url: str) -> AsyncIterator[None]:
    """Let a PostgreSQL database end all connections and take no new one, while its server lives."""
    plain = databases.server_of(url).get_uri()
    allow = f"ALTER DATABASE {databases.DATABASE} ALLOW_CONNECTIONS "
    await databases.run(plain, allow + "false")
    try:
        await databases.end_connections(plain)
        yield
    finally:
        await databases.run(plain, allow + "true")


OUTAGES = {"locked": locked, "full": full, "stopped": stopped, "shut": shut}


class Watcher:
    """Asks the health endpoint, as a watcher of the bot does.

    Args:
        client: asks.
        url: the endpoint's.
    """

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def until(self, *, ready: bool) -> dict[str, dict[str, str]]:
        """Wait until the bot says that it is ready, or that it is not, and return its troubles."""
        async with asyncio.timeout(60):
            while True:
                answer = await self._client.get(self._url)
                if (answer.status_code == httpx.codes.OK) == ready:
                    troubles: dict[str, dict[str, str]] = answer.json()["troubles"]
                    return troubles
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(health: Health) -> AsyncIterator[Watcher]:
    """Serve the health endpoint while the block runs."""
    async with Front(health_routes(health)) as front, httpx.AsyncClient() as client:
        host, port = front.address
        yield Watcher(client, f"http://{host}:{port}/readyz")


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


class MutePostgres:
    """A way to a PostgreSQL server on which everything can stop, as in a network that swallows what is sent.

    Args:
        url: of the database behind it.

    Attributes:
        url: of the same database, this way.
        taken: how many connections there have been.
        swallowed: set once something was sent that does not pass.
    """

    def __init__(self, url: str) -> None:
        self._behind = make_url(url)
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self.url = ""
        self.taken = 0
        self.swallowed = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        way = self._behind.set(host="127.0.0.1", port=port, query={})
        self.url = way.render_as_string(hide_password=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        for writer in self._writers:
            writer.close()

    def mute(self) -> None:
        """Let nothing pass."""
        self._speaks.clear()

    def speak(self) -> None:
        """Let all pass, what has waited too."""
        self._speaks.set()

    def lose(self) -> None:
        """Let nothing pass on the connections that there are; new ones speak."""
        self.mute()
        self._speaks = asyncio.Event()
        self._speaks.set()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        socket = f"{self._behind.query['host']}/.s.PGSQL.{self._behind.port or 5432}"
        self.taken += 1
        speaks = self._speaks
        behind_reader, behind_writer = await asyncio.open_unix_connection(socket)
        self._writers += writer, behind_writer
        for source, target in ((reader, behind_writer), (behind_reader, writer)):
            pump = asyncio.create_task(self._pump(source, target, speaks))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, speaks: asyncio.Event) -> None:
        try:
            while data := await source.read(65_536):
                if not speaks.is_set():
                    self.swallowed.set()
                await speaks.wait()
                target.write(data)
        finally:
            target.close()
