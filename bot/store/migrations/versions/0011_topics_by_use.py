"""When topics were used last, for the clean-up; None where it was not noted yet."""

from alembic import op
import sqlalchemy as sa


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topics", sa.Column("last_used", sa.DateTime(timezone=True)))
    op.create_index("ix_topics_last_used", "topics", ["last_used", "id"])


def downgrade() -> None:
    op.drop_index("ix_topics_last_used", "topics")
    op.drop_column("topics", "last_used")
