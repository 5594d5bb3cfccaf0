"""Migrations, run from code: the tree lies in the package, and no alembic.ini is needed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.errors import SettingsError
from bot.store.engine import Database

_TREE = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7000  # a number of our own for PostgreSQL's advisory locks


def alembic_config() -> Config:
    """Return Alembic's configuration for our tree."""
    config = Config()
    config.set_main_option("script_location", str(_TREE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


async def migrate(database: Database) -> None:
    """Bring a database to the newest schema, all in one transaction; two processes that start at once take turns.

    Raises:
        SettingsError: a newer version of ours has worked on it.
    """
    async with database.write() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    config = alembic_config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        if isinstance(unknown := error.__cause__, ResolutionError):
            newer = f"A newer version has worked on this database (schema {unknown.argument})."
            raise SettingsError(what=f"{newer} Install it again, or restore a backup.") from error
        raise
