"""What a person types becomes feeds that work, with their newest headlines."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.errors import FetchError, NoFeedFound, UrlInvalid
from bot.feed_values import FeedKind
from bot.feeds.discover import FoundFeed, discover
from bot.feeds.places import Place, known_places, stated_places, to_url
from bot.feeds.telegram import read_channel
from bot.feeds.warm import warm_up
from bot.reading.worker import ReadingPool
from bot.web.fetch import Fetcher
from config.settings import Settings
from tests.site import Answer, LocalSite

in_module_loop = pytest.mark.asyncio(loop_scope="module")
UC = "UCabcdefghijklmnopqrstuv"

CHANNEL = """<!DOCTYPE html><html><head><meta property="og:title" content="Телівська пошта"></head><body>
<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>Телівська пошта</span></div></div>
<section class="tgme_channel_history">
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap" data-post="teliva/41">
<div class="tgme_widget_message_text js-message_text" dir="auto"><b>Міст відкрито</b><br/><br/>Подробиці <a href="https://x.example/">тут</a>.</div>
<a class="tgme_widget_message_date" href="https://t.me/teliva/41"><time datetime="2026-11-24T08:00:00+00:00" class="time">10:00</time></a>
</div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="teliva/42">
<a class="tgme_widget_message_photo_wrap" style="width:800px;background-image:url('https://cdn.example/p.jpg')"></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">Паром знову ходить</div>
<a class="tgme_widget_message_date"><time datetime="2026-11-24T09:30:00+00:00">11:30</time></a></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="teliva/43">
<a class="tgme_widget_message_photo_wrap"></a><time datetime="2026-11-24T09:31:00+00:00">11:31</time></div></div>
</section></body></html>"""  # noqa: E501 - as the page has it


def rss(*titles: str, name: str = "Local news") -> Answer:
    """Return a feed with these items."""
    items = "".join(f"<item><title>{title}</title><link>https://example.org/{title}</link></item>" for title in titles)
    body = f"<rss version='2.0'><channel><title>{name}</title><language>en-gb</language>{items}</channel></rss>"
    return Answer(body, content_type="application/rss+xml")


@dataclass(frozen=True)
class Desk:
    """A local site and what searches it."""

    site: LocalSite
    fetcher: Fetcher
    pool: ReadingPool

    async def discover(self, address: str) -> tuple[FoundFeed, ...]:
        """Search at a path of the site, or elsewhere."""
        return await discover(
            address if "://" in address or address[0] != "/" else self.site.url + address, self.fetcher, self.pool
        )


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pool() -> AsyncIterator[ReadingPool]:
    """Return a reading worker for all tests."""
    pool = ReadingPool(Settings(_env_file=None, reading_workers=1, reading_timeout=30), prepare=warm_up)
    await pool.start()
    yield pool
    await pool.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(pool: ReadingPool) -> AsyncIterator[Desk]:
    """Return an empty site and what searches it."""
    settings = Settings(_env_file=None, allow_loopback=True, host_gap=0)
    async with LocalSite() as site, Fetcher(settings) as fetcher:
        yield Desk(site, fetcher, pool)


@in_module_loop
async def test_a_feed_pasted_directly(desk: Desk) -> None:
    """A feed's own address gives that feed, its name and its newest three headlines."""
    url = desk.site.put("/feed.xml", rss("a", "b", "c", "d"))
    assert await desk.discover("/feed.xml") == (FoundFeed(url, "Local news", language="en", headlines=("a", "b", "c")),)


