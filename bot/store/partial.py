"""Conditions of partial indexes, in words: SQLite uses such an index only where a query repeats its condition."""

from sqlalchemy import TextClause, text

BLOCKED = "blocked"
HELD = "state in ('held', 'folding')"
OPEN = "state in ('pending', 'claimed')"
UNREAD = "state = 'unread'"


def in_words(table: str, condition: str) -> TextClause:
    """Return a condition of this module on a table.

    Args:
        table: its name or alias in the query.
        condition: what the index says.
    """
    return text(f"{table}.{condition}")
