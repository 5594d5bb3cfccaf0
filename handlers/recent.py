"""/recent [topic]: times and headlines, newest first, each opening its digest."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.errors import QuotewireError
from bot.following import read_wish
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.errors import render_failure
from bot.messages.lists import Page, render_recent, topic_name
from bot.models import Message, Topic
from bot.queries import MAX_QUERY_LENGTH
from bot.services import Services
from handlers.cards import digest_message
from handlers.replies import edit, plain, reply, shown_message, toast
from handlers.visits import Context, Visit, reader_of, visit
from handlers.wishes import headlines, stories_of

MENU = {"recent": sentence("What is new: /recent, or /recent <topic>")}

ROWS = 10
"""Headlines on a page: as many as the site's own RECENT NEWS shows."""


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def show(update: Update, context: Context) -> None:
        here, text = await visit(update, services), " ".join(context.args or [])
        topic = read_wish(text[:MAX_QUERY_LENGTH]).topic(services.aliases)
        topic_id = await services.store.topics.ensure(topic) if topic.key else 0
        if update.effective_message:
            await reply(update.effective_message, await _list(services, here, topic_id, 0))

    async def turn(update: Update, _context: Context) -> None:
        query, here = update.callback_query, await visit(update, services)
        pressed = callbacks.unpack((query and query.data) or "")
        shown = shown_message(query.message) if query else None
        if query is None:
            return
        await toast(query)
        number, topic_id = (*pressed.numbers, 0, 0)[:2] if pressed else (0, 0)
        if shown is not None:
            await edit(shown, await _list(services, here, topic_id, max(0, number)))

    async def open_story(update: Update, _context: Context) -> None:
        query, here = update.callback_query, await visit(update, services)
        pressed = callbacks.unpack((query and query.data) or "")
        shown = shown_message(query.message) if query else None
        if query is None:
            return
        story = await services.store.stories.get(pressed.numbers[0]) if pressed and pressed.numbers else None
        if story is None or shown is None:
            await toast(query, here.words.say("This list is too old. Ask again: /recent"), alert=True)
            return
        await toast(query)
        waiting = await reply(shown, plain("⏳ " + here.words.say("Reading {site}…", site=story.source)))
        await edit(waiting, await _story_digest(services, here, story.story_id, story.url))

    return [
        CommandHandler("recent", show),
        CallbackQueryHandler(turn, pattern=f"^{callbacks.RECENT_PAGE}:"),
        CallbackQueryHandler(open_story, pattern=f"^{callbacks.OPEN_STORY}:"),
    ]


async def _story_digest(services: Services, here: Visit, story_id: int, url: str) -> Message:
    try:
        stored = await services.digester.digest(url)
    except QuotewireError as error:
        return render_failure(error, here.words)
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
    about = (topic_id, _name(topic)) if topic else None
    return render_recent(rows, about, Page(number, len(found) > ROWS), await reader_of(here.chat, services))


def _name(topic: Topic) -> str:
    return topic_name(topic.kind, topic.label)
