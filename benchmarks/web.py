"""Fetching under attack: `python -m benchmarks.web`.

Four promises of the web room, beside plain httpx and, where installed, ssrfguard and drawbridge:

- forbidden URLs (the table of tests/web/forbidden.py) that open a connection;
- the growth of peak memory when a page is a gzip bomb of 200 MB;
- the seconds until a body that drips a byte at a time is given up, with a limit of two seconds;
- the longest time that nothing else runs in the loop while a hostile answer is read.

The servers run in this process; the clients of bombs and stalls run in their own, so that memory and loop are theirs.
"""

import argparse
import asyncio
import gzip
import importlib
import io
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import httpcore
import httpx

from bot.errors import FetchError
from bot.web.fetch import Fetcher
from config.settings import Settings
from tests.web.forbidden import forbidden_urls, resolve
from tests.web.servers import Handler, LocalServer, Request, RoutedNetwork, answer

BOMB_BYTES = 200_000_000
DRIP_LIMIT_SECONDS = 2.0
DRIP_BYTES = 100  # one each tenth of a second: ten seconds for a client without a deadline
STOP_BYTES = 1_000_000

Visit = Callable[[str], Awaitable[object]]


class LenientNetwork(RoutedNetwork):
    """Looks names up as a lenient system does, notes where a client would connect, and connects nowhere."""

    async def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        """Note the first address of a name."""
        try:
            address = (await resolve(host, port))[0]
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        self.connected.append((address, port))
        raise httpcore.ConnectError("noted")


def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
    """Stand for socket.getaddrinfo with the table's names."""
    addresses = asyncio.run(resolve(str(host), port))
    families = {True: socket.AF_INET6, False: socket.AF_INET}
    return [
        (families[":" in address], socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)) for address in addresses
    ]


async def ours(stack: AsyncExitStack, network: RoutedNetwork) -> Visit:
    """Return our fetch."""
    web = await stack.enter_async_context(Fetcher(Settings(host_gap=0), resolve=resolve, network=network))
    return web.fetch


def guarded_pool(network: RoutedNetwork) -> httpcore.AsyncConnectionPool:
    """Return a pool on the noting network."""
    return httpcore.AsyncConnectionPool(network_backend=network, ssl_context=httpcore.default_ssl_context())


async def plain_httpx(stack: AsyncExitStack, network: RoutedNetwork) -> Visit:
    """Return httpx's get."""
    transport = httpx.AsyncHTTPTransport(trust_env=False)
    transport._pool = guarded_pool(network)
    client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, follow_redirects=True))
    return client.get


async def ssrfguard(stack: AsyncExitStack, network: RoutedNetwork) -> Visit:
    """Return ssrfguard's get; it opens its connections with anyio."""
    module = importlib.import_module("ssrfguard.httpx")

    async def connect(remote_host: str, remote_port: int, **_: object) -> None:
        network.connected.append((remote_host, remote_port))
        raise OSError("noted")

    module.anyio = _Patched(module.anyio, connect_tcp=connect)
    policy = importlib.import_module("ssrfguard").Policy()
    client = module.AsyncClient(policy=policy, resolver=getaddrinfo, trust_env=False)
    await stack.enter_async_context(client)
    get: Visit = client.get
    return get


async def drawbridge(stack: AsyncExitStack, network: RoutedNetwork) -> Visit:
    """Return drawbridge's get."""
    module = importlib.import_module("drawbridge")
    validator = importlib.import_module("drawbridge._validator")

    async def look_up(host: str, port: int) -> list[tuple[Any, ...]]:
        return await asyncio.to_thread(getaddrinfo, host, port)

    validator._async_getaddrinfo = look_up
    client = await stack.enter_async_context(module.Client())
    client._transport._inner._pool = guarded_pool(network)
    get: Visit = client.get
    return get


class _Patched:
    """A module with some names replaced."""

    def __init__(self, module: object, **replaced: object) -> None:
        self._module, self._replaced = module, replaced

    def __getattr__(self, name: str) -> Any:
        return self._replaced.get(name) or getattr(self._module, name)


GUARDS = {"ours": ours, "httpx": plain_httpx, "ssrfguard": ssrfguard, "drawbridge": drawbridge}


async def let_through(make: Callable[[AsyncExitStack, RoutedNetwork], Awaitable[Visit]]) -> list[str]:
    """Return the forbidden URLs for which a client would have opened a connection."""
    network, passed = LenientNetwork(), []
    if make is ours:
        network = RoutedNetwork()  # ours resolves and checks above the network
    async with AsyncExitStack() as stack:
        visit = await make(stack, network)
        for url in forbidden_urls():
            network.connected.clear()
            with suppress(Exception):  # each client has its own errors, some of them bugs
                await visit(url)
            if network.connected:
                passed.append(url)
    return passed


def report_forbidden(show: bool) -> None:
    """Print how many forbidden URLs each client lets through."""
    total = len(forbidden_urls())
    for name, make in GUARDS.items():
        try:
            passed = asyncio.run(let_through(make))
        except ImportError:
            print(f"forbidden URLs, {name}: not installed")
            continue
        print(f"forbidden URLs, {name}: {len(passed)} of {total} let through")
        for url in passed if show else ():
            print(f"    {url!r}")


