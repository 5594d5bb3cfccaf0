"""What no other file took: unknown commands in private chats, buttons of older versions, other kinds of messages."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.services import Services
from handlers.replies import plain, reply
from handlers.taps import say_too_old, tapped
from handlers.visits import Context, visit

LAST = True


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def unknown(update: Update, _context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(update.effective_message, plain(here.words.say("I do not know that command. What I do: /help")))

    async def no_link(update: Update, _context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(
                update.effective_message,
                plain(here.words.say("Send me a link to a news story and I will tell you what it says. More: /help")),
            )

    async def old_button(update: Update, _context: Context) -> None:
        await say_too_old(await tapped(update, services))

    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        MessageHandler(private & filters.COMMAND, unknown),
        MessageHandler(private & ~filters.StatusUpdate.ALL, no_link),
        CallbackQueryHandler(old_button),
    ]
