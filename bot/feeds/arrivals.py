"""Documents that hubs bring: read like a polled one, and a reason to poll at once where they cannot be."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.errors import QuotewireError
from bot.feed_values import DueFeed
from bot.feeds import outcome
from bot.feeds.decide import decide
from bot.feeds.poll import read_feed, with_pages
from bot.health import Health
from bot.patience import Patience
from bot.reading.worker import ReadingPool
from bot.store import Store, utc_now
from bot.web.answer import Response

_log = logging.getLogger(__name__)

_AT_ONCE = 32  # documents of up to 6 MB in memory; what comes beyond is polled for
_TRIES = 30  # to get a feed that is being polled in this moment
_BETWEEN_TRIES = 1.0
# A hub that sends what cannot be read makes us poll no oftener than this.
_POLL_GAP = timedelta(minutes=1)


class Arrivals:
    """Takes documents and writes what is new in them; each is dealt with after its hub has had its answer.

    Args:
        store: the database.
        pool: parses documents in worker processes.
        push_cap: stories that one document may push.
        owner: a name that no other process has.
        wake_reader: says that there are stories to read.
        wake_poller: says that a feed is due.
        health: told while the database keeps what came from being written.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        pool: ReadingPool,
        *,
        push_cap: int,
        owner: str,
        wake_reader: Callable[[], None] = lambda: None,
        wake_poller: Callable[[], None] = lambda: None,
        health: Health | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._pool = pool
        self._push_cap = push_cap
        self._owner = owner
        self._wake_reader = wake_reader
        self._wake_poller = wake_poller
        self._clock = clock
        self._patience = Patience(health, "what hubs brought cannot be written")
        self._under_way: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def take(self, feed_id: int, document: Response) -> None:
        """Begin to deal with a document of a feed; returns before it is read."""
        if self._stopped or len(self._under_way) >= _AT_ONCE:
            await self._poll_instead(feed_id)
            return
        task = asyncio.create_task(self._safely(feed_id, document))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def stop(self) -> None:
        """Stop what is under way; the next polls find the same news."""
        self._stopped = True
        self._patience.give_up()  # a claim that cannot be given back ends by itself
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _safely(self, feed_id: int, document: Response) -> None:
        try:
            if not await self._write(feed_id, document):
                await self._poll_instead(feed_id)
        except Exception:  # whatever a hub sends, it is answered already and the next poll finds the news
            _log.exception("feed %d: what its hub brought broke its reader", feed_id)

    async def _write(self, feed_id: int, document: Response) -> bool:
        """Write what is new in a document; False where that is the next poll's work."""
        feed = await self._claim(feed_id)
        if feed is None:
            return False
        try:
            # A feed that is to be read for the first time is due already, and shows what was there before.
            return feed.state.first_read is not None and await self._commit(feed, document)
        finally:
            await self._patience.insist(partial(self._store.feeds.release, feed_id, owner=self._owner))

    async def _claim(self, feed_id: int) -> DueFeed | None:
        for _ in range(_TRIES):
            claim = partial(self._store.feeds.claim, feed_id, self._clock(), owner=self._owner)
            feed = await self._patience.insist(claim)
            if feed is not None:
                return feed
            await asyncio.sleep(_BETWEEN_TRIES)
        return None

    async def _commit(self, feed: DueFeed, document: Response) -> bool:
        try:
            parsed = await read_feed(feed.kind, document, self._pool, now=self._clock())
        except QuotewireError as error:
            _log.info("feed %d: what its hub brought is no feed: %s", feed.id, error)
            return False
        known = await self._patience.insist(partial(self._store.feeds.known, feed.id))
        decision = decide(known, with_pages(feed, parsed), self._clock(), cap=self._push_cap)
        result = outcome.delivered(feed, decision, self._clock())
        commit = partial(self._store.feeds.commit_poll, result, owner=self._owner, now=self._clock())
        if await self._patience.insist(commit) and decision.new:
            self._wake_reader()
        return True

    async def _poll_instead(self, feed_id: int) -> None:
        feed = await self._store.feeds.get(feed_id)
        if feed is not None:
            earliest = (feed.state.polled or self._clock() - _POLL_GAP) + _POLL_GAP
            await self._store.feeds.hasten(feed_id, max(earliest, self._clock()))
            self._wake_poller()
