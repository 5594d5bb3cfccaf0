"""/admin and /broadcast for those whom the settings name: how the bot is, words to all, shutting out."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.hashed_ids import chat_id
from bot.messages import callbacks, times
from bot.messages.catalogue import sentence
from bot.messages.markup import MESSAGE_LIMIT, cut, escape
from bot.messages.operators import Section, WatchedFeed, counted, render_feed, render_feeds, render_incidents, sections
from bot.messages.reader import Reader
from bot.models import Button, Message
from bot.services import Services
from bot.store import FeedRow
from handlers.menus import Audience
from handlers.replies import edit, plain, reply, toast
from handlers.taps import say_too_old, tapped
from handlers.visits import Context, Visit, reader_of, visit

log = logging.getLogger(__name__)

MENU = {
    "admin": sentence("How I am doing"),
    "broadcast": sentence("Write to everybody: /broadcast <text>"),
}
AUDIENCE = dict.fromkeys(MENU, Audience.OPERATORS)

_ROWS = 10  # feeds of a list
_BLOCKED_ROWS = 50  # what was blocked must be found again
_INCIDENTS = 12
_CHATS_AT_ONCE = 200
_ANSWERED_FOR = 60.0  # seconds; the question has no button any more then


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers; others than admins fall through to "I do not know that command"."""
    # An empty filter would let everybody in, and there is no user 0.
    admins = filters.ChatType.PRIVATE & filters.User(user_id=services.settings.admin_ids or {0})
    return [
        CommandHandler("admin", partial(_admin, services), filters=admins),
        CommandHandler("broadcast", partial(_broadcast, services), filters=admins),
        CallbackQueryHandler(partial(_tapped, services), pattern=f"^{callbacks.ADMIN}(:|$)"),
        CallbackQueryHandler(partial(_confirmed, services), pattern=f"^{callbacks.BROADCAST}$"),
    ]


