"""The role "poll": asks due feeds for news and writes what each brought in one commit."""

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.alarm import Stoppable
from bot.errors import QuotewireError
from bot.feed_values import DueFeed, FeedKind, PollResult
from bot.feeds import outcome
from bot.feeds.decide import decide
from bot.feeds.headlines import read_headline_page
from bot.feeds.parse import read_document
from bot.health import Health
from bot.models import Entry, ParsedFeed
from bot.patience import RETRY_SECONDS, Patience
from bot.reading.worker import ReadingPool
from bot.store import Store, utc_now
from bot.urls import origin_of
from bot.web.fetch import Fetcher, Response, Validators
from bot.web.order import NOT_MODIFIED
from config.settings import Settings

_log = logging.getLogger(__name__)

AT_ONCE = 64
"""Feeds under way at once. Ours: they mostly wait for their servers; the reading workers bound the work itself."""

ACCEPT_FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)

FEED_LIMIT_BYTES = 5_000_000
"""Bytes of a feed, decompressed. Ours: the largest feeds of news sites have one megabyte."""

AT_ONE_HOST = 8
"""Feeds under way of one host: the others wait for their turn in the database, not in the places of other hosts'."""

PATIENCE = 300.0
"""Seconds to wait for the other feeds of one host (t.me, YouTube): nobody waits for a poll."""

_LONGEST_IDLE = 30.0  # another process may have added a feed without ringing here
# Polls end all the time; looking for due feeds twice a second takes several at once.
_BREATH = 0.5


