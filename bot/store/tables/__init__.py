"""The tables, by what they are about."""

from bot.store.tables.metadata import metadata
from bot.store.tables.news import (
    digests,
    entries,
    entry_keys,
    feeds,
    hubs,
    query_stems,
    sketch_terms,
    sketches,
    stories,
    story_topics,
    topics,
)
from bot.store.tables.outbox import deliveries, edits
from bot.store.tables.people import chats, connections, saved, subscriptions
from bot.store.tables.processes import incidents, keys, leases

__all__ = [
    "chats",
    "connections",
    "deliveries",
    "digests",
    "edits",
    "entries",
    "entry_keys",
    "feeds",
    "hubs",
    "incidents",
    "keys",
    "leases",
    "metadata",
    "query_stems",
    "saved",
    "sketch_terms",
    "sketches",
    "stories",
    "story_topics",
    "subscriptions",
    "topics",
]
