"""The few feeds that are blocked, which each link is compared with."""

from alembic import op
import sqlalchemy as sa


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    blocked = sa.text("blocked")
    op.create_index("ix_feeds_blocked", "feeds", ["blocked"], sqlite_where=blocked, postgresql_where=blocked)


def downgrade() -> None:
    op.drop_index("ix_feeds_blocked", "feeds")
