"""Stories of one event, and edits of messages that were sent."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OPEN = sa.text("state in ('pending', 'claimed')")
JOINED = sa.text("event_id is not null")
CHANGED = sa.text("reread_at is not null")


def upgrade() -> None:
    op.add_column("digests", sa.Column("changes", DOCUMENT, server_default="[]", nullable=False))
    op.add_column("stories", sa.Column("event_id", ID, nullable=True))
    op.add_column("stories", sa.Column("reread_at", MOMENT, nullable=True))
    op.add_column("stories", sa.Column("rereads", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_stories_event_id", "stories", ["event_id"], sqlite_where=JOINED, postgresql_where=JOINED)
    op.create_index("ix_stories_reread_at", "stories", ["reread_at"], sqlite_where=CHANGED, postgresql_where=CHANGED)
    op.create_table(
        "edits",
        sa.Column("id", ID, nullable=False),
        sa.Column("delivery_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_edits_delivery_id")),
    )
    op.create_index("ix_edits_open", "edits", ["story_id", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "sketches",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("sketch", DOCUMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_sketches_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_sketches")),
    )
    op.create_index("ix_sketches_at", "sketches", ["at"])
    op.create_table(
        "sketch_terms",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_sketch_terms_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term", "story_id", name=op.f("pk_sketch_terms")),
    )
    op.create_index("ix_sketch_terms_story_id", "sketch_terms", ["story_id"])


def downgrade() -> None:
    op.drop_table("sketch_terms")
    op.drop_table("sketches")
    op.drop_table("edits")
    op.drop_index("ix_stories_reread_at", "stories")
    op.drop_index("ix_stories_event_id", "stories")
    for column in ("rereads", "reread_at", "event_id"):
        op.drop_column("stories", column)
    op.drop_column("digests", "changes")
