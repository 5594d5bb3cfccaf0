"""What the command line says of a database that it cannot use: a sentence, with nothing of its password."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from tests import databases
from tests.commands.run import quotewire

TOKEN = "123456789:AAEexampleexampleexampleexample"
AWAY = "postgresql://me:hidden-word@127.0.0.1:1/bot"


@pytest.mark.parametrize("asked", ["run", "check --no-sources", "clean", "reindex", "status --once", "export --chat 1"])
def test_a_database_that_is_away_is_one_sentence(asked: str) -> None:
    """Whatever is asked for, the reason is said in one line."""
    done = quotewire(*asked.split(), token=TOKEN, api_url="http://127.0.0.1:1", database_url=AWAY)
    assert done.returncode == 1
    assert "The database cannot be used: " in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stderr + done.stdout


@pytest.mark.parametrize("asked", ["run", "check --no-sources", "clean"])
async def test_a_database_of_a_newer_version_stays_as_it_is(asked: str, tmp_path: Path) -> None:
    """Who has gone back to an older version is told so, and how to go on."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    async with Store(url) as store:
        await store.migrate()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    done = quotewire(*asked.split(), token=TOKEN, api_url="http://127.0.0.1:1", database_url=url)
    assert done.returncode == 1
    assert "A newer version has worked on this database (schema 9999)" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    with closing(sqlite3.connect(tmp_path / "bot.db")) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


@pytest.mark.parametrize("asked", ["run", "clean"])
async def test_a_database_that_takes_nothing_is_one_sentence(asked: str, postgres_server: str) -> None:
    """One that can be read and not written, as a file that somebody else has restored, is no traceback either."""
    url = databases.sqlalchemy_url(postgres_server, "closed")
    await databases.run(postgres_server, "CREATE DATABASE closed")
    try:
        await databases.migrate(url)
        await databases.run(postgres_server, "ALTER DATABASE closed SET default_transaction_read_only = on")
        done = quotewire(*asked.split(), token=TOKEN, api_url="http://127.0.0.1:1", database_url=url)
    finally:
        await databases.run(postgres_server, "DROP DATABASE closed WITH (FORCE)")
    assert done.returncode == 1
    assert "The database cannot be used: cannot execute " in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_token_no_database_is_made(tmp_path: Path) -> None:
    """The first thing that is missing is said before anything is written."""
    done = quotewire("run", folder=tmp_path, token="", database_url="sqlite:///bot.db")
    assert done.returncode == 1
    assert "There is no token" in done.stderr
    assert list(tmp_path.iterdir()) == []
