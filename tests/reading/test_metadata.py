"""All about an article but its body: the order of evidence, addresses, and pages that lie or are broken."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reading.metadata import Metadata, read_metadata
from bot.reading.page import Page
from bot.reading.sites import SiteRule
from tests.reading.pages import URL, page

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Bridge opens after nine years",
    "author": {"@type": "Person", "name": "Ann Lee"},
    "datePublished": "2024-05-17T07:51:00+02:00",
    "dateModified": "2024-05-17T09:00:00+02:00",
    "keywords": ["bridges", "Riverton"],
    "publisher": {"@type": "Organization", "name": "Example Herald"},
}


def test_empty_page_states_little() -> None:
    """A page without any statement gives its address and its host, and invents nothing."""
    metadata = read_metadata(page(url="https://www.example-herald.com/a"), None)
    assert metadata == Metadata(
        url="https://www.example-herald.com/a", title="", language="en", site="example-herald.com"
    )


def test_json_ld_alone_is_enough() -> None:
    """Title, author, times, tags and site all come from JSON-LD."""
    metadata = read_metadata(page(ld=ARTICLE), None)
    assert metadata.title == "Bridge opens after nine years"
    assert metadata.authors == ("Ann Lee",)
    assert metadata.published == datetime(2024, 5, 17, 5, 51, tzinfo=UTC)
    assert metadata.updated == datetime(2024, 5, 17, 7, 0, tzinfo=UTC)
    assert (metadata.tags, metadata.site) == (("bridges", "Riverton"), "Example Herald")


def test_rule_comes_before_json_ld() -> None:
    """What a site rule's selectors find is believed over all else."""
    rule = SiteRule(
        "herald",
        ("example-herald.com",),
        time_zone="Europe/Kyiv",
        title=("h1",),
        authors=(".who",),
        date=(".when",),
        tags=(".tag",),
    )
    body = "<h1>The visible one</h1><p class=who>By Bo Chen</p><p class=when>18 May, 10:15</p><a class=tag>rivers</a>"
    metadata = read_metadata(page(ld=ARTICLE, body=body), rule)
    assert (metadata.title, metadata.authors, metadata.tags) == ("The visible one", ("Bo Chen",), ("rivers",))
    assert metadata.published is not None
    assert metadata.published.isoformat() == "2024-05-18T10:15:00+03:00"


def test_article_is_told_from_its_neighbours() -> None:
    """Of several articles in JSON-LD the one with this page's headline counts, wherever it stands."""
    other = ARTICLE | {"headline": "Another story altogether", "author": "Some One Else"}
    metadata = read_metadata(page(ld=[other, ARTICLE], body="<h1>Bridge opens after nine years</h1>"), None)
    assert metadata.authors == ("Ann Lee",)


def test_graph_with_references() -> None:
    """Authors and publishers named by @id are looked up in the graph, as WordPress writes them."""
    graph = {
        "@graph": [
            {"@type": "WebPage", "@id": URL, "datePublished": "2024-05-17T05:51:00+00:00"},
            {"@type": "Article", "headline": "Bridge opens", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
            {"@type": "Person", "@id": "#p", "name": "Ann Lee"},
            {"@type": "Organization", "@id": "#o", "name": "Example Herald"},
        ]
    }
    metadata = read_metadata(page(ld=graph), None)
    assert (metadata.authors, metadata.site) == (("Ann Lee",), "Example Herald")


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/news/bridge?utm_source=x&id=3", "https://www.example-herald.com/news/bridge?id=3"),
        ("https://m.example-herald.com/a", "https://m.example-herald.com/a"),
        ("https://example-herald.com/a#top", "https://example-herald.com/a"),
        ("https://evil.example.org/a", URL),
        ("https://example-herald.com.evil.org/a", URL),
        ("https://www.example-herald.com/", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
        ("", URL),
    ],
)
def test_canonical_address(canonical: str, expected: str) -> None:
    """The page's own address counts on its own site, without tracking; others' and the front page do not."""
    html = page(head=f'<link rel="canonical" href="{canonical}">', url=f"{URL}?utm_medium=rss")
    assert read_metadata(html, None).url == expected


