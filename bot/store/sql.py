"""The little SQL that SQLAlchemy spells differently for each database."""

import sys
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Table, and_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import storable
from bot.urls import canonical_url

LONGEST_KEY = 1000
"""Bytes of a text in a unique index; PostgreSQL refuses an index row of more than a third of a page (2,704 bytes)."""


def insert(connection: AsyncConnection, table: Table) -> Any:
    """Return an INSERT that knows ON CONFLICT; both dialects' constructs have the same methods."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def starts_with(connection: AsyncConnection, column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that a text begins with another, by its index on SQLite, whose LIKE knows none.

    PostgreSQL's order depends on the database's locale, in which what begins alike need not stand together.
    """
    if connection.dialect.name == "sqlite":
        return and_(column >= prefix, column < prefix + chr(sys.maxunicode))
    return column.startswith(prefix, autoescape=True)


def index_key(text: str) -> str:
    """Return a text that fits a unique index: itself, or the hash of a long one."""
    text = storable(text)
    encoded = text.encode()
    return text if len(encoded) <= LONGEST_KEY else f"sha256:{sha256(encoded).hexdigest()}"


def url_key(url: str) -> str:
    """Return the form of a URL by which the store knows a page."""
    return index_key(canonical_url(url))
