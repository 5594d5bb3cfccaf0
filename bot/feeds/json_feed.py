"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.errors import FeedError
from bot.feeds.assemble import MAX_ENTRIES, MAX_FEED_TITLE, RawEntry, assemble_all, language_tag, web_url
from bot.feeds.moments import parse_moment
from bot.feeds.text import tidy
from bot.models import ParsedFeed


def read_json_feed(body: bytes, url: str) -> ParsedFeed:
    """Return what a JSON Feed says.

    Args:
        body: UTF-8; see bot.feeds.prepare.
        url: where the document came from.

    Raises:
        FeedError: it is other JSON, or none.
    """
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(url=url) from error
    if (
        not isinstance(feed, dict)
        or not isinstance(feed.get("items"), list)
        or "jsonfeed.org" not in _text(feed, "version")
    ):
        raise FeedError(url=url)
    items = _objects(feed.get("items"))[:MAX_ENTRIES]
    hubs = (_text(hub, "url") for hub in _objects(feed.get("hubs")))
    return ParsedFeed(
        title=tidy(_text(feed, "title"), MAX_FEED_TITLE),
        site_url=web_url(_text(feed, "home_page_url"), url) or None,
        language=language_tag(_text(feed, "language")),
        entries=assemble_all((_raw(item) for item in items), url),
        hub=next((hub for link in hubs if (hub := web_url(link, url))), None),
        self_url=web_url(_text(feed, "feed_url"), url) or None,
    )


def _raw(item: Mapping[str, Any]) -> RawEntry:
    markup, plain = _text(item, "content_html"), _text(item, "summary") or _text(item, "content_text")
    return RawEntry(
        guid=str(item["id"]) if isinstance(item.get("id"), int | float) else _text(item, "id"),
        title=_text(item, "title"),
        summary=plain or markup,
        summary_html=not plain,
        links=(_text(item, "url"), _text(item, "external_url")),
        published=parse_moment(_text(item, "date_published")),
        updated=parse_moment(_text(item, "date_modified")),
        tags=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        authors=tuple(_text(author, "name") for author in _authors(item)),
        image=_text(item, "image") or _text(item, "banner_image"),
    )


def _authors(item: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    # Version 1 has one "author", 1.1 a list.
    return _objects(item.get("authors")) or _objects([item.get("author")])


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [part for part in _list(value) if isinstance(part, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""
