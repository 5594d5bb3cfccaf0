"""Feeds as lists and commands need them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, select

from bot.feed_values import FeedKind
from bot.models import Topic, TopicKind
from bot.store.documents import FEED_STATE
from bot.store.tables import feeds, topics
from bot.store.values import FeedRow


def feed_name(name: str, state: Mapping[str, Any], otherwise: str = "") -> str:
    """Return what a feed is called: by its preset, by itself, or as said where neither says anything.

    Args:
        name: the column of that name, of a preset.
        state: the column of that name, in which its own title is.
        otherwise: what it is called without one.
    """
    return str(name or state.get("title") or otherwise)


def feed_rows() -> Select[Any]:
    """Return the query for feeds as lists and commands need them."""
    return select(feeds, topics.c.key, topics.c.label).join(topics, topics.c.id == feeds.c.topic_id)


def feed_row(row: Row[Any]) -> FeedRow:
    """Return a row of that query as a value."""
    state = FEED_STATE.validate_python(row.state)
    name = feed_name(row.name, row.state, row.url)
    return FeedRow(
        id=row.id,
        url=row.url,
        kind=FeedKind(row.kind),
        topic_id=row.topic_id,
        topic=Topic(TopicKind.SOURCE, row.key, name),
        slug=row.slug,
        name=name,
        language=row.language or state.language,
        site_url=row.site_url or state.site_url,
        state=state,
        blocked=row.blocked,
    )
