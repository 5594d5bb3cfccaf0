"""Groups and channels by who configured them, for a person who asks what is held on them or is forgotten."""

from alembic import op
import sqlalchemy as sa


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    known = sa.text("configured_by is not null")
    op.create_index(
        "ix_chats_configured_by", "chats", ["configured_by"], sqlite_where=known, postgresql_where=known
    )


def downgrade() -> None:
    op.drop_index("ix_chats_configured_by", "chats")
