"""Followed queries by their stems, and full text of stories."""

from alembic import op
import sqlalchemy as sa


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "query_stems",
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("topic_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_query_stems_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stem", "topic_id", name=op.f("pk_query_stems")),
    )
    op.create_index("ix_query_stems_topic_id", "query_stems", ["topic_id"])
    if op.get_bind().dialect.name == "sqlite":
        # Stems are letters and digits: one token each, whatever the marks on them.
        op.execute("CREATE VIRTUAL TABLE story_words_fts USING fts5(stems, tokenize = 'unicode61 remove_diacritics 0')")
        op.execute(
            "CREATE TRIGGER story_words_deleted AFTER DELETE ON stories"
            " BEGIN DELETE FROM story_words_fts WHERE rowid = old.id; END"
        )
    else:
        op.execute(
            "CREATE TABLE story_words_fts (story_id BIGINT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,"
            " stems TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_story_words_fts_stems ON story_words_fts USING gin (stems)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER story_words_deleted")
    op.execute("DROP TABLE story_words_fts")
    op.drop_table("query_stems")
