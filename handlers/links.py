"""Links in messages: each becomes a digest, in place of a word that it is being read."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.errors import QuotewireError
from bot.messages import callbacks
from bot.messages.errors import can_retry, explain
from bot.messages.markup import escape
from bot.models import Button, Message
from bot.services import Services
from handlers.cards import digest_message
from handlers.replies import edit, plain, reply, shown_message, toast
from handlers.visits import Context, Visit, visit

MENU = {"read": "Read a link: /read <address>, or in reply to a message"}

LINKS_PER_MESSAGE = 5
"""Links read from one message. Ours: more would fill a screen; the rest is named, and can be sent again."""


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def read_private(update: Update, _context: Context) -> None:
        message, here = update.effective_message, await visit(update, services)
        if message is None:
            return
        links = links_of(message)
        if links:
            await _read_all(services, here, message, links)
        else:
            await reply(message, plain(_hint(here)))

    async def read_addressed(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or not _is_addressed(message, context.bot.username, context.bot.id):
            return
        here = await visit(update, services)
        links = links_of(message) or _links_replied_to(message)
        if links:
            await _read_all(services, here, message, links)
        elif not _answers(message, context.bot.id):
            await reply(message, plain(_hint(here)))

    async def read_command(update: Update, _context: Context) -> None:
        message, here = update.effective_message, await visit(update, services)
        if message is None:
            return
        links = links_of(message) or _links_replied_to(message)
        if links:
            await _read_all(services, here, message, links)
        else:
            await reply(
                message, plain(here.words.say("Give me a link: /read <address>, or answer a message that has one with /read."))
            )

    async def retry(update: Update, _context: Context) -> None:
        query, here = update.callback_query, await visit(update, services)
        shown = shown_message(query.message) if query else None
        asked = shown.reply_to_message if shown else None
        pressed = callbacks.unpack((query and query.data) or "")
        links = links_of(asked) or _links_replied_to(asked) if asked else []
        if query is None:
            return
        if shown is None or pressed is None or not pressed.numbers or pressed.numbers[0] >= len(links):
            await toast(query, here.words.say("I no longer have that link. Please send it again."), alert=True)
            return
        await toast(query)
        await _read_into(services, here, shown, links, pressed.numbers[0])

    private = filters.ChatType.PRIVATE & ~filters.COMMAND & ~filters.VIA_BOT & (filters.TEXT | filters.CAPTION)
    groups = filters.ChatType.GROUPS & ~filters.COMMAND & (filters.TEXT | filters.CAPTION)
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("read", read_command),
        MessageHandler(private & new, read_private),
        MessageHandler(groups & new, read_addressed),
        CallbackQueryHandler(retry, pattern=f"^{callbacks.RETRY}:"),
    ]


def links_of(message: TelegramMessage) -> list[str]:
    """Return the web addresses in a message's text or caption, typed or behind words, each once, in order."""
    entities = {**message.parse_entities(_LINKS), **message.parse_caption_entities(_LINKS)}
    ordered = sorted(entities.items(), key=lambda item: item[0].offset)
    links = [entity.url or text for entity, text in ordered]
    full = [link if "://" in link else f"https://{link}" for link in links]
    return list(dict.fromkeys(link for link in full if link.lower().startswith(("http://", "https://"))))


_LINKS = [MessageEntity.URL, MessageEntity.TEXT_LINK]


def _links_replied_to(message: TelegramMessage) -> list[str]:
    return links_of(message.reply_to_message) if message.reply_to_message else []


async def _read_all(services: Services, here: Visit, message: TelegramMessage, links: Sequence[str]) -> None:
    taken = links[:LINKS_PER_MESSAGE]
    try:
        await message.reply_chat_action(ChatAction.TYPING)
    except TelegramError:
        pass  # "typing" is a courtesy; the placeholder below says the same
    placeholders = [await reply(message, plain(_reading(here, link))) for link in taken]
    await asyncio.gather(
        *(_read_into(services, here, shown, links, index) for index, shown in enumerate(placeholders)), return_exceptions=False
    )
    left_out = len(links) - len(taken)
    if left_out:
        await reply(
            message,
            plain(
                here.words.plural(
                    "I read {limit} links at a time and left {number} out. Send it again by itself.",
                    "I read {limit} links at a time and left {number} out. Send them again by themselves.",
                    left_out,
                    limit=LINKS_PER_MESSAGE,
                )
            ),
        )


async def _read_into(services: Services, here: Visit, shown: TelegramMessage, links: Sequence[str], index: int) -> None:
    """Turn a placeholder into the digest of one of the links, or into a sentence that says why not."""
    try:
        stored = await services.digester.digest(links[index])
        answer = await digest_message(services, here.chat, stored)
    except QuotewireError as error:
        answer = _failure(error, here, links[index], index)
    await edit(shown, answer)


def _failure(error: QuotewireError, here: Visit, link: str, index: int) -> Message:
    buttons: tuple[tuple[Button, ...], ...] = ()
    if can_retry(error):
        buttons = ((Button("↻ " + here.words.say("Try again"), data=callbacks.pack(callbacks.RETRY, index)),),)
    return Message(f"{escape(explain(error, here.words))}\n<i>{escape(_host(link))}</i>", buttons=buttons)


def _reading(here: Visit, link: str) -> str:
    return "⏳ " + here.words.say("Reading {site}…", site=_host(link))


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or link)[:100]
    except ValueError:
        return link[:100]


def _hint(here: Visit) -> str:
    return here.words.say("Send me a link to a news story and I will tell you what it says. More: /help")


def _is_addressed(message: TelegramMessage, username: str, bot_id: int) -> bool:
    mentions = [
        *message.parse_entities([MessageEntity.MENTION]).values(),
        *message.parse_caption_entities([MessageEntity.MENTION]).values(),
    ]
    return _answers(message, bot_id) or any(mention.casefold() == f"@{username}".casefold() for mention in mentions)


def _answers(message: TelegramMessage, bot_id: int) -> bool:
    original = message.reply_to_message
    return bool(original and original.from_user and original.from_user.id == bot_id)
