"""One HTTP exchange over a guarded connection: a request out, headers in, the body as a bounded stream.

httpcore is used without httpx on top: its network backend is a public seam (the guard sits there), and what httpx
adds is what must not happen here: cookies, proxies from the environment, unbounded decompression, URLs in INFO logs.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import httpcore

from bot.errors import (
    BadEncoding,
    BadResponse,
    CertificateInvalid,
    FetchError,
    HostUnreachable,
    TooLarge,
)
from bot.urls import HttpUrl
from bot.web.compression import decoder_for
from bot.web.politeness import MAX_REQUESTS
from bot.web.stream import MeteredStream

MAX_HEADERS = 128
# Chunks of one body: honest ones have some hundred bytes, and each costs the parser as much as a header line.
MAX_CHUNKS = 100_000
# After so many chunks in one portion everyone else gets a turn.
_CHUNKS_A_TURN = 32
# Bodies beyond this size that are read at once; others wait, so that all together fit a small machine's memory.
LARGE_BYTES = 1_000_000
MAX_LARGE_BODIES = 16
# Seconds that an idle connection is kept: long enough for robots.txt, a redirect and the page.
KEEPALIVE_SECONDS = 5.0
# Idle connections kept. httpcore counts them all for each of them at every request: a hundred took half of the time of
# a poll, and few are used again, for hosts are given a pause between two requests.
MAX_IDLE = 16
_LENGTH = re.compile(r"[0-9]{1,18}")

RawHeaders = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response whose body is still on the wire."""

    status: int
    headers: Mapping[str, str]
    _stream: httpcore.Response
    _permit: Callable[[], Awaitable[object]]

    async def read(self, limit_bytes: int) -> bytes:
        """Return the body, decompressed.

        Raises:
            TooLarge: it passes the limit, compressed or not.
            BadEncoding: its compression is broken, doubled, unknown or ends too early.
            BadResponse: it comes in too many chunks.
        """
        length = self.headers.get("content-length", "")
        _check_size(int(length) if _LENGTH.fullmatch(length) else 0, limit_bytes)
        try:
            return await self._inflated(limit_bytes)
        except ValueError as error:
            raise BadEncoding from error

    async def drain(self) -> None:
        """End an answer that has no body (304), so that its connection can be used again."""
        async for _ in self._stream.aiter_stream():
            pass

    async def _inflated(self, limit_bytes: int) -> bytes:
        decoder = decoder_for(self.headers.get("content-encoding", ""))
        body = bytearray()
        received = 0
        async for chunk in _in_turns(self._stream.aiter_stream()):
            received += len(chunk)
            _check_size(received, limit_bytes)
            for piece in decoder.feed(chunk):
                if len(body) <= LARGE_BYTES < len(body) + len(piece):
                    await self._permit()
                body += piece
                _check_size(len(body), limit_bytes)
        decoder.finish()
        return bytes(body)


class Connections:
    """The pool of guarded connections."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, ssl_context: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or httpcore.default_ssl_context(),
            max_connections=MAX_REQUESTS * 2,
            max_keepalive_connections=MAX_IDLE,
            keepalive_expiry=KEEPALIVE_SECONDS,
            network_backend=backend,
        )
        self._large = asyncio.Semaphore(MAX_LARGE_BODIES)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    @asynccontextmanager
    async def exchange(self, url: HttpUrl, headers: RawHeaders, content: bytes | None = None) -> AsyncIterator[Answer]:
        """Send a GET, or a POST where there is content, and give its answer.

        The connection is closed where the body is not read to its end.

        Raises:
            FetchError: one of its kinds, without the URL, which the caller knows as the person gave it.
        """
        async with AsyncExitStack() as permits:
            permits.enter_context(_as_fetch_errors())
            response = await self._send(url, headers, content)
            try:
                _end_head(response)
                permit = partial(permits.enter_async_context, self._large)
                yield Answer(response.status, _readable(response.headers), response, permit)
            finally:
                await response.aclose()

    async def _send(self, url: HttpUrl, headers: RawHeaders, content: bytes | None) -> httpcore.Response:
        """Send a request; once more where the server had just closed the idle connection that it went out on."""
        opened: list[str] = []

        async def note_new_connection(event: str, _: Mapping[str, Any]) -> None:
            if event == "connection.connect_tcp.started":
                opened.append(event)

        request = httpcore.Request(
            "GET" if content is None else "POST",
            httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target),
            headers=headers,
            content=content,
            extensions={"trace": note_new_connection},
        )
        try:
            return await self._pool.handle_async_request(request)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            if opened or content is not None:
                raise
            return await self._pool.handle_async_request(request)


async def _in_turns(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Give a body's chunks, letting everyone else have a turn now and then."""
    count = 0
    async for chunk in chunks:
        count += 1
        if count > MAX_CHUNKS:
            raise BadResponse
        if count % _CHUNKS_A_TURN == 0:
            await asyncio.sleep(0)
        yield chunk


def _check_size(size: int, limit_bytes: int) -> None:
    if size > limit_bytes:
        raise TooLarge(limit_bytes=limit_bytes)


@contextmanager
def _as_fetch_errors() -> Iterator[None]:
    try:
        yield
    except FetchError:
        raise
    except httpcore.ConnectError as error:
        raise (CertificateInvalid if _is_certificate_error(error) else HostUnreachable)() from error
    except httpcore.ProtocolError as error:
        raise BadResponse from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.UnsupportedProtocol) as error:
        raise HostUnreachable from error


def _is_certificate_error(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _end_head(response: httpcore.Response) -> None:
    stream = response.extensions["network_stream"]
    if isinstance(stream, MeteredStream):
        stream.head_is_read()
    if len(response.headers) > MAX_HEADERS:
        raise BadResponse


def _readable(headers: RawHeaders) -> Mapping[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return MappingProxyType(joined)
