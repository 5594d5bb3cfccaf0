"""Where feeds are to be looked for: by the address alone, and by what a page says. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from bot.errors import ReadingError
from bot.feed_values import FeedKind
from bot.feeds.assemble import web_url
from bot.feeds.telegram import channel_page
from bot.reading.page import Page
from bot.reading.selectors import select
from bot.urls import is_splittable

COMMON_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news-sitemap.xml",
)  # fmt: skip
"""Tried where a page names no feed: WordPress and Ghost, many news systems, Jekyll, Hugo, JSON Feed, Google News."""

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
)
_FEED_LINK = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._-]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|комент|коммент", re.IGNORECASE)
_MAX_ANCHORS = 3
_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_YOUTUBE_FEED = "https://www.youtube.com/feeds/videos.xml"
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_CHANNEL_STATED = re.compile(
    r"(?:\"(?:channelId|externalId)\"\s*:\s*\"|/channel/|<meta itemprop=\"(?:identifier|channelId)\" content=\")"
    r"(UC[A-Za-z0-9_-]{22})"
)
_REDDIT = re.compile(r"(?:www\.|old\.|new\.|m\.)?reddit\.com")
_SUBREDDIT = re.compile(r"/(r|u|user)/([A-Za-z0-9_-]{2,50})(?:/.*)?")
_ACCOUNT = re.compile(r"/@[A-Za-z0-9_.-]+(?:@[A-Za-z0-9.-]+)?/?")
_HANDLE = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")
_FEDIVERSE = re.compile(r"@([A-Za-z0-9_.-]+)@([A-Za-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed may be, and how its document is to be read."""

    url: str
    kind: FeedKind = FeedKind.FEED


def to_url(text: str) -> str:
    """Return what a person typed as a URL: a domain, a link, a Telegram @name or a Mastodon @name@server."""
    text = text.strip().strip("<>")
    if match := _FEDIVERSE.fullmatch(text):
        return f"https://{match[2]}/@{match[1]}"
    if _HANDLE.fullmatch(text):
        return f"https://t.me/{text[1:]}"
    if text.startswith("feed:"):
        text = text.removeprefix("feed:").removeprefix("//")
    return text if "://" in text else f"https://{text}"


def known_places(url: str) -> tuple[Place, ...]:
    """Return where the feed of an address on a well-known service is: no page has to be read for it.

    Telegram channels, subreddits and Reddit users, YouTube channels and playlists by id, Medium and Mastodon accounts.
    """
    if not is_splittable(url):
        return ()
    parts = urlsplit(url)
    host, path = (parts.hostname or "").lower(), parts.path
    if page := channel_page(url):
        return (Place(page, FeedKind.HEADLINES),)
    if _REDDIT.fullmatch(host) and (match := _SUBREDDIT.fullmatch(path)):
        kind = "r" if match[1] == "r" else "user"
        return (Place(f"https://www.reddit.com/{kind}/{match[2]}/.rss"),)
    if host in _YOUTUBE:
        return _youtube_places(path, parts.query)
    if host in {"medium.com", "www.medium.com"}:
        return (Place(f"https://medium.com/feed{path.rstrip('/')}"),)
    if _ACCOUNT.fullmatch(path):
        return (Place(urljoin(url, path.rstrip("/") + ".rss")),)
    return ()


def stated_places(html: bytes, url: str, charset: str | None = None) -> tuple[Place, ...]:
    """Return the feeds that a page names, best first; for a reading worker.

    Args:
        html: the page, as fetched.
        url: where it was found.
        charset: the Content-Type header's.

    Returns:
        `<link rel=alternate>` in document order, those of comments last; where there is none, links whose address
        looks like a feed's. A YouTube page gives its channel's feed. Empty for what is no page.
    """
    try:
        page = Page.parse(html, url, charset=charset)
    except ReadingError:
        return ()
    if (urlsplit(url).hostname or "") in _YOUTUBE and (
        match := _CHANNEL_STATED.search(html.decode("utf-8", "replace"))
    ):
        return (Place(f"{_YOUTUBE_FEED}?channel_id={match[1]}"),)
    found = _alternates(page)
    ordered = sorted(found, key=lambda pair: bool(_COMMENTS.search(pair[1] + pair[0])))
    return _each_once(link for link, _ in ordered) or _each_once(_feed_like_anchors(page))[:_MAX_ANCHORS]


def common_places(url: str) -> tuple[Place, ...]:
    """Return the usual addresses of feeds on a site."""
    return tuple(Place(urljoin(url, path)) for path in COMMON_PATHS)


def _youtube_places(path: str, query: str) -> tuple[Place, ...]:
    if path == "/playlist" and (lists := parse_qs(query).get("list")):
        return (Place(f"{_YOUTUBE_FEED}?playlist_id={lists[0]}"),)
    if path.startswith("/channel/") and (match := _CHANNEL_ID.match(path.removeprefix("/channel/"))):
        return (Place(f"{_YOUTUBE_FEED}?channel_id={match[0]}"),)
    return ()


def _alternates(page: Page) -> list[tuple[str, str]]:
    links = []
    for link in select(page.tree, ("link[href]",)):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        is_json_feed = media_type == "application/json" and "feed" in link.get("href")
        if "alternate" in relations and (media_type in _FEED_TYPES or is_json_feed):
            links.append((web_url(link.get("href"), page.url), link.get("title") or ""))
    return [(url, title) for url, title in links if url]


def _feed_like_anchors(page: Page) -> Iterable[str]:
    host = urlsplit(page.url).hostname
    for anchor in select(page.tree, ("a[href]",)):
        url = web_url(anchor.get("href"), page.url)
        parts = urlsplit(url)
        if parts.hostname == host and _FEED_LINK.search(parts.path):
            yield url


def _each_once(urls: Iterable[str]) -> tuple[Place, ...]:
    return tuple(Place(url) for url in dict.fromkeys(urls))
