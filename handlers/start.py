"""/start and /help: what the bot does, in three lines."""

from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CommandHandler

from bot.deep_links import CHANNELS, channel_of, link_of, meant_by
from bot.following import read_wish
from bot.messages import callbacks
from bot.messages.catalogue import Words, sentence
from bot.messages.lists import topic_name
from bot.messages.markup import escape
from bot.models import Button, Message
from bot.services import Services
from handlers import menu_by_audience
from handlers.channel_screens import channel_screen
from handlers.channels import show_channels
from handlers.menus import Audience, publish_to_operator
from handlers.replies import plain, reply
from handlers.visits import Context, Visit, remote_visit, visit
from handlers.wishes import preview, unfit

_SHARED = 20  # subscriptions named in an invitation

MENU = {
    "help": sentence("What I do"),
    "invite": sentence("Add me to a group or channel, or share what you follow"),
}
AUDIENCE = {"invite": Audience.PRIVATE}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def introduce(update: Update, context: Context) -> None:
        here, user = await visit(update, services), update.effective_user
        if user and user.id in services.settings.admin_ids:
            await publish_to_operator(context.bot, menu_by_audience(), user.id)  # who was not known at the start
        if context.args and user and await _led_to_channels(services, update, here, context.args[0]):
            return
        shared = await _shared(services, here, context.args[0]) if context.args else None
        if update.effective_message:
            await reply(update.effective_message, shared or _introduction(here))

    async def invite(update: Update, context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(update.effective_message, await _invitation(services, here, context.bot.username))

    return [CommandHandler(["start", "help"], introduce), CommandHandler("invite", invite)]


async def _led_to_channels(services: Services, update: Update, here: Visit, payload: str) -> bool:
    """Show one's channels, or one of them, where a link leads there, and say whether it does."""
    message, person, place = update.effective_message, update.effective_user, channel_of(payload)
    if message is None or person is None or here.chat.kind != ChatType.PRIVATE:
        return False
    if payload == CHANNELS:
        await show_channels(services, here, message, person.id)
    elif place is not None:
        there = await remote_visit(update, services, here, place)
        await reply(message, await channel_screen(services, there))
    return payload == CHANNELS or place is not None


async def _shared(services: Services, here: Visit, payload: str) -> Message | None:
    """Return the preview of what a deep link shares, or that it is gone; None for a link that shares nothing."""
    meant = meant_by(payload)
    if isinstance(meant, int):
        topic = await services.store.topics.get(meant)
        return await preview(services, here, topic) if topic else _gone(here)
    if not meant:
        return None
    wish = read_wish(meant)
    topic = wish.topic(services.aliases)
    return plain(refusal) if (refusal := unfit(wish, topic, here.words)) else await preview(services, here, topic)


def _gone(here: Visit) -> Message:
    """Return what is said of a link that carries a number alone, whose topic was deleted: nobody can tell which."""
    said = here.words.say("I no longer have what that link leads to. Follow it by its name: /subscribe North Korea")
    greeting = _introduction(here)
    return replace(greeting, html=f"{escape(said)}\n\n{greeting.html}")


def _introduction(here: Visit) -> Message:
    return introduction(here.words, alone=here.chat.kind == ChatType.PRIVATE)


async def _invitation(services: Services, here: Visit, username: str) -> Message:
    """Return links that share what a chat follows, with buttons that bring the bot into a group or channel."""
    words = here.words
    rows = await services.store.subscriptions.list(here.chat.id, limit=_SHARED)
    lines = [escape(words.say("Add me to a group or a channel, or share what is followed here:"))]
    for row in rows:
        link = escape(link_of(username, row.topic, row.topic_id))
        lines.append(f'• <a href="{link}">{escape(topic_name(row.topic))}</a>')
    group = Button("👥 " + words.say("To a group"), url=f"https://t.me/{username}?startgroup=invited")
    channel = Button("📣 " + words.say("To a channel"), url=f"https://t.me/{username}?startchannel&admin=post_messages")
    return Message("\n".join(lines), buttons=((group, channel),))


def introduction(words: Words, *, alone: bool = False) -> Message:
    """Return the three lines that say what the bot does, with ways to the first news and, in private, to channels."""
    lines = [
        "🔗 "
        + words.say(
            "Send me a link to a news story: I answer with a short summary and key quotes, each with who said it."
        ),
        "🔔 "
        + words.say("Follow topics with /subscribe Ukraine, or whole sites from /sources: their news comes here."),
        "🗞 " + words.say("See what is new with /recent, and what you follow with /subscriptions."),
    ]
    sources = Button("📰 " + words.say("Sources"), data=callbacks.pack(callbacks.SOURCES_PAGE, 0))
    recent = Button("🗞 " + words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, 0))
    channels = Button("📣 " + words.say("Post in a channel"), data=callbacks.pack(callbacks.CHANNELS))
    buttons = ((sources, recent), (channels,)) if alone else ((sources, recent),)
    return Message("\n".join(map(escape, lines)), buttons=buttons)
