"""/language: the language that the bot speaks in a chat."""

from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.messages import callbacks
from bot.messages.callbacks import View
from bot.messages.catalogue import Words, language_names, sentence, words_in
from bot.messages.markup import escape
from bot.models import Button, Message
from bot.services import Services
from handlers.menus import Audience
from handlers.replies import edit, reply, toast
from handlers.taps import changing_tap, tapped
from handlers.views import show_view
from handlers.visits import Context, Visit, visit

MENU = {"language": sentence("The language that I speak")}
AUDIENCE = {"language": Audience.CHOOSING}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def ask(update: Update, _context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(update.effective_message, _choice(here.words.language, here.words))

    async def choose(update: Update, _context: Context) -> None:
        tap, codes = await changing_tap(update, services), list(language_names())
        if tap is None:
            return
        if not tap.numbers or not 0 <= tap.numbers[0] < len(codes):
            await toast(tap.query)
            return
        code = codes[tap.numbers[0]]
        await services.store.chats.set_language(tap.here.chat.id, code)
        await toast(tap.query, words_in(code).say("I speak English now."))
        if tap.shown is not None:
            await _show_chosen(services, tap.here, tap.shown, code, tap.number(1))

    return [
        CommandHandler("language", ask),
        CallbackQueryHandler(choose, pattern=f"^{callbacks.LANGUAGE}:"),
        CallbackQueryHandler(partial(_offer, services), pattern=f"^{callbacks.LANGUAGES}(:|$)"),
    ]


async def _show_chosen(services: Services, here: Visit, shown: TelegramMessage, code: str, digest_id: int) -> None:
    """Show in the new language what the button stood under: a digest, or (number 0) the choice itself."""
    stored = None if here.remote else await services.store.digests.get(digest_id)
    if stored is not None:
        await show_view(services, replace(here.chat, language=code), shown, stored, View.CARD)
    else:
        # A channel's language is not that of who chooses it.
        await edit(shown, here.shown(_choice(code, here.words if here.remote else words_in(code))))


async def _offer(services: Services, update: Update, _context: Context) -> None:
    """Answer a button under a digest of earlier days with the choice of languages."""
    tap = await tapped(update, services)
    await toast(tap.query)
    if tap.shown is not None:
        chat, words = await services.store.chats.get(tap.here.chat.id), tap.here.words
        spoken = (chat and chat.language) or words.language
        await reply(tap.shown, tap.here.shown(_choice(spoken, words)))


def _choice(current: str, words: Words) -> Message:
    rows = tuple(
        (Button(("✓ " if code == current else "") + name, data=callbacks.pack(callbacks.LANGUAGE, index)),)
        for index, (code, name) in enumerate(language_names().items())
    )
    return Message(escape(words.say("Choose the language that I speak here:")), buttons=rows)
