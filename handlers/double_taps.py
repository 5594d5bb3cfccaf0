"""A button that is pressed twice in a row is pressed once: the second tap would undo the first, or do it all again."""

from collections.abc import Awaitable, Coroutine, Hashable
from contextlib import suppress
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from handlers.replies import shown_message, toast


class EachTapOnce(BaseUpdateProcessor):
    """Handles updates side by side, and lets a tap go while the same one is still being handled.

    Args:
        max_concurrent_updates: how many at once, at most.
    """

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._under_way: set[Hashable] = set()

    async def initialize(self) -> None:
        """Do nothing; nothing needs a start."""

    async def shutdown(self) -> None:
        """Do nothing; nothing needs an end."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update, or answer a tap that is let go."""
        query = update.callback_query if isinstance(update, Update) else None
        if query is None:
            await coroutine
            return
        tap = _identity(query)
        if tap in self._under_way:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            with suppress(TelegramError):
                await toast(query)
            return
        self._under_way.add(tap)
        try:
            await coroutine
        finally:
            self._under_way.discard(tap)


def _identity(query: CallbackQuery) -> Hashable:
    """Return what two taps have in common that mean the same: person, button, and the keyboard as it was shown."""
    shown = shown_message(query.message)
    return query.from_user.id, query.data, shown and (shown.chat_id, shown.message_id, shown.reply_markup)
