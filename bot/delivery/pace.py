"""Pace: when the next message may go to a chat, so that Telegram never has to refuse one.

Telegram's "Bots FAQ" ("My bot is hitting limits") asks for at most 30 messages a second over all chats (1,000 with paid
broadcasts), one a second to one chat with short bursts, and 20 a minute to one group.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.ending import Waits

CHAT_INTERVAL = 1.0
"""Seconds between two messages to one chat. Telegram's."""

CHAT_BURST = 2
"""Messages to one chat that may follow at once. Telegram allows "short bursts", without a number."""

GROUP_LIMIT = 20
"""Messages to one group in a minute. Telegram's."""

MINUTE = 60.0

_MARGIN = 0.97  # of the overall rate: what is sent evenly arrives unevenly
_SLACK = 1 - _MARGIN  # seconds that a late timer may catch up on: no second then has more than the whole rate
_TICK = 0.005  # seconds slept at least, well within the slack: at 1,000 a second a timer for each message is dear
_REMEMBERED = 500  # chats before those that are free again are forgotten


class _Even:
    """Evenly spaced moments with a small burst (the generic cell rate algorithm, ITU-T I.371)."""

    __slots__ = ("_ahead", "_interval", "_next")

    def __init__(self, interval: float, ahead: float) -> None:
        self._interval = interval
        self._ahead = ahead
        self._next = float("-inf")

    def wait(self, now: float) -> float:
        return max(0.0, self._next - self._ahead - now)

    def take(self, now: float) -> None:
        self._next = max(self._next, now) + self._interval

    def is_idle(self, now: float) -> bool:
        return self._next <= now


class _Minute:
    """At most GROUP_LIMIT moments in any minute."""

    __slots__ = ("_moments",)

    def __init__(self) -> None:
        self._moments: deque[float] = deque(maxlen=GROUP_LIMIT)

    def wait(self, now: float) -> float:
        full = len(self._moments) == GROUP_LIMIT
        return max(0.0, self._moments[0] + MINUTE - now) if full else 0.0

    def take(self, now: float) -> None:
        self._moments.append(now)

    def is_idle(self, now: float) -> bool:
        return not self._moments or self._moments[-1] + MINUTE <= now


class Pace:
    """Keeps all messages of a bot, pushes and answers alike, within Telegram's limits.

    Args:
        per_second: messages a second over all chats.
        clock: seconds that never go back.
        sleep: waits for seconds.
        waits: says when nobody waits for a turn any more, since nothing is sent.
    """

    def __init__(
        self,
        per_second: float = 30.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        waits: Waits | None = None,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._waits = waits or Waits()
        self._gap = 1 / (per_second * _MARGIN)
        self._all = _Even(self._gap, _SLACK)
        self._chats: dict[int, list[_Even | _Minute]] = {}
        self._held: dict[int, float] = {}
        self._looked = float("-inf")
        # Each line moves one at a time; so at most one urgent message and one other compete for the next moment.
        self._urgent_line = asyncio.Lock()
        self._line = asyncio.Lock()

    def delay(self, telegram_id: int) -> float:
        """Return the seconds until a message may go to a chat, its own limits considered and not the overall one."""
        now = self._clock()
        return max([self.held(telegram_id), *(limit.wait(now) for limit in self._chats.get(telegram_id, ()))])

    def held(self, telegram_id: int) -> float:
        """Return the seconds for which Telegram has asked to leave a chat alone."""
        now = self._clock()
        return max(0.0, self._held.get(telegram_id, now) - now)

    def hold(self, telegram_id: int, seconds: float) -> None:
        """Leave one chat alone for a time, since Telegram asked for it."""
        self._held[telegram_id] = self._clock() + seconds

    async def acquire(self, telegram_id: int, *, urgent: bool = False) -> None:
        """Wait until a message may go to a chat, and count it.

        Args:
            telegram_id: Telegram's number of the chat; a negative one is a group or channel.
            urgent: an answer that a person waits for; goes before all that is not.
        """
        if self._waits.given_up:
            return
        with suppress(TimeoutError):
            async with self._waits.one():
                await self._wait_for(telegram_id, urgent)

    async def _wait_for(self, telegram_id: int, urgent: bool) -> None:
        while (wait := self.delay(telegram_id)) > 0:
            await self._sleep(wait)
        # Counted before the wait for the overall turn, so that two messages to one chat cannot both find it free.
        self._take(telegram_id)
        await self._turn(urgent)

    async def _turn(self, urgent: bool) -> None:
        async with self._urgent_line if urgent else self._line:
            while (wait := self._overall_wait(urgent)) > 0:
                await self._sleep(max(wait, _TICK))
            self._all.take(self._clock())

    def _overall_wait(self, urgent: bool) -> float:
        wait = self._all.wait(self._clock())
        gives_way = not urgent and self._urgent_line.locked()
        return max(wait, self._gap) if gives_way else wait

    def _take(self, telegram_id: int) -> None:
        now = self._clock()
        if telegram_id not in self._chats:
            self._forget_idle(now)
            self._chats[telegram_id] = _limits(telegram_id)
        for limit in self._chats[telegram_id]:
            limit.take(now)

    def _forget_idle(self, now: float) -> None:
        if len(self._chats) < _REMEMBERED or now < self._looked + 1:  # not for each message of a fan-out
            return
        self._looked = now
        self._chats = {
            chat: limits for chat, limits in self._chats.items() if not all(limit.is_idle(now) for limit in limits)
        }
        self._held = {chat: until for chat, until in self._held.items() if until > now}


def _limits(telegram_id: int) -> list[_Even | _Minute]:
    each_second = _Even(CHAT_INTERVAL, CHAT_INTERVAL * (CHAT_BURST - 1))
    return [each_second] if telegram_id > 0 else [each_second, _Minute()]
