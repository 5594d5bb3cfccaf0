"""robots.txt: heeded for the pages that callers ask it for, remembered, and never a reason to fail."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchTimeout, RobotsRefused
from bot.urls import HttpUrl, parse_url
from bot.web.answer import Response, Validators
from bot.web.fetch import Fetcher
from bot.web.robots import FAILED_SECONDS, RobotsCache, product_token
from tests.web.servers import LocalServer, answer, raw, redirect

DAY = 86_400


class Site:
    """A site with a robots.txt, and the count of its readers."""

    def __init__(self, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.body: bytes | None = body
        self.headers = headers or {}
        self.asked: list[str] = []
        self.now = 0.0

    def cache(self, user_agent: str = "Quotewire/0.1 (+https://example.com)") -> RobotsCache:
        """Return a cache that reads this site by this site's clock."""
        return RobotsCache(self.read, user_agent, lambda: self.now)

    async def read(self, address: HttpUrl) -> Response:
        """Give the robots.txt, or fail."""
        self.asked.append(str(address))
        await asyncio.sleep(0)
        if self.body is None:
            raise FetchTimeout(url=str(address), seconds=1)
        return Response(str(address), str(address), 200, self.headers, self.body, "", None, None, Validators())


async def allows(robots: bytes, path: str) -> bool:
    """Tell whether a robots.txt lets us read a path."""
    return await Site(robots).cache().allows(parse_url(f"https://news.example{path}"))


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (b"User-agent: *\nDisallow: /private", "/private/a", False),
        (b"User-agent: *\nDisallow: /private", "/public", True),
        (b"User-agent: *\nDisallow:", "/a", True),
        (b"User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        (b"User-agent: *\nDisallow: /news/\nAllow: /news/", "/news/1", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        (b"User-agent: *\nDisallow: /*?print", "/a?print=1", False),
        (b"User-agent: quotewire\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Quotewire\nAllow: /", "/a", True),
        (b"User-agent: GPTBot\nUser-agent: Quotewire\nDisallow: /", "/a", False),
        (b"User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /новини".encode(), "/новини/1", False),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: / # all\r\n", "/a", False),
        (b"<html>no such page</html>", "/a", True),
        (b"\x00\xff\xfe" * 50, "/a", True),
    ],
)
async def test_rules_mean_what_rfc_9309_says(robots: bytes, path: str, allowed: bool) -> None:
    """The longest match decides, our own group before everyone's, wildcards and ends count, nonsense allows."""
    assert await allows(robots, path) is allowed


@given(st.binary(max_size=500), st.text(max_size=50))
async def test_no_file_breaks_it(robots: bytes, path: str) -> None:
    """Whatever a robots.txt holds, there is an answer."""
    assert await allows(robots, "/" + path.strip().replace("\x7f", "").translate(dict.fromkeys(range(32)))) in {
        True,
        False,
    }


async def test_a_file_is_remembered_and_asked_for_again() -> None:
    """Requests at once share one; it lasts a day, or as long as its headers say, an hour at least."""
    for headers, lasts in (
        ({}, DAY),
        ({"cache-control": "max-age=7200"}, 7_200),
        ({"cache-control": "no-store"}, 3_600),
    ):
        site = Site(b"User-agent: *\nDisallow: /a", headers)
        cache = site.cache()
        page = parse_url("https://news.example/a")
        assert await asyncio.gather(*(cache.allows(page) for _ in range(5))) == [False] * 5
        site.now = lasts - 1
        assert not await cache.allows(page)
        assert site.asked == ["https://news.example/robots.txt"]
        site.now = lasts + 1
        await cache.allows(page)
        await cache.allows(parse_url("http://news.example/a"))
        assert len(site.asked) == 3


async def test_failure_allows_and_is_remembered_for_a_while() -> None:
    """A site without an answer is read; its robots.txt is asked for again after ten minutes."""
    site = Site()
    site.body = None
    cache, page = site.cache(), parse_url("https://news.example/a")
    assert await cache.allows(page)
    site.body = b"User-agent: *\nDisallow: /"
    assert await cache.allows(page)
    site.now = FAILED_SECONDS + 1
    assert not await cache.allows(page)


async def test_memory_is_bounded() -> None:
    """Large files of many hosts push older ones out."""
    site = Site(b"#" * 500_000)
    cache = site.cache()
    for number in range(40):
        await cache.allows(parse_url(f"https://{number}.example/"))
    assert sum(len(body) for body, _ in cache._known.values()) <= 8_000_000
    await cache.allows(parse_url("https://39.example/"))
    assert len(site.asked) == 40
    await cache.allows(parse_url("https://0.example/"))
    assert len(site.asked) == 41


async def test_fetch_heeds_it_where_asked(site: LocalServer, web: Fetcher) -> None:
    """Only with robots=True, for redirects' targets too; the page itself is not asked for then."""
    site.routes |= {
        "/robots.txt": answer(b"User-agent: Quotewire\nDisallow: /closed"),
        "/closed": answer(b"page"),
        "/open": redirect("/closed"),
    }
    for path in ("/closed", "/open"):
        with pytest.raises(RobotsRefused) as refused:
            await web.fetch(site.url(path), robots=True)
        assert refused.value.details["url"] == site.url(path)
    assert site.targets == ["/robots.txt", "/open"]
    assert (await web.fetch(site.url("/closed"))).body == b"page"


@pytest.mark.parametrize(
    "robots",
    [
        answer(status="404 Not Found"),
        answer(status="403 Forbidden"),
        answer(status="500 Oh"),
        answer(b"#" * 600_000),
        redirect("/robots.txt"),
        redirect("http://10.0.0.1/robots.txt"),
        raw(b"\0"),
    ],
)
async def test_a_robots_txt_that_cannot_be_had_allows(robots: object, site: LocalServer, web: Fetcher) -> None:
    """Missing, forbidden, failing, huge, looping, and leading inside: the page is read."""
    site.routes |= {"/robots.txt": robots, "/page": answer(b"page")}
    assert (await web.fetch(site.url("/page"), robots=True)).body == b"page"


@pytest.mark.parametrize(
    ("agent", "token"), [("Quotewire/0.1 (+https://x)", "Quotewire"), ("my-bot 2", "my-bot"), ("1", "*")]
)
def test_our_name_is_the_user_agents_first_word(agent: str, token: str) -> None:
    """An operator who changes the User-Agent changes the name that robots.txt knows."""
    assert product_token(agent) == token


async def test_who_gives_up_asking_does_not_make_two_of_the_others_ask() -> None:
    """The next in line asks, and whoever comes then waits for that answer."""
    site, began = Site(b"User-agent: *"), asyncio.Event()
    answered = asyncio.Event()

    async def read(address: HttpUrl) -> Response:
        began.set()
        await answered.wait()
        return await site.read(address)

    cache, page = RobotsCache(read, "Quotewire", lambda: 0.0), parse_url("https://news.example/1")
    first, second = (asyncio.create_task(cache.allows(page)) for _ in range(2))
    await began.wait()
    first.cancel()
    await asyncio.wait({first})
    third = asyncio.create_task(cache.allows(page))
    answered.set()
    assert await asyncio.gather(second, third) == [True, True]
    assert len(site.asked) == 1
