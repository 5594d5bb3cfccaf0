"""What waits to be sent, and what became of it, as frozen values."""

from dataclasses import dataclass
from datetime import datetime

from bot.options import Choices
from bot.store.states import DeliveryState
from bot.store.values import Chat, StoredDigest


@dataclass(frozen=True, slots=True)
class Notice:
    """A word to the followers of a feed.

    Attributes:
        code: bot.feed_values.FeedNotice, or "left_out".
        feed_name: whose.
        feed_url: where it is asked for.
        topic_id: the feed's topic, for a button that unsubscribes or lists.
        count: stories left out of a push, for "left_out".
    """

    code: str
    feed_name: str
    feed_url: str
    topic_id: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One story, or a word about a feed, for one chat, claimed by a sender.

    Attributes:
        id: the store's.
        story_id: which story.
        chat: to whom.
        headline: what is sent where nothing better can be.
        url: the story's page.
        digest: what to say; None for a notice.
        notice: the word about a feed; None for a story.
        attempts: sendings that failed before.
        message_ids: messages of it that Telegram has accepted already.
        choices: what each subscription says that brings it here, the oldest first; none where none does any more.
        source: the feed's name.
        language: the feed's language.
        created_at: when it was written down.
    """

    id: int
    story_id: int
    chat: Chat
    headline: str
    url: str
    digest: StoredDigest | None = None
    notice: Notice | None = None
    attempts: int = 0
    message_ids: tuple[int, ...] = ()
    choices: tuple[Choices, ...] = ()
    source: str = ""
    language: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A sent message to be brought up to date, claimed by an editor.

    Attributes:
        id: the store's.
        delivery: what was sent, with what it is to say now.
        attempts: tries that failed before.
    """

    id: int
    delivery: Delivery
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a claimed delivery.

    Attributes:
        delivery_id: which.
        state: SENT, FAILED, UNSETTLED, CANCELLED, SKIPPED; PENDING to try again, HELD to come with others later.
        message_ids: all messages of it that Telegram has accepted.
        error: why it is not sent.
        not_before: when to try again.
        attempted: whether it counts as an attempt that failed.
    """

    delivery_id: int
    state: DeliveryState
    message_ids: tuple[int, ...] = ()
    error: str | None = None
    not_before: datetime | None = None
    attempted: bool = True
