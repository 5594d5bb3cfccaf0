"""The updates that wait to be fetched, and the one poller who may fetch them."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

from bot.playground.api_errors import conflict
from bot.playground.world.changes import Changes

_FIRST_ID = 731_000_001
_MOST = 100
# Telegram sends these only to bots that ask for them by name (Bot API, getUpdates, allowed_updates).
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class UpdateQueue:
    """Updates in order, dropped when a later offset confirms them.

    A second getUpdates ends the first with 409, as Telegram does.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[int, dict[str, Any]]] = deque()
        self._next_id = _FIRST_ID
        self._allowed: frozenset[str] | None = None
        self._arrivals = Changes()
        self._poller: object | None = None
        self.webhook: dict[str, Any] = {}
        self.confirmed_up_to = _FIRST_ID - 1
        self.closed = False
        self.on_poll: Callable[[], None] = _nothing
        self._polls = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def last_id(self) -> int:
        """The id of the newest update."""
        return self._next_id - 1

    @property
    def polled(self) -> bool:
        """Whether somebody waits for updates right now."""
        return self._polls > 0

    def add(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update; None where the bot did not ask for this kind."""
        if kind not in self._allowed if self._allowed else kind in _ON_REQUEST:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._waiting.append((update_id, {"update_id": update_id, kind: payload}))
        self._arrivals.tell()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot asks for; an empty list asks for the usual ones, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def clear(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()

    def close(self) -> None:
        """Let a waiting poller go with nothing."""
        self.closed = True
        self._arrivals.tell()

    async def fetch(
        self, *, offset: int | None, limit: int | None, seconds: float, allowed: list[str] | None
    ) -> list[dict[str, Any]]:
        """Answer getUpdates.

        Args:
            offset: the first update wanted; all before are confirmed. Negative: counted from the end.
            limit: at most so many, 100 if None or not between 1 and 100.
            seconds: how long to wait for the first update.
            allowed: the kinds wanted from now on.

        Raises:
            ApiError: 409 when a later call takes over, or a webhook is set.
        """
        if self.webhook.get("url"):
            raise conflict(_WEBHOOK)
        me = self._poller = object()
        self._arrivals.tell()
        self.allow(allowed)
        self._confirm(offset)
        self._polls += 1
        self.on_poll()
        try:
            await self._first(me, seconds)
        finally:
            self._polls -= 1
        return [update for _, update in islice(self._waiting, limit if limit and 0 < limit <= _MOST else _MOST)]

    async def _first(self, me: object, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not self._waiting and not self.closed:
                    await self._arrivals.next()
                    if self._poller is not me:
                        raise conflict(_OTHER_POLLER)
        except TimeoutError:
            return

    def _confirm(self, offset: int | None) -> None:
        if offset is None or offset == 0:
            return
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
            return
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        self.confirmed_up_to = max(self.confirmed_up_to, min(offset - 1, self.last_id))


def _nothing() -> None:
    """Be what is called where nobody wants to know."""
