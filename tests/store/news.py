"""Short ways to make news in a store; shared with tests/delivery."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.feed_values import Decision, FeedState, NewEntry, NewReason, PollResult
from bot.models import Article, Digest, Entry, Quote, Topic, TopicKind
from bot.store import Chat, Store

NOW = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)
"""After every subscription that a test makes by the real clock."""

SOURCE = Topic(TopicKind.SOURCE, "wire", "The Wire")


def tag(label: str) -> Topic:
    """Return a tag topic of one lower-case word."""
    return Topic(TopicKind.TAG, label, label)


def entry(number: int, **facts: object) -> Entry:
    """Return an entry of the test feed."""
    fields = {"guid": f"g{number}", "url": f"https://wire.example/{number}", "title": f"Story {number}"} | facts
    return Entry(**fields)  # type: ignore[arg-type]  # facts are the test's own words for Entry's fields


def new(number: int, reason: NewReason = NewReason.NEWS, **facts: object) -> NewEntry:
    """Return a new entry as bot.feeds.decide gives it."""
    made = entry(number, **facts)
    return NewEntry(made, frozenset({f"g{made.guid}", f"u{made.url}"}), f"t{made.title}", reason)


def article(number: int, *, tags: Iterable[str] = (), speakers: Iterable[str] = ()) -> Digest:
    """Return what the page of the entry with this number says."""
    quotes = tuple(Quote("We did it.", speaker) for speaker in speakers)
    return Digest(Article(f"https://wire.example/{number}", f"Story {number}", tags=tuple(tags), quotes=quotes))


async def add_feed(store: Store, slug: str | None = "wire", url: str = "https://wire.example/rss") -> int:
    """Add the test feed."""
    return await store.feeds.ensure(url, slug=slug, name="The Wire" if slug else "", language="en")


async def follower(store: Store, number: int, *topics: Topic) -> Chat:
    """Return a chat that follows some topics."""
    chat = await store.chats.ensure(number, title=f"Chat {number}")
    for topic in topics:
        await store.subscriptions.add(chat.id, topic)
    return chat


async def poll(store: Store, feed_id: int, *entries: NewEntry, now: datetime = NOW, **facts: object) -> bool:
    """Claim the feed and commit a poll that found these entries; other facts go to the PollResult."""
    await store.feeds.claim_due(now, limit=100, owner="poller")
    state = FeedState(next_poll=now, interval_seconds=900, read=now, first_read=now)
    fields = {"state": state, "decision": Decision(new=entries)} | facts
    result = PollResult(feed_id, **fields)  # type: ignore[arg-type]  # as above
    return await store.feeds.commit_poll(result, owner="poller", now=now)


async def read_all(store: Store, digests: Iterable[Digest], now: datetime = NOW) -> None:
    """Read the unread stories, one after the other, with these digests."""
    for digest in digests:
        (story,) = await store.stories.claim_unread(now, limit=1, owner="reader")
        await store.stories.commit_reading(story.id, digest, owner="reader", now=now)


async def publish(store: Store, *digests: Digest, now: datetime = NOW) -> None:
    """Let the test feed show stories and read them; numbers are taken from the digests' URLs."""
    feed_id = await add_feed(store)
    numbers = [int(digest.article.url.rsplit("/", 1)[1]) for digest in digests]
    await poll(store, feed_id, *(new(number) for number in numbers), now=now)
    await read_all(store, digests, now)


def later(seconds: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(seconds=seconds)