async def _admin(services: Services, update: Update, context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    match context.args or []:
        case ["ban", number] if _is_number(number):
            known = await services.store.chats.ban(int(number))
            done, unknown = here.words.say("Chat {number} is banned.", number=number), here.words.say("No such chat.")
            await reply(message, _said(here, done if known else unknown))
        case ["unban", number] if _is_number(number):
            let_in = await services.store.chats.unban(int(number))
            done = here.words.say("Chat {number} is no longer banned.", number=number)
            await reply(message, _said(here, done if let_in else here.words.say("That chat was not banned.")))
        case ["block" | "unblock" as what, *named] if named:
            await reply(message, await _named(services, here, what, " ".join(named)))
        case _:
            await reply(message, await _overview(services, here))


def _said(here: Visit, text: str) -> Message:
    return replace(plain(text), buttons=sections(here.words))


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


async def _tapped(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    await toast(tap.query)
    if tap.shown is not None and tap.query.from_user.id in services.settings.admin_ids:
        await edit(tap.shown, await _screen(services, tap.here, tap.number(0), tap.number(1)))


async def _screen(services: Services, here: Visit, section: int, number: int) -> Message:
    """Return the screen that a button asks for, after doing what it says; the overview for one that says nothing."""
    sources, reader = services.store.sources, await reader_of(here.chat, services)
    match section:
        case Section.SLOWEST:
            return render_feeds(Section.SLOWEST, _watched(await sources.slowest(_ROWS)), reader)
        case Section.FAILING:
            return render_feeds(Section.FAILING, _watched(await sources.failing(_ROWS)), reader)
        case Section.BLOCKED:
            return render_feeds(Section.BLOCKED, _watched(await sources.blocked(_BLOCKED_ROWS)), reader)
        case Section.ERRORS:
            return await _errors(services, reader)
        case Section.FEED | Section.SWITCH:
            feed = await services.store.feeds.get(number)
            if feed is not None:
                if section == Section.SWITCH:
                    await _switch(services, feed, blocked=not feed.blocked)
                return await _feed(services, feed.id, reader)
    return await _overview(services, here)


async def _errors(services: Services, reader: Reader) -> Message:
    await services.store.incidents.write_down(services.incidents)
    return render_incidents(await services.store.incidents.latest(_INCIDENTS), reader)


async def _feed(services: Services, feed_id: int, reader: Reader) -> Message:
    feed = await services.store.feeds.get(feed_id)
    assert feed is not None, "feeds are never deleted"  # noqa: S101  a programmer's promise
    return render_feed(_watched([feed])[0], await services.store.sources.followers(feed), reader)


async def _switch(services: Services, feed: FeedRow, *, blocked: bool) -> None:
    sources = services.store.sources
    await (sources.block(feed.id) if blocked else sources.unblock(feed.id))
    log.info("feed %d is %s by the operator", feed.id, "blocked" if blocked else "unblocked")
    services.wake_poller()


async def _named(services: Services, here: Visit, what: str, name: str) -> Message:
    """Block or unblock the one feed that a name fits; show those that it may mean."""
    reader = await reader_of(here.chat, services)
    found = await services.store.sources.find(name, _ROWS)
    if not found:
        return plain(here.words.say("I know no source by that name. All of them: /sources"))
    if len(found) > 1:
        return render_feeds(Section.FOUND, _watched(found), reader)
    await _switch(services, found[0], blocked=what == "block")
    return await _feed(services, found[0].id, reader)


def _watched(feeds: Iterable[FeedRow]) -> list[WatchedFeed]:
    return [
        WatchedFeed(
            feed.id,
            feed.name,
            feed.url,
            feed.state.seconds,
            feed.state.failures,
            feed.state.failing_since,
            feed.state.error,
            feed.state.polled,
            feed.blocked,
        )
        for feed in feeds
    ]


async def _overview(services: Services, here: Visit) -> Message:
    """Return how everything is: counts, what waits, troubles, and the ways to the rest."""
    counts, words = await services.store.census.take(), here.words
    reader = await reader_of(here.chat, services)
    lines = [
        words.say("Chats: {counts}", counts=counted(counts.chats, words)),
        words.say("Subscriptions: {number}", number=counts.subscriptions),
        words.say("Feeds: {counts}", counts=counted(counts.feeds, words)),
        words.say("Stories: {counts}", counts=counted(counts.stories, words)),
        words.say("Deliveries: {counts}", counts=counted(counts.deliveries, words)),
    ]
    if counts.oldest_open:
        since = times.moment(counts.oldest_open, words, reader.zone, reader.now)
        lines.append(words.say("The oldest waiting delivery: {time}.", time=since))
    lines += [f"⚠ {part}: {trouble.reason}" for part, trouble in services.health.troubles.items()]
    more = words.say(
        "More: /broadcast <text>, /admin ban <chat number>, /admin unban <chat number>, "
        "/admin block <source>, /admin unblock <source>"
    )
    return Message("\n\n".join(["\n".join(map(escape, lines)), escape(more)]), buttons=sections(words))


async def _broadcast(services: Services, update: Update, _context: Context) -> None:
    message, here = update.effective_message, await visit(update, services)
    if message is None:
        return
    if not _words_of(message):
        await reply(message, plain(here.words.say("What should I say? /broadcast <text>")))
        return
    number = await services.store.chats.count_active()
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
    tap = await tapped(update, services)
    here, shown = tap.here, tap.shown
    asked = shown.reply_to_message if shown else None
    text = _words_of(asked) if asked else ""
    if shown is None or not text or tap.query.from_user.id not in services.settings.admin_ids:
        await say_too_old(tap)
        return
    await toast(tap.query)
    # By the database: another process may have heard another tap.
    if not await services.store.leases.acquire(f"broadcast:{here.chat.id}:{shown.id}", tap.query.id, _ANSWERED_FOR):
        return
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
                log.info("a broadcast did not reach chat %s: %s", chat_id(chat.telegram_id), error)
                failed += 1
    await edit(
        shown,
        plain(here.words.say("Sent: {sent}. Not sent: {failed}. How I am doing: /admin", sent=sent, failed=failed)),
    )


def _words_of(message: TelegramMessage) -> str:
    _, *rest = (message.text or "").split(maxsplit=1)
    return rest[0].strip() if rest else ""
