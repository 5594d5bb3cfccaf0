"""What the store gives back: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.feed_values import FeedKind, FeedState
from bot.models import Digest, Entry, Topic
from bot.options import NO_CHOICES, Choices
from bot.store.states import ChatState


@dataclass(frozen=True, slots=True)
class Chat:
    """A place to write to: a private chat, a group, a channel, or one topic of a forum.

    Attributes:
        id: the store's.
        telegram_id: Telegram's.
        thread_id: the forum topic, None outside of one.
        kind: as Telegram calls it: private, group, supergroup, channel.
        title: the group's or person's name.
        language: the interface's language (ISO 639-1), None where never known.
        timezone: an IANA name, None where not chosen.
        state: whether it can be written to.
        not_before: Telegram asked not to write before this moment.
        choices: what it says about how news comes.
        configured_by: Telegram's number of the person who set it up, for a group or channel.
        members_may_change: of a group: whether all members choose what it follows, not its admins alone.
        connecting_until: of a private chat: what the person sends before then may name a channel to be connected.
    """

    id: int
    telegram_id: int
    thread_id: int | None = None
    kind: str = "private"
    title: str = ""
    language: str | None = None
    timezone: str | None = None
    state: ChatState = ChatState.ACTIVE
    not_before: datetime | None = None
    choices: Choices = NO_CHOICES
    configured_by: int | None = None
    members_may_change: bool = False
    connecting_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat follows a topic."""

    id: int
    chat_id: int
    topic_id: int
    topic: Topic
    created_at: datetime
    paused: bool = False
    choices: Choices = NO_CHOICES


@dataclass(frozen=True, slots=True)
class Also:
    """Another source that tells the same news.

    Attributes:
        source: its name.
        url: its page.
        title: its headline.
    """

    source: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """A page said something else when it was read again.

    Attributes:
        at: when it was read again.
        headline: what the headline was before; None where only the text changed.
    """

    at: datetime
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest with the short numbers that buttons carry.

    Attributes:
        id: the store's.
        digest: as read.
        topic_ids: the topic of each of the article's tags.
        partial: made of the feed's entry alone, since the page could not be read.
        read_at: when the page was read.
        changes: what changed at later readings, the oldest first.
        also: other sources of the same news, as far as the chat that it is for may see them.
    """

    id: int
    digest: Digest
    topic_ids: Mapping[str, int] = field(default_factory=dict)
    partial: bool = False
    read_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """A story as a list shows it.

    Attributes:
        story_id: the store's; short enough for a button.
        title: the headline.
        url: the link as the feed gives it.
        published: as the feed states it, None where it does not.
        seen_at: when it was seen first.
        source: the feed's name.
        slug: the feed's preset, None for a feed that a chat added.
        language: the feed's language.
        digest_id: its digest, None while it was not read.
    """

    story_id: int
    title: str
    url: str
    published: datetime | None
    seen_at: datetime
    source: str
    slug: str | None = None
    language: str | None = None
    digest_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as lists and commands need it.

    Attributes:
        id: the store's.
        url: where it is asked for.
        kind: how its document is read.
        topic_id: what its followers are subscribed to.
        topic: the same as a value.
        slug: of a preset, else None.
        name: the preset's name or the feed's own title, else its URL.
        language: ISO 639-1, None where unknown.
        site_url: the page it belongs to.
        state: its record of polls: failures, ended, last poll.
        blocked: whether the operator wants none of it.
    """

    id: int
    url: str
    kind: FeedKind
    topic_id: int
    topic: Topic
    slug: str | None
    name: str
    language: str | None
    site_url: str | None
    state: FeedState
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed that a chat follows.

    Attributes:
        feed: which.
        folders: where the chat's imported list kept it, the outermost first.
    """

    feed: FeedRow
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadStory:
    """A story that a reader has claimed.

    Attributes:
        id: the store's.
        url: the page to read.
        entry: what the feed says of it.
        source: the feed's name.
        language: the feed's language.
        attempts: readings that failed before.
    """

    id: int
    url: str
    entry: Entry
    source: str
    language: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class HubRow:
    """A subscription at a feed's hub.

    Attributes:
        feed_id: whose news it brings.
        hub: the hub's URL.
        topic: the feed's own URL, as it states it.
        token: the end of our callback's path.
        secret: what the hub signs with.
        callback: our whole URL, as the hub was told; "" where it was not asked yet.
        leaving: whether the hub was last asked to end it.
    """

    feed_id: int
    hub: str
    topic: str
    token: str
    secret: str
    callback: str
    leaving: bool
