"""A Telegram channel's public page (t.me/s/<name>) read as a feed."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from bot.errors import FeedError, ReadingError
from bot.feeds.assemble import MAX_FEED_TITLE, MAX_SUMMARY, web_url
from bot.feeds.moments import parse_moment
from bot.feeds.text import tidy
from bot.models import Entry, ParsedFeed
from bot.reading.page import Page
from bot.reading.selectors import select

_HOSTS = frozenset({"t.me", "telegram.me", "www.t.me"})
_CHANNEL = re.compile(r"/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})/?")
_NOT_CHANNELS = frozenset({"joinchat", "addstickers", "share", "proxy", "setlanguage", "iv", "login", "socks"})
_BACKGROUND = re.compile(r"background-image:\s*url\(['\"]?([^'\")]+)", re.IGNORECASE)
_HEADLINE_LENGTH = 160
"""Characters of a post's first line that serve as its title."""


def channel_page(url: str) -> str | None:
    """Return the address of the public page of the channel that a t.me link names, or None for another link."""
    parts = urlsplit(url)
    match = _CHANNEL.fullmatch(parts.path)
    if (parts.hostname or "") not in _HOSTS or match is None or match[1].lower() in _NOT_CHANNELS:
        return None
    return f"https://t.me/s/{match[1]}"


def is_channel_page(url: str) -> bool:
    """Tell whether a URL is a channel's public page."""
    parts = urlsplit(url)
    return (parts.hostname or "") in _HOSTS and parts.path.startswith("/s/")


def read_channel(html: bytes | str, url: str, *, charset: str | None = None) -> ParsedFeed:
    """Read a channel's public page; its posts become entries, newest first (the page has them the other way).

    Args:
        html: the page.
        url: where it came from.
        charset: the Content-Type header's.

    Raises:
        FeedError: there are no posts: the channel is private, empty or does not exist.
    """
    try:
        page = Page.parse(html, url, charset=charset)
    except ReadingError as error:
        raise FeedError(url=url) from error
    posts = select(page.tree, (".tgme_widget_message[data-post]",))
    entries = tuple(entry for post in reversed(posts) if (entry := _entry(post, url)) is not None)
    if not entries:
        raise FeedError(url=url)
    title = _first_text(page.tree, ".tgme_channel_info_header_title") or page.first_meta("og:title") or ""
    return ParsedFeed(title=tidy(title, MAX_FEED_TITLE), site_url=url, entries=entries)


def _entry(post: Any, base: str) -> Entry | None:
    name = (post.get("data-post") or "").strip()
    text = next(iter(select(post, (".tgme_widget_message_text.js-message_text", ".tgme_widget_message_text"))), None)
    lines = _lines(text) if text is not None else []
    if not name or not lines:
        return None
    moment = next(iter(select(post, (".tgme_widget_message_date time[datetime]", "time[datetime]"))), None)
    return Entry(
        guid=name,
        url=f"https://t.me/{name}",
        title=tidy(lines[0], _HEADLINE_LENGTH),
        published=parse_moment(moment.get("datetime") or "") if moment is not None else None,
        summary=tidy(" ".join(lines), MAX_SUMMARY),
        image=_picture(post, base),
    )


def _lines(element: Any) -> list[str]:
    """Return the lines of a post: Telegram writes line breaks as <br>."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(element)).split("\n"))
    return [line for line in lines if line]


def _pieces(element: Any) -> Iterator[str]:
    """Yield the texts below an element in reading order; by a walk, since nesting may be deeper than Python's stack."""
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            yield "\n" if part.tag == "br" else part.text or ""
        elif part is not element:
            yield part.tail or ""


def _picture(post: Any, base: str) -> str | None:
    for photo in select(post, (".tgme_widget_message_photo_wrap",)):
        if match := _BACKGROUND.search(photo.get("style") or ""):
            return web_url(match[1], base) or None
    return None


def _first_text(tree: Any, selector: str) -> str:
    found = next(iter(select(tree, (selector,))), None)
    return "".join(found.itertext()) if found is not None else ""
