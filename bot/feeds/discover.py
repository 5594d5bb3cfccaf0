"""Finding the feeds of a site: `/add example.com`."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import FetchTimeout, HostUnreachable, NoFeedFound, QuotewireError
from bot.feed_values import FeedKind
from bot.feeds.headlines import read_headline_page
from bot.feeds.parse import read_document
from bot.feeds.places import Place, common_places, known_places, stated_places, to_url
from bot.models import ParsedFeed
from bot.reading.dates import url_date
from bot.reading.sites import rule_for
from bot.reading.worker import ReadingPool
from bot.store import utc_now
from bot.urls import can_be_feed_url, canonical_url
from bot.web.fetch import Fetcher, Response

HEADLINES_SHOWN = 3
MOST_FEEDS = 5
"""Feeds looked at of one site. Ours: more do not fit a message with their headlines."""
SECONDS = 60.0
"""Time for the whole search. Ours: hosts get one request at a time with a second between two, and a person waits."""

ACCEPT = "text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that works.

    Attributes:
        url: where it is asked for.
        title: its name, "" where it states none.
        kind: how its document is read.
        site_url: the page it belongs to, if it says so.
        language: ISO 639-1, if it says so.
        headlines: its newest titles.
    """

    url: str
    title: str
    kind: FeedKind = FeedKind.FEED
    site_url: str | None = None
    language: str | None = None
    headlines: tuple[str, ...] = ()


async def discover(
    address: str, fetcher: Fetcher, pool: ReadingPool, *, now: Callable[[], datetime] = utc_now
) -> tuple[FoundFeed, ...]:
    """Find the feeds behind what a person typed.

    Looked at in this order, until one works: the feed of a well-known service's address (YouTube, Telegram, Mastodon,
    Reddit), the document itself, the feeds that the page names, the page's own headline list by the site's rule, and
    the common paths.

    Args:
        address: a domain, a page, a feed; with or without a scheme; or "@channel" of Telegram.
        fetcher: opens connections.
        pool: reads documents in worker processes.
        now: the present moment.

    Returns:
        Feeds that were fetched and read, at most MOST_FEEDS.

    Raises:
        NoFeedFound: there is none.
        FetchError: the site itself cannot be had.
    """
    url = to_url(address)
    search = _Search(fetcher, pool, now)
    try:
        async with asyncio.timeout(SECONDS):
            found = await search.by_service(url) or await search.by_page(url, has_scheme="://" in address)
    except TimeoutError as error:
        raise FetchTimeout(url=url, seconds=SECONDS) from error
    if not found:
        raise NoFeedFound(url=url)
    return found


class _Search:
    """One search, with what it works with."""

    def __init__(self, fetcher: Fetcher, pool: ReadingPool, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._now = now

    async def by_service(self, url: str) -> tuple[FoundFeed, ...]:
        """Look where a well-known service has the feed of this address."""
        return await self._first(known_places(url))

    async def by_page(self, url: str, *, has_scheme: bool) -> tuple[FoundFeed, ...]:
        """Read the document at an address, and follow what it names."""
        response = await self._page(url, has_scheme=has_scheme)
        itself = await self._read_quietly(Place(url), response)
        if itself is not None:
            return (itself,)
        named: Sequence[Place] = await self._pool.run(
            stated_places, response.body, response.url, response.charset, url=url
        )
        return (
            await self._all(named)
            or await self._headline_list(response)
            or await self._first(common_places(response.url))
        )

    async def _page(self, url: str, *, has_scheme: bool) -> Response:
        try:
            return await self._fetcher.fetch(url, accept=ACCEPT, urgent=True)
        except (HostUnreachable, FetchTimeout):
            # The few sites without https answer to a domain typed without a scheme.
            if has_scheme:
                raise
            return await self._fetcher.fetch(url.replace("https://", "http://", 1), accept=ACCEPT, urgent=True)

    async def _headline_list(self, response: Response) -> tuple[FoundFeed, ...]:
        """Read the page as a headline list, unless it is an article, whose block of recent news stands still."""
        rule = rule_for(response.url)
        if rule is None or rule.headlines is None or url_date(response.url):
            return ()
        found = await self._read_quietly(Place(response.url, FeedKind.HEADLINES), response)
        return (found,) if found else ()

    async def _all(self, places: Iterable[Place]) -> tuple[FoundFeed, ...]:
        """Return every place where a feed is, each feed once."""
        tried = await asyncio.gather(*(self._try(place) for place in list(places)[:MOST_FEEDS]))
        found: dict[str, FoundFeed] = {}
        for feed in tried:
            if feed is not None:
                found.setdefault(canonical_url(feed.url), feed)
        return tuple(found.values())

    async def _first(self, places: Iterable[Place]) -> tuple[FoundFeed, ...]:
        """Return the first place where a feed is."""
        for place in places:
            if found := await self._try(place):
                return (found,)
        return ()

    async def _try(self, place: Place) -> FoundFeed | None:
        try:
            response = await self._fetcher.fetch(place.url, accept=ACCEPT, urgent=True)
        except QuotewireError:
            return None
        return await self._read_quietly(place, response)

    async def _read_quietly(self, place: Place, response: Response) -> FoundFeed | None:
        """Return the feed that a document is, None where it is none, breaks its reader, or has too long an address."""
        url = response.moved_to or place.url
        if not can_be_feed_url(url):
            return None
        try:
            parsed = await self._read(place, response)
        except QuotewireError:
            return None
        return FoundFeed(
            url=url,
            title=parsed.title,
            kind=place.kind,
            site_url=parsed.site_url,
            language=(parsed.language or "").partition("-")[0] or None,
            headlines=_newest_titles(parsed),
        )

    async def _read(self, place: Place, response: Response) -> ParsedFeed:
        parsed: ParsedFeed
        if place.kind is FeedKind.HEADLINES:
            parsed = await self._pool.run(
                read_headline_page, response.body, response.url, self._now(), response.charset, url=place.url
            )
        else:
            parsed = await self._pool.run(
                read_document, response.body, response.url, response.content_type, response.charset, url=place.url
            )
        return parsed


def _newest_titles(parsed: ParsedFeed) -> tuple[str, ...]:
    entries = list(parsed.entries)
    if entries and all(entry.published for entry in entries):
        entries.sort(key=lambda entry: entry.published or datetime.min.replace(tzinfo=UTC), reverse=True)
    return tuple(entry.title for entry in entries[:HEADLINES_SHOWN])
