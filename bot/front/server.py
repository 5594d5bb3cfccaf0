"""The HTTP server of the running bot. Each part that wants to be asked brings its routes; this only serves them."""

import logging
from collections.abc import Iterable, Sequence
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web

from bot.errors import SettingsError
from config.settings import Settings

_log = logging.getLogger(__name__)

DEFAULT_PORT = 8080
"""Where we listen when only a public URL is set. Ours: the port that reverse proxies are usually pointed at."""

BODY_LIMIT_BYTES = 6_000_000
"""Bytes of a request's body: a hub sends whole feeds, which may have 5 MB (bot.feeds.poll.FEED_LIMIT_BYTES)."""

# Seconds that requests under way may take when we stop; hubs and Telegram send again what is cut.
_GRACE = 5.0


class Front:
    """A server of the routes of several parts, open as an asynchronous context.

    No access log is kept: paths hold what nobody else may know (a hub's callback, a webhook's secret).

    Args:
        routes: what is served, as aiohttp's route definitions (web.get, web.post); nothing else has an answer but 404.
        host: the address to listen at.
        port: the TCP port; 0 takes any that is free.
    """

    def __init__(self, routes: Iterable[web.AbstractRouteDef], *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._routes = list(routes)
        self.host = host
        self.port = port

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens, once it is open."""
        host, port = self._runner.addresses[0][:2]
        return host, port

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=BODY_LIMIT_BYTES)
        application.add_routes(self._routes)
        # Nothing is inflated for us: a body is bounded as it comes, and whoever compresses his is told so (415).
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_GRACE, auto_decompress=False)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self.port).start()
        except (OSError, OverflowError) as error:
            await self._runner.cleanup()
            raise SettingsError(what=f"Nothing can listen at {self.host}, port {self.port}: {error}") from error
        _log.info("listening at %s, port %d", *self.address)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


def paths_of(path: str, public_url: str) -> list[str]:
    """Return a path as it is and below the public URL's own: proxies pass that on or take it off.

    Args:
        path: where a route answers.
        public_url: where the world reaches our HTTP server.
    """
    return sorted({path, urlsplit(public_url).path.rstrip("/") + path})


def front_of(settings: Settings, routes: Sequence[web.AbstractRouteDef]) -> Front | None:
    """Return the server that the settings ask for, not yet open; None where they ask for none.

    Args:
        settings: with a public_url or a listen_port there is a server.
        routes: what it serves.
    """
    if settings.listen_port is None and settings.public_url is None:
        return None
    port = DEFAULT_PORT if settings.listen_port is None else settings.listen_port
    return Front(routes, host=settings.listen_host, port=port)
