"""From the raw fields of a feed document, however they were read, to Entries and a ParsedFeed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.feeds.text import plain_text, tidy
from bot.models import Entry
from bot.urls import is_splittable

MAX_ENTRIES = 1_000
"""Entries read from one document. Ours: the largest news feeds show some hundreds, feedparser reads a thousand in a
fifth of a second, and more would let one stranger's feed fill the database."""
MAX_TITLE = 500
"""Characters of a title; headlines are below 200."""
MAX_FEED_TITLE = 200
"""Characters of a feed's own name."""
MAX_SUMMARY = 1_000
"""Characters of a summary; a digest shows less."""
MAX_NAMES = 30
"""Tags or authors of one entry."""
MAX_NAME = 100
MAX_URL = 2_000
"""Characters of a URL; browsers and servers agree on about as many."""

_TITLE_FROM_SUMMARY = 120
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


@dataclass(slots=True)
class RawEntry:
    """The fields of one item as the document states them.

    Attributes:
        title_html, summary_html: whether the text is markup, or plain.
        links: candidates for the entry's URL, best first.
    """

    guid: str = ""
    title: str = ""
    title_html: bool = False
    summary: str = ""
    summary_html: bool = True
    links: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    image: str = ""


def assemble(raw: RawEntry, base: str) -> Entry | None:
    """Return the Entry, or None for an item that says nothing.

    Args:
        raw: the item's fields.
        base: the URL that relative links start from.
    """
    title = plain_text(raw.title, MAX_TITLE) if raw.title_html else tidy(raw.title, MAX_TITLE)
    summary = plain_text(raw.summary, MAX_SUMMARY) if raw.summary_html else tidy(raw.summary, MAX_SUMMARY)
    url = next((url for link in (*raw.links, raw.guid) if (url := web_url(link, base))), "")
    if not (title or summary):
        return None
    return Entry(
        guid=raw.guid.strip()[:MAX_URL],
        url=url,
        title=title or tidy(summary, _TITLE_FROM_SUMMARY),
        published=raw.published or raw.updated,
        updated=raw.updated,
        summary=summary,
        tags=names(raw.tags),
        authors=names(raw.authors),
        image=web_url(raw.image, base) or None,
    )


def assemble_all(raws: Iterable[RawEntry], base: str) -> tuple[Entry, ...]:
    """Return the Entries of the items that say something, in the same order."""
    return tuple(entry for raw in raws if (entry := assemble(raw, base)) is not None)


def web_url(link: str, base: str) -> str:
    """Return a link as an absolute http or https URL, "" where it is none."""
    link = link.strip()
    if not link or len(link) > MAX_URL or "\n" in link:
        return ""
    if link.startswith(("https://", "http://")) and not link.endswith("://"):
        return link if is_splittable(link) else ""
    if not base or " " in link or link.startswith(("urn:", "tag:")):
        return ""
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    # A guid such as "4711" is no relative link: only what looks like a path is one.
    is_link = ("/" in link or "?" in link or "." in link) and parts.scheme in {"http", "https"} and bool(parts.netloc)
    return joined if is_link else ""


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return tags or authors as plain text, each once, empty ones gone."""
    found: dict[str, None] = {}
    for text in texts:
        if text and (name := plain_text(text, MAX_NAME)):
            found[name] = None
    return tuple(found)[:MAX_NAMES]


def language_tag(text: str | None) -> str | None:
    """Return a language tag in lower case ("en-gb"), or None for what is none."""
    tag = (text or "").strip().lower().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def update_period(ttl_minutes: Any, period: Any, frequency: Any) -> int | None:
    """Return how many seconds a feed asks to be left alone.

    Args:
        ttl_minutes: RSS 2.0's <ttl>.
        period: RSS 1.0 syndication module's updatePeriod ("hourly" …).
        frequency: its updateFrequency: updates in one period, 1 where it is not given.
    """
    minutes = _positive_int(ttl_minutes)
    if minutes:
        return minutes * 60
    seconds = _PERIODS.get(str(period or "").strip().lower())
    return seconds // (_positive_int(frequency) or 1) or None if seconds else None


def _positive_int(value: Any) -> int:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0  # noqa: PLR2004 - 8 digits: 19 years
