"""The buttons under a digest: other views of it in place, more on its topic, saving, muting what brought it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.messages import callbacks
from bot.messages.callbacks import Callback, View
from bot.messages.lists import Page, render_recent
from bot.messages.markup import CAPTION_LIMIT, MESSAGE_LIMIT
from bot.messages.previews import render_meant
from bot.messages.views import render_view
from bot.models import Message
from bot.rendering import card_of
from bot.services import Services
from bot.store import Chat, StoredDigest
from handlers.replies import edit, edit_buttons, plain, reply, shown_message, toast
from handlers.visits import Context, Visit, reader_of, visit
from handlers.wishes import shown as topic_shown
from handlers.wishes import stories_of

_ROWS = 10


@dataclass(frozen=True)
class Tap:
    """A button pressed under a digest."""

    query: CallbackQuery
    message: TelegramMessage
    stored: StoredDigest
    pressed: Callback


Act = Callable[[Services, Visit, Tap], Awaitable[None]]


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
    query, here = update.callback_query, await visit(update, services)
    pressed = callbacks.unpack((query and query.data) or "")
    message = shown_message(query.message) if query else None
    if query is None:
        return
    stored = await services.store.digests.get(pressed.numbers[0]) if pressed and pressed.numbers else None
    if stored is None or message is None or pressed is None:
        await toast(query, here.words.say("This digest is too old. Send its link again."), alert=True)
        return
    shown = await services.store.shown.to_chat(stored, here.chat.id)
    await act(services, here, Tap(query, message, shown, pressed))


async def _view(services: Services, here: Visit, tap: Tap) -> None:
    view = _view_of(tap.pressed)
    if view is View.QUOTES and not tap.stored.digest.article.quotes:
        await toast(tap.query, here.words.say("Nobody is quoted in this story."), alert=True)
        return
    await toast(tap.query)
    await show_view(services, here.chat, tap.message, tap.stored, view, page=_page_of(tap.pressed))


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
    saved = await services.store.saved.has(chat.id, stored.id)
    limit = CAPTION_LIMIT if shown.photo else MESSAGE_LIMIT
    reader = await reader_of(chat, services)
    return render_view(stored.digest, card_of(stored), view, reader, page=page, saved=saved, limit=limit)


async def _save(services: Services, here: Visit, tap: Tap) -> None:
    saved = await services.store.saved.toggle(here.chat.id, tap.stored.id)
    said = here.words.say("Saved. See /saved") if saved else here.words.say("No longer saved.")
    await toast(tap.query, said)
    place = _view_of(tap.pressed), _page_of(tap.pressed)
    await edit_buttons(tap.message, await _rendered(services, here.chat, tap.message, tap.stored, place))


async def _more(services: Services, here: Visit, tap: Tap) -> None:
    """Answer with recent stories of the topic that brought the digest, or of its first tag."""
    followed = await services.store.topics.of_digest(tap.stored.id, here.chat.id)
    topic_id = next(iter([*followed, *tap.stored.topic_ids.values()]), 0)
    topic = await services.store.topics.get(topic_id)
    if topic is None:
        await toast(tap.query, here.words.say("This story has no topic. What is new: /recent"), alert=True)
        return
    await toast(tap.query)
    found = await stories_of(services, here.chat, topic, limit=_ROWS + 1)
    about = (topic_id, topic_shown(topic))
    page = Page(0, has_next=len(found) > _ROWS)
    await reply(tap.message, render_recent(found[:_ROWS], about, page, await reader_of(here.chat, services)))


async def _mute(services: Services, here: Visit, tap: Tap) -> None:
    """Offer to leave what brought the digest; the way back stands under the answer."""
    await toast(tap.query)
    followed = await services.store.topics.of_digest(tap.stored.id, here.chat.id)
    if not followed:
        nothing = here.words.say("Nothing that you follow has brought this story. What you follow: /subscriptions")
        await reply(tap.message, plain(nothing))
        return
    question = here.words.say("You follow this, which brought the story. Tap what is to bring no more:")
    await reply(tap.message, render_meant(question, list(followed.items()), callbacks.UNFOLLOW, here.words))


_OLD_VERBS = {callbacks.FULL_TEXT: View.FULL, callbacks.BACKGROUND: View.BACKGROUND}


def _view_of(pressed: Callback) -> View:
    if pressed.verb in _OLD_VERBS:
        return _OLD_VERBS[pressed.verb]
    try:
        return View(pressed.numbers[1])
    except (IndexError, ValueError):
        return View.CARD


def _page_of(pressed: Callback) -> int:
    return pressed.numbers[2] if len(pressed.numbers) > 2 else 0  # noqa: PLR2004  digest and view before it