@in_module_loop
async def test_the_newest_headlines_are_shown(desk: Desk) -> None:
    """In a feed that runs forwards the newest are the last."""
    items = "".join(
        f"<item><title>{day}</title><pubDate>{day:02} Nov 2026 10:00:00 GMT</pubDate></item>" for day in range(1, 9)
    )
    desk.site.put("/feed.xml", Answer(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"))
    (found,) = await desk.discover("/feed.xml")
    assert found.headlines == ("8", "7", "6")


@in_module_loop
async def test_feeds_that_the_page_names(desk: Desk) -> None:
    """All working feeds of <link rel=alternate> are found, once each, comments last; broken ones are not."""
    desk.site.put("/rss.xml", rss("a"))
    desk.site.put("/comments/feed", rss("c", name="Comments"))
    desk.site.put("/feed.json", Answer('{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[]}'))
    desk.site.put(
        "/",
        "<html><head><link rel='alternate' type='application/rss+xml' title='Comments' href='/comments/feed'>"
        "<link rel='alternate' type='application/rss+xml' href='rss.xml'>"
        "<link rel='ALTERNATE' type='Application/RSS+XML' href='/rss.xml?utm_source=x'>"
        "<link rel='alternate' type='application/feed+json' href='/feed.json'>"
        "<link rel='alternate' type='application/atom+xml' href='/gone.xml'>"
        "<link rel='alternate' hreflang='uk' href='/uk/'></head><body><p>Hello</p></body></html>",
    )
    found = await desk.discover("/")
    assert [feed.title for feed in found] == ["Local news", "J", "Comments"]


@in_module_loop
async def test_a_link_that_looks_like_a_feed(desk: Desk) -> None:
    """A page without <link> may have its feed in an ordinary link."""
    desk.site.put("/news-rss/all.xml", rss("a"))
    desk.site.put("/about", "<html><body><a href='/rssi'>no</a><a href='/news-rss/all.xml'>RSS</a></body></html>")
    assert [feed.url for feed in await desk.discover("/about")] == [f"{desk.site.url}/news-rss/all.xml"]


@in_module_loop
async def test_a_link_that_is_none_beside_the_feed(desk: Desk) -> None:
    """An address on the page that no library takes apart does not hide the others."""
    desk.site.put("/", '<html><body><p>News</p><a href="http://[half">x</a><a href="/rss/news">RSS</a></body></html>')
    url = desk.site.put("/rss/news", rss("a"))
    assert [feed.url for feed in await desk.discover("/")] == [url]


@in_module_loop
async def test_common_paths(desk: Desk) -> None:
    """A page that names nothing may have a feed where most sites have it."""
    url = desk.site.put("/feed.xml", rss("a"))
    desk.site.put("/", "<html><body><p>Nothing here</p></body></html>")
    assert [feed.url for feed in await desk.discover("/")] == [url]


@in_module_loop
async def test_a_headline_list_by_its_rule(desk: Desk) -> None:
    """A news page without feeds is followed by its own list where a site rule says where that is."""
    link = '<a class="latest__title" href="/x">Bridge opens</a>'
    row = f'<div class="latest__row"><span class="latest__clock">10:00</span>{link}</div>'
    desk.site.put("/eng/news/", f"<html><body>{row}</body></html>")
    (found,) = await desk.discover("/eng/news/")
    assert (found.kind, found.headlines, found.language) == (FeedKind.HEADLINES, ("Bridge opens",), "en")


@in_module_loop
async def test_a_feed_that_moved(desk: Desk) -> None:
    """A permanent redirect gives the new address."""
    desk.site.put("/new.xml", rss("a"))
    desk.site.put("/old.xml", Answer("", 301, headers={"Location": "/new.xml"}))
    assert [feed.url for feed in await desk.discover("/old.xml")] == [f"{desk.site.url}/new.xml"]
    desk.site.put("/odd.xml", Answer("", 301, headers={"Location": "/new.xml?" + "x" * 2_500}))
    with pytest.raises(NoFeedFound):  # nothing could be kept under such an address
        await desk.discover("/odd.xml")


@in_module_loop
async def test_a_mastodon_account(desk: Desk) -> None:
    """An account's page has its feed beside it."""
    url = desk.site.put("/@jane.rss", rss("toot", name="Jane"))
    assert [(feed.url, feed.title) for feed in await desk.discover("/@jane")] == [(url, "Jane")]


@in_module_loop
@pytest.mark.parametrize("body", ["<html><body><p>Nothing</p></body></html>", "%PDF-1.7", "", "plain text", "{}"])
async def test_nothing_to_follow(desk: Desk, body: str) -> None:
    """A site without feeds says so."""
    desk.site.put("/", body)
    with pytest.raises(NoFeedFound):
        await desk.discover("/")


@in_module_loop
async def test_a_site_that_cannot_be_had(desk: Desk) -> None:
    """A page that is missing, a name that is none, and an address inside are told apart from a site without feeds."""
    with pytest.raises(FetchError, match="404"):
        await desk.discover("/missing")
    with pytest.raises(UrlInvalid):
        await desk.discover("not a site")
    with pytest.raises(UrlInvalid):
        await desk.discover("https://[half")
    with pytest.raises(FetchError):
        await desk.discover("http://10.0.0.1/")


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("example.com", "https://example.com"),
        (" <https://example.com/a> ", "https://example.com/a"),
        ("http://example.com", "http://example.com"),
        ("feed://example.com/rss", "https://example.com/rss"),
        ("feed:https://example.com/rss", "https://example.com/rss"),
        ("@teliva", "https://t.me/teliva"),
        ("@jane@mastodon.example", "https://mastodon.example/@jane"),
    ],
)
def test_what_people_type(typed: str, url: str) -> None:
    """Domains, links, feed: links, and names with an @."""
    assert to_url(typed) == url


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://t.me/teliva", Place("https://t.me/s/teliva", FeedKind.HEADLINES)),
        ("https://t.me/s/teliva/", Place("https://t.me/s/teliva", FeedKind.HEADLINES)),
        ("https://www.reddit.com/r/ukraine/new/", Place("https://www.reddit.com/r/ukraine/.rss")),
        ("https://old.reddit.com/u/jane", Place("https://www.reddit.com/user/jane/.rss")),
        (
            f"https://www.youtube.com/channel/{UC}/videos",
            Place(f"https://www.youtube.com/feeds/videos.xml?channel_id={UC}"),
        ),
        ("https://youtube.com/playlist?list=PL1", Place("https://www.youtube.com/feeds/videos.xml?playlist_id=PL1")),
        ("https://medium.com/@jane", Place("https://medium.com/feed/@jane")),
        ("https://mastodon.example/@jane", Place("https://mastodon.example/@jane.rss")),
    ],
)
def test_well_known_services(url: str, place: Place) -> None:
    """Their feeds are known by the address alone."""
    assert known_places(url) == (place,)


