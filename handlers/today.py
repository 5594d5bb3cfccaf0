"""/today: the chat's day as a picture, with the same in words under it."""

import asyncio
from datetime import datetime, time
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.messages.catalogue import sentence
from bot.messages.days import ToldStory, ToldTopic, poster_of, render_day
from bot.messages.reader import Reader
from bot.pictures.poster import Poster
from bot.services import Services
from bot.store import Day
from handlers.replies import reply, reply_picture
from handlers.visits import Context, reader_of, visit

MENU = {"today": sentence("Your day at a glance")}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def show(update: Update, _context: Context) -> None:
        message, here = update.effective_message, await visit(update, services)
        if message is None:
            return
        reader = await reader_of(here.chat, services)
        day = await services.store.days.of_chat(here.chat.id, _midnight(reader))
        stories, topics = _told(day)
        rendered = render_day(stories, topics, reader)
        if not stories:
            await reply(message, rendered)
            return
        picture = await asyncio.to_thread(_draw, poster_of(stories, topics, reader))
        await reply_picture(message, picture, rendered)

    return [CommandHandler("today", show)]


def _midnight(reader: Reader) -> datetime:
    """Return when the reader's day began."""
    return datetime.combine(reader.now.astimezone(reader.zone).date(), time(), reader.zone)


def _draw(poster: Poster) -> bytes:
    from bot.pictures.drawing import draw_day  # noqa: PLC0415  Pillow is loaded when the first picture is asked for

    return draw_day(poster)


def _told(day: Day) -> tuple[list[ToldStory], list[ToldTopic]]:
    stories = [ToldStory(one.story_id, one.title, one.url, one.source, one.came, one.sources) for one in day.stories]
    return stories, [ToldTopic(one.topic_id, one.label, one.count, one.is_followed) for one in day.topics]
