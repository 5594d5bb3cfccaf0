"""Which feeds are asked for at all."""

from sqlalchemy import ColumnElement, exists, or_

from bot.store.tables import feeds, subscriptions


def wanted_feeds() -> ColumnElement[bool]:
    """Return the condition on feeds that they are polled: presets always, others while followed; no blocked ones."""
    followed = exists().where(subscriptions.c.topic_id == feeds.c.topic_id)
    return feeds.c.ended.is_(False) & feeds.c.blocked.is_(False) & or_(feeds.c.slug.is_not(None), followed)
