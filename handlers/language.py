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
from handlers.replies import edit, reply, shown_message, toast
from handlers.taps import changing_tap
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
        query, here, pressed = tap
        if pressed is None or not pressed.numbers or not 0 <= pressed.numbers[0] < len(codes):
            await toast(query)
            return
        code = codes[pressed.numbers[0]]
        await services.store.chats.set_language(here.chat.id, code)
        await toast(query, words_in(code).say("I speak English now."))
        shown = shown_message(query.message)
        if shown is not None:
            await _show_chosen(services, here, shown, code, pressed.numbers[1:])

    return [
        CommandHandler("language", ask),
        CallbackQueryHandler(choose, pattern=f"^{callbacks.LANGUAGE}:"),
        CallbackQueryHandler(partial(_offer, services), pattern=f"^{callbacks.LANGUAGES}(:|$)"),
    ]


async def _show_chosen(
    services: Services, here: Visit, shown: TelegramMessage, code: str, digest: tuple[int, ...]
) -> None:
    """Show in the new language what the button stood under: a digest, or the choice itself."""
    stored = await services.store.digests.get(digest[0]) if digest and not here.remote else None
    if stored is not None:
        chat = replace(here.chat, language=code)
        await show_view(services, chat, shown, await services.store.shown.to_chat(stored, chat.id), View.CARD)
    else:
        # A channel's language is not that of who chooses it.
        await edit(shown, here.shown(_choice(code, here.words if here.remote else words_in(code))))


async def _offer(services: Services, update: Update, _context: Context) -> None:
    """Answer a button under a digest of earlier days with the choice of languages."""
    query, here = update.callback_query, await visit(update, services)
    shown = shown_message(query.message) if query else None
    if query is None:
        return
    await toast(query)
    if shown is not None:
        chat = await services.store.chats.get(here.chat.id)
        spoken = (chat and chat.language) or here.words.language
        await reply(shown, here.shown(_choice(spoken, here.words)))


def _choice(current: str, words: Words) -> Message:
    rows = tuple(
        (Button(("✓ " if code == current else "") + name, data=callbacks.pack(callbacks.LANGUAGE, index)),)
        for index, (code, name) in enumerate(language_names().items())
    )
    return Message(escape(words.say("Choose the language that I speak here:")), buttons=rows)
