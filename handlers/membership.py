"""Coming and going: the bot is added, blocked, removed, or a group becomes a supergroup."""

from typing import Any

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.delivery.sender import preview
from bot.models import Message
from bot.services import Services
from bot.store import ChatState
from handlers.start import introduction
from handlers.visits import Context, visit

_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def changed(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        was_out, is_out = change.old_chat_member.status in _OUT, change.new_chat_member.status in _OUT
        if is_out:
            private = change.chat.type == ChatType.PRIVATE
            state = ChatState.BLOCKED if private else ChatState.KICKED
            await services.store.chats.leave(change.chat.id, state, known_to=change.from_user.id)
            return
        here = await visit(update, services)
        await services.store.chats.set_configurer(here.chat.id, change.from_user.id)
        if was_out and change.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
            await _greet(context, change.chat.id, introduction(here.words))

    async def migrated(update: Update, _context: Context) -> None:
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            await services.store.chats.move(message.chat_id, message.migrate_to_chat_id)

    return [
        ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
    ]


async def _greet(context: Context, chat_id: int, greeting: Message) -> None:
    await context.bot.send_message(
        chat_id, greeting.html, parse_mode="HTML", link_preview_options=preview(greeting.preview_url)
    )
