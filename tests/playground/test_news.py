"""The sample news site: what it publishes, its feeds, its list, and the pages that are no article."""

import re
import xml.etree.ElementTree as Xml
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.playground.news import Item, SampleNews
from bot.playground.news.stories import editions
from bot.reading.sites import rule_for
from tests.clock import Clock

_START = datetime(2026, 11, 24, 21, 40, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock[datetime]:
    """Return a clock that stands at 23:40 in Kyiv."""
    return Clock(_START)


@pytest.fixture
async def news(clock: Clock[datetime]) -> AsyncIterator[SampleNews]:
    """Return the running site, which publishes only on request."""
    async with SampleNews(interval=None, clock=clock, slow_seconds=0) as running:
        yield running


def test_the_three_editions_tell_the_same_stories() -> None:
    """Each language has four stories to begin with and ten in the script, each with a quote and topics."""
    for edition in editions():
        assert (len(edition.ready), len(edition.fresh)) == (4, 10)
        for story in (*edition.ready, *edition.fresh, *edition.varied):
            assert story.tags
            assert any(part.kind == "quote" for part in story.parts), story.title
    assert len({tuple(story.hue for story in edition.fresh) for edition in editions()}) == 1


def test_variations_have_no_end_and_no_gaps() -> None:
    """After the script come stories with numbers filled in."""
    stories = [edition.story(number) for edition in editions() for number in range(10, 60)]
    told = [
        " ".join([story.title, story.lead, *(text for part in story.parts for text in part.texts)]) for story in stories
    ]
    assert not [text for text in told if "{" in text]
    water = [int(found) for text in told for found in re.findall(r"(\d+) (?:degrees|градус)", text)]
    assert len(water) > 40
    assert max(water) < 25  # the sea's
    assert len({story.title for story in stories}) > 60


async def test_stories_come_language_after_language(news: SampleNews) -> None:
    """Each call publishes one story, dated now, on the site's clock, and tells who listens."""
    heard: list[Item] = []
    news.on_publish(heard.append)
    published = [news.publish_next() for _ in range(6)]
    assert [item.edition.language for item in published] == ["en", "uk", "ru"] * 2
    assert heard == published
    assert published[0].path == f"/eng/news/2026/11/24/{published[0].id}/"
    assert published[0].clock == "23:40"


async def test_an_article_has_what_its_site_rule_names(news: SampleNews, session: aiohttp.ClientSession) -> None:
    """Every page answers, in its language, and its rule finds a body among advertisements."""
    for item in news.items():
        rule = rule_for(news.address(item))
        assert rule is not None
        assert rule.slug == "playground"
        assert rule.edition(news.address(item)).site == item.edition.name
        async with session.get(news.address(item)) as answer:
            page = await answer.text()
        assert f'<html lang="{item.edition.language}">' in page
        assert 'class="story__text"' in page
        assert page.count('class="promo"') == 2


async def test_the_front_page_does_not_grow_with_the_news(news: SampleNews, session: aiohttp.ClientSession) -> None:
    """It shows the newest, however long the site has published."""
    for _ in range(120):
        news.publish_next()
    async with session.get(f"{news.url}/eng/") as answer:
        assert (await answer.text()).count('class="teaser"') == 30


async def test_the_rss_feed_answers_to_validators(
    news: SampleNews, clock: Clock[datetime], session: aiohttp.ClientSession
) -> None:
    """304 while nothing is new; a new story changes the tag and comes first."""
    feed = news.sources()[0].url
    async with session.get(feed) as answer:
        tag, first = answer.headers["ETag"], Xml.fromstring(await answer.read())  # noqa: S314 - our own server's feed
    assert len(first.findall("channel/item")) == 4
    async with session.get(feed, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304
    clock.now += timedelta(minutes=1)
    item = news.publish_next()
    async with session.get(feed, headers={"If-None-Match": tag}) as answer:
        newest = Xml.fromstring(await answer.read()).find("channel/item/guid")  # noqa: S314 - our own server's feed
    assert newest is not None
    assert newest.text == news.address(item)


async def test_the_atom_feed_is_atom(news: SampleNews, session: aiohttp.ClientSession) -> None:
    """The Ukrainian source is an Atom document with an id for each entry."""
    async with session.get(news.sources()[1].url) as answer:
        feed = Xml.fromstring(await answer.read())  # noqa: S314 - our own server's feed
    identifiers = [entry.findtext("{*}id") for entry in feed.findall("{*}entry")]
    assert identifiers == [news.address(item) for item in news.items("uk")]


async def test_the_headline_list_crosses_midnight(
    news: SampleNews, clock: Clock[datetime], session: aiohttp.ClientSession
) -> None:
    """The Russian source shows times without dates, under one heading for each day."""
    clock.now += timedelta(minutes=30)
    while news.publish_next().edition.language != "ru":
        pass
    async with session.get(news.sources()[2].url) as answer:
        page = await answer.text()
    assert page.index("25 ноября") < page.index(">00:10<") < page.index("24 ноября")


@pytest.mark.parametrize(
    ("path", "status", "content_type"),
    [
        ("/gone", 404, "text/html"),
        ("/paywall", 200, "text/html"),
        ("/empty", 200, "text/html"),
        ("/picture.png", 200, "image/png"),
        ("/paper.pdf", 200, "application/pdf"),
        ("/home", 200, "text/html"),
        ("/slow", 200, "text/html"),
        ("/eng/news/2026/11/24/999/", 404, "text/plain"),
    ],
)
async def test_links_that_disappoint(
    news: SampleNews, session: aiohttp.ClientSession, path: str, status: int, content_type: str
) -> None:
    """Each kind of failure has its address."""
    async with session.get(news.url + path) as answer:
        assert (answer.status, answer.content_type) == (status, content_type)


async def test_a_redirect_loop_has_no_end(news: SampleNews, session: aiohttp.ClientSession) -> None:
    """/loop leads to itself by a detour."""
    with pytest.raises(aiohttp.TooManyRedirects):
        await session.get(f"{news.url}/loop")


async def test_the_old_charset_page_lies_about_itself(news: SampleNews, session: aiohttp.ClientSession) -> None:
    """The page says utf-8, is windows-1251, and no header helps."""
    async with session.get(f"{news.url}/old-charset") as answer:
        body = await answer.read()
        assert answer.charset is None
    assert b'charset="utf-8"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert "Теливе" in body.decode("windows-1251")


async def test_news_come_by_themselves(session: aiohttp.ClientSession) -> None:
    """With an interval the site publishes without being asked."""
    async with SampleNews(interval=0.001) as news:
        before = len(news.items())
        while len(news.items()) < before + 3:
            async with session.get(news.url + "/eng/news/") as answer:
                assert answer.status == 200
