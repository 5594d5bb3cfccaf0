"""A light client of the Bot API for the hot path: one request, one answer, and what its failure means."""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from bot.delivery.failures import Failure, NotAccepted, Verdict, failure_of_answer, failure_of_break
from bot.ending import Waits

CONNECT_SECONDS = 5.0
"""Ours: a connection that is not there by then is tried again later."""

READ_SECONDS = 20.0
"""Ours: an answer that is late costs a slot; an answer given up costs the knowledge whether a message is there."""

_IDLE_SECONDS = 15.0  # shorter than servers keep idle connections, so that none is written to while it is being closed
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class TelegramClient:
    """Sends requests as a bot; python-telegram-bot's objects cost more than the request itself.

    Args:
        token: the bot's; never part of an error's words.
        api_url: the Bot API server's address.
        connections: at once, at most.
        read_seconds: how long an answer may take.
        waits: says when answers are waited for no more; they are lost then, and nothing new is sent.

    Use it as an asynchronous context manager.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        *,
        connections: int = 8,
        read_seconds: float = READ_SECONDS,
        waits: Waits | None = None,
    ) -> None:
        self._base = f"{api_url}/bot{token}/"
        self._connections = connections
        self._waits = waits or Waits()
        self._timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=CONNECT_SECONDS, connect=None, sock_read=read_seconds
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "TelegramClient":
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE_SECONDS)
        # Not by trust_env, which reads the disk for ~/.netrc at each request: it was a third of a message's cost.
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, proxy=environments_proxy(self._base)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Send a request and return its result.

        Args:
            method: the Bot API's name of it.
            parameters: as JSON takes them.

        Raises:
            NotAccepted: it was refused, or nobody knows what became of it.
        """
        assert self._session is not None, "a client is used while it is open"  # noqa: S101  a programmer's promise
        if self._waits.given_up:
            raise NotAccepted(Failure(Verdict.NOT_SENT, "the process ends"))
        body = _dumps(parameters).encode("utf-8", "replace")
        try:
            async with (
                self._waits.one(),
                self._session.post(self._base + method, data=body, headers=_JSON) as response,
            ):
                status, answer = response.status, _object(await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotAccepted(failure_of_break(error)) from None  # its context may name the address
        if status == 200 and answer.get("ok"):  # noqa: PLR2004  HTTP's
            return answer["result"]
        raise NotAccepted(_unreadable(status) if status == 200 else failure_of_answer(status, answer))  # noqa: PLR2004


def environments_proxy(url: str) -> str | None:
    """Return the proxy that the environment (http_proxy, https_proxy, no_proxy) names for an address."""
    address = urlsplit(url)
    return None if proxy_bypass(address.hostname or "") else getproxies().get(address.scheme)


_JSON = {"Content-Type": "application/json"}


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _unreadable(status: int) -> Failure:
    return Failure(Verdict.UNKNOWN, f"HTTP {status} with an answer that is none")
