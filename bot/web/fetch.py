"""Fetching a document: redirects followed by hand, everything bounded, every host treated politely."""

import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Self
from urllib.parse import urlencode

import httpcore

from bot.errors import HttpStatus, RobotsRefused, TooManyRedirects
from bot.urls import HttpUrl
from bot.web.answer import Response, Validators
from bot.web.compression import ACCEPT_ENCODING
from bot.web.exchange import Answer, Connections, RawHeaders
from bot.web.guard import AddressRules, GuardedBackend, Resolver, SystemResolver
from bot.web.order import (
    NOT_MODIFIED,
    Budget,
    Order,
    Redirect,
    host_key,
    parsed,
    resolved,
    response_of,
    told_with,
    validators_for,
)
from bot.web.politeness import HostGate
from bot.web.robots import ROBOTS_LIMIT_BYTES, ROBOTS_PATH, ROBOTS_SECONDS, RobotsCache
from bot.web.schedule import retry_after
from config.settings import Settings

__all__ = ["Fetcher", "Response", "Validators"]

ACCEPT_PAGES = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
# Browsers stop at 20; honest sites need three (scheme, host, path).
MAX_REDIRECTS = 10
# Seconds to wait for those who ask the same host before us.
PATIENCE = 60.0

# 203 is a document that a proxy has changed.
_DOCUMENTS = {200, 203}
_ACCEPTANCES = range(200, 300)
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
# After which a POST stays a POST (RFC 9110 section 15.4).
_REPEATING = {307, 308}
_LOOPBACK_NAMES = re.compile(r"127\.[\d.]+|::1|localhost")


