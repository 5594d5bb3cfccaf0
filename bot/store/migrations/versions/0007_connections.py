"""Who manages which channel from their private chat; groups whose members may change what they follow."""

from alembic import op
import sqlalchemy as sa


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "connections",
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("telegram_user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_connections_chat_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "telegram_user_id", name=op.f("pk_connections")),
    )
    op.create_index("ix_connections_telegram_user_id", "connections", ["telegram_user_id"])
    op.add_column("chats", sa.Column("connecting_until", sa.DateTime(timezone=True)))
    op.add_column(
        "chats", sa.Column("members_may_change", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("chats", "members_may_change")
    op.drop_column("chats", "connecting_until")
    op.drop_table("connections")
