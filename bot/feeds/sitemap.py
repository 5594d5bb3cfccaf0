"""News sitemaps (https://www.google.com/schemas/sitemap-news/0.9): a site's articles of the last two days."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from bot.errors import FeedError
from bot.feeds.assemble import MAX_ENTRIES, MAX_FEED_TITLE, RawEntry, assemble_all, language_tag
from bot.feeds.moments import parse_moment
from bot.feeds.prepare import without_surrogates
from bot.feeds.text import plain_text
from bot.models import ParsedFeed

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def read_sitemap(body: bytes, url: str) -> ParsedFeed:
    """Return what a news sitemap says, newest first: sitemaps have no order of their own.

    Args:
        body: UTF-8; see bot.feeds.prepare.
        url: where the document came from.

    Raises:
        FeedError: the sitemap names no news; one without titles cannot be followed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    try:
        return _read(etree.fromstring(without_surrogates(body), parser), url)
    except (etree.LxmlError, ValueError) as error:
        raise FeedError(url=url) from error


def _read(root: Any, url: str) -> ParsedFeed:
    pages = [page for page in root.iter("{*}url") if page.find("{*}news") is not None] if root is not None else []
    if not pages:
        raise FeedError(url=url)
    raws = sorted((_raw(page) for page in pages), key=lambda raw: raw.published or _LONG_AGO, reverse=True)
    news = pages[0].find("{*}news")
    return ParsedFeed(
        title=plain_text(_text(news, "{*}publication/{*}name"), MAX_FEED_TITLE),
        language=language_tag(_text(news, "{*}publication/{*}language")),
        entries=assemble_all(raws[:MAX_ENTRIES], url),
    )


def _raw(page: Any) -> RawEntry:
    news = page.find("{*}news")
    return RawEntry(
        title=_text(news, "{*}title"),
        title_html=True,  # many escape twice, as in RSS
        links=(_text(page, "{*}loc"),),
        guid=_text(page, "{*}loc"),
        published=parse_moment(_text(news, "{*}publication_date") or _text(page, "{*}lastmod")),
        tags=tuple(tag.strip() for tag in _text(news, "{*}keywords").split(",")),
        image=_text(page, "{*}image/{*}loc"),
    )


def _text(element: Any, path: str) -> str:
    found = element.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""