class Poller(Stoppable):
    """Polls feeds until it is stopped.

    Args:
        store: the database.
        fetcher: opens connections; one request at a time goes to each host.
        pool: parses documents in worker processes.
        settings: the bounds of intervals, and how many stories one poll may push.
        owner: a name that no other process has.
        wake_reader: says that there are stories to read.
        wake_hubs: says that a feed has another hub than before.
        health: told while the database keeps feeds from being polled.
        at_once: feeds under way at once.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        pool: ReadingPool,
        settings: Settings,
        *,
        owner: str,
        wake_reader: Callable[[], None] = lambda: None,
        wake_hubs: Callable[[], None] = lambda: None,
        health: Health | None = None,
        at_once: int = AT_ONCE,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._fetcher = fetcher
        self._pool = pool
        self._intervals = outcome.Intervals(settings.poll_interval_min, settings.poll_interval_max)
        self._push_cap = settings.push_cap
        self._owner = owner
        self._wake_reader = wake_reader
        self._wake_hubs = wake_hubs
        self._at_once = at_once
        self._clock = clock
        self._claiming = Patience(health, "feeds cannot be claimed")
        self._keeping = Patience(health, "what feeds brought cannot be written")
        self._under_way: set[asyncio.Task[None]] = set()
        self._origins: Counter[str] = Counter()
        self._breath: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Say that a feed may be due."""
        self._alarm.ring()

    async def run(self) -> None:
        """Poll until stopped; errors of the database are waited out."""
        try:
            while not self._stopping:
                await self._alarm.wait(await self._start_due())
        finally:
            await self._give_up()

    async def poll(self, feed: DueFeed) -> PollResult:
        """Ask one claimed feed for news, write what it brought, and return it."""
        result = await self._ask(feed)
        commit = partial(self._store.feeds.commit_poll, result, owner=self._owner, now=self._clock())
        if await self._keeping.insist(commit):
            if result.decision.new:
                self._wake_reader()
            if result.state.hub not in {None, feed.state.hub}:
                self._wake_hubs()
        return result

    async def _start_due(self) -> float:
        """Start polls of due feeds, and return the seconds until there may be more."""
        free = self._at_once - len(self._under_way)
        if free <= 0:
            return _LONGEST_IDLE  # the next poll that ends rings
        crowded = [origin for origin, count in self._origins.items() if count >= AT_ONE_HOST]
        with self._claiming:
            due = await self._store.feeds.claim_due(self._clock(), limit=free, owner=self._owner, avoid=crowded)
            surplus = [feed.id for feed in due if not self._start(feed)]
            if surplus:
                await self._store.feeds.release(*surplus, owner=self._owner)
            return _BREATH if len(due) == free else await self._until_next(crowded)
        return RETRY_SECONDS

    async def _until_next(self, crowded: Sequence[str]) -> float:
        moment = await self._store.feeds.next_due(avoid=crowded)
        if moment is None:
            return _LONGEST_IDLE
        return min(max((moment - self._clock()).total_seconds(), _BREATH), _LONGEST_IDLE)

    def _start(self, feed: DueFeed) -> bool:
        """Begin a poll; False where its host has enough of them."""
        origin = origin_of(feed.url)
        if self._origins[origin] >= AT_ONE_HOST:
            return False
        self._origins[origin] += 1
        task = asyncio.create_task(self._safely_poll(feed))
        self._under_way.add(task)
        task.add_done_callback(partial(self._done, origin))
        return True

    def _done(self, origin: str, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._origins[origin] -= 1
        if not self._origins[origin]:
            del self._origins[origin]
        if self._breath is None:
            self._breath = asyncio.get_running_loop().call_later(_BREATH, self._look_again)

    def _look_again(self) -> None:
        self._breath = None
        self._alarm.ring()

    async def _safely_poll(self, feed: DueFeed) -> None:
        """Poll one feed; whatever it does, the others are polled."""
        try:
            await self.poll(feed)
        except asyncio.CancelledError:
            await self._store.feeds.release(feed.id, owner=self._owner)
            raise
        except (SQLAlchemyError, OSError) as error:
            # The claim ends by itself, and the feed is polled again.
            _log.warning("feed %d: what it brought could not be written: %s", feed.id, error)

    async def _ask(self, feed: DueFeed) -> PollResult:
        try:
            return await self._fetch_and_decide(feed)
        except QuotewireError as error:
            _log.info("feed %d brought nothing: %s", feed.id, error)
            return outcome.failed(feed, error, self._clock(), self._intervals)
        except (SQLAlchemyError, OSError):
            raise
        except Exception:  # whatever a feed does, the others are polled
            _log.exception("feed %d broke its poll", feed.id)
            return outcome.failed(feed, QuotewireError(url=feed.url), self._clock(), self._intervals)

    async def _fetch_and_decide(self, feed: DueFeed) -> PollResult:
        validators = Validators(feed.state.etag, feed.state.last_modified)
        response = await self._fetcher.fetch(
            feed.url, validators=validators, accept=ACCEPT_FEEDS, limit_bytes=FEED_LIMIT_BYTES, patience=PATIENCE
        )
        body_hash = hashlib.sha256(response.body).hexdigest()
        if response.status == NOT_MODIFIED or body_hash == feed.state.body_hash:
            return outcome.unchanged(feed, response, self._clock(), self._intervals)
        parsed = await read_feed(feed.kind, response, self._pool, now=self._clock())
        known = await self._keeping.insist(partial(self._store.feeds.known, feed.id))
        decision = decide(known, with_pages(feed, parsed), self._clock(), cap=self._push_cap)
        return outcome.changed(
            feed, response, parsed, decision, now=self._clock(), intervals=self._intervals, body_hash=body_hash
        )

    async def _give_up(self) -> None:
        """Stop what is under way; the feeds are due as before, for whoever polls next."""
        if self._breath is not None:
            self._breath.cancel()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)


def with_pages(feed: DueFeed, parsed: ParsedFeed) -> list[Entry]:
    """Leave out entries without an address: there is nothing to read, and nothing to link to."""
    entries = [entry for entry in parsed.entries if entry.url]
    if len(entries) < len(parsed.entries):
        _log.info("feed %d: %d entries have no link", feed.id, len(parsed.entries) - len(entries))
    return entries


async def read_feed(kind: FeedKind, response: Response, pool: ReadingPool, *, now: datetime) -> ParsedFeed:
    """Read a feed's document in a worker.

    Args:
        kind: whether it is a feed or a page with a headline list.
        response: the document.
        pool: the workers.
        now: from which a list's times without dates are counted back.

    Raises:
        FeedError: it is no feed, or has no headline list.
        ReadingError: its worker gave up.
    """
    parsed: ParsedFeed
    body, url, charset = response.body, response.url, response.charset
    if kind is FeedKind.HEADLINES:
        parsed = await pool.run(read_headline_page, body, url, now, charset, url=response.requested_url)
    else:
        parsed = await pool.run(read_document, body, url, response.content_type, charset, url=response.requested_url)
    return parsed
