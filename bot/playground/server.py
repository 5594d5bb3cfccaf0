"""The Bot API over HTTP on 127.0.0.1."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.playground.api_errors import ApiError, bad_request, not_found, unauthorized
from bot.playground.controls import Controls
from bot.playground.faults import Fault, FaultKind, Faults
from bot.playground.limits import Limits
from bot.playground.listener import Listener
from bot.playground.methods.registry import METHODS
from bot.playground.parameters import Upload, decode, method_names
from bot.playground.world.state import BOT_ID, World, WorldOptions

_SECRET = "AAplaygroundTokenThatIsNoSecretAtAll"  # noqa: S105 - opens nothing but this server
_LARGEST_REQUEST = 52_428_800
_KEPT_REQUESTS = 10_000
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request as the log keeps it: `code` is 200 or the error's, 0 for a connection broken before it took effect."""

    method: str
    arguments: Mapping[str, Any]
    at: float
    code: int
    description: str = ""


class BotApiServer(Controls):
    """A strict local stand-in for Telegram's Bot API, with the people's side as methods (see `Controls`).

    Args:
        limits: Telegram's limits by default; NO_LIMITS turns them off.
        clock: seconds since the epoch, for dates, limits and ages.
        options: the bot's name, privacy mode and the like.
        secret: the part of the token after the colon.
        host: where it listens.
        port: 0 takes a free one.

    Use it with `start()` and `stop()`, or as an asynchronous context manager.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        options: WorldOptions | None = None,
        secret: str = _SECRET,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        super().__init__(World(limits=limits or Limits(), clock=clock, options=options))
        self.token = f"{BOT_ID}:{secret}"
        self.requests: deque[ApiRequest] = deque(maxlen=_KEPT_REQUESTS)
        self._listener = Listener(host, port)
        self._faults = Faults()

    async def start(self) -> None:
        """Listen; `url` is known from then on."""
        self.world.updates.closed = False
        await self._listener.open(self.application(), backlog=1024, handler_cancellation=True)

    async def stop(self) -> None:
        """Let pollers and held answers go, and close all connections. The world stays as it is."""
        self.world.updates.close()
        self._faults.release_all()
        await self._listener.close()

    async def __aenter__(self) -> "BotApiServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address, without the "/bot" that python-telegram-bot's base_url ends in."""
        return self._listener.url

    def application(self) -> web.Application:
        """Return the application alone."""
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_route("*", "/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/{path:.*}", self._nothing)
        return app

    def fail_next(
        self, method: str, kind: FaultKind, *, seconds: float | None = None, error: ApiError | None = None
    ) -> Fault:
        """Let the next request of `method` fail; several orders are met one after another.

        Args:
            method: the method's name.
            kind: "drop_before", "drop_after", "delay" or "error"; see `Fault`.
            seconds: how long "delay" holds; None holds until `Fault.release()`.
            error: what "error" answers.
        """
        fault = Fault(kind, seconds, error)
        self._faults.order(method, fault)
        return fault

    def requests_of(self, method: str) -> list[ApiRequest]:
        """Return the kept requests of one method, the oldest first."""
        return [request for request in self.requests if request.method == method]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        given: dict[str, Any] = {}
        fault = None
        try:
            self._check_token(request.match_info["token"])
            method = method_names().get(name)
            if method is None:
                raise not_found("method not found")
            name, fault = method, self._faults.next(name)
            given = await _given(request)
            if fault is not None and fault.kind == "drop_before":
                _meet(fault)
                return self._drop(request, name, given, 0)
            if fault is not None and fault.error is not None:
                raise fault.error
            result = await self._call(name, given)
        except ApiError as error:
            _meet(fault)
            return self._refuse(name, given, error)
        _meet(fault)
        self._log(name, given, 200, "")
        if fault is not None and fault.kind == "drop_after":
            return self._drop(request, name, given, 200, log=False)
        if fault is not None:
            await fault.hold()
        return _response(200, {"ok": True, "result": result})

    async def _call(self, method: str, given: dict[str, Any]) -> Any:
        result = METHODS[method](self.world, decode(method, given))
        return await result if isawaitable(result) else result

    def _check_token(self, token: str) -> None:
        if token == self.token:
            return
        number, _, secret = token.partition(":")
        raise unauthorized() if number.isdecimal() and secret else not_found()

    def _refuse(self, method: str, given: dict[str, Any], error: ApiError) -> web.Response:
        self._log(method, given, error.code, error.description)
        headers = {"Retry-After": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else {}
        return _response(error.code, error.to_json(), headers)

    def _drop(
        self, request: web.Request, method: str, given: dict[str, Any], code: int, *, log: bool = True
    ) -> web.Response:
        if log:
            self._log(method, given, code, "connection dropped")
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _log(self, method: str, given: dict[str, Any], code: int, description: str) -> None:
        self.requests.append(ApiRequest(method, given, self.world.clock(), code, description))
        self.world.changes.tell()

    async def _download(self, request: web.Request) -> web.Response:
        stored = self.world.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return _response(404, not_found().to_json())
        return web.Response(body=stored.data, content_type=stored.content_type)

    async def _nothing(self, _request: web.Request) -> web.Response:
        return _response(404, not_found().to_json())


def _meet(fault: Fault | None) -> None:
    if fault is not None:
        fault.met.set()


def _response(status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status, body=_dumps(body).encode(), content_type="application/json", charset="utf-8", headers=headers
    )


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        given.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    elif kind == "application/json":
        given.update(_json_object(await request.read()))
    elif kind == "multipart/form-data":
        given.update({name: await _part(value) for name, value in (await request.post()).items()})
    return given


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise bad_request("can't parse JSON object")
    return read


async def _part(value: Any) -> Any:
    if isinstance(value, web.FileField):
        data = await asyncio.to_thread(value.file.read)
        return Upload(value.filename, data, value.content_type)
    return value