def bomb(size: int) -> bytes:
    """Return a gzip body that inflates to zeros."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(size // 1_000_000):
            file.write(bytes(1_000_000))
    return packed.getvalue()


async def read_ours(url: str, timeout: float) -> str:  # noqa: ASYNC109 - the limit that is measured
    """Read with our fetcher and say how it ended."""
    async with Fetcher(Settings(allow_loopback=True, fetch_timeout=timeout)) as web:
        try:
            return f"{len((await web.fetch(url)).body)} bytes"
        except FetchError as error:
            return error.code


async def read_httpx(url: str, timeout: float) -> str:  # noqa: ASYNC109 - the limit that is measured
    """Read with httpx as it is usually done: a timeout, and no more than a megabyte of the stream."""
    received = 0
    try:
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client, client.stream("GET", url) as response:
            async for chunk in response.aiter_bytes():
                received += len(chunk)
                if received > STOP_BYTES:
                    return f"stopped after {received:,} bytes"
    except httpx.HTTPError as error:
        return type(error).__name__
    return f"{received} bytes"


READERS = {"ours": read_ours, "httpx": read_httpx}


def read_in_own_process(client: str, warm_up: str, url: str) -> None:
    """Read a harmless page, then the bomb, and print the growth of peak memory between the two."""
    asyncio.run(READERS[client](warm_up, 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome = asyncio.run(READERS[client](url, 20))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6
    print(f"gzip bomb of {BOMB_BYTES / 1e6:.0f} MB, {client}: peak memory +{grown:.0f} MB ({outcome})")


async def report_bombs() -> None:
    """Serve a bomb to one process of each client."""
    routes = {"/": answer(b"hello"), "/bomb": answer(bomb(BOMB_BYTES), headers=[("Content-Encoding", "gzip")])}
    async with LocalServer(routes) as site:
        for client in READERS:
            command = [sys.executable, "-m", "benchmarks.web", "--bomb", client, site.url(), site.url("/bomb")]
            await asyncio.to_thread(subprocess.run, command, check=True)


async def report_drips() -> None:
    """Serve a dripping body to each client."""

    async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % DRIP_BYTES)
        for _byte in range(DRIP_BYTES):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async with LocalServer({"/": drip}) as site:
        for name, read in READERS.items():
            started = time.monotonic()
            outcome = await read(site.url(), DRIP_LIMIT_SECONDS)
            print(f"slow drip, {DRIP_LIMIT_SECONDS:g} s limit, {name}: {time.monotonic() - started:.2f} s ({outcome})")


def endless(head: bytes, part: bytes) -> Handler:
    """Return a handler that sends until the client hangs up."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()

    return handle


def hostile_routes() -> dict[str, Handler]:
    """Return answers that cost a client more than the server."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    return {
        "/promises": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
        "/headers": endless(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n" * 1_000),
        "/crumbs": endless(chunked, b"1\r\nx\r\n" * 1_000),
        "/members": endless(packed, gzip.compress(b"") * 1_000),
        "/bomb": answer(bomb(BOMB_BYTES), headers=[("Content-Encoding", "gzip")]),
    }


async def longest_stall(read: Callable[[str, float], Awaitable[str]], url: str) -> tuple[float, str]:
    """Return the longest time between two turns of a ticker while a URL is read, in seconds, and how that ended."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - before - 0.001)

    ticker = asyncio.create_task(tick())
    try:
        outcome = await asyncio.wait_for(read(url, 5), 10)
    except TimeoutError:
        outcome = "not over by itself"
    ticker.cancel()
    return longest, outcome


def stall_in_own_process(client: str, warm_up: str, url: str) -> None:
    """Read a harmless page, then a hostile one, and print the longest stall of the loop."""
    asyncio.run(READERS[client](warm_up, 20))
    started = time.monotonic()
    stall, outcome = asyncio.run(longest_stall(READERS[client], url))
    path, took = url.rpartition("/")[2], time.monotonic() - started
    print(f"hostile answer, {path}, {client}: loop stalled {stall * 1000:.0f} ms, over after {took:.1f} s ({outcome})")


async def report_stalls() -> None:
    """Serve each hostile answer to each client."""
    async with LocalServer({"/": answer(b"hello"), **hostile_routes()}) as site:
        for path in hostile_routes():
            for client in READERS:
                command = [sys.executable, "-m", "benchmarks.web", "--stall", client, site.url(), site.url(path)]
                await asyncio.to_thread(subprocess.run, command, check=True)


def main() -> None:
    """Run all four, or one client of a bomb."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="list the forbidden URLs that were let through")
    parser.add_argument("--bomb", nargs=3, metavar=("CLIENT", "WARM_UP", "URL"), help=argparse.SUPPRESS)
    parser.add_argument("--stall", nargs=3, metavar=("CLIENT", "WARM_UP", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stall:
        stall_in_own_process(*options.stall)
        return
    if options.bomb:
        read_in_own_process(*options.bomb)
        return
    report_forbidden(options.show)
    asyncio.run(report_bombs())
    asyncio.run(report_drips())
    asyncio.run(report_stalls())


if __name__ == "__main__":
    main()
