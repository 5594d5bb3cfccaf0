"""All that is kept: SQLAlchemy tables and queries over SQLite and PostgreSQL."""

from bot.store.days import Day, DayStory, DayTopic
from bot.store.options import SubscriptionChoices
from bot.store.outbox import Delivery, Edit, Mark, Notice
from bot.store.states import ChatState, DeliveryState, StoryState
from bot.store.store import Store, said_plainly, utc_now
from bot.store.values import (
    Also,
    Change,
    Chat,
    FeedRow,
    FollowedFeed,
    Headline,
    HubRow,
    StoredDigest,
    Subscription,
    UnreadStory,
)

__all__ = [
    "Also",
    "Change",
    "Chat",
    "ChatState",
    "Day",
    "DayStory",
    "DayTopic",
    "Delivery",
    "DeliveryState",
    "Edit",
    "FeedRow",
    "FollowedFeed",
    "Headline",
    "HubRow",
    "Mark",
    "Notice",
    "Store",
    "StoredDigest",
    "StoryState",
    "Subscription",
    "SubscriptionChoices",
    "UnreadStory",
    "said_plainly",
    "utc_now",
]
