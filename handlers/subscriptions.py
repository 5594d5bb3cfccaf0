"""/subscriptions: what a chat follows, page by page, each removed by a tap."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.channels import render_nothing_followed
from bot.messages.lists import PAGE_SIZE, FollowedTopic, Page, render_subscriptions
from bot.models import Message
from bot.services import Services
from handlers.paged import PagedList
from handlers.replies import toast
from handlers.sayings import unfollowed_now
from handlers.taps import changing_tap
from handlers.visits import Context, Visit, reader_of

MENU = {"subscriptions": sentence("What you follow")}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    listed = PagedList(services, _list)

    async def remove(update: Update, _context: Context) -> None:
        tap = await changing_tap(update, services)
        if tap is None:
            return
        topic_id = tap.number(0)
        topic = await services.store.topics.get(topic_id)
        removed = topic is not None and await services.store.subscriptions.remove(tap.here.chat.id, topic_id)
        await toast(tap.query, unfollowed_now(tap.here, topic) if topic and removed else "")
        await listed.draw(tap, tap.number(1))

    return [
        CommandHandler("subscriptions", listed.show),
        CallbackQueryHandler(listed.turn, pattern=f"^{callbacks.SUBSCRIPTIONS_PAGE}:"),
        CallbackQueryHandler(remove, pattern=f"^{callbacks.REMOVE_SUBSCRIPTION}:"),
    ]


async def _list(services: Services, here: Visit, number: int) -> Message:
    total = await services.store.subscriptions.count(here.chat.id)
    if here.remote and not total:
        return render_nothing_followed(here.words)
    # Removing the last row of the last page leaves a page that is no more.
    number = max(0, min(number, (total - 1) // PAGE_SIZE))
    rows = await services.store.subscriptions.list(here.chat.id, offset=number * PAGE_SIZE, limit=PAGE_SIZE)
    listed = [FollowedTopic(row.topic_id, row.topic, row.paused) for row in rows]
    page = Page(number, has_next=(number + 1) * PAGE_SIZE < total)
    return render_subscriptions(listed, total, page, await reader_of(here.chat, services))
