"""/recent [topic]: times and headlines, newest first, each opening its digest."""

from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.following import read_wish
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.lists import Page, render_recent, topic_name
from bot.models import Message
from bot.queries import MAX_QUERY_LENGTH
from bot.services import Services
from handlers.cards import digest_message
from handlers.replies import edit, reply, toast
from handlers.taps import tapped
from handlers.visits import Context, Visit, reader_of, visit
from handlers.waiting import answer_after
from handlers.wishes import headlines, stories_of

MENU = {"recent": sentence("What is new: /recent, or /recent <topic>")}

ROWS = 10
"""Headlines on a page: as many as the site's own RECENT NEWS shows."""


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    return [
        CommandHandler("recent", partial(_show, services)),
        CallbackQueryHandler(partial(_turn, services), pattern=f"^{callbacks.RECENT_PAGE}:"),
        CallbackQueryHandler(partial(_open, services), pattern=f"^{callbacks.OPEN_STORY}:"),
    ]


async def _show(services: Services, update: Update, context: Context) -> None:
    here, text = await visit(update, services), " ".join(context.args or [])
    topic = read_wish(text[:MAX_QUERY_LENGTH]).topic(services.aliases)
    topic_id = await services.store.topics.ensure(topic) if topic.key else 0
    if update.effective_message:
        await reply(update.effective_message, await _list(services, here, topic_id, 0))


async def _turn(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    await toast(tap.query)
    if tap.shown is not None:
        await edit(tap.shown, await _list(services, tap.here, tap.number(1), max(0, tap.number(0))))


async def _open(services: Services, update: Update, _context: Context) -> None:
    """Answer a headline's number with its digest."""
    tap = await tapped(update, services)
    here, story = tap.here, await services.store.stories.get(tap.number(0))
    if story is None or tap.shown is None:
        await toast(tap.query, here.words.say("This list is too old. Ask again: /recent"), alert=True)
        return
    await toast(tap.query)
    doing = here.words.say("Reading {site}…", site=story.source)
    await answer_after(tap.shown, doing, partial(_story_digest, services, here, story.story_id, story.url), here.words)


async def _story_digest(services: Services, here: Visit, story_id: int, url: str) -> Message:
    stored = await services.digester.digest(url)
    await services.store.stories.attach_digest(story_id, stored.id)
    return await digest_message(services, here.chat, stored)


async def _list(services: Services, here: Visit, topic_id: int, number: int) -> Message:
    topic = await services.store.topics.get(topic_id) if topic_id else None
    # A topic is asked for by name; without one, news is for those who read its language.
    if topic:
        found = list(await stories_of(services, here.chat, topic, limit=ROWS + 1, offset=number * ROWS))
    else:
        latest = await services.store.stories.recent(
            languages=(here.words.language,), chat_id=here.chat.id, limit=ROWS + 1, offset=number * ROWS
        )
        found = headlines(latest)
    rows = found[:ROWS]
    about = (topic_id, topic_name(topic)) if topic else None
    return render_recent(rows, about, Page(number, len(found) > ROWS), await reader_of(here.chat, services))
