"""Chats, and what they follow and keep.

`chats.id` is ours and is what other tables mean by chat_id; `telegram_id` is Telegram's.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, false, text

from bot.store.columns import Document, Id, Moment, Words
from bot.store.tables.metadata import metadata

_CONFIGURED = text("configured_by is not null")

chats = Table(
    "chats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False, server_default="0"),  # 0: no forum topic; NULLs would not be unique
    Column("kind", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Text),
    Column("timezone", Text),
    Column("state", Text, nullable=False),
    Column("not_before", Moment),  # Telegram asked to wait until then
    Column("configured_by", BigInteger),  # Telegram's number of the person to tell when the bot cannot write here
    Column("to_tell", Boolean, nullable=False, server_default=false()),  # that person was not told yet
    Column("options", Document, nullable=False),
    Column("members_may_change", Boolean, nullable=False, server_default=false()),  # of a group: not its admins alone
    Column("connecting_until", Moment),  # a person names a channel until then
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("telegram_id", "thread_id"),
    Index("ix_chats_configured_by", "configured_by", sqlite_where=_CONFIGURED, postgresql_where=_CONFIGURED),
    Index("ix_chats_to_tell", "id", sqlite_where=text("to_tell"), postgresql_where=text("to_tell")),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("topic_id", ForeignKey("topics.id"), nullable=False),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("options", Document, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "topic_id"),
    Index("ix_subscriptions_topic_id", "topic_id"),
)

saved = Table(
    "saved",
    metadata,
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("digest_id", ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Index("ix_saved_digest_id", "digest_id"),
)

connections = Table(
    "connections",
    metadata,
    # Who manages a channel from their private chat. That they lead it is asked of Telegram each time, not kept here.
    Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("telegram_user_id", BigInteger, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Index("ix_connections_telegram_user_id", "telegram_user_id"),
)
