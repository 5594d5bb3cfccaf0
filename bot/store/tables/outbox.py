"""What is sent: deliveries, and edits of them."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint, text

from bot.store.columns import Document, Id, Moment, Words
from bot.store.partial import HELD, OPEN
from bot.store.tables.metadata import metadata

# Few deliveries are open at any time; partial indexes stay small however long the past is.
_OPEN = text(OPEN)
_HELD = text(HELD)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    # No foreign keys: PostgreSQL checks them row by row, which doubles the fan-out's time. Rows come only from a SELECT
    # over both tables, and who deletes a chat or a story deletes its deliveries.
    Column("story_id", Id, nullable=False),
    Column("chat_id", Id, nullable=False),
    Column("state", Text, nullable=False),  # bot.store.states.DeliveryState
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("message_ids", Document, nullable=False),
    Column("sent_at", Moment),
    Column("error", Words),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("story_id", "chat_id"),
    Index("ix_deliveries_open", "story_id", "chat_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_deliveries_open_of_chat", "chat_id", "story_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_deliveries_held", "not_before", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_deliveries_held_of_chat", "chat_id", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_deliveries_chat_id_sent_at", "chat_id", "sent_at"),  # what a chat got lately; its deletion or merging
)

edits = Table(
    "edits",
    metadata,
    Column("id", Id, primary_key=True),
    # No foreign keys, as in deliveries.
    Column("delivery_id", Id, nullable=False, unique=True),
    Column("story_id", Id, nullable=False),
    Column("state", Text, nullable=False),  # pending, claimed, done
    Column("times", Integer, nullable=False, server_default="0"),  # edits made of this message
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("error", Words),
    Index("ix_edits_open", "story_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
)