@pytest.mark.parametrize(
    "url", ["https://t.me/joinchat/abc", "https://t.me/+abc", "https://example.org/", "https://www.youtube.com/@handle"]
)
def test_other_addresses(url: str) -> None:
    """Everything else has to be read."""
    assert known_places(url) == ()


@pytest.mark.parametrize(
    "page",
    [
        f'<script>var d = {{"externalId":"{UC}","x":1}}</script>',
        f'<link rel="canonical" href="https://www.youtube.com/channel/{UC}">',
        f'<meta itemprop="identifier" content="{UC}">',
    ],
)
def test_a_youtube_handle(page: str) -> None:
    """A handle's page says which channel it is."""
    found = stated_places(f"<html><body>{page}</body></html>".encode(), "https://www.youtube.com/@handle")
    assert found == (Place(f"https://www.youtube.com/feeds/videos.xml?channel_id={UC}"),)


def test_a_telegram_channel() -> None:
    """A channel's page gives its posts, newest first: first line, text, moment, picture; those without text not."""
    feed = read_channel(CHANNEL, "https://t.me/s/teliva")
    assert feed.title == "Телівська пошта"
    newest, older = feed.entries
    assert (newest.title, newest.image) == ("Паром знову ходить", "https://cdn.example/p.jpg")
    assert (older.url, older.title) == ("https://t.me/teliva/41", "Міст відкрито")
    assert older.summary == "Міст відкрито Подробиці тут."
    assert older.published == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_formatted_post_is_read_in_its_order() -> None:
    """Emoji, links and line breaks within bold text stay where they stand, however deep the post is nested."""
    text = '<i class="emoji"><b>🔥</b></i> <b>Міст <a href="/">відкрито</a> знову<br/>Паром</b> ходить<br/>далі'
    page = CHANNEL.replace("Паром знову ходить", text)
    newest = read_channel(page, "https://t.me/s/teliva").entries[0]
    assert newest.title == "🔥 Міст відкрито знову"
    assert newest.summary == "🔥 Міст відкрито знову Паром ходить далі"
    deep = CHANNEL.replace("Паром знову ходить", "<b>" * 1_500 + "Паром" + "</b>" * 1_500)
    assert read_channel(deep, "https://t.me/s/teliva").entries[0].title == "Паром"
