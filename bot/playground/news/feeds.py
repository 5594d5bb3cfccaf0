"""The sample site's feeds: RSS 2.0 and Atom."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from bot.playground.news.desk import Item
from bot.playground.news.stories import Edition


def rss(base: str, edition: Edition, items: Iterable[Item]) -> str:
    """Return an RSS 2.0 document; its links carry a tracking parameter, as feeds' links do."""
    entries = "".join(_rss_item(base, item) for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(edition.name)}</title><link>{base}{edition.path}</link>"
        f"<description>{escape(edition.words['all'])}</description><language>{edition.language}</language>{entries}"
        "</channel></rss>"
    )


def atom(base: str, edition: Edition, items: Iterable[Item], updated: datetime) -> str:
    """Return an Atom document, whose entries name no topics."""
    entries = "".join(_atom_entry(base, item) for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{edition.language}">'
        f"<title>{escape(edition.name)}</title><id>{base}{edition.path}</id><updated>{updated.isoformat()}</updated>"
        f'<link rel="self" href="{base}/atom/"/><link rel="alternate" href="{base}{edition.path}"/>{entries}</feed>'
    )


def _rss_item(base: str, item: Item) -> str:
    url = base + item.path
    topics = "".join(f"<category>{escape(tag)}</category>" for tag in item.story.tags)
    return (
        f"<item><title>{escape(item.story.title)}</title><link>{url}?utm_source=rss</link>"
        f'<guid isPermaLink="true">{url}</guid><pubDate>{format_datetime(item.published)}</pubDate>'
        f"<description>{escape(item.story.lead)}</description><dc:creator>{escape(item.story.author)}</dc:creator>{topics}</item>"
    )


def _atom_entry(base: str, item: Item) -> str:
    url = base + item.path
    moment = item.published.isoformat()
    return (
        f"<entry><title>{escape(item.story.title)}</title><id>{url}</id><link href={quoteattr(url)}/>"
        f"<published>{moment}</published><updated>{moment}</updated><summary>{escape(item.story.lead)}</summary>"
        f"<author><name>{escape(item.story.author)}</name></author></entry>"
    )
