"""/subscribe and /unsubscribe, and the tag buttons under digests."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.lists import topic_name
from bot.models import Topic, TopicKind
from bot.rendering import card_message
from bot.services import Services
from bot.topics import MAX_TOPIC_LENGTH, tag_topic
from handlers.replies import edit_buttons, plain, reply, shown_message, toast
from handlers.visits import Context, Visit, may_change, reader_of, visit

MENU = {
    "subscribe": sentence("Follow a topic: /subscribe North Korea"),
    "unsubscribe": sentence("Stop following a topic"),
}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def subscribe(update: Update, context: Context) -> None:
        here, text = await visit(update, services), " ".join(context.args or [])
        answer = await _follow(update, context, services, here, text)
        if update.effective_message:
            await reply(update.effective_message, plain(answer))

    async def unsubscribe(update: Update, context: Context) -> None:
        here, text = await visit(update, services), " ".join(context.args or [])
        answer = await _unfollow(update, context, services, here, text)
        if update.effective_message:
            await reply(update.effective_message, plain(answer))

    async def tap(update: Update, context: Context) -> None:
        query, here = update.callback_query, await visit(update, services)
        if query is None:
            return
        if not await may_change(update, context):
            await toast(query, only_admins(here), alert=True)
            return
        await _toggle(update, services, here)

    return [
        CommandHandler(["subscribe", "follow"], subscribe),
        CommandHandler(["unsubscribe", "unfollow"], unsubscribe),
        CallbackQueryHandler(tap, pattern=f"^{callbacks.TOGGLE_TOPIC}:"),
    ]


def only_admins(here: Visit) -> str:
    """Say that members cannot change what a group follows."""
    return here.words.say("In a group only its admins choose what it follows.")


def followed_now(here: Visit, topic: Topic) -> str:
    """Say that a topic is followed from now on."""
    name = topic_name(topic.kind, topic.label)
    return here.words.say("✓ You now follow {topic}. Its news will come here.", topic=name)


def unfollowed_now(here: Visit, topic: Topic) -> str:
    """Say that a topic is no longer followed."""
    return here.words.say("You no longer follow {topic}.", topic=topic_name(topic.kind, topic.label))


async def _follow(update: Update, context: Context, services: Services, here: Visit, text: str) -> str:
    topic, words = tag_topic(text, services.aliases), here.words
    if not await may_change(update, context):
        return only_admins(here)
    if not topic.key:
        return words.say("Which topic? For example: /subscribe North Korea")
    if len(topic.key) > MAX_TOPIC_LENGTH:
        return words.say("That is longer than a topic can be ({limit} characters).", limit=MAX_TOPIC_LENGTH)
    if await services.store.subscriptions.add(here.chat.id, topic):
        return followed_now(here, topic)
    return words.say("You follow {topic} already.", topic=topic_name(topic.kind, topic.label))


async def _unfollow(update: Update, context: Context, services: Services, here: Visit, text: str) -> str:
    topic, words = tag_topic(text, services.aliases), here.words
    if not await may_change(update, context):
        return only_admins(here)
    if not topic.key:
        return words.say("Which topic? For example: /unsubscribe North Korea. What you follow: /subscriptions")
    for candidate in (topic, *await _sources_named(services, here, topic.key)):
        if await services.store.subscriptions.remove(here.chat.id, candidate):
            return unfollowed_now(here, candidate)
    name = topic_name(topic.kind, topic.label)
    return words.say("You do not follow {topic}. What you follow: /subscriptions", topic=name)


async def _sources_named(services: Services, here: Visit, key: str) -> list[Topic]:
    rows = await services.store.subscriptions.list(here.chat.id)
    return [row.topic for row in rows if row.topic.kind is not TopicKind.TAG and tag_topic(row.topic.label).key == key]


async def _toggle(update: Update, services: Services, here: Visit) -> None:
    """Follow or leave the topic of a tag button, and show it on the digest's keyboard."""
    query = update.callback_query
    pressed = callbacks.unpack((query and query.data) or "")
    topic_id, digest_id = (*pressed.numbers, 0, 0)[:2] if pressed else (0, 0)
    topic = await services.store.topics.get(topic_id)
    if query is None:
        return
    if topic is None:
        await toast(query, here.words.say("This button is too old. Send the link again."), alert=True)
        return
    if await services.store.subscriptions.add(here.chat.id, topic):
        said = followed_now(here, topic)
    else:
        await services.store.subscriptions.remove(here.chat.id, topic_id)
        said = unfollowed_now(here, topic)
    await toast(query, said)
    await _show_marks(update, services, here, digest_id)


async def _show_marks(update: Update, services: Services, here: Visit, digest_id: int) -> None:
    query = update.callback_query
    shown = shown_message(query.message) if query else None
    stored = await services.store.digests.get(digest_id)
    if shown is not None and stored is not None:
        await edit_buttons(shown, card_message(stored, await reader_of(here.chat, services)))
