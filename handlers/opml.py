"""/import and /export: the feeds that a chat follows, as an OPML file that other readers understand."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram import Document, ReplyParameters, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.errors import QuotewireError
from bot.feeds import opml
from bot.feeds.exchange import Imported, export_feeds, import_feeds
from bot.feeds.opml import MAX_FEEDS, Fault, FaultKind
from bot.messages import callbacks
from bot.messages.catalogue import Words, sentence
from bot.messages.errors import render_failure
from bot.messages.markup import escape, label
from bot.models import Button, Message
from bot.services import Services
from bot.topics import MAX_TOPIC_LENGTH, tag_topic
from handlers.menus import Audience
from handlers.privacy import send_all_held
from handlers.replies import plain, reply
from handlers.sayings import only_admins
from handlers.visits import Context, Visit, may_change, visit
from handlers.waiting import answer_after

MENU = {
    "import": sentence("Follow the feeds of an OPML file"),
    "export": sentence("The feeds you follow, as an OPML file; all I keep, as JSON"),
}
AUDIENCE = {"import": Audience.CHOOSING, "export": Audience.CHOOSING}

FILE_LIMIT_BYTES = 2_000_000
"""Ours: a list of 2,000 feeds, with titles and descriptions, has about one megabyte."""

FEED_LIST = (
    filters.Document.FileExtension("opml")
    | filters.Document.FileExtension("xml")
    | filters.Document.MimeType("text/x-opml")
    | filters.Document.MimeType("text/x-opml+xml")
)
"""Files that are taken for lists of feeds where nothing more is said."""

_NAME = "quotewire.opml"
_SHOWN_FAULTS = 5
_SHOWN_FOLDERS = 8
_FOLDER_LABEL = 40


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    new = filters.UpdateType.MESSAGE
    by_caption = filters.Document.ALL & filters.CaptionRegex(r"^/import\b")
    return [
        CommandHandler("import", partial(_import, services)),
        CommandHandler("export", partial(_export, services)),
        MessageHandler(new & (by_caption | (filters.ChatType.PRIVATE & FEED_LIST)), partial(_import, services)),
    ]


async def _import(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    if not await may_change(update, services):
        await reply(message, plain(only_admins(here)))
        return
    file = message.document or (message.reply_to_message and message.reply_to_message.document)
    if not file:
        await reply(message, plain(_how(here.words)))
    elif (file.file_size or 0) > FILE_LIMIT_BYTES:
        await reply(message, plain(_too_large(here.words)))
    else:
        await answer_after(
            message, here.words.say("Reading your list…"), partial(_imported, services, here, file), here.words
        )


async def _imported(services: Services, here: Visit, file: Document) -> Message:
    """Follow the feeds of a file and return the message that says what came of it."""
    try:
        body = bytes(await (await file.get_file()).download_as_bytearray())
    except TelegramError:
        return plain(here.words.say("Telegram did not give me that file. Please send it again: /import"))
    if len(body) > FILE_LIMIT_BYTES:
        return plain(_too_large(here.words))
    try:
        outline = await services.pool.run(opml.read, body, url=file.file_name or _NAME)
    except QuotewireError as error:
        return render_failure(error, here.words, feed=True)
    done = await import_feeds(services.store, here.chat.id, outline)
    if done.added:
        services.wake_poller()
    return await _report(services, here, done, outline.faults)


async def _report(services: Services, here: Visit, done: Imported, faults: Sequence[Fault]) -> Message:
    words = here.words
    lines = _counts(done, words)
    lines += [fault_sentence(fault, words) for fault in faults[:_SHOWN_FAULTS]]
    if left_out := len(faults[_SHOWN_FAULTS:]):
        lines.append(words.plural("…and {number} more such line.", "…and {number} more such lines.", left_out))
    buttons = await _folder_buttons(services, done.folders)
    if buttons:
        lines.append(words.say("Your folders, as topics: tap one to get its news from every source."))
    text = "\n".join(lines) or words.say("There are no feeds in that file.")
    return Message(escape(text), buttons=buttons)


def _counts(done: Imported, words: Words) -> list[str]:
    lines = []
    if done.added:
        added = words.plural("✓ You follow {number} more feed.", "✓ You follow {number} more feeds.", done.added)
        lines.append(added + " " + words.say("What is new there will come here."))
    if done.known:
        lines.append(
            words.plural(
                "You followed {number} feed of it already.", "You followed {number} feeds of it already.", done.known
            )
        )
    return lines


async def _folder_buttons(services: Services, folders: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    topics = [tag_topic(name, services.aliases) for name in folders]
    usable = [topic for topic in topics if topic.key and len(topic.key) <= MAX_TOPIC_LENGTH][:_SHOWN_FOLDERS]
    numbers = await services.store.topics.ensure_all(usable)
    return tuple(
        (Button("#" + label(topic.label, _FOLDER_LABEL), data=callbacks.pack(callbacks.TOGGLE_TOPIC, numbers[topic])),)
        for topic in dict.fromkeys(usable)
    )


def fault_sentence(fault: Fault, words: Words) -> str:
    """Return a plain sentence that says what is wrong in a list, and where."""
    line, text = fault.line, fault.text
    if fault.kind is FaultKind.NOT_OPML:
        return words.say("That file is not an OPML list. Export one in your old reader and send it to me.")
    if fault.kind is FaultKind.BROKEN:
        return words.say("Line {line}: the file is broken here ({text}).", line=line, text=text)
    if fault.kind is FaultKind.NO_ADDRESS:
        return words.say("Line {line}: “{text}” has no feed's address.", line=line, text=text)
    if fault.kind is FaultKind.BAD_ADDRESS:
        return words.say("Line {line}: “{text}” is not a web address.", line=line, text=text)
    return words.say("The file has {number} feeds; I took the first {limit}.", number=text, limit=MAX_FEEDS)


def _how(words: Words) -> str:
    return words.say("Send me the OPML file that your old reader exports, or reply to such a file with /import.")


def _too_large(words: Words) -> str:
    megabytes = FILE_LIMIT_BYTES // 1_000_000
    return words.say(
        "That file is larger than {megabytes} MB, which no list of feeds is. What I take: /import", megabytes=megabytes
    )


async def _export(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    title = here.words.say("Followed with Quotewire")
    body, number = await export_feeds(services.store, here.chat.id, title, services.now())
    if number:
        await _send_file(message, body, here.words.plural("{number} feed", "{number} feeds", number))
    else:
        await reply(message, plain(here.words.say("You follow no feeds yet. Choose some: /sources or /add <address>")))
    # What was sent, and when, is for those who answer for the chat.
    if await may_change(update, services):
        await send_all_held(services, here, message)


async def _send_file(to: TelegramMessage, body: bytes, caption: str) -> None:
    await to.reply_document(
        body,
        filename=_NAME,
        caption=caption,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )
