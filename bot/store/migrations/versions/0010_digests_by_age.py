"""Digests by when they were read, for the clean-up."""

from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_digests_read_at", "digests", ["read_at"])


def downgrade() -> None:
    op.drop_index("ix_digests_read_at", "digests")
