"""What chats keep for later."""

from alembic import op
import sqlalchemy as sa


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved",
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("digest_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_saved_chat_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_saved_digest_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "digest_id", name=op.f("pk_saved")),
    )
    op.create_index("ix_saved_digest_id", "saved", ["digest_id"])


def downgrade() -> None:
    op.drop_table("saved")
