"""What is fuzzed: for each target what may come, and what must hold of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from bot.delivery.sender import captioned, shown
from bot.errors import QuotewireError
from bot.feeds import opml
from bot.feeds.fast import read_fast
from bot.feeds.headlines import read_headline_page
from bot.feeds.parse import parse_feed
from bot.feeds.reference import read_reference
from bot.messages.lists import Headline, Page, render_recent
from bot.messages.reader import Reader
from bot.models import Article, Digest, Message, ParsedFeed
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.playground.methods.markup import checked_markup
from bot.playground.methods.sending import send_message
from bot.playground.methods.words import read_caption
from bot.playground.parameters import decode
from bot.reading import read
from bot.reading.key_quotes import key_quotes
from bot.reading.quotes import find_quotes
from bot.reading.summary import summarise
from bot.store.columns import Document, Moment
from bot.store.documents import DIGEST, ENTRY
from tests.fuzz.articles import MATERIALS, NOW, QUOTED, READERS, Material
from tests.fuzz.documents import FEEDS, PAGES
from tests.fuzz.screens import screens

_FEED_URL = "https://example.org/feeds/news.xml"
_CHANNEL_URL = "https://t.me/s/channel"
_PAGE_URL = "https://hostile.example/news/1"
_POSTGRESQL = PGDialect_asyncpg()


@dataclass(frozen=True)
class Target:
    """Something that is fuzzed.

    Attributes:
        inputs: what may come.
        check: raises where something does not hold of one input.
        in_ci: how many inputs the test gives it; each target then takes a few seconds.
    """

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    in_ci: int


def check_feed(given: tuple[bytes, Reader]) -> None:
    """A document is a feed that can be kept and shown, or an error of ours; both paths read it alike."""
    body, reader = given
    opml.read(body)
    for parsed in filter(None, [_feed(body), _channel(body)]):
        rows = []
        for number, entry in enumerate(parsed.entries, 1):
            assert entry.title.strip(), entry
            keep(ENTRY, entry)
            Moment().process_bind_param(entry.published, _POSTGRESQL)
            rows.append(Headline(number, entry.title, entry.url, parsed.title, entry.published or NOW))
        accept(render_recent(rows[:8], None, Page(0, has_next=False), reader))
    fast = read_fast(body, _FEED_URL)
    assert fast is None or fast == read_reference(body, _FEED_URL)


def _feed(body: bytes) -> ParsedFeed | None:
    try:
        return parse_feed(body, _FEED_URL)
    except QuotewireError:
        return None


def _channel(body: bytes) -> ParsedFeed | None:
    try:
        return read_headline_page(body, _CHANNEL_URL, NOW)
    except QuotewireError:
        return None


def check_quotes(article: Article) -> None:
    """Each quote stands in its paragraph word for word; summary and key quotes are made of them without fault."""
    quotes = find_quotes(article)
    for quote in quotes:
        assert quote.text in article.paragraphs[quote.paragraph].text
        assert quote.text.strip()
        assert quote.speaker is None or quote.speaker.strip()
    quoted = replace(article, quotes=quotes)
    key_quotes(quoted, summarise(quoted))
    assert find_quotes(article) == quotes


def check_messages(given: Material) -> None:
    """Whatever a message is made from, Telegram accepts it."""
    for message in screens(given):
        accept(message)


def check_page(given: tuple[bytes, Material]) -> None:
    """A page is a digest that can be kept and shown in every way, or an error of ours."""
    body, material = given
    try:
        digest = read(body, _PAGE_URL)
    except QuotewireError:
        return
    assert isinstance(digest, Digest)
    keep(DIGEST, digest)
    for message in screens(replace(material, digest=digest)):
        accept(message)


def keep(kind: TypeAdapter[Any], value: Any) -> None:
    """Take a value through JSON as the database's columns do: texts that UTF-8 holds."""
    column = Document().process_bind_param(kind.dump_python(value, mode="json"), _POSTGRESQL)
    kind.validate_python(json.loads(json.dumps(column, ensure_ascii=False).encode()))


def accept(message: Message) -> None:
    """Show a message by the strict local server's rules, as the pusher sends it."""
    telegram = BotApiServer(limits=NO_LIMITS)
    place = {"chat_id": telegram.add_user().id}
    if message.photo:
        arguments = _sent("sendPhoto", place | {"photo": message.photo, **captioned(message)})
        assert read_caption(arguments).text
        checked_markup(arguments.get("reply_markup"))
    else:
        send_message(telegram.world, _sent("sendMessage", place | shown(message)))


def _sent(method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps(parameters, ensure_ascii=False).encode("utf-8", "replace")
    return decode(method, json.loads(body))


TARGETS = {
    "feeds": Target(st.tuples(FEEDS, READERS), check_feed, 200),
    "quotes": Target(QUOTED, check_quotes, 150),
    "messages": Target(MATERIALS, check_messages, 100),
    "pages": Target(st.tuples(PAGES, MATERIALS), check_page, 60),
}
"""By the name that `python -m benchmarks.fuzz` takes."""
