"""What processes keep: incidents, leases, keys."""

from sqlalchemy import Column, Integer, Table, Text

from bot.store.columns import Id, Moment, Words
from bot.store.tables.metadata import metadata

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),  # when it happened last
    Column("level", Text, nullable=False),
    Column("part", Text, nullable=False),  # the logger
    Column("words", Words, nullable=False),
    Column("times", Integer, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),  # hexadecimal
)
