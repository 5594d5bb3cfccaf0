"""/subscribe and /unsubscribe, and the tag buttons under digests."""

from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.following import Wish, read_wish
from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.lists import topic_name
from bot.messages.previews import render_followed, render_left, render_meant
from bot.models import Message, Topic, TopicKind
from bot.rendering import card_message
from bot.services import Services
from bot.store.topics import nearest
from bot.topics import topic_key
from handlers.add import look_for_feeds
from handlers.menus import Audience
from handlers.replies import edit, edit_buttons, plain, reply, toast
from handlers.sayings import followed_now, only_admins, unfollowed_now
from handlers.taps import Tap, changing_tap, say_too_old, tapped
from handlers.visits import Context, Visit, may_change, reader_of, visit
from handlers.wishes import (
    PREVIEWED,
    full_address,
    near_misses,
    preview,
    sources_like,
    stories_of,
    unfit,
    wish_of,
)

MENU = {
    "subscribe": sentence("Follow a topic: /subscribe North Korea"),
    "unsubscribe": sentence("Stop following a topic"),
}
AUDIENCE = {"subscribe": Audience.CHOOSING, "unsubscribe": Audience.CHOOSING}

_MOST_LOOKED_AT = 1000  # subscriptions in which /unsubscribe looks for a name


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    verbs = "|".join([callbacks.FOLLOW, callbacks.UNFOLLOW, callbacks.PREVIEW, callbacks.CANCEL])
    return [
        CommandHandler(["subscribe", "follow"], partial(_subscribe, services)),
        CommandHandler(["unsubscribe", "unfollow"], partial(_unsubscribe, services)),
        CallbackQueryHandler(partial(_press, services), pattern=f"^({verbs})(:|$)"),
        CallbackQueryHandler(partial(_toggle, services), pattern=f"^{callbacks.TOGGLE_TOPIC}:"),
    ]


async def _subscribe(services: Services, update: Update, context: Context) -> None:
    here, wish = await visit(update, services), wish_of(" ".join(context.args or []))
    message = update.effective_message
    if message is None:
        return
    if not await may_change(update, services):
        await reply(message, plain(only_admins(here)))
        return
    # Who writes in the group's name cannot be written to.
    if update.effective_user and not update.effective_user.is_bot:
        await services.store.chats.set_configurer(here.chat.id, update.effective_user.id)
    await grant(services, here, message, wish)


async def grant(services: Services, here: Visit, message: TelegramMessage, wish: Wish) -> None:
    """Answer a message that says what its chat, or the channel that it is about, is to follow."""
    if wish.kind is TopicKind.SOURCE and wish.text:
        await _subscribe_source(services, here, message, wish)
    else:
        await reply(message, here.shown(await _answer(services, here, wish)))


async def _subscribe_source(services: Services, here: Visit, message: TelegramMessage, wish: Wish) -> None:
    """Answer a wish for a source: its preview, names that are like it, or what is found at its address."""
    exact, similar = await sources_like(services, here.chat, wish.text)
    if len(exact) == 1:
        await reply(message, here.shown(await _answer_topic(services, here, exact[0].topic)))
    elif exact or similar:
        meant = [(feed.topic_id, feed.topic) for feed in exact or similar]
        text = here.words.say("Did you mean one of these?")
        await reply(message, here.shown(render_meant(text, meant, callbacks.PREVIEW, here.words)))
    elif address := full_address(wish.text):
        await look_for_feeds(services, here, message, address)
    else:
        unknown = here.words.say("I know no source by that name. See /sources, or follow any site: /add <address>")
        await reply(message, here.shown(plain(unknown)))


async def _answer(services: Services, here: Visit, wish: Wish) -> Message:
    topic = wish.topic(services.aliases)
    refusal = unfit(wish, topic, here.words)
    return plain(refusal) if refusal else await _answer_topic(services, here, topic)


async def _answer_topic(services: Services, here: Visit, topic: Topic) -> Message:
    """Follow a tag; show what anything else would bring first, and a tag that may be a slip."""
    topic_id = await services.store.topics.ensure(topic)
    if topic_id in await services.store.subscriptions.topic_ids(here.chat.id):
        already = here.words.say("You follow {topic} already.", topic=topic_name(topic))
        if here.remote:
            already = here.words.say(
                "{channel} follows {topic} already.", channel=here.chat.title, topic=topic_name(topic)
            )
        return render_meant(already, (), callbacks.PREVIEW, here.words)
    meant = await near_misses(services, topic)
    if topic.kind is TopicKind.TAG and not meant:
        return await follow(services, here, topic, topic_id)
    return await preview(services, here, topic, meant)


