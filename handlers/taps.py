"""Taps on buttons that change what a chat follows."""

from typing import NamedTuple

from telegram import CallbackQuery, Update

from bot.messages import callbacks
from bot.messages.callbacks import Callback
from bot.services import Services
from handlers.replies import toast
from handlers.sayings import only_admins
from handlers.visits import Visit, may_change, visit


class Tap(NamedTuple):
    """A button pressed by somebody who may change what the chat follows.

    Attributes:
        query: to be answered.
        here: the chat that it is about.
        pressed: what the button says; None where that is no longer understood.
    """

    query: CallbackQuery
    here: Visit
    pressed: Callback | None


async def changing_tap(update: Update, services: Services) -> Tap | None:
    """Return the tap of an update; None where there is none, or where it is refused and the person told so."""
    query, here = update.callback_query, await visit(update, services)
    if query is None:
        return None
    if not await may_change(update, services):
        await toast(query, only_admins(here), alert=True)
        return None
    return Tap(query, here, callbacks.unpack(query.data or ""))
