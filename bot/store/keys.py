"""Keys that an instance makes for itself and all its processes share."""

import secrets

from sqlalchemy import select

from bot.store.engine import Database
from bot.store.sql import insert
from bot.store.tables import keys


class Keys:
    """Random keys by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> bytes:
        """Return a key of 32 bytes; made at the first time, the same for all who ask later.

        Args:
            name: what it is for: "log".
        """
        async with self._database.write() as connection:
            made = insert(connection, keys).values(name=name, key=secrets.token_hex(32))
            await connection.execute(made.on_conflict_do_nothing())
            return bytes.fromhex((await connection.execute(select(keys.c.key).where(keys.c.name == name))).scalar_one())
