"""The buttons under a digest: other views of it in place, more on its topic, saving, muting what brought it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.messages import callbacks
from bot.messages.callbacks import View
from bot.messages.lists import Page, render_recent, topic_name
from bot.messages.markup import CAPTION_LIMIT, MESSAGE_LIMIT
from bot.messages.previews import render_meant
from bot.messages.views import render_view
from bot.models import Message
from bot.rendering import card_of
from bot.services import Services
from bot.store import Chat, StoredDigest
from handlers.recent import ROWS
from handlers.replies import edit, edit_buttons, plain, reply, toast
from handlers.taps import Tap, tapped
from handlers.visits import Context, reader_of
from handlers.wishes import stories_of

Act = Callable[[Services, Tap, TelegramMessage, StoredDigest], Awaitable[None]]


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    acts: dict[str, Act] = {
        callbacks.VIEW: _view,
        callbacks.FULL_TEXT: _view,
        callbacks.BACKGROUND: _view,
        callbacks.SAVE: _save,
        callbacks.MORE: _more,
        callbacks.MUTE: _mute,
    }
    return [CallbackQueryHandler(partial(_pressed, services, act), pattern=f"^{verb}:") for verb, act in acts.items()]


async def _pressed(services: Services, act: Act, update: Update, _context: Context) -> None:
    """Find the digest of a pressed button and do what the button says."""
    tap = await tapped(update, services)
    stored = await services.store.digests.get(tap.number(0))
    if stored is None or tap.shown is None:
        await toast(tap.query, tap.here.words.say("This message is too old. Send the link again."), alert=True)
        return
    await act(services, tap, tap.shown, stored)


async def _view(services: Services, tap: Tap, shown: TelegramMessage, stored: StoredDigest) -> None:
    view = _view_of(tap)
    if view is View.QUOTES and not stored.digest.article.quotes:
        await toast(tap.query, tap.here.words.say("Nobody is quoted in this story."), alert=True)
        return
    await toast(tap.query)
    await show_view(services, tap.here.chat, shown, stored, view, page=tap.number(2))


async def show_view(
    services: Services, chat: Chat, shown: TelegramMessage, stored: StoredDigest, view: View, *, page: int = 0
) -> None:
    """Turn a digest's message into another view of it; the tools alone leave its text as it is."""
    rendered = await _rendered(services, chat, shown, stored, (view, page))
    if view in {View.TOOLS, View.LANGUAGES}:
        await edit_buttons(shown, rendered)
    else:
        await edit(shown, rendered, keep_preview=True)


async def _rendered(
    services: Services, chat: Chat, shown: TelegramMessage, stored: StoredDigest, place: tuple[View, int]
) -> Message:
    view, page = place
    told = await services.store.shown.to_chat(stored, chat.id)
    saved = await services.store.saved.has(chat.id, stored.id)
    limit = CAPTION_LIMIT if shown.photo else MESSAGE_LIMIT
    reader = await reader_of(chat, services)
    return render_view(told.digest, card_of(told), view, reader, page=page, saved=saved, limit=limit)


async def _save(services: Services, tap: Tap, shown: TelegramMessage, stored: StoredDigest) -> None:
    chat, words = tap.here.chat, tap.here.words
    saved = await services.store.saved.toggle(chat.id, stored.id)
    await toast(tap.query, words.say("Saved. See /saved") if saved else words.say("No longer saved."))
    await edit_buttons(shown, await _rendered(services, chat, shown, stored, (_view_of(tap), tap.number(2))))


async def _more(services: Services, tap: Tap, shown: TelegramMessage, stored: StoredDigest) -> None:
    """Answer with recent stories of the topic that brought the digest, or of its first tag."""
    here = tap.here
    followed = await services.store.topics.of_digest(stored.id, here.chat.id)
    topic_id = next(iter([*followed, *stored.topic_ids.values()]), 0)
    topic = await services.store.topics.get(topic_id)
    if topic is None:
        await toast(tap.query, here.words.say("This story has no topic. What is new: /recent"), alert=True)
        return
    await toast(tap.query)
    found = await stories_of(services, here.chat, topic, limit=ROWS + 1)
    about = (topic_id, topic_name(topic))
    page = Page(0, has_next=len(found) > ROWS)
    await reply(shown, render_recent(found[:ROWS], about, page, await reader_of(here.chat, services)))


async def _mute(services: Services, tap: Tap, shown: TelegramMessage, stored: StoredDigest) -> None:
    """Offer to leave what brought the digest; the way back stands under the answer."""
    here = tap.here
    await toast(tap.query)
    followed = await services.store.topics.of_digest(stored.id, here.chat.id)
    if not followed:
        nothing = here.words.say("Nothing that you follow has brought this story. What you follow: /subscriptions")
        await reply(shown, plain(nothing))
        return
    question = here.words.say("This story came because you follow this. Tap what you no longer want to follow:")
    await reply(shown, render_meant(question, list(followed.items()), callbacks.UNFOLLOW, here.words))


_OLD_VERBS = {callbacks.FULL_TEXT: View.FULL, callbacks.BACKGROUND: View.BACKGROUND}


def _view_of(tap: Tap) -> View:
    if tap.verb in _OLD_VERBS:
        return _OLD_VERBS[tap.verb]
    try:
        return View(tap.number(1))
    except ValueError:
        return View.CARD
