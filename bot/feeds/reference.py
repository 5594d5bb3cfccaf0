"""What feedparser says of a feed: the reference for every XML feed."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import feedparser

from bot.errors import FeedError
from bot.feeds.assemble import MAX_FEED_TITLE, RawEntry, assemble_all, language_tag, update_period, web_url
from bot.feeds.moments import parse_moment, utc_moment
from bot.feeds.text import plain_text
from bot.models import ParsedFeed

_MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_reference(body: bytes, url: str) -> ParsedFeed:
    """Return what feedparser reads in an XML feed, well-formed or not.

    Its own cleaning of HTML and resolving of links inside texts are off: only plain text is kept of them.

    Args:
        body: UTF-8; see bot.feeds.prepare.
        url: where the document came from; relative links start there.

    Raises:
        FeedError: feedparser finds no feed in it.
    """
    # feedparser takes document order and nesting for granted; deep nesting ends in a RecursionError or AttributeError.
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers={**_HEADERS, "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise FeedError(url=url) from error
    if not parsed.get("version") and not parsed["entries"]:
        raise FeedError(url=url)
    feed = parsed["feed"]
    return ParsedFeed(
        title=_feed_title(feed),
        site_url=web_url(_text(feed.get("link")), url) or None,
        language=language_tag(_text(feed.get("language"))),
        entries=assemble_all((_raw(entry) for entry in parsed["entries"]), url),
        ttl_seconds=update_period(feed.get("ttl"), feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")),
        hub=_feed_link(feed, "hub", url),
        self_url=_feed_link(feed, "self", url),
    )


def _feed_title(feed: Mapping[str, Any]) -> str:
    # A title of a feed is a name: markup in it is never meant to be seen.
    return plain_text(_text(feed.get("title")), MAX_FEED_TITLE)


def _feed_link(feed: Mapping[str, Any], relation: str, base: str) -> str | None:
    links = (_text(link.get("href")) for link in _objects(feed.get("links")) if link.get("rel") == relation)
    return next((url for link in links if (url := web_url(link, base))), None)


def _raw(entry: Any) -> RawEntry:
    summary, summary_html = _summary(entry)
    detail = _object(entry.get("title_detail"))
    return RawEntry(
        guid=_text(entry.get("id")),
        title=_text(entry.get("title")),
        title_html=detail.get("type") in _MARKUP_TYPES,
        summary=summary,
        summary_html=summary_html,
        links=tuple(_links(entry)),
        published=_moment(entry, "published") or _moment(entry, "created"),
        updated=_moment(entry, "updated"),
        tags=tuple(_tags(entry)),
        authors=tuple(_authors(entry)),
        image=_image(entry),
    )


def _moment(entry: Any, name: str) -> datetime | None:
    # By the mapping itself: feedparser's own lookup gives one date in another's place.
    read = dict.get(entry, f"{name}_parsed")
    return (parse_moment(_text(dict.get(entry, name))) or utc_moment(read)) if read else None


def _summary(entry: Any) -> tuple[str, bool]:
    contents = [content for content in _objects(entry.get("content")) if content.get("value")]
    # Where an item has a content alone, feedparser gives it as the summary too, without saying what it is.
    detail = _object(entry.get("summary_detail")) or (contents[0] if contents else {})
    if text := _text(entry.get("summary")):
        return text, detail.get("type", "text/html") in _MARKUP_TYPES
    return (_text(contents[0]["value"]), contents[0].get("type") in _MARKUP_TYPES) if contents else ("", True)


def _links(entry: Any) -> Iterable[str]:
    yield _text(entry.get("link"))
    yield from (_text(link.get("href")) for link in _objects(entry.get("links")) if link.get("rel") == "enclosure")


def _tags(entry: Any) -> Iterable[str]:
    return (_text(tag.get("label") or tag.get("term")) for tag in _objects(entry.get("tags")))


def _authors(entry: Any) -> Iterable[str]:
    named = [_text(author.get("name")) for author in _objects(entry.get("authors")) if author.get("name")]
    return named or [_text(entry.get("author"))]


def _image(entry: Any) -> str:
    """Return the first picture: Media RSS content, then thumbnail, then an enclosure, then the podcast's cover."""
    pictures = (media for media in _objects(entry.get("media_content")) if is_picture(media))
    thumbnails = _objects(entry.get("media_thumbnail"))
    enclosures = (link for link in _objects(entry.get("links")) if link.get("rel") == "enclosure" and is_picture(link))
    cover = entry.get("image")
    covers = (cover,) if isinstance(cover, Mapping) else ()
    found = (_text(media.get("url") or media.get("href")) for media in (*pictures, *thumbnails, *enclosures, *covers))
    return next((url for url in found if url.strip()), "")


def is_picture(media: Mapping[str, str]) -> bool:
    """Tell whether a media:content or enclosure is a picture by its attributes."""
    return media.get("medium") == "image" or str(media.get("type", "")).startswith("image/")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# An element of a feed may be called as feedparser calls a list or table of its own (<links>z</links>).
def _objects(value: Any) -> Sequence[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else ()


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
