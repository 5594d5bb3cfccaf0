"""Who may use the bot at all: everybody, or on a private instance those whom the settings name; never a banned chat."""

from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, BaseHandler, TypeHandler

from bot.messages.catalogue import words_in
from bot.services import Services
from handlers.replies import plain, reply, toast
from handlers.visits import Context, is_admin


def gate(services: Services) -> BaseHandler[Any, Any, Any]:
    """Return the handler that is asked before all others and lets no further whom the operator does not want."""

    async def look(update: Update, _context: Context) -> None:
        if _is_operator(update, services):
            return
        chat = update.effective_chat
        if not _is_allowed(update, services):
            await _refuse(update, services)
            raise ApplicationHandlerStop
        place = chat or update.effective_user  # inline queries come from no chat, and a person's own has their number
        if place is not None and not _moves(update) and await services.store.chats.is_banned(place.id):
            if update.callback_query:
                await toast(update.callback_query)
            raise ApplicationHandlerStop
        await _keep_readers_out(update, services)

    return TypeHandler(Update, look)


def _moves(update: Update) -> bool:
    """Tell whether a group says its new number, under which it must be known to stay shut out."""
    message = update.effective_message
    return message is not None and message.migrate_to_chat_id is not None


async def _keep_readers_out(update: Update, services: Services) -> None:
    """Let only those who lead a channel use buttons there: anybody may read it, and what changes, changes for all."""
    query, chat = update.callback_query, update.effective_chat
    if query is None or chat is None or chat.type != ChatType.CHANNEL or await is_admin(update, services):
        return
    words = words_in(query.from_user.language_code or services.settings.default_language)
    await toast(query, words.say("These buttons are for this channel's administrators."), alert=True)
    raise ApplicationHandlerStop


def _is_operator(update: Update, services: Services) -> bool:
    user = update.effective_user
    return user is not None and user.id in services.settings.admin_ids


def _is_allowed(update: Update, services: Services) -> bool:
    allowed = services.settings.allowed_ids
    who = {place.id for place in (update.effective_user, update.effective_chat) if place}
    return not allowed or bool(who & allowed)


async def _refuse(update: Update, services: Services) -> None:
    """Say in a private chat why nothing happens, with the number that the operator needs; elsewhere stay silent."""
    user, message = update.effective_user, update.effective_message
    words = words_in((user and user.language_code) or services.settings.default_language)
    if user is None:
        return
    said = words.say("This bot is private. Its operator can let you in; your number is {number}.", number=user.id)
    if update.callback_query:
        await toast(update.callback_query, said, alert=True)
    elif message is not None and message.chat.type == ChatType.PRIVATE:
        await reply(message, plain(said))
