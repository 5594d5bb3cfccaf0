"""Digest cards in a chat, and the buttons under them: full text and background."""

from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.messages import callbacks
from bot.messages.digests import render_background, render_full_text
from bot.messages.reader import Reader
from bot.models import Article, Message
from bot.rendering import card_message
from bot.services import Services
from bot.store import Chat, StoredDigest
from handlers.replies import reply_all, shown_message, toast
from handlers.visits import Context, reader_of, visit


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    full_text = _opener(services, render_full_text)
    background = _opener(services, render_background)
    return [
        CallbackQueryHandler(full_text, pattern=f"^{callbacks.FULL_TEXT}:"),
        CallbackQueryHandler(background, pattern=f"^{callbacks.BACKGROUND}:"),
    ]


async def digest_message(services: Services, chat: Chat, stored: StoredDigest) -> Message:
    """Return a stored digest's message as this chat is to see it: other sources named, tags that it follows marked."""
    return card_message(await services.store.shown.to_chat(stored, chat.id), await reader_of(chat, services))


def _opener(
    services: Services, render: Callable[[Article, Reader], tuple[Message, ...]]
) -> Callable[[Update, Context], Any]:
    async def open_part(update: Update, _context: Context) -> None:
        query, here = update.callback_query, await visit(update, services)
        pressed = callbacks.unpack((query and query.data) or "")
        shown = shown_message(query.message) if query else None
        if query is None:
            return
        stored = await services.store.digests.get(pressed.numbers[0]) if pressed and pressed.numbers else None
        if stored is None or shown is None:
            await toast(query, here.words.say("This digest is too old. Send its link again."), alert=True)
            return
        await toast(query)
        await reply_all(shown, render(stored.digest.article, await reader_of(here.chat, services)))

    return open_part
