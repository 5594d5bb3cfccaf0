"""/delete_me: the complete removal of what is held on a chat; and the file that shows all of it, for /export."""

import json
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import ReplyParameters, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.markup import escape
from bot.models import Button, Message
from bot.services import Services
from handlers.menus import Audience
from handlers.replies import edit, plain, reply, toast
from handlers.sayings import only_admins
from handlers.taps import tapped
from handlers.visits import Context, Visit, is_admin, visit

MENU = {"delete_me": sentence("Delete everything I know about this chat")}
AUDIENCE = {"delete_me": Audience.CHOOSING}

_NAME = "quotewire.json"


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    return [
        CommandHandler("delete_me", partial(_ask, services)),
        CallbackQueryHandler(partial(_delete, services), pattern=f"^{callbacks.DELETE_ALL}$"),
    ]


async def send_all_held(services: Services, here: Visit, to: TelegramMessage) -> None:
    """Answer with a JSON file of all that is held on the chat."""
    held = await services.store.privacy.held(here.chat.telegram_id)
    body = json.dumps(held, ensure_ascii=False, indent=1).encode()
    await to.reply_document(
        body,
        filename=_NAME,
        caption=here.words.say("All that I keep about this chat. To have it deleted: /delete_me"),
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


async def _ask(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    if not await is_admin(update, services):
        await reply(message, plain(only_admins(here)))
        return
    words = here.words
    text = words.say(
        "Delete everything I know about this chat: what it follows, its settings, what it saved, what I sent it? "
        "This cannot be undone. A copy first: /export"
    )
    buttons = (
        Button("🗑 " + words.say("Delete everything"), data=callbacks.pack(callbacks.DELETE_ALL)),
        Button(words.say("Cancel"), data=callbacks.pack(callbacks.CANCEL)),
    )
    await reply(message, Message(escape(text), buttons=(buttons,)))


async def _delete(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    if not await is_admin(update, services):
        await toast(tap.query, only_admins(tap.here), alert=True)
        return
    await services.store.privacy.forget(tap.here.chat.telegram_id)
    await toast(tap.query)
    if tap.shown is not None:
        await edit(tap.shown, plain(tap.here.words.say("Everything is deleted. To start again: /start")))
