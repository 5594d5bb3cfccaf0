"""/start and /help: what the bot does, in three lines."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.messages.catalogue import Words, sentence
from bot.messages.markup import escape
from bot.models import Message
from bot.services import Services
from handlers.replies import reply
from handlers.visits import Context, visit

MENU = {"help": sentence("What I do")}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def introduce(update: Update, _context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(update.effective_message, introduction(here.words))

    return [CommandHandler(["start", "help"], introduce)]


def introduction(words: Words) -> Message:
    """Return the three lines that say what the bot does."""
    lines = [
        "🔗 "
        + words.say(
            "Send me a link to a news story: I answer with a short summary and key quotes, each with who said it."
        ),
        "🔔 "
        + words.say("Follow topics with /subscribe Ukraine, or whole sites from /sources: their news comes here."),
        "🗞 " + words.say("See what is new with /recent, and what you follow with /subscriptions."),
    ]
    return Message("\n".join(map(escape, lines)))
