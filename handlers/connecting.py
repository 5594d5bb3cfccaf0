"""Connecting a channel from the private chat: by Telegram's own choice of chats, a name, or a forwarded post."""

from datetime import timedelta
from functools import partial
from typing import Any

from telegram import (
    Bot,
    ChatAdministratorRights,
    ChatFullInfo,
    KeyboardButton,
    KeyboardButtonRequestChat,
    MessageOriginChannel,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.messages import callbacks
from bot.messages.catalogue import Words, interface_languages, words_in
from bot.messages.channels import render_obstacle
from bot.models import Message
from bot.services import Services
from bot.store import Chat
from handlers.channel_screens import channel_screen
from handlers.links import read_private
from handlers.opml import FEED_LIST
from handlers.replies import plain, reply, toast
from handlers.taps import say_too_old, tapped
from handlers.visits import Context, Visit, is_leader, not_yours, remote_visit, visit

FIRST = True  # a forwarded post or a name is a story or a text at other times

OPEN_FOR = timedelta(minutes=10)
"""How long a forwarded post is taken for the name of a channel, after it was asked for. Ours."""

_REQUEST = 1  # the number of the button that asks for a channel; there is one in its message
_NAME = r"^@[A-Za-z][A-Za-z0-9_]{3,31}$"


class _IsPost(filters.MessageFilter):
    """Lets pass what is forwarded from a channel."""

    def filter(self, message: TelegramMessage) -> bool:
        """Say whether a message is."""
        return isinstance(message.forward_origin, MessageOriginChannel)


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    alone = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    posts = _IsPost() & ~filters.VIA_BOT & ~filters.COMMAND & ~FEED_LIST
    stop = filters.Text([_cancel(words_in(language)) for language in interface_languages()])
    return [
        CallbackQueryHandler(partial(_asked, services), pattern=f"^{callbacks.CONNECT}(:|$)"),
        MessageHandler(alone & filters.StatusUpdate.CHAT_SHARED, partial(_shared, services)),
        MessageHandler(alone & filters.Regex(_NAME) & ~filters.FORWARDED, partial(_named, services)),
        MessageHandler(alone & posts, partial(_forwarded, services)),
        MessageHandler(alone & stop, partial(_stopped, services)),
    ]


async def ask_for_channel(services: Services, here: Visit, to: TelegramMessage) -> None:
    """Answer a message with the question which channel is to be connected, and the keyboard that offers them."""
    words = here.words
    await services.store.chats.set_connecting(here.chat.id, services.now() + OPEN_FOR)
    text = words.say(
        "Which channel? Choose it below, send me its @name, or forward a post of it. I need the right to post messages "
        "there, and you must be its administrator."
    )
    choose = KeyboardButton("📣 " + words.say("Choose a channel"), request_chat=_request())
    keys = [[choose], [KeyboardButton(_cancel(words))]]
    keyboard = ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
    await to.reply_text(text, reply_markup=keyboard)


def _request() -> KeyboardButtonRequestChat:
    """Ask for a channel where the person may post; Telegram lets us in with the right to post, if need be."""
    nothing = ChatAdministratorRights.no_rights().to_dict()
    posting = ChatAdministratorRights(**nothing | {"can_post_messages": True})
    return KeyboardButtonRequestChat(
        _REQUEST,
        chat_is_channel=True,
        user_administrator_rights=posting,
        bot_administrator_rights=posting,
        request_title=True,
    )


def _cancel(words: Words) -> str:
    return words.say("Cancel")


async def _asked(services: Services, update: Update, _context: Context) -> None:
    """Ask which channel, or try again with the one that the button names."""
    tap = await tapped(update, services)
    if tap.shown is None or not tap.verb or tap.shown.chat.type != ChatType.PRIVATE:
        await say_too_old(tap)
        return
    await toast(tap.query)
    if tap.numbers:
        await _connect(services, update, tap.here, tap.shown, tap.numbers[0])
    else:
        await ask_for_channel(services, tap.here, tap.shown)


async def _shared(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is not None and message.chat_shared:
        await _connect(services, update, here, message, message.chat_shared.chat_id)


async def _named(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is not None and message.text:
        await _connect(services, update, here, message, message.text.strip())


async def _forwarded(services: Services, update: Update, context: Context) -> None:
    """Connect the channel of a forwarded post where one was asked for; otherwise it is something to read."""
    message, here = update.effective_message, await visit(update, services)
    origin = message.forward_origin if message else None
    if message is None or not isinstance(origin, MessageOriginChannel) or not is_connecting(here.chat, services):
        await read_private(services, update, context)
        return
    await _connect(services, update, here, message, origin.chat.id)


async def _stopped(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is not None:
        await services.store.chats.set_connecting(here.chat.id, None)
        await _put_keyboard_away(message, here.words.say("Nothing was changed. Your channels: /channel"))


async def _connect(services: Services, update: Update, here: Visit, to: TelegramMessage, reference: int | str) -> None:
    """Connect a channel and show its screen, or say what is missing."""
    person = update.effective_user
    if person is None:
        return
    found = await _examine(services, update.get_bot(), here, person.id, reference)
    if isinstance(found, Message):
        await reply(to, found)
        return
    channel, _ = await welcome(services, found.id, found.title or "", person.id, here.words.language)
    await services.store.chats.set_connecting(here.chat.id, None)
    await _put_keyboard_away(to, here.words.say("✓ {channel} is connected.", channel=channel.title))
    there = await remote_visit(update, services, here, channel.id)
    await reply(to, await channel_screen(services, there))


async def welcome(services: Services, number: int, title: str, person: int, language: str) -> tuple[Chat, bool]:
    """Remember a channel where the bot may post, and who manages it; return it, and whether that is new.

    Args:
        services: the house.
        number: Telegram's number of the channel.
        title: its name.
        person: Telegram's number of who connects it.
        language: of its posts, where it has none yet.
    """
    channel = await services.store.chats.ensure(number, kind=ChatType.CHANNEL, title=title, language=language)
    await services.store.chats.set_configurer(channel.id, person)
    services.rights.forget(number)
    return channel, await services.store.connections.add(channel.id, person)


def is_connecting(alone: Chat, services: Services) -> bool:
    """Tell whether a person was asked for a channel a moment ago, in their private chat."""
    return alone.connecting_until is not None and alone.connecting_until > services.now()


async def _examine(
    services: Services, bot: Bot, here: Visit, person: int, reference: int | str
) -> ChatFullInfo | Message:
    """Return a channel that may be connected, or the message that says what is missing."""
    words = here.words
    try:
        found = await bot.get_chat(reference)
        if found.type != ChatType.CHANNEL:
            return plain(
                words.say("That is not a channel. What a group follows is chosen in the group itself: /invite")
            )
        mine = await bot.get_chat_member(found.id, bot.id)
        theirs = await bot.get_chat_member(found.id, person) if is_leader(mine) else None
    except Forbidden:
        number = reference if isinstance(reference, int) else None
        return _obstacle(words, bot, _let_me_in(words), number)
    except BadRequest:
        said = words.say(
            "I cannot find that channel. Is the name right? A private one has none: choose it with /channel."
        )
        return _obstacle(words, bot, said, None)
    if theirs is None:
        return _obstacle(words, bot, _let_me_in(words), found.id)
    if not is_leader(theirs) or await services.store.chats.is_banned(found.id):
        return _obstacle(words, bot, not_yours(words), found.id)
    return found


def _let_me_in(words: Words) -> str:
    return words.say(
        "I cannot post there yet. Make me an administrator of the channel, with the right to post messages; then try "
        "again."
    )


def _obstacle(words: Words, bot: Bot, said: str, number: int | None) -> Message:
    return render_obstacle(said, number, bot.username, words)


async def _put_keyboard_away(to: TelegramMessage, said: str) -> None:
    await to.reply_text(said, reply_markup=ReplyKeyboardRemove())
