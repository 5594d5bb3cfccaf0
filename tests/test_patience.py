"""Patience with a database that is away: said once, tried until it is back, and not for what would never work."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot import patience
from bot.health import Health
from bot.patience import Patience, is_away
from bot.store import utc_now
from bot.store.engine import Database

AWAY = OperationalError("UPDATE secrets", {}, Exception("database or disk is full\nand more"))
WRONG = IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    monkeypatch.setattr(patience, "RETRY_SECONDS", 0)


class Work:
    """Fails with some errors, one after the other, and then gives a result."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def __call__(self) -> str:
        """Fail or give a result."""
        if self.errors:
            raise self.errors.pop(0)
        return "done"


async def test_it_is_said_once_and_in_the_drivers_words(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is tried: once that the database is away and once that it is back, without the statement."""
    health = Health(utc_now)
    assert (
        await Patience(health, "marks cannot be written").insist(Work(AWAY, ConnectionRefusedError(), AWAY)) == "done"
    )
    assert [record.getMessage() for record in caplog.records] == [
        "the database is away, marks cannot be written: database or disk is full",
        "the database is back, it is over that marks cannot be written",
    ]
    assert health.ok


async def test_what_would_never_work_is_not_tried_again() -> None:
    """A fault of the statement is raised at once, and is no trouble of the database."""
    health = Health(utc_now)
    with pytest.raises(IntegrityError):
        await Patience(health, "marks cannot be written").insist(Work(AWAY, WRONG, AWAY))
    assert health.ok


@pytest.mark.parametrize(
    "statement", ["SELECT 1 / 0", "SELECT CAST('x' AS integer)", "SELECT 'a' @@ CAST(:long AS tsquery)"]
)
async def test_postgresql_objects_to_what_is_asked(postgres_url: str, statement: str) -> None:
    """An error about the data or a limit is not taken for a database that is away, though asyncpg does not say so."""
    database = Database(postgres_url)
    with pytest.raises(DBAPIError) as caught:
        async with database.read() as connection:
            await connection.execute(text(statement), {"long": "x" * 3_000} if "long" in statement else {})
    await database.close()
    assert not is_away(caught.value)


async def test_who_gives_up_gets_the_error() -> None:
    """After one more try; the trouble stays said, since it is not over."""
    health = Health(utc_now)
    waiting = Patience(health, "what was read cannot be written")
    waiting.give_up()
    with pytest.raises(OperationalError):
        await waiting.insist(Work(AWAY, AWAY))
    assert not health.ok


async def test_each_work_speaks_for_itself() -> None:
    """A database from which can be read and to which cannot be written has trouble, since the first of it."""
    health = Health(utc_now)
    claims, marks = Patience(health, "nothing can be claimed"), Patience(health, "nothing can be marked")
    for one in (claims, marks):
        with one:
            raise AWAY
    first = health.troubles["database"]
    assert first.reason == (
        "nothing can be claimed: database or disk is full; nothing can be marked: database or disk is full"
    )
    with claims:
        pass
    assert health.troubles["database"].reason == "nothing can be marked: database or disk is full"
    assert health.troubles["database"].since >= first.since
    marks.over()
    assert health.ok
