"""Telegram's limits on sending: 30 messages a second over all chats, one a second to a person, 20 a minute to a group.

The numbers are those of Telegram's "Bots FAQ" ("My bot is hitting limits"); that a person's chat takes a short burst is
stated there too, its size (3) and the form of the buckets are this server's own choice.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.api_errors import too_many_requests

_MINUTE = 60.0
# A client that counts its own minute exactly must not fail for a message that travelled faster than the one before.
_TRAVEL = 1.0
_PAID_PER_SECOND = 1000.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send.

    Attributes:
        enabled: False lets everything pass.
        per_second: messages a second over all chats; as many may come in one burst.
        per_private_chat: messages a second to one person.
        private_burst: messages that one person's chat takes at once.
        per_group_minute: messages a minute to one group, supergroup or channel.
    """

    enabled: bool = True
    per_second: float = 30.0
    per_private_chat: float = 1.0
    private_burst: int = 3
    per_group_minute: int = 20


NO_LIMITS = Limits(enabled=False)


class _Bucket:
    """Tokens that refill evenly up to a capacity."""

    __slots__ = ("_capacity", "_level", "_rate", "_seen")

    def __init__(self, capacity: float, rate: float, now: float) -> None:
        self._capacity, self._rate, self._level, self._seen = capacity, rate, capacity, now

    def wait(self, now: float) -> float:
        """Return the seconds until a token is there; 0 where one is."""
        self._level = min(self._capacity, self._level + (now - self._seen) * self._rate)
        self._seen = now
        return 0.0 if self._level >= 1 else (1 - self._level) / self._rate

    def take(self) -> None:
        self._level -= 1


class _Window:
    """At most so many in any stretch of time."""

    __slots__ = ("_limit", "_moments", "_seconds")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._moments: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return the seconds until one more is welcome; 0 where it is."""
        while self._moments and self._moments[0] <= now - self._seconds:
            self._moments.popleft()
        return 0.0 if len(self._moments) < self._limit else self._moments[0] + self._seconds - now

    def take(self, now: float) -> None:
        self._moments.append(now)


class FloodGate:
    """Counts what was accepted and refuses what comes too soon.

    Args:
        limits: the numbers.
        clock: seconds, never going backwards in one life of the server.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._all = _Bucket(limits.per_second, limits.per_second, clock())
        self._paid = _Bucket(_PAID_PER_SECOND, _PAID_PER_SECOND, clock())
        self._private: dict[int, _Bucket] = {}
        self._groups: dict[int, _Window] = {}

    def admit(self, chat_id: int, *, private: bool, paid: bool = False) -> None:
        """Count one message to a chat.

        Args:
            chat_id: where it goes.
            private: True for a person's chat.
            paid: True for a broadcast that is paid for (allow_paid_broadcast: up to 1,000 a second).

        Raises:
            ApiError: 429 with retry_after in whole seconds.
        """
        if not self.limits.enabled:
            return
        now = self._clock()
        overall = self._paid if paid else self._all
        wait = overall.wait(now)
        if private:
            bucket = self._bucket(chat_id, now)
            _refuse(max(wait, bucket.wait(now)))
            bucket.take()
        else:
            window = self._groups.setdefault(chat_id, _Window(self.limits.per_group_minute, _MINUTE - _TRAVEL))
            _refuse(max(wait, window.wait(now)))
            window.take(now)
        overall.take()

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        known = self._private.get(chat_id)
        if known is None:
            known = _Bucket(self.limits.private_burst, self.limits.per_private_chat, now)
            self._private[chat_id] = known
        return known


def _refuse(wait: float) -> None:
    if wait > 0:
        raise too_many_requests(max(1, math.ceil(wait)))
