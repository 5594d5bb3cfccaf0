"""From a link to a stored Digest: fetch, read in a worker, keep; one piece of work for all who ask at once."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

from bot.errors import FetchTimeout, NotHtml, QuotewireError, SourceBlocked
from bot.models import Digest
from bot.reading import read_in_worker
from bot.reading.worker import ReadingPool
from bot.store import Store, StoredDigest
from bot.urls import canonical_url
from bot.web.fetch import Fetcher

_WEB_PAGE_TYPES = {"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"}


FRESH = timedelta(minutes=10)
"""How long a digest answers for its link without a new look at the page. Ours: a story under way changes faster than
an hour, and a link that goes round a group is asked for again within minutes."""


class Digester:
    """Reads links; links asked for at the same time are read once.

    Args:
        fetcher: opens connections.
        pool: the worker processes that read.
        store: where digests are kept.
        summary_algorithm: the setting of that name.
        timed: told of each reading: "read" or the error's code, and the seconds that it took.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        pool: ReadingPool,
        store: Store,
        *,
        summary_algorithm: str = "quotewire",
        timed: Callable[[str, float], None] = lambda _outcome, _seconds: None,
    ) -> None:
        self._timed = timed
        self._fetcher = fetcher
        self._pool = pool
        self._store = store
        self._summary_algorithm = summary_algorithm
        self._under_way: dict[str, asyncio.Task[StoredDigest]] = {}
        self._given_up = False

    async def digest(self, url: str) -> StoredDigest:
        """Return the digest of the page at a link, from the store where it was read a moment ago.

        Raises:
            FetchError: the page could not be had.
            ReadingError: it is no article.
            SourceBlocked: the operator wants nothing of its source.
        """
        await self._refuse_blocked(url)
        key = canonical_url(url)
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._digest_unless_given_up(url))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        # One waiter that gives up must not take the work from the others.
        stored = await asyncio.shield(task)
        await self._refuse_blocked(stored.digest.article.url)  # a short link says only now where it leads
        return stored

    async def is_at_hand(self, url: str) -> bool:
        """Tell whether a link's digest is kept or under way, so that asking for it costs no look at the page."""
        key = canonical_url(url)
        return key in self._under_way or await self._store.digests.by_url(key, max_age=FRESH) is not None

    def give_up(self) -> None:
        """End the readings that people wait for, who are told that they may try again: the process is to end."""
        self._given_up = True
        for task in self._under_way.values():
            task.cancel()

    async def _refuse_blocked(self, url: str) -> None:
        if await self._store.sources.is_blocked(url):
            raise SourceBlocked(url=url)

    async def _digest_unless_given_up(self, url: str) -> StoredDigest:
        try:
            return await self._digest(url)
        except asyncio.CancelledError:
            if self._given_up:
                raise FetchTimeout(url=url) from None
            raise

    async def _digest(self, url: str) -> StoredDigest:
        known = await self._store.digests.by_url(canonical_url(url), max_age=FRESH)
        if known is not None:
            return known
        digest_id = await self._store.digests.save(await self.read(url, urgent=True))
        stored = await self._store.digests.get(digest_id)
        if stored is None:
            raise LookupError(f"digest {digest_id} vanished right after it was saved")
        return stored

    async def read(self, url: str, *, urgent: bool = False) -> Digest:
        """Fetch and read a page without keeping it; raises as `digest` does.

        Args:
            url: the page.
            urgent: a person waits for it: it goes before what nobody waits for, and robots.txt is not asked, as it is
                not for a browser that a person sends somewhere (RFC 9309 is about crawlers).
        """
        started, outcome = time.perf_counter(), "error"
        try:
            digest = await self._read(url, urgent=urgent)
            outcome = "read"
        except QuotewireError as error:
            outcome = error.code
            raise
        finally:
            self._timed(outcome, time.perf_counter() - started)
        return digest

    async def _read(self, url: str, *, urgent: bool) -> Digest:
        response = await self._fetcher.fetch(url, urgent=urgent, robots=not urgent)
        if response.content_type not in _WEB_PAGE_TYPES:
            raise NotHtml(url=url, content_type=response.content_type)
        digest: Digest = await self._pool.run(
            read_in_worker,
            response.body,
            response.url,
            response.charset,
            self._summary_algorithm,
            url=response.url,
        )
        return digest
