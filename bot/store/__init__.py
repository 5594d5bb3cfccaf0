"""All that is kept: SQLAlchemy tables and queries over SQLite and PostgreSQL."""

from bot.store.days import Day, DayStory, DayTopic
from bot.store.options import SubscriptionChoices
from bot.store.store import Store, utc_now
from bot.store.values import (
    Also,
    Change,
    Chat,
    ChatState,
    Delivery,
    DeliveryState,
    Edit,
    FeedRow,
    FollowedFeed,
    Headline,
    HubRow,
    Mark,
    Notice,
    StoredDigest,
    StoryState,
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
    "utc_now",
]
