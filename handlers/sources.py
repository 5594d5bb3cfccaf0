"""/sources: the feeds that are known, each followed or left by a tap."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.errors import SourceBlocked
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.errors import explain
from bot.messages.lists import PAGE_SIZE, ListedSource, Page, render_sources
from bot.models import Message
from bot.services import Services
from bot.store import FeedRow
from handlers.menus import Audience
from handlers.paged import PagedList
from handlers.replies import toast
from handlers.sayings import followed_now, unfollowed_now
from handlers.taps import changing_tap
from handlers.visits import Context, Visit, reader_of

MENU = {"sources": sentence("Sites to follow")}
AUDIENCE = {"sources": Audience.CHOOSING}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    listed = PagedList(services, _list)

    async def toggle(update: Update, _context: Context) -> None:
        if tap := await changing_tap(update, services):
            feed = await services.store.feeds.get(tap.number(0))
            await toast(tap.query, await toggle_feed(services, tap.here, feed) if feed else "")
            await listed.draw(tap, tap.number(1))

    return [
        CommandHandler("sources", listed.show),
        CallbackQueryHandler(listed.turn, pattern=f"^{callbacks.SOURCES_PAGE}:"),
        CallbackQueryHandler(toggle, pattern=f"^{callbacks.TOGGLE_SOURCE}:"),
    ]


async def toggle_feed(services: Services, here: Visit, feed: FeedRow) -> str:
    """Follow a feed, or stop following it, and return the sentence that says so; a blocked one can only be left."""
    if feed.blocked and feed.topic_id not in await services.store.subscriptions.topic_ids(here.chat.id):
        return explain(SourceBlocked(url=feed.url), here.words)
    if await services.store.subscriptions.add(here.chat.id, feed.topic):
        services.wake_poller()
        return followed_now(here, feed.topic)
    await services.store.subscriptions.remove(here.chat.id, feed.topic)
    return unfollowed_now(here, feed.topic)


async def _list(services: Services, here: Visit, number: int) -> Message:
    followed = await services.store.subscriptions.topic_ids(here.chat.id)
    feeds = await _known(services, here)
    number = max(0, min(number, (len(feeds) - 1) // PAGE_SIZE))  # sources may have gone since
    shown = feeds[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    rows = [ListedSource(feed.id, feed.name or feed.url, feed.language, feed.topic_id in followed) for feed in shown]
    page = Page(number, has_next=(number + 1) * PAGE_SIZE < len(feeds))
    return render_sources(rows, page, await reader_of(here.chat, services))


async def _known(services: Services, here: Visit) -> list[FeedRow]:
    """Return the presets, the reader's language first; feeds that single chats added stay theirs."""
    known = await services.store.feeds.list()
    feeds = [feed for feed in known if feed.slug and not (feed.state.ended or feed.blocked)]
    return sorted(feeds, key=lambda feed: (feed.language != here.words.language, feed.language or "", feed.name))
