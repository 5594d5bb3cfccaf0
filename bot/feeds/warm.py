"""What a worker does before its first job: import the readers of pages and feeds, and make them load their data."""

from bot.feeds.headlines import read_headline_page
from bot.feeds.parse import read_document
from bot.feeds.places import stated_places
from bot.feeds.reference import read_reference
from bot.reading.worker_process import warm_up as warm_up_pages

JOBS = (read_document, read_headline_page, stated_places)
"""What the poller and the search for feeds ask workers for; imported with this module, before the first is asked."""

_FEED = (
    b'<rss version="2.0"><channel><title>Warm</title><link>https://warm.invalid/</link><item><title>Bridge</title>'
    b"<link>https://warm.invalid/bridge</link><pubDate>Mon, 06 May 2024 09:00:00 GMT</pubDate></item></channel></rss>"
)


def warm_up() -> None:
    """Read a page in each language and a feed by both ways, so that the first real one does not wait for imports."""
    warm_up_pages()
    read_document(_FEED, "https://warm.invalid/feed", "", None)
    read_reference(_FEED, "https://warm.invalid/feed")
