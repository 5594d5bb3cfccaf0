"""/add <site or feed address>: finds the feeds there, shows what they bring, and follows the one that is tapped."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.errors import QuotewireError, SourceBlocked, UrlInvalid
from bot.feeds.discover import FoundFeed, discover
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.errors import render_failure
from bot.messages.markup import cut, escape, label
from bot.models import Button, Message
from bot.services import Services
from handlers.links import links_of
from handlers.menus import Audience
from handlers.replies import edit_buttons, plain, reply, toast
from handlers.sayings import only_admins
from handlers.sources import toggle_feed
from handlers.taps import changing_tap
from handlers.visits import Context, Visit, may_change, visit
from handlers.waiting import answer_after
from handlers.wishes import full_address

MENU = {"add": sentence("Follow any site or feed: /add <address>")}
AUDIENCE = {"add": Audience.CHOOSING}

_FOUND_LIMIT = 5
_NAME_LIMIT = 60
_HEADLINE_LIMIT = 150
_ADDRESS_LIMIT = 2_048  # what browsers and proxies commonly accept


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def add(update: Update, context: Context) -> None:
        message, here = update.effective_message, await visit(update, services)
        if message is None:
            return
        if not await may_change(update, services):
            await reply(message, plain(only_admins(here)))
            return
        address = next(iter(links_of(message)), " ".join(context.args or []))
        if not address:
            await reply(message, plain(here.words.say("Which site? For example: /add pravda.com.ua")))
            return
        await look_for_feeds(services, here, message, address)

    return [
        CommandHandler("add", add),
        CallbackQueryHandler(partial(_tap, services), pattern=f"^{callbacks.ADD_FEED}:"),
    ]


async def _tap(services: Services, update: Update, _context: Context) -> None:
    """Follow or leave the feed of a tapped button."""
    tap = await changing_tap(update, services)
    if tap is None:
        return
    here, shown = tap.here, tap.shown
    feed = await services.store.feeds.get(tap.number(0))
    if feed is None:
        await toast(tap.query, here.words.say("This button is too old. Ask again: /add <address>"), alert=True)
        return
    await toast(tap.query, await toggle_feed(services, here, feed))
    if shown is not None:
        await edit_buttons(shown, here.shown(Message("", await _marked(services, here, shown.reply_markup))))


def _used_up(services: Services, here: Visit) -> str:
    return here.words.plural(
        "I look at {number} site a day for each person, and today's is used up. For now: /sources",
        "I look at {number} sites a day for each person, and today's are used up. For now: /sources",
        services.settings.feeds_per_day,
    )


async def look_for_feeds(services: Services, here: Visit, message: TelegramMessage, address: str) -> None:
    """Answer a message with the feeds of a site, of which a person may have only so many looked at in a day.

    Args:
        services: the house.
        here: where they may be followed.
        message: whose sender asks.
        address: of the site, as typed.
    """
    if message.from_user and not services.searches.take(message.from_user.id):
        await reply(message, here.shown(plain(_used_up(services, here))))
        return
    doing = here.words.say("Looking for its news…")
    await answer_after(message, doing, partial(_feeds_offered, services, here, address), here.words)


async def _feeds_offered(services: Services, here: Visit, address: str) -> Message:
    """Return the message that offers the feeds of a site, or says why there are none."""
    return here.shown(await _feeds_found(services, here, address))


async def _feeds_found(services: Services, here: Visit, address: str) -> Message:
    try:
        if len(address) > _ADDRESS_LIMIT:
            raise UrlInvalid(url=address[:100])
        if await services.store.sources.is_blocked(full_address(address) or address):
            raise SourceBlocked(url=address)
        found = await discover(address, services.fetcher, services.pool)
    except QuotewireError as error:
        return render_failure(error, here.words, feed=True)
    return await _offer(services, here, found[:_FOUND_LIMIT])


async def _offer(services: Services, here: Visit, found: Sequence[FoundFeed]) -> Message:
    heading = here.words.say("Found here. Tap one to follow it.")
    blocks = [f"<b>{escape(heading)}</b>"]
    buttons = []
    for feed in found:
        name = label(feed.title or feed.url, _NAME_LIMIT)
        feed_id = await services.store.feeds.ensure(
            feed.url, kind=feed.kind, name=feed.title, site_url=feed.site_url, language=feed.language
        )
        lines = [f"<b>{escape(name)}</b>", *(f"• {escape(cut(title, _HEADLINE_LIMIT))}" for title in feed.headlines)]
        blocks.append("\n".join(lines))
        buttons.append((Button("+ " + name, data=callbacks.pack(callbacks.ADD_FEED, feed_id)),))
    return Message("\n\n".join(blocks), buttons=tuple(buttons))


async def _marked(services: Services, here: Visit, shown: Any) -> tuple[tuple[Button, ...], ...]:
    """Return the keyboard that a message shows, its marks brought up to date."""
    followed = await services.store.subscriptions.topic_ids(here.chat.id)
    rows = []
    for row in shown.inline_keyboard if shown else ():
        for button in row:
            pressed = callbacks.unpack(button.callback_data or "")
            feed = await services.store.feeds.get(pressed.numbers[0]) if pressed and pressed.numbers else None
            if feed is not None:
                mark = "✓ " if feed.topic_id in followed else "+ "
                rows.append((Button(mark + button.text[2:], data=button.callback_data),))
    return tuple(rows)