def test_relative_canonical_link_is_relative_to_the_base() -> None:
    """Where a page states a base address, its relative links start there."""
    html = page(head='<base href="/news/2024/"><link rel="canonical" href="05/17/bridge">')
    assert read_metadata(html, None).url == "https://www.example-herald.com/news/2024/05/17/bridge"


@pytest.mark.parametrize("rel", ["CANONICAL", "canonical nofollow"])
def test_canonical_link_is_known_by_any_of_its_words(rel: str) -> None:
    """`rel` holds several words in any case, as HTML says."""
    assert read_metadata(page(head=f'<link rel="{rel}" href="{URL}">', url=f"{URL}?from=a"), None).url == URL


@pytest.mark.parametrize(
    ("lang", "locale", "expected"),
    [("pl_PL", "en_US", "pl"), ("", "pl_PL", "pl"), ("", "en_US", "en"), ("de-AT", "en_US", "de"), ("", "", None)],
)
def test_language_is_that_of_the_document_or_of_its_shares(lang: str, locale: str, expected: str | None) -> None:
    """The `lang` attribute counts, with a hyphen or an underscore; only without it the locale for shares."""
    assert read_metadata(page(lang=lang, meta={"og:locale": locale}), None).language == expected


def test_saved_page_names_its_address() -> None:
    """A page read from a file is where it says that it is."""
    html = page(head=f'<link rel="canonical" href="{URL}">', url="file:///tmp/saved.html")
    assert read_metadata(html, None).url == URL


@pytest.mark.parametrize(
    ("image", "expected"),
    [("/i/1.jpg", "https://www.example-herald.com/i/1.jpg"), ("http://[", None), ("", None)],
)
def test_image_is_absolute_or_none(image: str, expected: str | None) -> None:
    """A relative picture is made absolute; a broken one is none."""
    assert read_metadata(page(meta={"og:image": image}), None).image == expected


def test_description_is_the_editors_own() -> None:
    """The description comes as plain text, entities that were escaped twice included."""
    assert read_metadata(page(meta={"description": "Tom &amp;amp; Ann"}), None).description == "Tom & Ann"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "headline",
    "author",
    "creator",
    "datePublished",
    "dateModified",
    "keywords",
    "about",
    "publisher",
    "url",
    "@id",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    values=st.fixed_dictionaries(dict.fromkeys(KEYS, JSON)),
    text=st.text(max_size=60),
    url=st.sampled_from([URL, "file:///x", "http://[::1]/a", "https://x.org/2024/13/45/", ""]),
)
def test_any_statement_is_read_without_error(values: dict[str, object], text: str, url: str) -> None:
    """Whatever JSON-LD, meta tags and addresses hold, there is metadata and no error."""
    attribute = json.dumps(text)[1:-1].replace('"', "")
    names = ("og:title", "author", "article:published_time", "keywords", "og:site_name", "twitter:data1")
    html = page(ld=values | {"@type": "Article"}, meta=dict.fromkeys(names, attribute), url=url)
    assert isinstance(read_metadata(html, None), Metadata)


def test_deep_json_ld_is_read_without_error() -> None:
    """Lists within lists to any depth do not exhaust the stack."""
    deep = "[" * 400 + '"Ann Lee"' + "]" * 400
    script = f'<script type="application/ld+json">{{"@type":"Article","headline":"A","author":{deep}}}</script>'
    document = Page.parse(f"<html><head>{script}</head><body><p>x</p></body></html>", URL)
    assert read_metadata(document, None).title == "A"


@pytest.mark.parametrize(
    "body",
    [
        '<div class="tags author byline">' * 3000 + "x",
        "<div>" + '<span class="tag"><a href="/tag/x">x</a></span>' * 5000 + "</div>",
        '<p class="byline">By</p>' * 5000,
        f'<div class="{"tag-" * 50_000}">x</div>',
        "<h1>y</h1>" * 5000,
        '<span class="date">99.99.2024</span>' * 5000,
    ],
    ids=["deep", "tags", "by-lines", "long class", "headlines", "dates"],
)
def test_hostile_page_is_read(body: str) -> None:
    """Depth, thousands of look-alikes and giant attributes end in metadata, not in an error or a hang."""
    assert isinstance(read_metadata(page(body=f"<h1>Bridge opens</h1>{body}"), None), Metadata)
