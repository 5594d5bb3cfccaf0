"""Links in messages: each becomes a digest, in place of a word that it is being read."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.errors import DatabaseAway, QuotewireError
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.errors import render_failure
from bot.models import Message
from bot.services import Services
from handlers.cards import digest_message
from handlers.failures import as_known
from handlers.opml import FEED_LIST
from handlers.replies import edit, plain, reply, toast
from handlers.taps import tapped
from handlers.texts import is_footer, long_text, summarized
from handlers.visits import Context, Visit, visit

log = logging.getLogger(__name__)

MENU = {"read": sentence("Read a link: /read <address>, or in reply to a message")}

LINKS_PER_MESSAGE = 5
"""Links read from one message. Ours: more would fill a screen; the rest is named, and can be sent again."""


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    words = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND & ~FEED_LIST
    private = filters.ChatType.PRIVATE & ~filters.VIA_BOT & words
    groups = filters.ChatType.GROUPS & words
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("read", partial(_read_command, services)),
        MessageHandler(private & new, partial(read_private, services)),
        MessageHandler(groups & new, partial(_read_addressed, services)),
        CallbackQueryHandler(partial(_retry, services), pattern=f"^{callbacks.RETRY}:"),
    ]


async def read_private(services: Services, update: Update, _context: Context) -> None:
    """Answer what a person sends in private: its links, or a long text itself."""
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    # A channel's post often ends with links to the channel itself; they are not what was forwarded for.
    links = [link for link in links_of(message) if not is_footer(link, message)]
    text = "" if links else long_text(message)
    if text:
        await _answer_text(services, here, message, text)
    else:
        await _read_all(services, here, message, links, otherwise=_hint(here))


async def _answer_text(services: Services, here: Visit, message: TelegramMessage, text: str) -> None:
    """Answer a long text with its short form."""
    placeholder = await reply(message, plain("⏳ " + here.words.say("Reading your text…")))
    answer = await summarized(services, here, message, text)
    unread = plain(
        here.words.say("I found nothing to leave out of this text. Send me a link, or a longer text. More: /help")
    )
    await edit(placeholder, answer or unread)


async def _read_addressed(services: Services, update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or not _is_addressed(message, context.bot.username, context.bot.id):
        return
    here = await visit(update, services)
    # People talk under the bot's messages; only a mention without a link is a question to us.
    otherwise = "" if _answers(message, context.bot.id) else _hint(here)
    await _read_all(
        services, here, message, links_of(message) or _links_replied_to(message, context), otherwise=otherwise
    )


async def _read_command(services: Services, update: Update, context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is not None:
        hint = here.words.say("Give me a link: /read <address>, or reply to a message that has one with /read.")
        await _read_all(
            services, here, message, links_of(message) or _links_replied_to(message, context), otherwise=hint
        )


async def _retry(services: Services, update: Update, context: Context) -> None:
    """Read the link of a failed answer again; the link stands in the message that the failure answers."""
    tap = await tapped(update, services)
    asked = tap.shown.reply_to_message if tap.shown else None
    links = (links_of(asked) or _links_replied_to(asked, context)) if asked else []
    if tap.shown is None or not tap.numbers or not 0 <= tap.numbers[0] < len(links):
        await toast(tap.query, tap.here.words.say("I no longer have that link. Please send it again."), alert=True)
        return
    await toast(tap.query)
    await _read_into(services, tap.here, tap.shown, links, tap.numbers[0])


def links_of(message: TelegramMessage) -> list[str]:
    """Return the web addresses in a message's text or caption, typed or behind words, each once, in order."""
    entities = {**message.parse_entities(_LINKS), **message.parse_caption_entities(_LINKS)}
    ordered = sorted(entities.items(), key=lambda item: item[0].offset)
    links = [entity.url or text for entity, text in ordered]
    full = [link if "://" in link else f"https://{link}" for link in links]
    return list(dict.fromkeys(link for link in full if link.lower().startswith(("http://", "https://"))))


_LINKS: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]


def _links_replied_to(message: TelegramMessage, context: Context) -> list[str]:
    """Return the links of the message that this one answers, unless it is a digest of ours."""
    original = message.reply_to_message
    return links_of(original) if original and not _answers(message, context.bot.id) else []


async def _read_all(
    services: Services, here: Visit, message: TelegramMessage, links: Sequence[str], *, otherwise: str
) -> None:
    """Answer a message with the digests of its links, or where it has none with a sentence (none where that is "")."""
    if not links:
        if otherwise:
            await reply(message, plain(otherwise))
        return
    taken = links[:LINKS_PER_MESSAGE]
    sender = message.from_user
    may_read = services.links.take(sender.id, len(taken)) if sender else len(taken)
    if may_read < len(taken):
        said = here.words.plural(
            "I read {number} link a day for each person, and today's is used up. For now: /recent",
            "I read {number} links a day for each person, and today's are used up. For now: /recent",
            services.settings.links_per_day,
        )
        await reply(message, plain(said))
        return
    with suppress(TelegramError):  # "typing" is a courtesy; the placeholder below says the same
        await message.reply_chat_action(ChatAction.TYPING)
    placeholders = [await reply(message, plain(_reading(here, link))) for link in taken]
    await asyncio.gather(*(_read_into(services, here, shown, links, index) for index, shown in enumerate(placeholders)))
    left_out = len(links) - len(taken)
    if left_out:
        await reply(message, plain(_left_out(here, left_out)))


def _left_out(here: Visit, number: int) -> str:
    return here.words.plural(
        "I read {limit} links at a time and left {number} out. Send it again by itself, or: /read <address>",
        "I read {limit} links at a time and left {number} out. Send them again by themselves, or: /read <address>",
        number,
        limit=LINKS_PER_MESSAGE,
    )


async def _read_into(services: Services, here: Visit, shown: TelegramMessage, links: Sequence[str], index: int) -> None:
    """Turn a placeholder into the digest of one of the links, or into a sentence that says why not."""
    try:
        stored = await services.digester.digest(links[index])
        answer = await digest_message(services, here.chat, stored)
    except QuotewireError as error:
        answer = _failure(error, here, links[index], index)
    except Exception as error:
        # Whatever it was, the placeholder must not say "reading" for ever.
        known = as_known(error)
        if isinstance(known, DatabaseAway):
            log.warning("a link could not be answered, the database is away")
        else:
            log.exception("a link could not be answered")
        answer = _failure(known, here, links[index], index)
    await edit(shown, answer)


def _failure(error: QuotewireError, here: Visit, link: str, index: int) -> Message:
    retry = callbacks.pack(callbacks.RETRY, index)
    return render_failure(error, here.words, about=_host(link), retry=retry)


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
