"""A channel's posts, looked at from the private chat of who manages it, and sent as a test."""

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.delivery.failures import NotAccepted
from bot.errors import QuotewireError
from bot.messages import callbacks
from bot.messages.channels import render_post_controls
from bot.messages.lists import Headline
from bot.models import Message
from bot.options import effective
from bot.rendering import push_renderer
from bot.services import Services
from bot.store import Chat, StoredDigest
from handlers.channel_screens import managed
from handlers.replies import edit, plain, reply, toast
from handlers.taps import say_too_old, tapped
from handlers.visits import Context, Visit
from handlers.wishes import headlines, stories_of

log = logging.getLogger(__name__)

_TOPICS_ASKED = 20  # subscriptions that are asked for a post to show


@dataclass(frozen=True)
class _Found:
    """A story that may be posted, and what the channel follows that brings it; 0 where nothing does."""

    headline: Headline
    topic_id: int = 0


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    return [
        CallbackQueryHandler(partial(_show, services), pattern=f"^{callbacks.SHOW_POST}:"),
        CallbackQueryHandler(partial(_send, services), pattern=f"^{callbacks.SEND_POST}:"),
    ]


async def _show(services: Services, update: Update, _context: Context) -> None:
    """Show the newest post that the channel would have got, as it would look there; an example where there is none."""
    tap = await tapped(update, services)
    here, shown = tap.here, tap.shown
    if shown is None or not here.remote:
        await say_too_old(tap)
        return
    await toast(tap.query)
    found = await _newest(services, here)
    if found is None:
        nothing = here.words.say("There is no story yet that could be shown. When one comes, it is posted.")
        await reply(shown, here.shown(plain(nothing)))
        return
    waiting = await reply(shown, plain("⏳ " + here.words.say("Reading {site}…", site=found.headline.source)))
    try:
        stored = await services.digester.digest(found.headline.url)
    except QuotewireError as error:
        log.info("a post that was to be shown cannot be read: %r", error)
        unread = here.words.say("That story cannot be read now. Please try again later, or choose another: /recent")
        await edit(waiting, here.shown(plain(unread)))
        return
    await services.store.stories.attach_digest(found.headline.story_id, stored.id)
    first, *rest = await _posts(services, here.chat, stored, found.topic_id)
    await edit(waiting, first)
    for message in rest:
        await reply(shown, message)
    await reply(shown, render_post_controls(managed(here.chat), stored.id, found.topic_id, here.words))


async def _send(services: Services, update: Update, _context: Context) -> None:
    """Post in the channel what was shown."""
    tap = await tapped(update, services)
    here, stored = tap.here, await services.store.digests.get(tap.number(0))
    if stored is None or not here.remote:
        await say_too_old(tap)
        return
    try:
        for message in await _posts(services, here.chat, stored, tap.number(1)):
            await services.post(here.chat, message)
    except NotAccepted as error:
        log.info("a test post was refused: %s", error.failure.reason)
        await toast(
            tap.query, here.words.say("I cannot post there now. Give me the right to post messages."), alert=True
        )
        return
    await toast(tap.query, here.words.say("✓ Posted in {channel}.", channel=here.chat.title))


async def _posts(services: Services, channel: Chat, stored: StoredDigest, topic_id: int) -> list[Message]:
    """Return a story's messages as the channel gets them, in the channel's own language."""
    own = await services.store.chats.get(channel.id)
    said = await services.store.options.of_subscription(channel.id, topic_id)
    options = effective(channel.choices, said.own) if said else effective(channel.choices)
    messages = push_renderer(services.settings, services.now)(stored, own or channel, options)
    return [replace(message, silent=options.silent) for message in messages]


async def _newest(services: Services, here: Visit) -> _Found | None:
    """Return the newest story of what the channel follows, else the newest in the channel's language."""
    found = []
    for row in await services.store.subscriptions.list(here.chat.id, limit=_TOPICS_ASKED):
        found += [_Found(one, row.topic_id) for one in await stories_of(services, here.chat, row.topic, limit=1)]
    if found:
        return max(found, key=lambda one: one.headline.published)
    own = await services.store.chats.get(here.chat.id)
    language = (own and own.language) or here.words.language
    latest = await services.store.stories.recent(languages=(language,), chat_id=here.chat.id, limit=1)
    return next((_Found(one) for one in headlines(latest)), None)
