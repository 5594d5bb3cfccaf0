"""Documents as bytes: feeds of every kind and pages, with pieces cut out and strange ones put in."""

import json
from collections.abc import Sequence

from hypothesis import strategies as st

from tests.feeds.feed_corpus import DATES, LINKS, WORDS, FeedMaker

STRANGE = (
    *("<", ">", "&", '"', "'", "\x00", "\x0b", "&#0;", "&#x110000;", "&#xD800;", "&bogus;", "]]>", "<![CDATA[", "<!--"),
    *("-->", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", '<?xml version="1.0" encoding="utf-16"?>', "{", "}", "[", "]"),
    *("\u202e", "\u200b", "\ufeff", "\ud83d", "😀", "ﷺ", "ё", "0" * 400, "-1", "1e999", "null", " " * 50, "\n\n"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2024-13-45T99:99", "Thu, 01 Jan 1970 00:00:00 -0000"),
    *("https://[bad", "http://a:99999999/", "javascript:alert(1)", "//x", "https://%zz/", "https://пример.укр/"),
)
_PIECES = st.sampled_from([piece.encode("utf-8", "surrogatepass") for piece in STRANGE]) | st.binary(max_size=8)
_Cut = tuple[int, int, bytes]


def _cut(document: bytes, cuts: Sequence[_Cut]) -> bytes:
    for place, length, piece in cuts:
        start = place % (len(document) + 1)
        document = document[:start] + piece + document[start + length :]
    return document


def _damaged(documents: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return documents with up to six cuts, each filled with something strange."""
    cuts = st.tuples(st.integers(0, 10_000), st.integers(0, 60), _PIECES)
    return st.builds(_cut, documents, st.lists(cuts, max_size=6))


TEXTS = st.text(max_size=30) | st.sampled_from([*WORDS, *STRANGE, *DATES, *LINKS])


def _json(names: Sequence[str]) -> st.SearchStrategy[object]:
    """Return values that JSON can hold, their objects with the names given."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
    named = st.sampled_from([*names, ""])
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(named, inner, max_size=5), max_leaves=12
    )


_JSON_FEED = (
    *("version", "title", "home_page_url", "feed_url", "items", "hubs", "language", "id", "url", "content_html"),
    *("content_text", "summary", "date_published", "date_modified", "authors", "author", "name", "tags", "image"),
)
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://example.org/1</loc><n:news><n:publication><n:name>N</n:name><n:language>en</n:language>"
    b"</n:publication><n:publication_date>2026-11-24T10:00:00Z</n:publication_date><n:title>Bridge</n:title></n:news></url></urlset>"
)
_OPML = (
    b'<opml version="2.0"><head><title>Mine</title></head><body><outline text="Folder"><outline text="A" type="rss"'
    b' xmlUrl="https://example.org/feed" htmlUrl="https://example.org/"/></outline></body></opml>'
)
_CHANNEL = (
    '<html><body><div class="tgme_widget_message" data-post="channel/17"><div class="tgme_widget_message_text">Міст '
    'закрито.<br>Подробиці згодом.</div><a class="tgme_widget_message_date" href="https://t.me/channel/17"><time '
    'datetime="2026-11-24T10:00:00+00:00">12:00</time></a></div></body></html>'
).encode()


def _feed_item(fields: dict[str, object]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [fields]}).encode()


FEEDS = st.one_of(
    _damaged(st.builds(lambda seed, plain: FeedMaker(seed, plain).make(), st.integers(0, 10**9), st.floats(0, 1))),
    st.builds(_feed_item, st.dictionaries(st.sampled_from(_JSON_FEED), _json(_JSON_FEED), max_size=8)),
    _json(_JSON_FEED).map(json.dumps).map(str.encode),
    _damaged(st.sampled_from([_SITEMAP, _OPML, _CHANNEL])),
    st.binary(max_size=200),
)
"""RSS, Atom, JSON Feed, news sitemaps, OPML lists, a Telegram channel's page, and noise."""

_SCHEMA = (
    *("@context", "@type", "@graph", "@id", "headline", "name", "author", "creator", "publisher", "datePublished"),
    *("dateModified", "keywords", "articleSection", "articleBody", "image", "url", "mainEntityOfPage", "description"),
    *("inLanguage", "alternateName", "about", "text", "contentUrl"),
)
_TYPES = ("NewsArticle", "WebPage", "Person", "Organization", "ImageObject", "BreadcrumbList")
_META = (
    *("og:title", "og:site_name", "og:url", "og:image", "og:locale", "article:published_time", "article:tag", "author"),
    *("twitter:title", "keywords", "news_keywords", "parsely-pub-date", "description", "robots", "refresh"),
)
_BODY = (
    "<p>The old bridge of Harwick was closed on Monday after inspectors found cracks in four of its nine arches.</p>",
    "<p>The council ordered repairs that will cost eleven million pounds and last until the end of December.</p>",
    "<p>“We know that this is hard for everyone on the other bank,” Mayor Anna Hill told reporters.</p>",
    "<p>«Міст відкриють у грудні», – сказала мерка Анна Гіль.</p>",
    "<p>— Мы закончим в срок, — сказал инженер Иван Петров. — Это обещание.</p>",
    "<h1>Old bridge of Harwick closed</h1>",
    "<h2>What happens next</h2>",
    "<blockquote>It will be open again. <cite>Anna Hill</cite></blockquote>",
    "<figure><img src=/b.jpg><figcaption>The bridge. Photo: A. Lee</figcaption></figure>",
    "<time datetime='2026-11-24T10:00:00+02:00'>24 листопада 2026, 10:00</time>",
    "<ul class=tags><li><a rel=tag href=/tag/bridge>Bridge</a></ul>",
    "<a rel=author href=/ann>Ann Lee</a>",
    *("<article>", "</article>", "<div class=post_text>", "</div>", "<p>", "<br><br>", "<table><tr><td>", "<script>"),
)


def _page(linked: object, metas: Sequence[tuple[str, str]], body: Sequence[str]) -> bytes:
    head = "".join(f'<meta property="{name}" content="{content}">' for name, content in metas)
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    return f"<html lang=en><head>{head}{script}</head><body>{''.join(body)}</body></html>".encode(
        "utf-8", "surrogatepass"
    )


def _typed(kind: str, values: dict[str, object]) -> object:
    return {"@context": "https://schema.org", "@type": kind, **values}


PAGES = st.one_of(
    _damaged(
        st.builds(
            _page,
            _json(_SCHEMA)
            | st.builds(_typed, st.sampled_from(_TYPES), st.dictionaries(st.sampled_from(_SCHEMA), _json(_SCHEMA))),
            st.lists(st.tuples(st.sampled_from(_META), TEXTS), max_size=5),
            st.lists(st.sampled_from(_BODY) | TEXTS, max_size=20),
        )
    ),
    st.binary(max_size=300),
)
"""News pages that state odd things, are cut and mended wrongly, and noise."""
