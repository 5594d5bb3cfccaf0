"""Who speaks to the bot and where: the chat of an update, its language, and what its people may change."""

from dataclasses import dataclass

from telegram import Chat as TelegramChat
from telegram import ChatMember, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.messages.catalogue import Words, words_in
from bot.messages.reader import Reader
from bot.rendering import reader_for
from bot.services import Services
from bot.store import Chat

Context = ContextTypes.DEFAULT_TYPE

_ADMINS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


@dataclass(frozen=True)
class Visit:
    """One update's chat as we know it, and the language to answer in."""

    chat: Chat
    words: Words


async def visit(update: Update, services: Services) -> Visit:
    """Return the chat of an update, remembered from now on."""
    place, user = update.effective_chat, update.effective_user
    assert place is not None, "only updates that belong to a chat have handlers"  # noqa: S101 - a programmer's promise
    spoken = (user and user.language_code) or services.settings.default_language
    chat = await services.store.chats.ensure(
        place.id,
        _thread(update),
        kind=place.type,
        title=place.effective_name or "",
        language=words_in(spoken).language,
    )
    return Visit(chat, words_in(chat.language or spoken))


async def reader_of(chat: Chat, services: Services) -> Reader:
    """Return the reader that a chat's messages are written for."""
    followed = await services.store.subscriptions.topic_ids(chat.id)
    return reader_for(chat, services.settings, services.now(), followed)


async def may_change(update: Update, context: Context) -> bool:
    """Tell whether the person behind an update may change what the chat follows: in groups, only its admins."""
    place, user = update.effective_chat, update.effective_user
    if place is None or place.type == ChatType.PRIVATE:
        return True
    message = update.effective_message
    sent_as = message.sender_chat if message and not update.callback_query else None
    if sent_as is not None and sent_as.id == place.id:
        return True  # an anonymous admin, or a channel's own post
    return user is not None and await _is_admin(place, user.id, context)


async def _is_admin(place: TelegramChat, user_id: int, context: Context) -> bool:
    try:
        member: ChatMember = await context.bot.get_chat_member(place.id, user_id)
    except TelegramError:
        return False
    return member.status in _ADMINS


def _thread(update: Update) -> int | None:
    message = update.effective_message
    return message.message_thread_id if message and message.is_topic_message else None
