"""robots.txt (RFC 9309): may we read this page. Protego parses and matches, in linear time for any pattern."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from protego import Protego

from bot.errors import FetchError
from bot.urls import HttpUrl
from bot.web.answer import Response
from bot.web.schedule import DAY, HOUR, freshness

ROBOTS_PATH = "/robots.txt"
# RFC 9309 section 2.5 asks for 500 KiB at least.
ROBOTS_LIMIT_BYTES = 512_000
# Seconds that a robots.txt may take; a page waits for it.
ROBOTS_SECONDS = 5.0
# Seconds that the lack of an answer is remembered.
FAILED_SECONDS = 600.0
# Bytes of all files that are remembered; some thousand usual ones.
_REMEMBERED_BYTES = 8_000_000
_LARGE_BYTES = 32_768
# What an entry costs beside its file.
_ENTRY_BYTES = 500
_PRODUCT = re.compile(r"[A-Za-z_-]+")


class RobotsCache:
    """The robots.txt of each origin, fetched when first needed and remembered for an hour to a day.

    No robots.txt (any 4xx) allows everything, as RFC 9309 says. A server that fails (5xx, no answer) allows too, which
    is where we leave the RFC: we read single pages that people ask for, and crawl nothing. The files are kept as they
    came and parsed at each use (a millisecond), for a parsed file takes many times its size.
    """

    def __init__(
        self,
        fetch: Callable[[HttpUrl], Awaitable[Response]],
        user_agent: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Build a cache; `fetch` reads one robots.txt and `clock` gives seconds since 1970."""
        self._fetch = fetch
        self._product = product_token(user_agent)
        self._clock = clock
        self._known: dict[str, tuple[bytes, float]] = {}
        self._known_bytes = 0
        self._asking = WeakValueDictionary[str, asyncio.Lock]()  # each for as long as somebody holds or awaits it

    async def allows(self, address: HttpUrl) -> bool:
        """Tell whether the site lets us read this page."""
        body = await self._robots_of(address)
        if not body:
            return True
        if len(body) > _LARGE_BYTES:  # a tenth of a second for half a megabyte, which others need not wait for
            return await asyncio.to_thread(_allows, body, str(address), self._product)
        return _allows(body, str(address), self._product)

    async def _robots_of(self, address: HttpUrl) -> bytes:
        """Return the site's file, b"" where there is none; those who need it at once share one request."""
        lock = self._asking.setdefault(address.origin, asyncio.Lock())
        async with lock:
            known, expires = self._known.get(address.origin, (b"", 0.0))
            return known if expires > self._clock() else await self._ask(address)

    async def _ask(self, address: HttpUrl) -> bytes:
        file = HttpUrl(address.scheme, address.host, address.port, ROBOTS_PATH, "")
        try:
            response = await self._fetch(file)
        except (FetchError, TimeoutError):
            return self._remember(address.origin, b"", FAILED_SECONDS)
        lifetime = freshness(response.headers, self._clock())
        return self._remember(address.origin, response.body, min(max(DAY if lifetime is None else lifetime, HOUR), DAY))

    def _remember(self, origin: str, body: bytes, seconds: float) -> bytes:
        self._forget(origin)
        self._known[origin] = (body, self._clock() + seconds)
        self._known_bytes += len(body) + _ENTRY_BYTES
        while self._known_bytes > _REMEMBERED_BYTES:
            self._forget(next(iter(self._known)))
        return body

    def _forget(self, origin: str) -> None:
        if origin in self._known:
            self._known_bytes -= len(self._known.pop(origin)[0]) + _ENTRY_BYTES


def _allows(body: bytes, url: str, product: str) -> bool:
    robots = Protego.parse(body.decode("utf-8-sig", "replace"))
    return bool(robots.can_fetch(url, product))


def product_token(user_agent: str) -> str:
    """Return the name that robots.txt calls us by: the letters that the User-Agent begins with (RFC 9309 2.2.1)."""
    match = _PRODUCT.match(user_agent)
    return match.group() if match else "*"
