"""Requests to Telegram that a process which ends does not wait for."""

from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

from bot.ending import Waits
from bot.health import Health

_VOICE = "the token"


class NotSent(NetworkError):
    """Nothing was sent, for the process ends."""

    def __init__(self) -> None:
        super().__init__("not sent: the process ends")


class GivenUp(TimedOut):
    """The answer is not waited for, for the process ends."""

    def __init__(self) -> None:
        super().__init__("given up: the process ends")


class TokenRefused(NetworkError):
    """Telegram no longer knows the token: it was revoked while the process ran."""

    def __init__(self) -> None:
        super().__init__("it does not know this token any more: put the new one in its place, and restart")


class EndingRequest(HTTPXRequest):
    """Carries requests until they are given up; those under way then time out, and no new one is sent.

    Args:
        waits: says when.
        connections: at once, at most.
        read_seconds: how long an answer may take; python-telegram-bot's own default.
    """

    def __init__(self, waits: Waits, *, connections: int, read_seconds: float = 5.0) -> None:
        super().__init__(connection_pool_size=connections, read_timeout=read_seconds)
        self._waits = waits

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Send a request and return the status and the body of its answer."""
        if self._waits.given_up:
            raise NotSent
        try:
            async with self._waits.one():
                return await super().do_request(*arguments, **named)
        except TimeoutError:
            raise GivenUp from None


class UpdatesRequest(EndingRequest):
    """Asks for updates, and goes on asking with a token that Telegram does not know: the library would end in silence.

    Args:
        waits: says when to end.
        connections: at once, at most.
        health: told whether Telegram knows the token.
    """

    def __init__(self, waits: Waits, *, connections: int, health: Health) -> None:
        super().__init__(waits, connections=connections)
        self._health = health

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Send a request and return the status and the body of its answer."""
        status, body = await super().do_request(*arguments, **named)
        if status == HTTPStatus.UNAUTHORIZED:
            refused = TokenRefused()
            self._health.bad("telegram", refused.message, voice=_VOICE)
            raise refused
        self._health.good("telegram", voice=_VOICE)
        return status, body
