"""What a feed says, whatever its format and whatever is wrong with it."""

# ruff: noqa: E501 - samples of markup are easier to read on one line

import json
import pickle
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from bot.errors import FeedError
from bot.feeds.assemble import MAX_ENTRIES, MAX_FEED_TITLE, MAX_SUMMARY, MAX_TITLE
from bot.feeds.fast import read_fast
from bot.feeds.parse import parse_feed
from bot.feeds.prepare import bound
from bot.models import Entry, ParsedFeed

URL = "https://example.org/feeds/news.xml"
NEWS_DAY = datetime(2024, 12, 28, 17, 2, tzinfo=UTC)


def rss(items: str, head: str = "", attributes: str = "") -> bytes:
    """Return an RSS 2.0 document."""
    feed = f'<rss version="2.0"{attributes}><channel><title>Example</title>{head}{items}</channel></rss>'
    return f'<?xml version="1.0"?>{feed}'.encode()


def only(feed: ParsedFeed) -> Entry:
    """Return the one entry of a feed."""
    (entry,) = feed.entries
    return entry


def test_the_first_home(shared: Path) -> None:
    """Ukrainska Pravda's feed: titles with quotes, links, guids, moments, the wish for quarter-hourly polls."""
    body = (shared / "sites" / "ukrainska-pravda" / "rss.xml").read_bytes()
    feed = parse_feed(body, "https://www.pravda.com.ua/eng/rss/view_news/", content_type="application/rss+xml")
    expected = json.loads((shared / "sites" / "ukrainska-pravda" / "expected.json").read_text(encoding="utf-8"))[
        "recent"
    ]
    assert [entry.title for entry in feed.entries] == [row["title"] for row in expected]
    assert [entry.published for entry in feed.entries] == [datetime.fromisoformat(row["time"]) for row in expected]
    assert feed.entries[0].guid == "https://www.pravda.com.ua/eng/news/2024/12/28/7491800/"
    assert (feed.title, feed.language, feed.ttl_seconds) == ("Ukrainska Pravda", "en", 900)


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>News</title><link>/n</link><pubDate>Sat, 28 Dec 2024 19:02:00 +0200</pubDate></item>"),
        b'<rss version="0.91"><channel><title>Example</title><item><title>News</title><link>https://example.org/n</link>'
        b"<pubDate>28 Dec 2024 17:02:00 GMT</pubDate></item></channel></rss>",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example</title></channel><item rdf:about="x">'
        b"<title>News</title><link>https://example.org/n</link><dc:date>2024-12-28T19:02:00+02:00</dc:date></item></rdf:RDF>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title>News</title>'
        b'<link href="/n"/><id>x</id><updated>2024-12-28T17:02:00Z</updated></entry></feed>',
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Example</title><entry><title>News</title>'
        b'<link rel="alternate" type="text/html" href="https://example.org/n"/><issued>2024-12-28T17:02:00Z</issued></entry></feed>',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "Example", "items": [{"id": 7, "url": "/n", '
        b'"title": "News", "date_published": "2024-12-28T19:02:00+02:00"}]}',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/n</loc><news:news>'
        b"<news:publication><news:name>Example</news:name><news:language>en</news:language></news:publication>"
        b"<news:publication_date>2024-12-28T19:02+02:00</news:publication_date><news:title>News</news:title>"
        b"</news:news></url></urlset>",
    ],
    ids=["RSS 2.0", "RSS 0.91", "RDF", "Atom 1.0", "Atom 0.3", "JSON Feed", "news sitemap"],
)  # fmt: skip
def test_every_format(body: bytes) -> None:
    """One entry says the same in all formats."""
    feed = parse_feed(body, URL)
    entry = only(feed)
    assert feed.title == "Example"
    assert (entry.title, entry.url, entry.published) == ("News", "https://example.org/n", NEWS_DAY)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A &lt; B &amp; C", "A < B & C"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Ukraine&amp;#8217;s day", "Ukraine’s day"),
        ("<![CDATA[Use <b>bold</b> & co]]>", "Use bold & co"),
        ("The &lt;blink&gt; tag", "The <blink> tag"),
        ("&#1050;&#1080;&#1111;&#1074;", "Київ"),
        ("  two\n lines\t", "two lines"),
        ("q" * 600, "q" * (MAX_TITLE - 1) + "…"),
    ],
)
def test_titles_are_plain_text(written: str, read: str) -> None:
    """Markup and entities are resolved once, and what was meant literally stays."""
    assert only(parse_feed(rss(f"<item><title>{written}</title></item>"), URL)).title == read


