"""The guard: every connection is opened to an address that was checked, and to no other.

It sits below HTTP, in httpcore's network backend, where a name has become an address and nothing looks it up again:
whatever notation a URL used, whatever DNS answered a moment ago, and whichever redirect led here, the address that is
checked is the one that is connected to. TLS still verifies the name, for httpcore passes it on by itself.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from itertools import chain, zip_longest
from typing import Any

import httpcore

from bot.errors import AddressRefused, HostUnreachable
from bot.threads import DaemonThreads
from bot.web.politeness import MAX_REQUESTS
from bot.web.stream import MeteredStream

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Attempt = Callable[[], Coroutine[Any, Any, httpcore.AsyncNetworkStream]]
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""A name and a port → address literals, the preferred first; raises OSError where there are none."""

# IANA's IPv4 special-purpose registry (RFC 6890 and its updates) and multicast (RFC 5771), with the blocks that are
# global but are no place for news: AS112, AMT, and Azure's 168.63.129.16, a host's own wire server.
_REFUSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Only global unicast (RFC 4291) is reachable at all; these are its exceptions from IANA's IPv6 special-purpose
# registry: protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112.
_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
# DNS64 answers with these on hosts that have no IPv4 (RFC 6052): the address inside is the one that counts.
_NAT64 = IPv6Network("64:ff9b::/96")
_LOOPBACK: tuple[Network, ...] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))

# Seconds for one address to accept.
CONNECT_SECONDS = 4.0
# Seconds that an attempt has before the next address is tried beside it (RFC 8305 section 8 recommends 250 ms).
STAGGER_SECONDS = 0.25
# Addresses of one name that are tried.
MAX_ADDRESSES = 4


def is_public(address: Address) -> bool:
    """Tell whether an address is a host on the open internet, so that strangers may have us connect to it."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _REFUSED_V4)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _GLOBAL_V6 and not any(address in block for block in _REFUSED_V6)


@dataclass(frozen=True)
class AddressRules:
    """What may be connected to.

    Attributes:
        ports: the ports that may be named.
        loopback: whether 127.0.0.0/8 and ::1 may be reached, at any port (the playground).
        refused: the operator's own networks that are public by number but not for strangers.
    """

    ports: frozenset[int]
    loopback: bool = False
    refused: tuple[Network, ...] = ()

    def allow(self, address: Address, port: int) -> bool:
        """Tell whether a connection to this address and port may be opened."""
        if any(address in block for block in self.refused):
            return False
        if self.loopback and any(address in block for block in _LOOPBACK):
            return True
        return port in self.ports and is_public(address)


class SystemResolver:
    """Looks names up with the system's resolver, in threads of its own.

    The loop's default threads are shared with the rest of the program, which slow name servers must not stall; and
    there are as many of them as requests may be under way, so that names that hang do not hold up others.
    """

    def __init__(self, threads: int = MAX_REQUESTS) -> None:
        self._threads = DaemonThreads(threads, "dns")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a name in the system's order of preference (RFC 6724)."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _look_up, host, port)


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(
        self, rules: AddressRules, resolve: Resolver, network: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._rules = rules
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look a name up, check every answer, and connect to the first address that accepts.

        Raises:
            AddressRefused: one of the addresses, or the port, is not for strangers.
            HostUnreachable: the name has no address, or none of them accepts.
        """
        limit = CONNECT_SECONDS if timeout is None else min(timeout, CONNECT_SECONDS)
        addresses = await self._checked_addresses(host, port)
        attempts = [
            partial(self._network.connect_tcp, address, port, limit, local_address, socket_options)
            for address in addresses
        ]
        stream = await _first_to_succeed(attempts)
        if stream is None:
            raise HostUnreachable(host=host, why="connect")
        return MeteredStream(stream)

    async def _checked_addresses(self, host: str, port: int) -> list[str]:
        """Return where to connect; one bad answer refuses the name, for honest names have none."""
        addresses = await self._addresses(host, port)
        if not all(self._rules.allow(address, port) for address in addresses):
            raise AddressRefused(host=host)
        return [str(address) for address in _interleaved(addresses)][:MAX_ADDRESSES]

    async def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass
        try:
            return [ip_address(text) for text in await self._resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise HostUnreachable(host=host, why="name") from error
        except ValueError as error:
            raise AddressRefused(host=host) from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no URL names a socket file."""
        raise AddressRefused(host=path)

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore."""
        await self._network.sleep(seconds)


async def _first_to_succeed(attempts: Sequence[Attempt]) -> httpcore.AsyncNetworkStream | None:
    """Start one attempt after another, each when the last has failed or taken STAGGER_SECONDS, until one succeeds.

    A dead IPv6 route then costs a moment, not its whole timeout (RFC 8305, "Happy Eyeballs").
    """
    waiting = list(attempts)
    pending: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
    try:
        while waiting or pending:
            if waiting:
                pending.add(asyncio.create_task(waiting.pop(0)()))
            patience = STAGGER_SECONDS if waiting else None
            done, pending = await asyncio.wait(pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            connected = [task for task in done if _has_connected(task)]
            if connected:
                pending.update(connected[1:])
                return connected[0].result()
        return None
    finally:
        await _give_up(pending)


def _has_connected(task: asyncio.Task[httpcore.AsyncNetworkStream]) -> bool:
    try:
        task.result()
    except (httpcore.ConnectError, httpcore.ConnectTimeout):
        return False
    return True


async def _give_up(attempts: Iterable[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    """Cancel attempts, and close the connections of those that came second."""
    for task in attempts:
        task.cancel()
    for outcome in await asyncio.gather(*attempts, return_exceptions=True):
        if isinstance(outcome, httpcore.AsyncNetworkStream):
            await outcome.aclose()


def _interleaved(addresses: Sequence[Address]) -> list[Address]:
    """Alternate the two families, the preferred one first, so that one dead family costs one attempt (RFC 8305)."""
    first = [address for address in addresses if address.version == addresses[0].version]
    second = [address for address in addresses if address.version != addresses[0].version]
    return [address for address in chain.from_iterable(zip_longest(first, second)) if address is not None]