class Fetcher:
    """The one way out: reads documents from the open web.

    Args:
        settings: addresses and ports allowed, user agent, time and size limits, the pause between requests to a host.
        resolve: how names become addresses; the system's resolver by default.
        network: what opens a connection to a checked address; TCP by default.
        ssl_context: what certificates are trusted; certifi's authorities and the system's by default.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolver | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._resolve = resolve or SystemResolver()
        self._network = network
        self._ssl_context = ssl_context

    async def start(self) -> None:
        """Get ready; nothing is connected to yet."""
        settings = self._settings
        rules = AddressRules(settings.allowed_ports, settings.allow_loopback, tuple(settings.refused_networks))
        backend = GuardedBackend(rules, self._resolve, self._network)
        self._connections = Connections(backend, self._ssl_context)
        self._gate = HostGate()
        self._robots = RobotsCache(self._fetch_robots, settings.user_agent)

    async def stop(self) -> None:
        """Close every connection."""
        await self._connections.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        accept: str = ACCEPT_PAGES,
        limit_bytes: int | None = None,
        robots: bool = False,
        urgent: bool = False,
        patience: float = PATIENCE,
    ) -> Response:
        """Read a document.

        Args:
            url: an http or https URL.
            validators: of the copy that is at hand; the answer's status may be 304 then. They go to the host that
                gave them (and its www twin), and to no other that a redirect leads to.
            accept: the Accept header.
            limit_bytes: bytes of the body, compressed and decompressed; the settings' limit by default.
            robots: whether the site's robots.txt is to be heeded, for this URL and each that it redirects to.
            urgent: a person waits for this document: it goes before the others that wait for the same host.
            patience: seconds to wait for others who ask the same host.

        Raises:
            FetchError: one of its kinds says why there is no document; details["url"] is the URL as given.
        """
        limit = limit_bytes or self._settings.fetch_limit_bytes
        budget = Budget(self._settings.fetch_timeout)
        with told_with(url, self._settings.fetch_timeout):
            order = Order(
                url,
                parsed(url),
                validators or Validators(),
                accept,
                limit,
                patience,
                robots,
                budget,
                urgent=urgent,
            )
            response = await self._follow(order)
        return replace(response, seconds=self._settings.fetch_timeout - budget.left)

    async def post(self, url: str, form: Mapping[str, str], *, limit_bytes: int = 100_000) -> Response:
        """Send a form, as a WebSub hub wants it, under the same guard, limits and manners; 307 and 308 are followed.

        Args:
            url: an http or https URL.
            form: names and values.
            limit_bytes: bytes of the answer's body.

        Returns:
            The answer, whose status is between 200 and 299.

        Raises:
            FetchError: one of its kinds, as fetch does.
        """
        budget = Budget(self._settings.fetch_timeout)
        content = urlencode(form).encode("ascii")
        with told_with(url, self._settings.fetch_timeout):
            order = Order(url, parsed(url), Validators(), "*/*", limit_bytes, PATIENCE, False, budget, content)
            return await self._follow(order)

    async def _fetch_robots(self, address: HttpUrl) -> Response:
        budget = Budget(min(ROBOTS_SECONDS, self._settings.fetch_timeout))
        order = Order(str(address), address, Validators(), "text/plain", ROBOTS_LIMIT_BYTES, PATIENCE, False, budget)
        return await self._follow(order)

    async def _follow(self, order: Order) -> Response:
        """Go from redirect to redirect until a document is found."""
        address, permanent = order.first, True
        seen = {str(address)}
        for _ in range(MAX_REDIRECTS + 1):
            if order.robots and not await self._robots.allows(address):
                raise RobotsRefused
            result = await self._hop(address, order)
            if isinstance(result, Response):
                moved = permanent and address != order.first
                return replace(result, moved_to=str(address) if moved else None)
            address, permanent = parsed(result.target), permanent and result.permanent
            if str(address) in seen:
                break
            seen.add(str(address))
        raise TooManyRedirects(limit=MAX_REDIRECTS)

    async def _hop(self, address: HttpUrl, order: Order) -> Response | Redirect:
        host = host_key(address)
        silence = self._gate.silence_of(host)
        if silence:
            raise HttpStatus(status=silence.status, retry_after=silence.seconds)
        rest = host not in order.visited
        order.visited.add(host)
        async with (
            self._gate.turn(host, gap=self._gap(address), patience=order.patience, rest=rest, urgent=order.urgent),
            order.budget.spend(),
            self._connections.exchange(address, self._headers(address, order), order.form) as answer,
        ):
            return await self._receive(address, answer, order)

    def _gap(self, address: HttpUrl) -> float:
        """Return the pause for a host; our own machine (the playground) needs none, nor a page behind robots.txt."""
        own = self._settings.allow_loopback and _LOOPBACK_NAMES.fullmatch(address.host)
        return 0.0 if own or address.path == ROBOTS_PATH else self._settings.host_gap

    def _headers(self, address: HttpUrl, order: Order) -> RawHeaders:
        headers = [
            (b"Host", address.authority.encode("ascii")),
            (b"User-Agent", self._settings.user_agent.encode("latin-1", "replace")),
            (b"Accept", order.accept.encode("latin-1", "replace")),
            (b"Accept-Encoding", ACCEPT_ENCODING.encode("ascii")),
        ]
        if order.form is not None:
            length = str(len(order.form)).encode("ascii")
            headers += [(b"Content-Type", b"application/x-www-form-urlencoded"), (b"Content-Length", length)]
        return [*headers, *validators_for(address, order).as_headers()]

    async def _receive(self, address: HttpUrl, answer: Answer, order: Order) -> Response | Redirect:
        location = answer.headers.get("location")
        if location and answer.status in (_REDIRECTS if order.form is None else _REPEATING):
            return Redirect(resolved(address, location), answer.status in _PERMANENT)
        if answer.status in (_DOCUMENTS if order.form is None else _ACCEPTANCES):
            return response_of(address, answer, await answer.read(order.limit_bytes), order)
        if answer.status == NOT_MODIFIED and validators_for(address, order) != Validators():
            await answer.drain()
            return response_of(address, answer, b"", order)
        raise self._refusal(address, answer)

    def _refusal(self, address: HttpUrl, answer: Answer) -> HttpStatus:
        pause = retry_after(answer.headers, time.time())
        if pause and answer.status in {429, 503}:
            self._gate.silence(host_key(address), answer.status, pause)
        return HttpStatus(status=answer.status, retry_after=pause)
