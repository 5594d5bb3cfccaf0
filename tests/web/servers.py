"""Real servers on 127.0.0.1 that say exactly what a test wants, well-formed or not, and a network to reach them."""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Self

import httpcore


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    target: str
    headers: dict[bytes, bytes]
    body: bytes


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", status: str = "200 OK", headers: Iterable[tuple[str, str]] = ()) -> Handler:
    """Return a handler that gives one well-formed answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers)]
    return raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def redirect(location: str, status: str = "302 Found") -> Handler:
    """Return a handler that sends the client on."""
    return answer(status=status, headers=[("Location", location)])


def raw(data: bytes) -> Handler:
    """Return a handler that sends these bytes and closes."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return handle


class LocalServer:
    """An HTTP server of routes; each connection is answered once and closed. Unknown paths are 404."""

    def __init__(self, routes: dict[str, Handler] | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        self.routes = routes or {}
        self._tls = tls
        self.requests: list[Request] = []
        self._running: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def targets(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.target for request in self.requests]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            try:
                request = await _read_request(reader)
                self.requests.append(request)
                handler = self.routes.get(request.target.partition("?")[0]) or answer(status="404 Not Found")
                await handler(request, writer)
                writer.close()
                await writer.wait_closed()
            finally:
                writer.transport.abort()


async def _read_request(reader: asyncio.StreamReader) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.strip().split(b"\r\n")
    method, target, _ = first.decode("ascii").split(" ")
    headers = dict(line.split(b": ", 1) for line in lines)
    body = await reader.readexactly(int(headers.get(b"Content-Length", b"0")))
    return Request(method, target, headers, body)


class RoutedNetwork(httpcore.AsyncNetworkBackend):
    """Stands for the internet: notes every connection and leads those with a route to a local server."""

    def __init__(self, routes: dict[tuple[str, int], int] | None = None) -> None:
        self.routes = routes or {}
        self.connected: list[tuple[str, int]] = []
        self._tcp = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Note the address, and connect where its route leads."""
        self.connected.append((host, port))
        if (host, port) not in self.routes:
            raise httpcore.ConnectError("no route")
        return await self._tcp.connect_tcp("127.0.0.1", self.routes[host, port], timeout, local_address, socket_options)
