"""From a link to a stored Digest: fetch, read in a worker, keep; one piece of work for all who ask at once."""

import asyncio
from dataclasses import dataclass

from bot.errors import NotHtml
from bot.models import Digest
from bot.reading import read
from bot.reading.worker import ReadingPool
from bot.store import Store
from bot.urls import canonical_url
from bot.web.fetch import Fetcher

_WEB_PAGE_TYPES = {"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"}


@dataclass(frozen=True)
class StoredDigest:
    """A digest and its id in the store."""

    id: int
    digest: Digest


class Digester:
    """Reads links; links asked for at the same time are read once.

    Args:
        fetcher: opens connections.
        pool: the worker processes that read.
        store: where digests are kept.
    """

    def __init__(self, fetcher: Fetcher, pool: ReadingPool, store: Store) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._store = store
        self._under_way: dict[str, asyncio.Task[StoredDigest]] = {}

    async def digest(self, url: str) -> StoredDigest:
        """Return the digest of the page at a link.

        Raises:
            FetchError: the page could not be had.
            ReadingError: it is no article.
        """
        key = canonical_url(url)
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._digest(url))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        # One waiter that gives up must not take the work from the others.
        return await asyncio.shield(task)

    async def _digest(self, url: str) -> StoredDigest:
        digest = await self.read(url)
        return StoredDigest(await self._store.digests.save(digest), digest)

    async def read(self, url: str) -> Digest:
        """Fetch and read a page without keeping it; raises as `digest` does."""
        response = await self._fetcher.fetch(url)
        if response.content_type not in _WEB_PAGE_TYPES:
            raise NotHtml(url=url, content_type=response.content_type)
        return await self._pool.run(read_in_worker, response.body, response.url, response.charset, url=response.url)


def read_in_worker(body: bytes, url: str, charset: str | None) -> Digest:
    """Read a page; a plain function, since worker processes find their work by name."""
    return read(body, url, charset=charset)
