"""How far chats, stories, deliveries and edits have come."""

from enum import StrEnum


class ChatState(StrEnum):
    """Whether a chat can be written to; all but ACTIVE get no deliveries."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"  # or the chat is gone
    MUTED = "muted"  # no right to post
    BANNED = "banned"  # by the operator; only /admin ends it
    CLOSED = "closed"  # the forum topic was closed or deleted


class StoryState(StrEnum):
    """How far a story has come."""

    QUIET = "quiet"  # backlog: listed, read only when somebody asks
    UNREAD = "unread"
    READ = "read"
    FAILED = "failed"  # could not be read, delivered as the feed tells it


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNSETTLED = "unsettled"  # Telegram's answer was lost; the message may be there or not
    CANCELLED = "cancelled"  # the chat left before, or follows nothing of it any more
    HELD = "held"  # waits for its chat's next digest, the end of quiet hours or of a busy hour
    FOLDING = "folding"  # held before, claimed to be sent as part of one message
    SKIPPED = "skipped"  # its subscriptions do not want it: words, languages


class EditState(StrEnum):
    """How far the edit of a message has come."""

    PENDING = "pending"
    CLAIMED = "claimed"
    DONE = "done"
