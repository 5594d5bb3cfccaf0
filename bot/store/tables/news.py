"""Feeds and what they bring: their hubs, entries, stories, digests, and what stories are found by."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.store.columns import Document, Id, Moment, Words
from bot.store.partial import BLOCKED, UNREAD
from bot.store.tables.metadata import metadata

# Few stories are unread at any time; partial indexes stay small however long the past is.
_BLOCKED = text(BLOCKED)
_UNREAD = text(UNREAD)
_CHANGED = text("reread_at is not null")
_JOINED = text("event_id is not null")

topics = Table(
    "topics",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Words, nullable=False),
    Column("label", Words, nullable=False),
    Column("last_used", Moment),  # to a day (bot.store.topics.mark_used); None where it was not noted yet
    UniqueConstraint("kind", "key"),
    Index("ix_topics_last_used", "last_used", "id"),
)

query_stems = Table(
    "query_stems",
    metadata,
    # An inverted index: every text that a followed query matches has one of the query's stems (bot.store.query_index).
    Column("stem", Words, primary_key=True),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_query_stems_topic_id", "topic_id"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # bot.feed_values.FeedKind
    Column("topic_id", ForeignKey("topics.id"), nullable=False),  # what its followers follow
    Column("slug", Text, unique=True),  # of a preset
    Column("name", Words, nullable=False),
    Column("language", Text),
    Column("site_url", Words),
    Column("state", Document, nullable=False),  # bot.feed_values.FeedState
    Column("next_poll_at", Moment, nullable=False),
    Column("ended", Boolean, nullable=False, server_default=false()),
    Column("blocked", Boolean, nullable=False, server_default=false()),  # by the operator
    Column("lease_owner", Text),
    Column("lease_until", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_feeds_next_poll_at", "next_poll_at"),
    Index("ix_feeds_topic_id", "topic_id"),
    Index("ix_feeds_blocked", "blocked", sqlite_where=_BLOCKED, postgresql_where=_BLOCKED),
)

hubs = Table(
    "hubs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("hub", Words, nullable=False),
    Column("topic", Words, nullable=False),  # the feed's own URL, as it states it
    Column("token", Text, nullable=False, unique=True),  # the end of our callback, not to be guessed
    Column("secret", Text, nullable=False),  # what the hub signs with
    Column("callback", Words),  # that we asked with last
    Column("leaving", Boolean, nullable=False, server_default=false()),  # the hub was asked to end it
    Column("attempts", Integer, nullable=False, server_default="0"),  # since the hub last said yes
    Column("due_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("delivered_at", Moment),  # None again once a poll finds what the hub has not brought
)

digests = Table(
    "digests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("url_key", Words, nullable=False, unique=True),  # the canonical URL, made to fit an index
    Column("digest", Document, nullable=False),
    Column("topic_ids", Document, nullable=False),  # by tag of the article, for buttons
    Column("partial", Boolean, nullable=False, server_default=false()),  # made of the feed's entry alone
    Column("read_at", Moment, nullable=False),
    Column("changes", Document, nullable=False, server_default="[]"),  # bot.store.values.Change, the oldest first
    Index("ix_digests_read_at", "read_at"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id"), nullable=False),  # where it was seen first
    Column("url", Words, nullable=False),
    Column("url_key", Words, unique=True),  # its canonical URL, made to fit an index; none for a notice
    Column("headline", Words, nullable=False),
    Column("entry", Document),  # bot.models.Entry; none for a notice
    Column("notice", Document),  # a word to the followers of a feed, delivered like a story
    Column("at", Moment, nullable=False),  # published, but never later than seen: the order in lists
    Column("published", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # bot.store.states.StoryState
    Column("lease_owner", Text),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("error", Words),
    Column("digest_id", ForeignKey("digests.id")),
    # The story that told the same news first. No foreign key: SQLite adds one only by a copy of the table,
    # and the cascades of the old one's end would empty what hangs on it.
    Column("event_id", Id),
    Column("reread_at", Moment),  # its feed says that it has changed: to be read again then
    Column("rereads", Integer, nullable=False, server_default="0"),
    Index("ix_stories_at", "at"),
    Index("ix_stories_feed_id_at", "feed_id", "at"),
    Index("ix_stories_digest_id", "digest_id"),
    Index("ix_stories_event_id", "event_id", sqlite_where=_JOINED, postgresql_where=_JOINED),
    Index("ix_stories_reread_at", "reread_at", sqlite_where=_CHANGED, postgresql_where=_CHANGED),
    Index("ix_stories_unread", "feed_id", "id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id"), nullable=False),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("text_key", Words, nullable=False),
    Column("published", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),  # when the feed last listed it
    Index("ix_entries_feed_id", "feed_id"),
    Index("ix_entries_story_id", "story_id"),
)

entry_keys = Table(
    "entry_keys",
    metadata,
    Column("entry_id", ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Words, primary_key=True),
)

story_topics = Table(
    "story_topics",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Index("ix_story_topics_topic_id_story_id", "topic_id", "story_id"),
)

sketches = Table(
    "sketches",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("sketch", Document, nullable=False),  # bot.sketches.Sketch
    Column("at", Moment, nullable=False),
    Index("ix_sketches_at", "at"),
)

sketch_terms = Table(
    "sketch_terms",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),  # a hash of language and word
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_sketch_terms_story_id", "story_id"),
)
