"""The sample news site as an HTTP server on 127.0.0.1, and the clock that makes news."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib.resources import files
from typing import Literal

from aiohttp import web

from bot.playground.listener import Listener
from bot.playground.news.desk import Desk, Item
from bot.playground.news.failures import OddPages
from bot.playground.news.feeds import atom, rss
from bot.playground.news.pages import article_page, home_page, list_page
from bot.playground.news.pictures import picture
from bot.playground.news.stories import Edition, editions

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

_FEED_ITEMS = 20
_LIST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class NewsSource:
    """A feed of the sample site, field by field what bot.feeds.sources.Source has."""

    slug: str
    name: str
    language: str
    url: str
    site_url: str
    kind: Literal["feed", "headlines"]


def _now() -> datetime:
    return datetime.now(UTC)


class SampleNews:
    """A small news site of invented news.

    Args:
        interval: seconds between two new stories; None publishes only what `publish_next` asks for.
        clock: what gives the present moment, aware.
        host: where it listens.
        port: 0 takes a free one.
        slow_seconds: how long /slow waits.

    Use it with `start()` and `stop()`, or as an asynchronous context manager.
    """

    def __init__(
        self,
        interval: float | None = 8.0,
        clock: Callable[[], datetime] = _now,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        slow_seconds: float = 60.0,
    ) -> None:
        self._interval, self._clock = interval, clock
        self._listener = Listener(host, port)
        self._odd = OddPages(self, slow_seconds)
        self._desk: Desk | None = None
        self._press: asyncio.Task[None] | None = None
        self._readers: list[Callable[[Item], None]] = []

    async def start(self) -> None:
        """Listen and begin to publish; `url` is known from then on."""
        self._desk = self._desk or Desk(self._clock)
        await self._listener.open(self._application(), handler_cancellation=True)
        if self._interval is not None:
            self._press = asyncio.create_task(self._publish(self._interval))

    async def stop(self) -> None:
        """Publish nothing more and close all connections."""
        if self._press is not None:
            self._press.cancel()
            with suppress(asyncio.CancelledError):
                await self._press
            self._press = None
        await self._listener.close()

    async def __aenter__(self) -> "SampleNews":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return self._listener.url

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._listener.port

    @property
    def desk(self) -> Desk:
        """What is published."""
        if self._desk is None:
            self._desk = Desk(self._clock)
        return self._desk

    def publish_next(self) -> Item:
        """Publish the next story now."""
        item = self.desk.publish_next()
        for reader in tuple(self._readers):
            reader(item)
        return item

    def on_publish(self, reader: Callable[[Item], None]) -> None:
        """Call `reader` with each story that is published from now on."""
        self._readers.append(reader)

    def items(self, language: str | None = None) -> list[Item]:
        """Return what is published, the newest first."""
        return self.desk.items(language)

    def address(self, item: Item) -> str:
        """Return a story's whole address."""
        return self.url + item.path

    def sources(self) -> tuple[NewsSource, ...]:
        """Return the site's three sources: RSS in English, Atom in Ukrainian, a headline list in Russian."""
        english, ukrainian, russian = editions()
        return (
            self._source("teliva-post", english, "/eng/rss/", "feed"),
            self._source("telivska-poshta", ukrainian, "/atom/", "feed"),
            self._source("telivskaya-pochta", russian, "/rus/news/", "headlines"),
        )

    def _source(self, slug: str, edition: Edition, path: str, kind: Literal["feed", "headlines"]) -> NewsSource:
        return NewsSource(slug, edition.name, edition.language, self.url + path, self.url + edition.path, kind)

    async def _publish(self, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            self.publish_next()

    def _application(self) -> web.Application:
        app = web.Application()
        english, ukrainian, russian = editions()
        app.router.add_get("/eng/rss/", self._rss)
        app.router.add_get("/atom/", self._atom)
        for edition in (english, ukrainian, russian):
            app.router.add_get(f"{edition.path}news/", self._list(edition))
            app.router.add_get(edition.path, self._home(edition))
            app.router.add_get(edition.path + r"news/{day:\d+/\d+/\d+}/{id:\d+}/", self._article)
        app.router.add_get("/style.css", self._style)
        app.router.add_get(r"/pictures/{hue:\d+}.png", self._picture)
        self._odd.add_to(app)
        return app

    async def _article(self, request: web.Request) -> web.Response:
        item = self.desk.find(request.path)
        if item is None:
            raise web.HTTPNotFound
        return _html(article_page(self.url, item, self.items(item.edition.language)))

    async def _style(self, _request: web.Request) -> web.Response:
        style = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
        return web.Response(text=style, content_type="text/css")

    def _list(self, edition: Edition) -> Answer:
        async def answer(request: web.Request) -> web.StreamResponse:
            items = self.items(edition.language)[:_LIST_ITEMS]
            return _conditional(request, list_page(edition, items), "text/html", items[0].published)

        return answer

    def _home(self, edition: Edition) -> Answer:
        async def answer(_request: web.Request) -> web.StreamResponse:
            return _html(home_page(edition, self.items(edition.language)[:_LIST_ITEMS]))

        return answer

    async def _rss(self, request: web.Request) -> web.StreamResponse:
        edition = editions()[0]
        items = self.items(edition.language)[:_FEED_ITEMS]
        return _conditional(request, rss(self.url, edition, items), "application/rss+xml", items[0].published)

    async def _atom(self, request: web.Request) -> web.StreamResponse:
        edition = editions()[1]
        items = self.items(edition.language)[:_FEED_ITEMS]
        body = atom(self.url, edition, items, items[0].published)
        return _conditional(request, body, "application/atom+xml", items[0].published)

    async def _picture(self, request: web.Request) -> web.Response:
        data = await asyncio.to_thread(picture, int(request.match_info["hue"]))
        return web.Response(body=data, content_type="image/png", headers={"Cache-Control": "max-age=3600"})


def _html(body: str) -> web.Response:
    return web.Response(text=body, content_type="text/html", charset="utf-8")


def _conditional(request: web.Request, body: str, content_type: str, changed: datetime) -> web.Response:
    """Answer 304 to a validator that still holds; the tag decides where both are sent (RFC 9110, section 13.1.3)."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    since = request.if_modified_since
    # The date alone is too coarse for news that come every few seconds: it counts only where no tag was sent.
    if "If-None-Match" not in request.headers and since is not None and since > changed.astimezone(UTC):
        return web.Response(status=304, headers=headers)
    return web.Response(text=body, content_type=content_type, charset="utf-8", headers=headers)
