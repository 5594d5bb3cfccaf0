"""Addresses that are no article, one for each way in which a link disappoints."""

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.news.pages import article_page, home_page, paywall_page
from bot.playground.news.pictures import picture
from bot.playground.news.stories import editions

if TYPE_CHECKING:
    from bot.playground.news.site import SampleNews

_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class OddPages:
    """/gone, /paywall, /empty, /picture.png, /paper.pdf, /home, /loop, /old-charset, /slow.

    Args:
        site: the news site that they belong to.
        slow_seconds: how long /slow waits before it answers.
    """

    def __init__(self, site: "SampleNews", slow_seconds: float) -> None:
        self._site = site
        self._slow_seconds = slow_seconds

    def add_to(self, app: web.Application) -> None:
        """Add the pages to the site's application."""
        for path, handler in (
            ("/gone", self._gone),
            ("/paywall", self._paywall),
            ("/empty", self._empty),
            ("/picture.png", self._image),
            ("/paper.pdf", self._paper),
            ("/home", self._home),
            ("/loop", self._loop),
            ("/loop/again", self._loop),
            ("/old-charset", self._old_charset),
            ("/slow", self._slow),
        ):
            app.router.add_get(path, handler)

    async def _gone(self, _request: web.Request) -> web.Response:
        return web.Response(status=404, text="<h1>404 Not Found</h1>", content_type="text/html")

    async def _paywall(self, _request: web.Request) -> web.Response:
        page = paywall_page(editions()[0], self._site.items("en")[-1], "Subscribe to continue reading")
        return web.Response(text=page, content_type="text/html")

    async def _empty(self, _request: web.Request) -> web.Response:
        return web.Response(text="", content_type="text/html")

    async def _image(self, _request: web.Request) -> web.Response:
        return web.Response(body=picture(200), content_type="image/png")

    async def _paper(self, _request: web.Request) -> web.Response:
        return web.Response(body=_PDF, content_type="application/pdf")

    async def _home(self, _request: web.Request) -> web.Response:
        return web.Response(text=home_page(editions()[0], self._site.items("en")), content_type="text/html")

    async def _loop(self, request: web.Request) -> web.Response:
        turn = "/loop/again" if request.path == "/loop" else "/loop"
        return web.Response(status=302, headers={"Location": turn})

    async def _old_charset(self, _request: web.Request) -> web.Response:
        # The page says utf-8 and is windows-1251, as old Russian and Ukrainian sites do; the header says nothing.
        page = article_page(self._site.url, self._site.items("ru")[-1], [])
        body = page.encode("windows-1251", "xmlcharrefreplace")
        return web.Response(body=body, headers={"Content-Type": "text/html"})

    async def _slow(self, _request: web.Request) -> web.Response:
        await asyncio.sleep(self._slow_seconds)
        return web.Response(text="late", content_type="text/html")
