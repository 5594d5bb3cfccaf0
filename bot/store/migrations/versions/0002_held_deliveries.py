"""Held deliveries, what a chat got lately, and who is told when a chat cannot be written to."""

from alembic import op
import sqlalchemy as sa


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

HELD = sa.text("state in ('held', 'folding')")
TO_TELL = sa.text("to_tell")


def upgrade() -> None:
    op.add_column("chats", sa.Column("configured_by", sa.BigInteger(), nullable=True))
    op.add_column("chats", sa.Column("to_tell", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_chats_to_tell", "chats", ["id"], sqlite_where=TO_TELL, postgresql_where=TO_TELL)
    op.create_index("ix_deliveries_held", "deliveries", ["not_before"], sqlite_where=HELD, postgresql_where=HELD)
    op.create_index("ix_deliveries_held_of_chat", "deliveries", ["chat_id"], sqlite_where=HELD, postgresql_where=HELD)
    op.create_index("ix_deliveries_chat_id_sent_at", "deliveries", ["chat_id", "sent_at"])
    op.drop_index("ix_deliveries_chat_id", "deliveries")


def downgrade() -> None:
    op.create_index("ix_deliveries_chat_id", "deliveries", ["chat_id"])
    for name in ("ix_deliveries_chat_id_sent_at", "ix_deliveries_held_of_chat", "ix_deliveries_held"):
        op.drop_index(name, "deliveries")
    op.drop_index("ix_chats_to_tell", "chats")
    op.drop_column("chats", "to_tell")
    op.drop_column("chats", "configured_by")