def test_a_summary_is_plain_text() -> None:
    """Tags, scripts and comments go, blocks are parted, the text is cut at a word."""
    markup = (
        "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;t&lt;b&gt;wo&lt;/b&gt;&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;&lt;!-- y --&gt;"
    )
    entry = only(parse_feed(rss(f"<item><description>{markup}</description></item>"), URL))
    assert (entry.summary, entry.title) == ("One two", "One two")
    turkish = "İzmir&lt;STYLE&gt;p {}&lt;/STYLE&gt; limanı"
    assert only(parse_feed(rss(f"<item><description>{turkish}</description></item>"), URL)).summary == "İzmir limanı"
    long = only(parse_feed(rss(f"<item><description>{'word ' * 5_000}</description></item>"), URL)).summary
    assert len(long) <= MAX_SUMMARY + 1
    assert long.endswith("word…")


def test_all_that_an_item_may_say() -> None:
    """Authors, tags, pictures, dates and the feed's own hints are read."""
    namespaces = (
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    head = (
        "<language>uk-UA</language><link>https://example.org/</link><sy:updatePeriod>hourly</sy:updatePeriod>"
        "<sy:updateFrequency>2</sy:updateFrequency><atom:link rel='hub' href='https://hub.example/'/>"
        "<atom:link rel='self' href='https://example.org/self.xml'/>"
    )
    item = (
        "<item><title>T</title><link>https://example.org/t</link><category>USA</category><category>USA</category>"
        "<category>North Korea</category><dc:creator>Jane Doe</dc:creator>"
        "<media:content medium='image' url='/p.jpg'/></item>"
    )
    feed = parse_feed(rss(item, head, namespaces), URL)
    assert (feed.language, feed.site_url, feed.ttl_seconds) == ("uk-ua", "https://example.org/", 1_800)
    assert (feed.hub, feed.self_url) == ("https://hub.example/", "https://example.org/self.xml")
    entry = only(feed)
    assert (entry.tags, entry.authors) == (("USA", "North Korea"), ("Jane Doe",))
    assert entry.image == "https://example.org/p.jpg"


def test_a_podcast() -> None:
    """An episode without a page leads to its sound, and shows its cover."""
    item = (
        "<item><title>Episode</title><enclosure url='https://example.org/1.mp3' type='audio/mpeg'/>"
        "<itunes:image href='https://example.org/1.jpg'/></item>"
    )
    feed = parse_feed(rss(item, attributes=' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'), URL)
    assert (only(feed).url, only(feed).image) == ("https://example.org/1.mp3", "https://example.org/1.jpg")


def test_json_feed_in_full() -> None:
    """JSON Feed 1.0 and 1.1 name authors differently; HTML becomes plain text."""
    items = [
        {"id": "1", "url": "https://example.org/1", "content_html": "<p>A &amp; B</p>", "tags": ["x", 5], "author": {"name": "J"}},
        {"id": "2", "external_url": "/2", "title": "T", "content_text": "1 < 2", "authors": [{"name": "K"}], "image": "/i.png"},
        "no item",
    ]  # fmt: skip
    body = {
        "version": "https://jsonfeed.org/version/1",
        "title": "E",
        "items": items,
        "hubs": [{"url": "https://hub.example/"}],
    }
    feed = parse_feed(json.dumps(body).encode(), URL)
    first, second = feed.entries
    assert (first.title, first.summary, first.tags, first.authors) == ("A & B", "A & B", ("x",), ("J",))
    assert (second.url, second.summary, second.image) == ("https://example.org/2", "1 < 2", "https://example.org/i.png")
    assert (second.authors, feed.hub) == (("K",), "https://hub.example/")


@pytest.mark.parametrize("oddity", ["", "<odd><odd/></odd>"])
@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("Sat, 28 Dec 2024 19:02:00 EET", "2024-12-28T17:02:00+00:00"),
        ("Mon, 6 May 2024 09:00:00 EEST", "2024-05-06T06:00:00+00:00"),
        ("06 May 2024 09:00:00 MSK", "2024-05-06T06:00:00+00:00"),
        ("Mon, 06 May 2024 09:00:00 CEST", "2024-05-06T07:00:00+00:00"),
        ("Mon, 06 May 2024 09:00:00 EST", "2024-05-06T14:00:00+00:00"),
        ("Mon, 06 May 2024 09:00:00 XYZ", "2024-05-06T09:00:00+00:00"),
        ("2024/05/06 09:00:00", "2024-05-06T09:00:00+00:00"),
    ],
)
def test_zones_by_name_and_slashes(date: str, read: str, oddity: str) -> None:
    """A zone that is named and a date in slashes mean what they say, whichever way the feed is read."""
    item = f"<item><title>T</title><pubDate>{date}</pubDate><dc:date>{date}</dc:date>{oddity}</item>"
    body = rss(item, attributes=' xmlns:dc="http://purl.org/dc/elements/1.1/"')
    assert (read_fast(body.partition(b"?>")[2], URL) is None) == bool(oddity)
    entry = only(parse_feed(body, URL))
    assert [moment and moment.isoformat() for moment in (entry.published, entry.updated)] == [read, read]


