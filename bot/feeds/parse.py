"""A feed document, whatever its format, to a ParsedFeed."""

import re

from bot.errors import FeedError
from bot.feeds.fast import read_fast
from bot.feeds.json_feed import read_json_feed
from bot.feeds.prepare import as_utf8, bound, escape_ampersands
from bot.feeds.reference import read_reference
from bot.feeds.sitemap import read_sitemap
from bot.models import ParsedFeed

_PROLOGUE = re.compile(rb"(?:\s+|<\?[^>]{0,2000}>|<!--.{0,20000}?-->)*", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b")


def parse_feed(body: bytes, url: str, *, content_type: str = "", charset: str | None = None) -> ParsedFeed:
    """Parse RSS 0.9x to 2.0, RDF, Atom, JSON Feed or a news sitemap.

    XML feeds are read by a fast path where that is certain to give feedparser's answer, by feedparser otherwise.
    The content decides the format; servers' content types are too often wrong. At most
    bot.feeds.assemble.MAX_ENTRIES entries are read, the newest.

    Args:
        body: as fetched, decompressed.
        url: where the document came from, after redirects; relative links start there.
        content_type: the header's, without parameters; only a picture, sound or film is refused by it.
        charset: the header's.

    Raises:
        FeedError: the document is HTML, another thing, or empty.
    """
    if content_type.lower().startswith(("image/", "audio/", "video/", "font/")):
        raise FeedError(url=url)
    document = as_utf8(body, charset)
    start = _PROLOGUE.match(document)
    head = document[start.end() if start else 0 :][:200]
    if not head or _HTML.match(head):
        raise FeedError(url=url)
    if head[:1] == b"{":
        return read_json_feed(document, url)
    if head[:1] != b"<":
        raise FeedError(url=url)
    if _SITEMAP.match(head):
        return read_sitemap(document, url)
    document = bound(document)
    return read_fast(document, url) or read_reference(escape_ampersands(document), url)


def read_document(body: bytes, url: str, content_type: str, charset: str | None) -> ParsedFeed:
    """Parse a feed as parse_feed does: the job of a reading worker, which finds it by name.

    Here and not with its callers, whose imports (the database's and the network's) no worker needs.
    """
    return parse_feed(body, url, content_type=content_type, charset=charset)
