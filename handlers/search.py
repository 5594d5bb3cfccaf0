"""/search and /saved: finding again what came, and what was kept for later."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.finds import FoundDigest, render_found, render_saved
from bot.messages.lists import PAGE_SIZE, Page
from bot.models import Message, Topic
from bot.queries import MAX_QUERY_LENGTH, parse_query, query_topic
from bot.services import Services
from bot.store import Headline
from handlers.cards import digest_message
from handlers.paged import PagedList
from handlers.replies import edit, plain, reply, toast
from handlers.taps import tapped
from handlers.visits import Context, Visit, reader_of, visit
from handlers.wishes import headlines

MENU = {
    "search": sentence("Search what came to you: /search <words>"),
    "saved": sentence("What you kept for later"),
}

_PUSHED, _ALL = 0, 1


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    saved = PagedList(services, _saved_page)
    return [
        CommandHandler("search", partial(_search, services)),
        CommandHandler("saved", saved.show),
        CallbackQueryHandler(partial(_turn_found, services), pattern=f"^{callbacks.FOUND_PAGE}:"),
        CallbackQueryHandler(saved.turn, pattern=f"^{callbacks.SAVED_PAGE}:"),
        CallbackQueryHandler(partial(_open, services), pattern=f"^{callbacks.OPEN_DIGEST}:"),
    ]


async def _search(services: Services, update: Update, context: Context) -> None:
    here, text = await visit(update, services), " ".join(context.args or [])
    if update.effective_message is None:
        return
    topic = query_topic(text)
    if not topic.key:
        await reply(
            update.effective_message, plain(here.words.say("Search for what? For example: /search drone -football"))
        )
    elif len(topic.key) > MAX_QUERY_LENGTH:
        said = here.words.say(
            "That is too long for a search: it has {limit} characters at most.", limit=MAX_QUERY_LENGTH
        )
        await reply(update.effective_message, plain(said))
    else:
        number = await services.store.topics.ensure(topic)
        came = await _rows(services, here, 0, topic, _PUSHED)
        scope = _PUSHED if came else _ALL
        await reply(update.effective_message, await _found(services, here, 0, number, scope))


async def _turn_found(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    await toast(tap.query)
    scope = _ALL if tap.number(2) else _PUSHED
    found = await _found(services, tap.here, max(0, tap.number(0)), tap.number(1), scope)
    if tap.shown is not None:
        await edit(tap.shown, found)


async def _found(services: Services, here: Visit, page: int, topic_id: int, scope: int) -> Message:
    """Return a page of what a search finds."""
    topic = await services.store.topics.get(topic_id)
    rows = await _rows(services, here, page, topic, scope)
    shown, more = headlines(rows[:PAGE_SIZE]), Page(page, has_next=len(rows) > PAGE_SIZE)
    text, reader = topic.label if topic else "", await reader_of(here.chat, services)
    return render_found(text, topic_id, shown, more, reader, everywhere=scope == _ALL)


async def _rows(services: Services, here: Visit, page: int, topic: Topic | None, scope: int) -> Sequence[Headline]:
    return await services.store.search.stories(
        parse_query(topic.key if topic else ""),
        chat_id=here.chat.id,
        pushed=scope == _PUSHED,
        limit=PAGE_SIZE + 1,
        offset=page * PAGE_SIZE,
    )


async def _saved_page(services: Services, here: Visit, page: int) -> Message:
    total = await services.store.saved.count(here.chat.id)
    page = max(0, min(page, (total - 1) // PAGE_SIZE))
    kept = await services.store.saved.list(here.chat.id, offset=page * PAGE_SIZE, limit=PAGE_SIZE)
    rows = [FoundDigest(one.id, one.digest.article.title, one.digest.article.url) for one in kept]
    turning = Page(page, has_next=(page + 1) * PAGE_SIZE < total)
    return render_saved(rows, total, turning, await reader_of(here.chat, services))


async def _open(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    stored = await services.store.digests.get(tap.number(0))
    if stored is None or tap.shown is None:
        await toast(tap.query, tap.here.words.say("This message is too old. Send the link again."), alert=True)
        return
    await toast(tap.query)
    await reply(tap.shown, await digest_message(services, tap.here.chat, stored))
