"""Walks through the old rows of a table, some at a time, while others change it."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, tuple_

from bot.store.engine import Database


async def by_moment(
    database: Database, moment: Any, before: datetime, *columns: ColumnElement[Any], at_once: int
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield rows by a moment of theirs and their number.

    Args:
        database: where they are.
        moment: the column; the table has an index on it and `id`.
        before: those of an earlier moment.
        columns: what is wanted of them beside the moment and `id`.
        at_once: rows at most.
    """
    number = moment.table.c.id
    place = tuple_(moment, number)
    query = select(*place.clauses, *columns).where(moment < before).order_by(*place.clauses).limit(at_once)
    after: ColumnElement[bool] | None = None
    while True:
        async with database.read() as connection:
            rows = (await connection.execute(query if after is None else query.where(after))).all()
        if not rows:
            return
        after = place > tuple_(*rows[-1][:2], types=[moment.type, number.type])
        yield rows
