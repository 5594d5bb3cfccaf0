"""Answers keep to the same pace as pushes, before which they go."""

import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.pace import Pace
from bot.delivery.sender import seconds_of
from bot.hashed_ids import chat_id as hashed_chat

log = logging.getLogger(__name__)

_PATIENCE = 30.0
"""Seconds that an answer waits when Telegram asks it to; a person has gone on after that."""

MOST_WAITING = 16
"""Answers that wait for one chat's turn; who asks for more gets none. Ours: a quarter of a minute in a private chat,
and a quarter of the updates that are handled at once (bot.answering): whoever floods the bot must not stop it."""

MOST_ALTOGETHER = 48
"""Answers that wait for the turns of all chats before each has only `SHARE`. Ours: three quarters of those updates."""

SHARE = 5
"""Answers that may wait for one chat then. Ours: the links of one message, whose answers in a group all wait."""

_MESSAGES = ("send", "copy", "forward")
_EDITS = "edit"
_NOT_COUNTED = {"sendChatAction"}


class AnswerPace(BaseRateLimiter[None]):
    """Lets every message and edit of the handlers wait for its turn, ahead of the pushes.

    python-telegram-bot's own AIORateLimiter stops all chats when one is told to wait, and knows no limit of a private
    chat; this one shares the pushes' pace instead.

    Args:
        pace: what the pusher uses too.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._waiting: Counter[int] = Counter()

    async def initialize(self) -> None:
        """Do nothing; the pace needs no start."""

    async def shutdown(self) -> None:
        """Do nothing; the pace needs no end."""

    async def process_request(  # noqa: PLR0917 - the base class's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - as above
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Send a request in its turn; one that Telegram asks to wait for a short time is sent once more.

        Raises:
            RetryAfter: it would wait too long, or behind too many.
        """
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int) or not _is_counted(endpoint, chat_id):
            return await callback(*args, **kwargs)
        await self._turn(chat_id)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            wait = seconds_of(error.retry_after)
            self._pace.hold(chat_id, wait)
            if wait > _PATIENCE:
                raise
            log.warning("%s asks answers to chat %s to wait %s s", endpoint, hashed_chat(chat_id), wait)
            await self._turn(chat_id)
            return await callback(*args, **kwargs)

    async def _turn(self, chat_id: int) -> None:
        held = self._pace.held(chat_id)
        most = MOST_WAITING if self._waiting.total() < MOST_ALTOGETHER else SHARE
        if held > _PATIENCE or self._waiting[chat_id] >= most:
            raise RetryAfter(timedelta(seconds=max(held, self._pace.delay(chat_id))))
        self._waiting[chat_id] += 1
        try:
            await self._pace.acquire(chat_id, urgent=True)
        finally:
            self._waiting -= Counter([chat_id])  # which keeps no zeros


def _is_counted(endpoint: str, chat_id: int) -> bool:
    """Tell whether a request takes a turn: messages do, and edits in groups, where they count among the 20 a minute."""
    if endpoint.startswith(_EDITS):
        return chat_id < 0
    return endpoint.startswith(_MESSAGES) and endpoint not in _NOT_COUNTED
