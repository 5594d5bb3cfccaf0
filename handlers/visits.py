"""Who speaks to the bot and where: the chat of an update, its language, and what its people may change."""

from dataclasses import dataclass, replace

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberOwner, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.messages import callbacks
from bot.messages.catalogue import Words, words_in
from bot.messages.channels import about_channel
from bot.messages.reader import Reader
from bot.models import Message
from bot.rendering import reader_for
from bot.services import Services
from bot.store import Chat, ChatState
from handlers.replies import shown_message

Context = ContextTypes.DEFAULT_TYPE

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


class Refused(Exception):
    """What a person asks for is not for them; the words say why, in their language."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


@dataclass(frozen=True)
class Visit:
    """One update's chat as we know it, and the language to answer in.

    Attributes:
        chat: the chat that the update is about, which for a remote visit is not the one that it comes from.
        words: in the language of who is answered.
        remote: whether a person speaks in their private chat about a channel; `chat` is the channel, in their language.
    """

    chat: Chat
    words: Words
    remote: bool = False

    def shown(self, message: Message) -> Message:
        """Return a message as it is to be shown: of a channel's, under the channel's name and with buttons about it."""
        return about_channel(message, self.chat.id, self.chat.title, self.words) if self.remote else message


async def visit(update: Update, services: Services) -> Visit:
    """Return the chat that an update is about, remembered from now on.

    That is the chat that it comes from, or for a button that names a channel that one, where the person leads it.

    Raises:
        Refused: the person does not lead the channel, or Telegram no longer says which forum topic was meant.
    """
    here, query = await _here(update, services), update.callback_query
    pressed = callbacks.unpack(query.data or "") if query else None
    if pressed is None or pressed.place is None:
        return here
    return await remote_visit(update, services, here, pressed.place)


async def remote_visit(update: Update, services: Services, here: Visit, place: int) -> Visit:
    """Return the visit of a channel from a private chat.

    Args:
        update: what was said or pressed there.
        services: the house.
        here: the private chat.
        place: the store's number of the channel, as a client says it.

    Raises:
        Refused: there is no such channel, it is shut out, or the person does not lead it now.
    """
    channel, person = await services.store.chats.get(place), update.effective_user
    if channel is None or channel.kind != ChatType.CHANNEL or here.chat.kind != ChatType.PRIVATE or person is None:
        raise Refused(here.words.say("This button is too old to work."))
    # A channel that is shut out could otherwise be disconnected, and so forgotten, and connected anew.
    if channel.state is ChatState.BANNED or not await leads(update.get_bot(), services, channel.telegram_id, person.id):
        raise Refused(not_yours(here.words))
    return remote(channel, here.words)


def remote(channel: Chat, words: Words) -> Visit:
    """Return the visit of a channel by somebody who leads it and reads these words."""
    return Visit(replace(channel, language=words.language), words, remote=True)


def not_yours(words: Words) -> str:
    """Say that a person does not lead a channel, as far as can be seen."""
    return words.say(
        "As far as I can see, you cannot post in this channel. You and I must both be its administrators, with the "
        "right to post messages. Then: /channel"
    )


async def _here(update: Update, services: Services) -> Visit:
    place, user = update.effective_chat, update.effective_user
    assert place is not None, "only updates that belong to a chat have handlers"  # noqa: S101 - a programmer's promise
    spoken = (user and user.language_code) or services.settings.default_language
    words = words_in(spoken)
    if update.callback_query and place.is_forum and shown_message(update.callback_query.message) is None:
        raise Refused(words.say("This button is too old to work."))  # in which topic it stood is not told any more
    chat = await services.store.chats.ensure(
        place.id,
        _thread(update),
        kind=place.type,
        title=place.effective_name or "",
        language=words.language,
    )
    return Visit(chat, words_in(chat.language or spoken))


async def reader_of(chat: Chat, services: Services) -> Reader:
    """Return the reader that a chat's messages are written for."""
    followed = await services.store.subscriptions.topic_ids(chat.id)
    return reader_for(chat, services.settings, services.now(), followed)


async def may_change(update: Update, services: Services) -> bool:
    """Tell whether the person behind an update may change what the chat follows, and how its news comes.

    In a group that may only its admins, unless they let all members do it.
    """
    if await is_admin(update, services):
        return True
    place = update.effective_chat
    if place is None or place.type not in GROUPS:
        return False
    return await members_may_change(services, place.id)


async def members_may_change(services: Services, group: int) -> bool:
    """Tell whether all members of a group may change what it follows; a forum says that once for all its topics.

    Args:
        services: the house.
        group: Telegram's number of the group.
    """
    whole = await services.store.chats.find(group)
    return whole is not None and whole.members_may_change


async def is_admin(update: Update, services: Services) -> bool:
    """Tell whether the person behind an update leads the chat; everybody leads their private one."""
    place, user = update.effective_chat, update.effective_user
    if place is None or place.type == ChatType.PRIVATE:
        return True
    message = update.effective_message
    sent_as = message.sender_chat if message and not update.callback_query else None
    if sent_as is not None and sent_as.id == place.id:
        return True  # an anonymous admin, or a channel's own post
    return user is not None and await leads(update.get_bot(), services, place.id, user.id)


async def leads(bot: Bot, services: Services, chat_id: int, user_id: int) -> bool:
    """Tell whether a person leads a group or channel: its owner, its admins, in a channel those who may post.

    Args:
        bot: asks Telegram.
        services: remembers the answer for a moment.
        chat_id: Telegram's number of the group or channel.
        user_id: Telegram's number of the person.
    """

    async def ask() -> bool:
        try:
            return is_leader(await bot.get_chat_member(chat_id, user_id))
        except TelegramError:
            return False

    return await services.rights.leads(chat_id, user_id, ask)


def is_leader(member: ChatMember) -> bool:
    """Tell whether a member leads a group, or a channel, where an admin without the right to post does not."""
    if isinstance(member, ChatMemberAdministrator):
        return member.can_post_messages is not False  # None in groups
    return isinstance(member, ChatMemberOwner)


def _thread(update: Update) -> int | None:
    message = update.effective_message
    return message.message_thread_id if message and message.is_topic_message else None
