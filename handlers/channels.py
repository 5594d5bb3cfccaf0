"""/channel: the channels that a person manages from their private chat: what they follow, and their end."""

from functools import partial
from typing import Any

from telegram import ForceReply, MessageEntity, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, ParseMode
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.deep_links import CHANNELS, channel_of
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.channels import render_parted, render_parting, render_question
from bot.models import Button, Message
from bot.services import Services
from handlers.channel_screens import channel_list, channel_screen, managed
from handlers.connecting import ask_for_channel
from handlers.menus import Audience
from handlers.replies import edit, reply, toast
from handlers.subscribe import grant
from handlers.taps import say_too_old, tapped
from handlers.visits import Context, Visit, remote_visit, visit
from handlers.wishes import wish_of

FIRST = True  # an answer to the question what to follow may look like anything
MENU = {"channel": sentence("Your channels, and what I post there")}
AUDIENCE = {"channel": Audience.PRIVATE}


class _AnswersTheQuestion(filters.MessageFilter):
    """Lets pass what answers the question what a channel is to follow."""

    def filter(self, message: TelegramMessage) -> bool:
        """Say whether a message does."""
        return bool(message.text) and _place_asked(message.reply_to_message) is not None


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    answers = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.COMMAND & _AnswersTheQuestion()
    return [
        CommandHandler(["channel", "channels", "connect"], partial(_channels, services)),
        CallbackQueryHandler(partial(_list, services), pattern=f"^{callbacks.CHANNELS}$"),
        CallbackQueryHandler(partial(_open, services), pattern=f"^{callbacks.CHANNEL}:"),
        CallbackQueryHandler(partial(_ask_topic, services), pattern=f"^{callbacks.ASK_TOPIC}:"),
        CallbackQueryHandler(partial(_ask_parting, services), pattern=f"^{callbacks.DISCONNECT}:"),
        CallbackQueryHandler(partial(_part, services), pattern=f"^{callbacks.DISCONNECTED}:"),
        MessageHandler(answers, partial(_answer, services)),
    ]


async def show_channels(services: Services, here: Visit, to: TelegramMessage, person: int) -> None:
    """Answer a message with a person's channels, or where there are none with how to connect one."""
    listed = await channel_list(services, person, here.words)
    if listed:
        await reply(to, listed)
    else:
        await ask_for_channel(services, here, to)


async def _channels(services: Services, update: Update, context: Context) -> None:
    message, person, here = update.effective_message, update.effective_user, await visit(update, services)
    if message is None or person is None:
        return
    if message.chat.type == ChatType.PRIVATE:
        await show_channels(services, here, message, person.id)
        return
    alone = here.words.say("Channels are managed in a private chat with me.")
    link = Button("📣 " + here.words.say("Your channels"), url=f"https://t.me/{context.bot.username}?start={CHANNELS}")
    await reply(message, Message(alone, buttons=((link,),)))


async def _list(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    await toast(tap.query)
    if tap.shown is not None and tap.shown.chat.type == ChatType.PRIVATE:
        listed = await channel_list(services, tap.query.from_user.id, tap.here.words)
        await (edit(tap.shown, listed) if listed else ask_for_channel(services, tap.here, tap.shown))


async def _about(services: Services, update: Update) -> tuple[TelegramMessage, Visit] | None:
    """Answer a pressed button; return the message that it stands under and the channel, None where one is missing."""
    tap = await tapped(update, services)
    if tap.shown is None or not tap.here.remote:
        await say_too_old(tap)
        return None
    await toast(tap.query)
    return tap.shown, tap.here


async def _open(services: Services, update: Update, _context: Context) -> None:
    if about := await _about(services, update):
        shown, here = about
        await edit(shown, await channel_screen(services, here))


async def _ask_topic(services: Services, update: Update, context: Context) -> None:
    """Ask what the channel is to follow; the client opens the answer by itself."""
    if about := await _about(services, update):
        shown, here = about
        question = render_question(managed(here.chat), context.bot.username, here.words)
        hint = ForceReply(input_field_placeholder=here.words.say("North Korea"))
        await shown.reply_text(question, parse_mode=ParseMode.HTML, reply_markup=hint)


async def _answer(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    place = _place_asked(message.reply_to_message if message else None)
    if message is not None and message.text and place is not None:
        there = await remote_visit(update, services, here, place)
        await grant(services, there, message, wish_of(message.text))


def _place_asked(question: TelegramMessage | None) -> int | None:
    """Return which channel a question of ours is about; the link in it says so, and whoever answers must lead it."""
    if question is None or question.from_user is None or not question.from_user.is_bot or question.reply_markup:
        return None
    links = [entity.url or "" for entity in question.entities if entity.type == MessageEntity.TEXT_LINK]
    return channel_of(links[0]) if links else None


async def _ask_parting(services: Services, update: Update, _context: Context) -> None:
    if about := await _about(services, update):
        shown, here = about
        await edit(shown, render_parting(managed(here.chat), here.words))


async def _part(services: Services, update: Update, _context: Context) -> None:
    """Forget a channel."""
    if about := await _about(services, update):
        shown, here = about
        await services.store.privacy.forget(here.chat.telegram_id)
        await edit(shown, render_parted(here.chat.title, here.words))