@pytest.mark.parametrize("date", ["28 грудня", "soon", "Sat, 45 Dec 2024 10:00:00 GMT", ""])
def test_a_date_that_is_none(date: str) -> None:
    """A bad date costs the date, not the entry."""
    assert only(parse_feed(rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>"), URL)).published is None


TITLE = "Зеленський: Київ - столиця"


@pytest.mark.parametrize(
    ("codec", "declared", "charset"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "windows-1251", None),
        ("utf-8", "", "windows-1251"),
        ("utf-8-sig", "utf-8", None),
        ("windows-1251", "windows-1251", None),
        ("windows-1251", "windows-1251", "utf-8"),
        ("windows-1251", "windows-1251", "iso-8859-1"),
        ("windows-1251", "", "windows-1251"),
        ("windows-1251", "utf-8", None),
        ("windows-1251", "no-such-charset", None),
        ("windows-1251", "undefined", "undefined"),
        ("koi8-u", "koi8-u", None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", "", None),
        ("utf-32", "", None),
    ],
)
def test_encodings_stated_rightly_and_wrongly(codec: str, declared: str, charset: str | None) -> None:
    """What the bytes are goes before what header and declaration say."""
    encoding = f' encoding="{declared}"' if declared else ""
    items = f"<item><title>{TITLE}</title><description>{'Речниця міністерства повідомила. ' * 5}</description></item>"
    text = f'<?xml version="1.0"{encoding}?><rss version="2.0"><channel><title>Новини</title>{items}</channel></rss>'
    assert only(parse_feed(text.encode(codec), URL, content_type="text/xml", charset=charset)).title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        b"", b"   ", b"hello", b"\x00\x01\x02\xff", b"{}", b'{"version": "https://jsonfeed.org/version/1"', b"[1]",
        b"<!DOCTYPE html><html><body><item><title>x</title></item></body></html>",
        b'<?xml version="1.0"?><!-- c --><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head></html>',
        b"<svg></svg>", b"<opml version='2.0'><body/></opml>", b'<?xml version="1.0"?>', b"<a" * 30_000, b"<!--" * 30_000,
        b"<urlset><url><loc>https://example.org/</loc></url></urlset>", b"<sitemapindex/>", b"%PDF-1.7 ...", b"{" * 50_000,
        b'{"a":' * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_feed(body: bytes) -> None:
    """HTML, pictures, other JSON and XML, and rubbish are refused; the error names the address."""
    with pytest.raises(FeedError) as caught:
        parse_feed(body, URL)
    assert caught.value.details == {"url": URL}


def test_a_picture_is_refused_by_its_type() -> None:
    """A server that calls its answer a picture is believed."""
    with pytest.raises(FeedError):
        parse_feed(rss(""), URL, content_type="image/png")


def test_an_empty_feed_is_a_feed() -> None:
    """A document without items is read: the site has nothing to say this hour."""
    assert parse_feed(rss(""), URL).entries == ()


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    """Cut off in the middle, with a bare ampersand and an undeclared prefix: the whole entries are there."""
    items = (
        "<item><title>AT&T</title><link>https://example.org/?a=1&b=2</link><foo:bar>x</foo:bar></item>"
        "<item><title><![CDATA[R&D]]></title></item><item><ti"
    )
    feed = parse_feed(rss(items).partition(b"<ti</channel>")[0], URL)
    assert [entry.title for entry in feed.entries] == ["AT&T", "R&D"]
    assert feed.entries[0].url == "https://example.org/?a=1&b=2"


def test_white_space_before_the_declaration() -> None:
    """A blank line before <?xml, the commonest fault of all, does no harm."""
    assert parse_feed(b"\n\r\n " + rss("<item><title>T</title></item>"), URL).entries


def test_a_hundred_thousand_entries() -> None:
    """The newest are kept: the first, or the last where the dates run forwards."""
    many = "".join(f"<item><title>{number}</title></item>" for number in range(100_000))
    feed = parse_feed(rss(many), URL)
    assert [feed.entries[0].title, feed.entries[-1].title, len(feed.entries)] == [
        "0",
        str(MAX_ENTRIES - 1),
        MAX_ENTRIES,
    ]
    forwards = "".join(
        f"<item><title>{number}</title><pubDate>{number % 28 + 1} Jan {1990 + number // 28} 10:00:00 GMT</pubDate></item>"
        for number in range(1_500)
    )
    feed = parse_feed(rss(forwards), URL)
    assert [feed.entries[0].title, feed.entries[-1].title] == ["500", "1499"]


def dated(numbers: Iterable[int]) -> str:
    """Return items with a picture each, dated by their numbers."""
    return "".join(
        f"<item><title>{number}</title><image><url>/{number}.png</url></image>"
        f"<pubDate>{number % 28 + 1} Jan {1990 + number // 28} 10:00:00 GMT</pubDate></item>"
        for number in numbers
    )


@pytest.mark.parametrize("year", [1980, 2060])
@pytest.mark.parametrize(
    ("numbers", "kept"), [(range(1_500), ("500", "1499")), (range(1_499, -1, -1), ("1499", "500"))]
)
def test_what_the_feed_says_of_itself_cuts_no_news(numbers: Sequence[int], kept: tuple[str, str], year: int) -> None:
    """The newest entries are kept, as well-formed as they were, whatever date and picture stand before the first."""
    head = f"<image><url>/logo.png</url></image><pubDate>1 Jan {year} 10:00:00 GMT</pubDate>"
    body = rss(dated(numbers), head)
    etree.fromstring(bound(body))
    entries = parse_feed(body, URL).entries
    assert (entries[0].title, entries[-1].title, len(entries)) == (*kept, MAX_ENTRIES)
    few = rss(dated(numbers[:600]), head)
    assert len(parse_feed(few, URL).entries) == 600


def test_entities_neither_explode_nor_read_files(tmp_path: Path) -> None:
    """Billion laughs stay small; external entities are not fetched; parameter entities neither."""
    secret = tmp_path / "secret"
    secret.write_text("classified")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for doctype, text in (
        (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>', "&l9;"),
        (f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;"),
        (f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>', "x"),
    ):
        body = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>T</title><item><title>{text}</title>'
        feed = parse_feed(f"{body}<link>/l</link><description>d</description></item></channel></rss>".encode(), URL)
        assert "classified" not in repr(feed)
        assert len(repr(feed)) < 2_000
    sitemap = (
        f'<!DOCTYPE u [<!ENTITY x SYSTEM "{secret.as_uri()}">]><urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://example.org/</loc><n:news><n:title>a&x;b</n:title></n:news></url></urlset>"
    )
    with pytest.raises(FeedError):
        parse_feed(sitemap.encode(), URL)


def test_a_safe_entity_of_the_document_is_resolved() -> None:
    """What old feeds declare for themselves is read."""
    body = b'<!DOCTYPE rss [<!ENTITY uuml "&#252;">]><rss version="2.0"><channel><item><title>M&uuml;ller</title></item></channel></rss>'
    assert only(parse_feed(body, URL)).title == "Müller"


def test_a_sitemap_is_put_in_order() -> None:
    """Sitemaps have no order; the newest come first."""
    pages = "".join(
        f"<url><loc>https://example.org/{day}</loc><n:news><n:title>Day {day}</n:title>"
        f"<n:publication_date>2024-12-{day}</n:publication_date><n:keywords>a, b</n:keywords></n:news></url>"
        for day in (10, 12, 11)
    )
    body = f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{pages}</urlset>'.encode()
    feed = parse_feed(body, URL)
    assert [entry.title for entry in feed.entries] == ["Day 12", "Day 11", "Day 10"]
    assert feed.entries[0].tags == ("a", "b")


def test_a_sitemap_that_escapes_twice_is_read_as_it_is_meant() -> None:
    """As feeds' titles are; a sign that is escaped once stays."""
    names = "<n:publication><n:name>Fish &amp;amp; Chips</n:name></n:publication>"
    titles = ("Tom &amp;amp; &amp;quot;Jerry&amp;quot;", "Ukraine&amp;#8217;s day", "AT&amp;T: 1 &lt; 2")
    pages = "".join(
        f"<url><loc>https://example.org/{at}</loc><n:news>{names}<n:title>{title}</n:title></n:news></url>"
        for at, title in enumerate(titles)
    )
    body = f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{pages}</urlset>'.encode()
    feed = parse_feed(body, URL)
    assert [entry.title for entry in feed.entries] == ['Tom & "Jerry"', "Ukraine’s day", "AT&T: 1 < 2"]
    assert feed.title == "Fish & Chips"


def test_a_sitemaps_name_is_one_short_line() -> None:
    """The name of a news sitemap is cut as other feeds' names are, its line breaks gone."""
    news = f"<n:news><n:publication><n:name>\nThe {'Post ' * 500}</n:name></n:publication><n:title>T</n:title></n:news>"
    page = f"<url><loc>https://example.org/1</loc>{news}</url>"
    body = f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{page}</urlset>'.encode()
    title = parse_feed(body, URL).title
    assert title.startswith("The Post Post")
    assert len(title) <= MAX_FEED_TITLE


def test_the_answer_crosses_processes() -> None:
    """Feeds are parsed in reading workers; answers and errors come back whole."""
    feed = parse_feed(rss("<item><title>T</title></item>"), URL)
    assert pickle.loads(pickle.dumps(feed)) == feed  # noqa: S301 - our own bytes
    error = pickle.loads(pickle.dumps(FeedError(url=URL)))  # noqa: S301 - our own bytes
    assert error.details == {"url": URL}


@pytest.mark.parametrize("name", ["links", "tags", "authors", "media_content", "media_thumbnail", "content"])
def test_an_element_called_like_a_list_of_feedparsers(name: str) -> None:
    """Found by fuzzing: feedparser then gives a text where its list would be; the rest of the feed is read."""
    odd = f'<{name}>z</{name}><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="alternate" href="/feed"/>'
    feed = parse_feed(rss(f"{odd}<item><title>T</title>{odd}<link>https://example.org/1</link></item>"), URL)
    assert only(feed).title == "T"


def test_tags_of_a_json_feed_that_are_no_list() -> None:
    """Found by fuzzing: what is no list of texts says nothing."""
    body = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "T", "tags": true, "authors": 1}]}'
    assert only(parse_feed(body, URL)).tags == ()


def test_half_a_character_in_a_sitemap() -> None:
    """Found by fuzzing: a reference to a surrogate, which is no character, is dropped; what surrounds it is kept."""
    body = (
        b'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/1</loc>'
        b"<n:news><n:title>a&#xD800;b&#56320;c&#8217;d</n:title></n:news></url></urlset>"
    )
    assert only(parse_feed(body, URL)).title == "abc’d"


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31"])
def test_a_moment_at_the_end_of_the_calendar_is_none(date: str) -> None:
    """Found by fuzzing: in the zone of a chat further east it would be no moment at all."""
    body = rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>")
    assert only(parse_feed(body, URL)).published is None
