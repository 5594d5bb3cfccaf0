"""The fast path says what feedparser says, or nothing."""

from datetime import datetime

import pytest
from feedparser.datetimes import _parse_date
from feedparser.urls import _urljoin
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedError
from bot.feeds.fast import read_fast
from bot.feeds.fast_values import join
from bot.feeds.moments import parse_moment, utc_moment
from bot.feeds.reference import read_reference
from bot.models import ParsedFeed
from tests.feeds.feed_corpus import DATES, LINKS, NAMESPACES, FeedMaker

URL = "https://example.org/feeds/news.xml"


def reference(body: bytes) -> ParsedFeed | None:
    """Return feedparser's answer, None where it finds no feed."""
    try:
        return read_reference(body, URL)
    except FeedError:
        return None


@pytest.mark.parametrize("block", range(12))
def test_parity_over_made_up_feeds(block: int) -> None:
    """Of feeds ordinary and odd, well-formed and broken, none is read in two ways; most ordinary ones are read fast."""
    ordinary = fast = 0
    for seed in range(block * 100, block * 100 + 100):
        plain = (0.3, 0.7, 0.97, 1.0)[seed % 4]
        body = FeedMaker(seed, plain).make()
        found = read_fast(body, URL)
        assert found is None or found == reference(body), body.decode()
        ordinary += plain == 1.0
        fast += plain == 1.0 and found is not None
    assert fast > ordinary / 2


@given(st.integers(10**6, 10**9), st.sampled_from([0.2, 0.6, 0.9, 1.0]))
def test_parity_over_any_made_up_feed(seed: int, plain: float) -> None:
    """The same for seeds that nobody has chosen."""
    body = FeedMaker(seed, plain).make()
    found = read_fast(body, URL)
    assert found is None or found == reference(body)


RSS_ITEM = (
    "<item><title>{}</title><link>https://example.org/1</link><guid>1</guid>"
    "<pubDate>Sat, 28 Dec 2024 19:02:00 +0200</pubDate><description>{}</description></item>"
)


@pytest.mark.parametrize(
    ("body", "is_fast"),
    [
        (RSS_ITEM.format("Plain", "&lt;p&gt;Text&lt;/p&gt;"), True),
        (RSS_ITEM.format("Київ &amp; Львів", "<![CDATA[<b>x</b>]]>"), True),
        (RSS_ITEM.format("a<!-- comment -->b", "c<?pi?>d"), True),
        (RSS_ITEM.format("<i>unescaped</i>", "x"), False),
        (RSS_ITEM.format("caf\u00c3\u00a9", "x"), False),
        (RSS_ITEM.format("dash \u0096", "x"), False),
        (RSS_ITEM.format("dash &#150;", "x"), False),
        (RSS_ITEM.format("&nbsp;", "x"), False),
        (RSS_ITEM.format("a</title><title>b", "x"), False),
        (RSS_ITEM.format("x", "y").replace("<link>", "<link xml:base='/z/'>"), False),
        (RSS_ITEM.format("x", "y").replace("<item>", "<item rdf='1'>"), False),
    ],
)
def test_what_is_left_to_feedparser(body: str, is_fast: bool) -> None:
    """Ordinary feeds take the fast path; what only feedparser knows how to read does not."""
    document = f'<rss version="2.0"{NAMESPACES}><channel><title>X</title>{body}</channel></rss>'.encode()
    found = read_fast(document, URL)
    assert (found is not None) == is_fast
    if found is not None:
        assert found == reference(document)


def test_seed_feed_takes_the_fast_path(shared: object) -> None:
    """The feed of the first home is read fast, and as feedparser reads it."""
    body = (shared / "sites" / "ukrainska-pravda" / "rss.xml").read_bytes().partition(b"?>")[2].strip()  # type: ignore[operator]
    found = read_fast(body, URL)
    assert found is not None
    assert found == reference(body)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - written with the zones below
    st.sampled_from(["+0000", "-0500", "+0530", "+1345", "GMT", "Z", "UT", "EST", "+9999"]),
    st.sampled_from(["%a, %d %b %Y %H:%M:%S ", "%Y-%m-%dT%H:%M:%S", "%d %b %Y %H:%M ", "%a, %d %b %y %H:%M:%S "]),
)
def test_dates_are_feedparsers(moment: datetime, zone: str, form: str) -> None:
    """The two standard forms are read here; the result is feedparser's."""
    text = moment.strftime(form) + (zone[:3] + ":" + zone[3:] if "T%H" in form and zone[1:].isdigit() else zone)
    assert parse_moment(text) == utc_moment(_parse_date(text))


@given(st.from_regex(r"[Hh]ttps?://[a-zA-Z0-9./:?#;&%=~_+ -]{0,30}", fullmatch=True) | st.sampled_from(LINKS))
def test_links_are_joined_as_feedparser_joins_them(link: str) -> None:
    """Links that need no work are told apart rightly."""
    assert join(URL, link) == _urljoin(URL, link)


@pytest.mark.parametrize("text", DATES)
def test_odd_dates_are_feedparsers(text: str) -> None:
    """Every other form too, and what is none."""
    assert parse_moment(text) == utc_moment(_parse_date(text.strip()))