async def follow(services: Services, here: Visit, topic: Topic, topic_id: int) -> Message:
    """Follow a topic and return the message that says so."""
    await services.store.subscriptions.add(here.chat.id, topic)
    if topic.kind is TopicKind.SOURCE:
        services.wake_poller()
    stories = await stories_of(services, here.chat, topic, limit=PREVIEWED)
    return render_followed(followed_now(here, topic), topic_id, stories, await reader_of(here.chat, services))


async def _unsubscribe(services: Services, update: Update, context: Context) -> None:
    here, text = await visit(update, services), " ".join(context.args or [])
    if update.effective_message is None:
        return
    allowed = await may_change(update, services)
    answer = await _unfollow(services, here, text) if allowed else plain(only_admins(here))
    await reply(update.effective_message, answer)


async def _unfollow(services: Services, here: Visit, text: str) -> Message:
    wish, words = read_wish(text), here.words
    topic = wish.topic(services.aliases)
    if not topic.key:
        return plain(words.say("Which topic? For example: /unsubscribe North Korea. What you follow: /subscriptions"))
    rows = await services.store.subscriptions.list(here.chat.id, limit=_MOST_LOOKED_AT)
    named = [row.topic for row in rows if topic_key(row.topic.label) == topic_key(wish.text)]
    for candidate in (topic, *named):
        if await services.store.subscriptions.remove(here.chat.id, candidate):
            topic_id = await services.store.topics.ensure(candidate)
            return render_left(unfollowed_now(here, candidate), topic_id, words)
    keys = {row.topic.key if row.topic.kind is TopicKind.TAG else topic_key(row.topic.label): row for row in rows}
    meant = [
        (keys[key].topic_id, keys[key].topic) for key in nearest(topic_key(wish.text), list(keys), limit=PREVIEWED)
    ]
    said = words.say("You do not follow {topic}. What you follow: /subscriptions", topic=topic_name(topic))
    return render_meant(said, meant, callbacks.UNFOLLOW, words)


async def _press(services: Services, update: Update, _context: Context) -> None:
    """Follow, leave, look at, or let go of the topic of a button, in the message that shows it."""
    tap = await tapped(update, services)
    topic = await services.store.topics.get(tap.number(0))
    if tap.shown is None or (topic is None and tap.verb != callbacks.CANCEL):
        await say_too_old(tap)
    elif not await may_change(update, services):
        await toast(tap.query, only_admins(tap.here), alert=True)
    else:
        await toast(tap.query)
        await edit(tap.shown, tap.here.shown(await _pressed(services, tap, topic)))


async def _pressed(services: Services, tap: Tap, topic: Topic | None) -> Message:
    here, topic_id = tap.here, tap.number(0)
    if topic is None:
        said = here.words.say("Nothing was changed. What you follow: /subscriptions")
        return render_meant(said, (), callbacks.PREVIEW, here.words)
    if tap.verb == callbacks.PREVIEW:
        return await preview(services, here, topic)
    if tap.verb == callbacks.FOLLOW:
        return await follow(services, here, topic, topic_id)
    await services.store.subscriptions.remove(here.chat.id, topic_id)
    return render_left(unfollowed_now(here, topic), topic_id, here.words)


async def _toggle(services: Services, update: Update, _context: Context) -> None:
    """Follow or leave the topic of a tag button, and show it on the digest's keyboard."""
    tap = await changing_tap(update, services)
    if tap is None:
        return
    here, topic_id = tap.here, tap.number(0)
    topic = await services.store.topics.get(topic_id)
    if topic is None:
        await toast(tap.query, here.words.say("This button is too old. Send the link again."), alert=True)
        return
    if await services.store.subscriptions.add(here.chat.id, topic):
        said = followed_now(here, topic)
    else:
        await services.store.subscriptions.remove(here.chat.id, topic_id)
        said = unfollowed_now(here, topic)
    await toast(tap.query, said)
    await _show_marks(services, tap, tap.number(1))


async def _show_marks(services: Services, tap: Tap, digest_id: int) -> None:
    stored = await services.store.digests.get(digest_id)
    if tap.shown is not None and stored is not None:
        reader = await reader_of(tap.here.chat, services)
        await edit_buttons(tap.shown, tap.here.shown(card_message(stored, reader, captioned=bool(tap.shown.photo))))
