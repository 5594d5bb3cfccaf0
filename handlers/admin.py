"""/admin and /broadcast for those whom the settings name: how the bot is, words to all, shutting out a chat."""

import logging
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.messages import callbacks, times
from bot.messages.catalogue import sentence
from bot.messages.markup import MESSAGE_LIMIT, cut, escape
from bot.models import Button, Message
from bot.services import Services
from bot.store import FeedRow
from handlers.menus import Audience
from handlers.replies import edit, plain, reply, shown_message, toast
from handlers.visits import Context, Visit, reader_of, visit

log = logging.getLogger(__name__)

MENU = {
    "admin": sentence("How I am"),
    "broadcast": sentence("Words to all: /broadcast <text>"),
}
AUDIENCE = dict.fromkeys(MENU, Audience.OPERATORS)

_WORST = 8  # failing feeds shown
_NAME_LIMIT = 60
_CHATS_AT_ONCE = 200


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers; others than admins fall through to "I do not know that command"."""
    # An empty filter would let everybody in, and there is no user 0.
    admins = filters.ChatType.PRIVATE & filters.User(user_id=services.settings.admin_ids or {0})
    return [
        CommandHandler("admin", partial(_admin, services), filters=admins),
        CommandHandler("broadcast", partial(_broadcast, services), filters=admins),
        CallbackQueryHandler(partial(_refresh, services), pattern=f"^{callbacks.ADMIN}$"),
        CallbackQueryHandler(partial(_confirmed, services), pattern=f"^{callbacks.BROADCAST}$"),
    ]


async def _admin(services: Services, update: Update, context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    match context.args or []:
        case ["ban", number] if _is_number(number):
            known = await services.store.chats.ban(int(number))
            done, unknown = here.words.say("Chat {number} is shut out.", number=number), here.words.say("No such chat.")
            await reply(message, plain(done if known else unknown))
        case ["unban", number] if _is_number(number):
            let_in = await services.store.chats.unban(int(number))
            done = here.words.say("Chat {number} is let in again.", number=number)
            await reply(message, plain(done if let_in else here.words.say("That chat was not shut out.")))
        case _:
            await reply(message, await _overview(services, here))


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


async def _refresh(services: Services, update: Update, _context: Context) -> None:
    query, here = update.callback_query, await visit(update, services)
    if query is None:
        return
    await toast(query)
    shown = shown_message(query.message)
    if shown is not None and query.from_user.id in services.settings.admin_ids:
        await edit(shown, await _overview(services, here))


async def _overview(services: Services, here: Visit) -> Message:
    """Return how everything is: counts, what waits, troubles, and the feeds that fail."""
    counts, words = await services.store.census.take(), here.words
    reader = await reader_of(here.chat, services)
    lines = [
        words.say("Chats: {counts}", counts=_counted(counts.chats)),
        words.say("Subscriptions: {number}", number=counts.subscriptions),
        words.say("Feeds: {counts}", counts=_counted(counts.feeds)),
        words.say("Stories: {counts}", counts=_counted(counts.stories)),
        words.say("Deliveries: {counts}", counts=_counted(counts.deliveries)),
    ]
    if counts.oldest_open:
        since = times.moment(counts.oldest_open, words, reader.zone, reader.now)
        lines.append(words.say("The oldest delivery that waits is of {time}.", time=since))
    lines += [f"⚠ {part}: {trouble.reason}" for part, trouble in services.health.troubles.items()]
    feeds = await services.store.feeds.list()
    failing = sorted((feed for feed in feeds if feed.state.failures), key=lambda feed: -feed.state.failures)
    blocks = ["\n".join(map(escape, lines))]
    if failing:
        heading = escape(words.say("Feeds that fail, with the number of failures:"))
        blocks.append("\n".join([f"<b>{heading}</b>", *map(_feed_line, failing[:_WORST])]))
    blocks.append(escape(words.say("More: /broadcast <text>, /admin ban <chat number>, /admin unban <chat number>")))
    again = Button("↻ " + words.say("Refresh"), data=callbacks.pack(callbacks.ADMIN))
    return Message("\n\n".join(blocks), buttons=((again,),))


def _counted(counts: Any) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "0"


def _feed_line(feed: FeedRow) -> str:
    return f'• {feed.state.failures} <a href="{escape(feed.url)}">{escape(cut(feed.name or feed.url, _NAME_LIMIT))}</a>'


async def _broadcast(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    if not _words_of(message):
        await reply(message, plain(here.words.say("What shall I say? /broadcast <text>")))
        return
    number = (await services.store.census.take()).chats.get("active", 0)
    question = here.words.plural(
        "Send this to {number} chat?\n\n{text}", "Send this to {number} chats?\n\n{text}", number, text="{text}"
    )
    text = cut(_words_of(message), MESSAGE_LIMIT - len(question) - 1)
    buttons = (
        Button("📣 " + here.words.say("Send"), data=callbacks.pack(callbacks.BROADCAST)),
        Button(here.words.say("Cancel"), data=callbacks.pack(callbacks.CANCEL)),
    )
    await reply(message, Message(escape(question.replace("{text}", text)), buttons=(buttons,)))


async def _confirmed(services: Services, update: Update, context: Context) -> None:
    """Send the words of the command that the question answers; a question is answered once."""
    query, here = update.callback_query, await visit(update, services)
    shown = shown_message(query.message) if query else None
    if query is None:
        return
    asked = shown.reply_to_message if shown else None
    text = _words_of(asked) if asked else ""
    if shown is None or not text or query.from_user.id not in services.settings.admin_ids:
        await toast(query, here.words.say("This button is too old to work."), alert=True)
        return
    await toast(query)
    await edit(shown, plain("⏳ " + here.words.say("Sending…")))
    context.application.create_task(_tell_all(services, here, context, shown, text))


async def _tell_all(services: Services, here: Visit, context: Context, shown: TelegramMessage, text: str) -> None:
    sent, failed, after = 0, 0, 0
    while chats := await services.store.chats.active(after=after, limit=_CHATS_AT_ONCE):
        for chat in chats:
            after = chat.id
            try:
                await context.bot.send_message(
                    chat.telegram_id, escape(text), parse_mode=ParseMode.HTML, message_thread_id=chat.thread_id
                )
                sent += 1
            except TelegramError as error:
                log.info("a broadcast did not reach chat %d: %s", chat.id, error)
                failed += 1
    await edit(shown, plain(here.words.say("Sent: {sent}. Not sent: {failed}.", sent=sent, failed=failed)))


def _words_of(message: TelegramMessage) -> str:
    return (message.text or "").partition(" ")[2].strip()
