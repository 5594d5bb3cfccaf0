"""Links in messages: each becomes a digest, in place of a word that it is being read."""

import asyncio
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

from bot.errors import QuotewireError
from bot.messages import callbacks
from bot.messages.catalogue import Words, sentence
from bot.messages.errors import render_failure
from bot.models import Message
from bot.services import Services
from bot.urls import canonical_url
from handlers.cards import digest_message
from handlers.edits import links_seen
from handlers.opml import FEED_LIST
from handlers.replies import edit, plain, reply, toast
from handlers.sayings import links_used_up
from handlers.taps import Tap, tapped
from handlers.texts import is_footer, long_text, summarized
from handlers.visits import Context, Visit, visit
from handlers.waiting import answer_after, outcome

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
        MessageHandler(private & filters.UpdateType.EDITED_MESSAGE, partial(_read_edited, services)),
        MessageHandler(groups & new, partial(_read_addressed, services)),
        CallbackQueryHandler(partial(_retry, services), pattern=f"^{callbacks.RETRY}:"),
    ]


async def read_private(services: Services, update: Update, context: Context) -> None:
    """Answer what a person sends in private: its links, or a long text itself."""
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    # A channel's post often ends with links to the channel itself; they are not what was forwarded for.
    links = [link for link in links_of(message) if not is_footer(link, message)]
    links_seen(context).note(message, links)
    text = "" if links else long_text(message)
    if text:
        await _answer_text(services, here, message, text)
    else:
        await _read_all(services, here, message, links, otherwise=_hint(here))


async def _read_edited(services: Services, update: Update, context: Context) -> None:
    """Answer the links that a person has put into a message of theirs afterwards."""
    message, seen = update.effective_message, links_seen(context)
    links = seen.new(message, links_of(message)) if message else []
    if message is None or not links:
        return
    seen.note(message, links)
    await _read_all(services, await visit(update, services), message, links, otherwise="")


async def _answer_text(services: Services, here: Visit, message: TelegramMessage, text: str) -> None:
    """Answer a long text with its short form; reading it costs what reading a page does, and counts as a link."""
    if not _may_read(services, message, 1):
        await reply(message, plain(links_used_up(services, here.words)))
        return
    unread = plain(
        here.words.say("I found nothing to leave out of this text. Send me a link, or a longer text. More: /help")
    )

    async def shortened() -> Message:
        return await summarized(services, here, message, text) or unread

    await answer_after(message, here.words.say("Reading your text…"), shortened, here.words)


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
    """Read the link of a failed answer again."""
    tap = await tapped(update, services)
    link = _failed_link(tap, context)
    if tap.shown is None or link is None:
        await toast(tap.query, tap.here.words.say("I no longer have that link. Please send it again."), alert=True)
        return
    await toast(tap.query)
    await _read_into(services, tap.here, tap.shown, link, tap.number(0))


def _failed_link(tap: Tap, context: Context) -> str | None:
    """Return the link that the answer names; of older answers that name none, the one in the message answered."""
    if tap.shown is None:
        return None
    if named := links_of(tap.shown):
        return named[0]
    asked = tap.shown.reply_to_message
    links = (links_of(asked) or _links_replied_to(asked, context)) if asked else []
    return links[tap.numbers[0]] if tap.numbers and 0 <= tap.numbers[0] < len(links) else None


def links_of(message: TelegramMessage) -> list[str]:
    """Return the web addresses in a message's text or caption, typed or behind words, each page once, in order."""
    entities = {**message.parse_entities(_LINKS), **message.parse_caption_entities(_LINKS)}
    ordered = sorted(entities.items(), key=lambda item: item[0].offset)
    links = [entity.url or text for entity, text in ordered]
    full = [link if "://" in link else f"https://{link}" for link in links]
    pages: dict[str, str] = {}
    for link in full:
        if link.lower().startswith(("http://", "https://")):
            pages.setdefault(canonical_url(link), link)
    return list(pages.values())


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
    if not _may_read(services, message, len(taken)):
        await reply(message, plain(links_used_up(services, here.words)))
        return
    with suppress(TelegramError):  # "typing" is a courtesy; the placeholder below says the same
        await message.reply_chat_action(ChatAction.TYPING)
    placeholders = [await reply(message, plain(_reading(here, link))) for link in taken]
    shown = zip(placeholders, taken, strict=True)
    await asyncio.gather(*(_read_into(services, here, place, link, at) for at, (place, link) in enumerate(shown)))
    left_out = len(links) - len(taken)
    if left_out:
        await reply(message, plain(_left_out(here, left_out)))


def _may_read(services: Services, message: TelegramMessage, wanted: int) -> bool:
    """Take what a message wants to have read from its sender's day, and tell whether there was room for all of it."""
    sender = message.from_user
    return sender is None or services.links.take(sender.id, wanted) == wanted


def _left_out(here: Visit, number: int) -> str:
    return here.words.plural(
        "I read {limit} links at a time and left {number} out. Send it again by itself, or: /read <address>",
        "I read {limit} links at a time and left {number} out. Send them again by themselves, or: /read <address>",
        number,
        limit=LINKS_PER_MESSAGE,
    )


async def _read_into(services: Services, here: Visit, shown: TelegramMessage, link: str, index: int) -> None:
    """Turn a placeholder into the digest of a link, the index-th of its message, or into the word why not."""

    def failed(error: QuotewireError, words: Words) -> Message:
        return render_failure(error, words, about=(_host(link), link), retry=callbacks.pack(callbacks.RETRY, index))

    await edit(shown, await outcome(shown, partial(_digest, services, here, link), here.words, failed))


async def _digest(services: Services, here: Visit, link: str) -> Message:
    return await digest_message(services, here.chat, await services.digester.digest(link))


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
