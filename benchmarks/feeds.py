"""Parse time of feeds, beside feedparser and fastfeedparser.

    python -m benchmarks.feeds

Prints milliseconds of processor time for one document of 100 entries: the best of several runs each, after a first one
that warms up.
fastfeedparser is measured where it is installed (`pip install fastfeedparser`); it is no dependency.
"""

import io
import time
from collections.abc import Callable
from html import escape
from importlib import import_module
from importlib.util import find_spec

import feedparser

from bot.feeds.fast import read_fast
from bot.feeds.parse import parse_feed
from bot.feeds.prepare import as_utf8
from bot.feeds.reference import read_reference

URL = "https://example.org/feed"
ENTRIES = 100
RUNS = 25
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
TEXT = "Речниця міністерства повідомила про засідання, на якому обговорили постачання та відбудову. "


def headlines() -> bytes:
    """Return an RSS feed of headlines alone, as Ukrainska Pravda's."""
    return _rss("")


def summaries() -> bytes:
    """Return an RSS feed with a paragraph, two tags, an author and a picture for each entry."""
    return _rss(
        f"<description>{escape(f'<p>{TEXT * 3}</p>')}</description><category>Війна</category><category>США</category>"
        "<dc:creator>Олена Коваль</dc:creator><media:thumbnail url='https://example.org/i.jpg' width='240'/>"
    )


def full_texts() -> bytes:
    """Return an RSS feed with whole articles, as WordPress gives it."""
    return _rss(
        f"<description>{escape(TEXT)}</description>"
        f"<content:encoded><![CDATA[{f'<p>{TEXT * 4}</p>' * 10}]]></content:encoded>"
        "<dc:creator><![CDATA[Jane Doe]]></dc:creator><category><![CDATA[News]]></category>"
    )


def atom() -> bytes:
    """Return an Atom feed with summaries."""
    entries = "".join(
        f"<entry><title>Заголовок {n}</title><link href='https://example.org/news/{n}/'/><id>tag:example.org,2024:{n}</id>"
        f"<published>2024-12-28T{n % 24:02}:02:00+02:00</published><updated>2024-12-28T19:02:00Z</updated>"
        f"<author><name>Jane Doe</name></author><summary type='html'>{escape(f'<p>{TEXT * 3}</p>')}</summary></entry>"
        for n in range(ENTRIES)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Example</title>{entries}</feed>".encode()


def _rss(more: str) -> bytes:
    items = "".join(
        f"<item><title>Zelenskyy &amp; the minister: headline {n} – Київ</title>"
        f"<link>https://example.org/news/2024/12/28/{n}/?utm_source=rss</link>"
        f"<guid isPermaLink='true'>https://example.org/news/2024/12/28/{n}/</guid>"
        f"<pubDate>Sat, 28 Dec 2024 {n % 24:02}:02:00 +0200</pubDate>{more}</item>"
        for n in range(ENTRIES)
    )
    head = "<title>Example</title><link>https://example.org/</link><language>en</language><ttl>15</ttl>"
    feed = f'<rss version="2.0" {NAMESPACES}><channel>{head}{items}</channel></rss>'
    return f'<?xml version="1.0" encoding="utf-8"?>{feed}'.encode()


def best_milliseconds(job: Callable[[], object]) -> float:
    """Return the shortest of several runs: what the work itself takes on a machine that does other things too."""
    job()
    times = []
    for _ in range(RUNS):
        start = time.thread_time()
        job()
        times.append(time.thread_time() - start)
    return min(times) * 1_000


def jobs(body: bytes) -> dict[str, Callable[[], object]]:
    """Return what is measured over one document, by name."""
    work: dict[str, Callable[[], object]] = {
        "quotewire": lambda: parse_feed(body, URL),
        "its slow path": lambda: read_reference(as_utf8(body), URL),
        "feedparser": lambda: feedparser.parse(io.BytesIO(body)),
    }
    if find_spec("fastfeedparser"):
        fastfeedparser = import_module("fastfeedparser")
        work["fastfeedparser"] = lambda: fastfeedparser.parse(body)
    return work


def main() -> None:
    """Measure and print the table."""
    for make in (headlines, summaries, full_texts, atom):
        body = make()
        assert read_fast(as_utf8(body), URL) == read_reference(as_utf8(body), URL)
        print(f"{make.__name__:12} {len(body):7} bytes:", end=" ")
        print(", ".join(f"{name} {best_milliseconds(job):.2f} ms" for name, job in jobs(body).items()))


if __name__ == "__main__":
    main()
