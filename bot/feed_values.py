"""What is kept about a feed between two polls, and what a poll decides: bot.feeds and bot.store share these words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.models import Entry


class FeedKind(StrEnum):
    """How a feed's document is read."""

    FEED = "feed"
    HEADLINES = "headlines"


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed's record of its polls; written whole with every poll's commit.

    Attributes:
        next_poll: when the feed is due.
        interval_seconds: the present distance between two polls, which adapts to how often the feed changes.
        etag: the ETag header of the last answer, byte for byte.
        last_modified: the Last-Modified header of the last answer, byte for byte.
        body_hash: a digest of the last document that was parsed; an equal document need not be parsed again.
        polled: when the feed was last asked for.
        read: when a document (or a 304) was last had, None before the first.
        first_read: when a document was had for the first time since the feed was added.
        changed: when a poll last found something new or changed.
        failures: polls that failed since the last that did not.
        failing_since: when the first of these failed.
        told_unreachable: whether the followers were told about this failing; once is enough.
        ended: the feed answered 410 Gone, and is not polled any more.
        title: as the feed states it, "" where unknown.
        site_url: the page that the feed belongs to.
        language: as the feed states it.
        ttl_seconds: how long the feed asks to be left alone.
        hub: its WebSub hub.
        self_url: its own address as it states it, the topic at the hub.
        seconds: how long its server takes to answer, the last answers counting most; None before the first.
        error: why the last poll failed, as a code (bot.errors) with the HTTP status; "" where it did not.
    """

    next_poll: datetime
    interval_seconds: float
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    polled: datetime | None = None
    read: datetime | None = None
    first_read: datetime | None = None
    changed: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    told_unreachable: bool = False
    ended: bool = False
    title: str = ""
    site_url: str | None = None
    language: str | None = None
    ttl_seconds: int | None = None
    hub: str | None = None
    self_url: str | None = None
    seconds: float | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that a poller has claimed.

    Attributes:
        id: the store's.
        url: where it is asked for.
        kind: how its document is read.
        state: its record so far.
        pushed: whether its hub brings its news, so that polls may be rare.
    """

    id: int
    url: str
    kind: FeedKind
    state: FeedState
    pushed: bool = False


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is remembered of an Entry to recognize it.

    Attributes:
        id: the store's.
        keys: every identity key under which it was ever seen (bot.feeds.identity: "g…" guid, "u…" URL, "t…" text).
        text_key: the key of its present text; another one means that the Entry was changed.
        published: as last stated.
    """

    id: int
    keys: frozenset[str]
    text_key: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """All that `decide` needs to know of a feed's past.

    Attributes:
        entries: the remembered entries, in any order.
        first_read: when a document of it was had for the first time; None before: all that it shows then is backlog.
            The store sets it back to None when a feed that nobody followed is followed again.
    """

    entries: tuple[KnownEntry, ...] = ()
    first_read: datetime | None = None


class NewReason(StrEnum):
    """Why a new entry is pushed or not."""

    NEWS = "news"  # pushed
    BACKLOG = "backlog"  # was there before the feed was followed
    ARCHIVE = "archive"  # unseen, but far older than what the feed showed already
    CAPPED = "capped"  # too many at once; offered as a list


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An Entry not seen before.

    Attributes:
        entry: as the feed states it.
        keys: its identity keys, to be stored.
        text_key: the key of its text.
        reason: news, or why it is not pushed.
    """

    entry: Entry
    keys: frozenset[str]
    text_key: str
    reason: NewReason = NewReason.NEWS

    @property
    def push(self) -> bool:
        """Whether a Story and Deliveries are made of it."""
        return self.reason is NewReason.NEWS


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """A known Entry whose text is another now; never pushed again."""

    id: int
    entry: Entry
    text_key: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one reading of a feed means for the store.

    Attributes:
        new: entries to insert, oldest first.
        changed: entries to update.
        added_keys: (id of a known entry, identity key) pairs to store.
        seen: ids of the known entries that the document still shows; these must not be forgotten.
        left_out: new entries not pushed because of the cap.
    """

    new: tuple[NewEntry, ...] = ()
    changed: tuple[ChangedEntry, ...] = ()
    added_keys: tuple[tuple[int, str], ...] = ()
    seen: tuple[int, ...] = ()
    left_out: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be stored."""
        return not (self.new or self.changed or self.added_keys)


class FeedNotice(StrEnum):
    """A word to a feed's followers, sent once."""

    UNREACHABLE = "unreachable"  # for a day
    ENDED = "ended"  # 410 Gone
    RECOVERED = "recovered"  # after UNREACHABLE was told


@dataclass(frozen=True, slots=True)
class PollResult:
    """All that one poll changes, for one commit.

    Attributes:
        feed_id: whose.
        state: the feed's new record.
        decision: entries to write; empty where the document was the same or could not be had.
        moved_to: the feed's new URL after permanent redirects (301, 308), else None.
        notice: what its followers are to be told.
        by_hub: it was no poll: a hub has brought the document.
        host_is_back: it had failed and works again: the host's other failing feeds need not wait for their back-off.
    """

    feed_id: int
    state: FeedState
    decision: Decision = Decision()
    moved_to: str | None = None
    notice: FeedNotice | None = None
    by_hub: bool = False
    host_is_back: bool = False
