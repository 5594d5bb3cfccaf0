"""Answers that cannot be given where somebody asked: they go to another place, so that nobody waits for nothing."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.hashed_ids import chat_id
from bot.messages.catalogue import words_in
from bot.services import Services
from handlers.visits import Context

log = logging.getLogger(__name__)


async def say_where_it_moved(services: Services, old: int, new: int, context: Context) -> None:
    """Let what was pressed under a group's old number hold under the new one, and say there that the button is old.

    Clients show a supergroup the messages that the group had before, with their buttons.

    Args:
        services: the house.
        old: the number under which a button was pressed.
        new: the group's number since it is a supergroup.
        context: whose bot speaks.
    """
    log.info("chat %s has become %s", chat_id(old), chat_id(new))
    await services.store.chats.move(old, new)
    group = await services.store.chats.find(new)
    words = words_in((group and group.language) or services.settings.default_language)
    said = words.say("This button is from before the group was upgraded. What you follow is kept: /subscriptions")
    with suppress(TelegramError):
        await context.bot.send_message(new, said)


async def say_alone(services: Services, update: Update, context: Context) -> None:
    """Tell a person in private, if they have ever written there, that a group does not let the bot answer them."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or user.is_bot or chat is None or chat.type == ChatType.PRIVATE:
        return
    alone = await services.store.chats.find(user.id)
    words = words_in((alone and alone.language) or user.language_code or services.settings.default_language)
    said = words.say("I cannot write in {chat}. Let me send messages there, then try again.", chat=chat.title or "")
    with suppress(TelegramError):
        await context.bot.send_message(user.id, said)
