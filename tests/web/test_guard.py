"""The guard: no URL, name server or redirect brings a connection to an address that strangers may not reach."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AddressRefused, FetchError, HostUnreachable, UrlInvalid
from bot.web.fetch import Fetcher
from bot.web.guard import AddressRules, GuardedBackend, SystemResolver, _first_to_succeed, is_public
from config.settings import Settings
from tests.web.forbidden import PUBLIC, forbidden_urls, resolve
from tests.web.servers import LocalServer, RoutedNetwork, answer, redirect

SITE = "93.184.216.34"


def fetcher(network: RoutedNetwork, **settings: object) -> Fetcher:
    """Return a fetcher whose internet is the given network."""
    return Fetcher(Settings(host_gap=0, **settings), resolve=resolve, network=network)


async def test_no_forbidden_url_opens_a_connection() -> None:
    """Every notation, name and port of the table is refused before anything is connected to."""
    network = RoutedNetwork()
    passed = []
    async with fetcher(network) as web:
        for url in forbidden_urls():
            with pytest.raises((UrlInvalid, AddressRefused, HostUnreachable)):
                await web.fetch(url)
            if network.connected:
                passed.append((url, network.connected.pop()))
    assert passed == []


async def test_public_addresses_are_connected_to_as_they_were_checked() -> None:
    """The neighbours of the refused networks are reachable, at the very address that was checked."""
    network = RoutedNetwork()
    async with fetcher(network) as web:
        for url, address in PUBLIC.items():
            with pytest.raises(HostUnreachable):
                await web.fetch(url)
            assert network.connected.pop()[0] == address


async def test_redirects_into_the_table_are_refused() -> None:
    """A public site that redirects to a forbidden URL, raw UTF-8 included, brings us no further than itself."""
    locations = [url.encode("utf-8").decode("latin-1") for url in forbidden_urls()]
    async with LocalServer() as site:
        network = RoutedNetwork({(SITE, 80): site.port})
        async with fetcher(network) as web:
            for location in locations:
                site.routes["/"] = redirect(location)
                with pytest.raises(FetchError):
                    await web.fetch(f"http://{SITE}/")
    assert set(network.connected) == {(SITE, 80)}
    assert len(site.targets) >= len(locations)


class ChangingAnswers:
    """A name server that says something else each time."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def __call__(self, *_: object) -> Sequence[str]:
        """Give the next answer."""
        return [self.answers.pop(0)]


async def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    """DNS rebinding: what was checked is connected to; the next look-up's private answer is refused."""
    network = RoutedNetwork()
    names = ChangingAnswers(SITE, "127.0.0.1", SITE)
    async with Fetcher(Settings(host_gap=0), resolve=names, network=network) as web:
        with pytest.raises(HostUnreachable):
            await web.fetch("http://rebinding.example/")
        with pytest.raises(AddressRefused):
            await web.fetch("http://rebinding.example/")
    assert network.connected == [(SITE, 80)]
    assert names.answers == [SITE]


async def test_a_redirect_is_looked_up_and_checked_again() -> None:
    """A redirect to the same name, which answers a private address by then, is refused."""
    async with LocalServer({"/": redirect("https://rebinding.example/")}) as site:
        network = RoutedNetwork({(SITE, 80): site.port})
        async with Fetcher(Settings(), resolve=ChangingAnswers(SITE, "10.0.0.1"), network=network) as web:
            with pytest.raises(AddressRefused) as refused:
                await web.fetch("http://rebinding.example/")
    assert network.connected == [(SITE, 80)]
    assert "10.0.0.1" not in str(refused.value)


async def test_loopback_is_reached_only_where_the_settings_say_so() -> None:
    """The playground's setting opens 127.0.0.0/8 and ::1 at any port, and nothing else."""
    async with LocalServer({"/": answer(b"hello")}) as site:
        async with Fetcher(Settings(allow_loopback=True)) as web:
            assert (await web.fetch(site.url())).body == b"hello"
            for url in ("http://10.0.0.1/", "http://169.254.169.254/", f"http://[::ffff:127.0.0.1]:{site.port}/"):
                with pytest.raises(AddressRefused):
                    await web.fetch(url)
        async with Fetcher(Settings(allowed_ports=frozenset({site.port}))) as web:
            with pytest.raises(AddressRefused):
                await web.fetch(site.url())
    assert site.targets == ["/"]


async def test_ports_are_the_operators_choice() -> None:
    """A port beyond the allowed ones is refused on a public address and opened when the settings name it."""
    network = RoutedNetwork()
    async with fetcher(network) as web:
        with pytest.raises(AddressRefused):
            await web.fetch(f"http://{SITE}:8080/")
    async with fetcher(network, allowed_ports=frozenset({8080})) as web:
        with pytest.raises(HostUnreachable):
            await web.fetch(f"http://{SITE}:8080/")
    assert network.connected == [(SITE, 8080)]


async def test_the_operators_own_public_networks_are_refused() -> None:
    """Networks that the operator names are closed to strangers though their numbers are public."""
    network = RoutedNetwork()
    async with fetcher(network, refused_networks=frozenset({IPv4Network("93.184.216.0/24")})) as web:
        with pytest.raises(AddressRefused):
            await web.fetch(f"http://{SITE}/")
    assert network.connected == []


async def test_the_next_address_is_tried_and_the_families_alternate() -> None:
    """A dead first address costs one attempt; the other family is tried second, four addresses in all."""

    async def names(*_: object) -> Sequence[str]:
        return ["2606:4700::1", "2606:4700::2", "2606:4700::3", SITE, "93.184.216.35"]

    async with LocalServer({"/": answer(b"reached")}) as site:
        network = RoutedNetwork({("93.184.216.35", 80): site.port})
        async with Fetcher(Settings(), resolve=names, network=network) as web:
            assert (await web.fetch("http://twofamilies.example/")).body == b"reached"
    assert [address for address, _ in network.connected] == ["2606:4700::1", SITE, "2606:4700::2", "93.184.216.35"]


async def test_a_dead_route_does_not_wait_for_its_timeout(site: LocalServer) -> None:
    """Addresses that neither accept nor refuse are left behind by the next; a late second connection is closed."""

    async def names(*_: object) -> Sequence[str]:
        return ["2606:4700::1", "2606:4700::2", SITE]

    class DeadRoutes(RoutedNetwork):
        """Never answers for IPv6."""

        abandoned = 0

        async def connect_tcp(self, host: str, *rest: object, **more: object) -> httpcore.AsyncNetworkStream:
            """Connect, or wait until given up."""
            if ":" not in host:
                return await super().connect_tcp(host, *rest, **more)
            try:
                return await asyncio.Future()
            finally:
                self.abandoned += 1

    site.routes["/"] = answer(b"reached")
    network = DeadRoutes({(SITE, 80): site.port})
    async with Fetcher(Settings(), resolve=names, network=network) as web:
        assert (await web.fetch("http://dead-route.example/")).body == b"reached"
    assert network.abandoned >= 1


async def test_no_connection_is_left_open_behind_the_first(site: LocalServer) -> None:
    """Of two attempts that both succeed one is used, and the other closed."""
    network = RoutedNetwork({(SITE, 80): site.port})
    both = asyncio.Barrier(2)

    async def connect() -> httpcore.AsyncNetworkStream:
        stream = await network.connect_tcp(SITE, 80)
        await both.wait()
        return stream

    stream = await _first_to_succeed([connect, connect])
    assert stream is not None
    assert len(network.connected) == 2
    await stream.aclose()


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY and its like would move the connection out of the guard's sight."""
    async with LocalServer() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        network = RoutedNetwork()
        async with fetcher(network) as web:
            with pytest.raises(HostUnreachable):
                await web.fetch(f"http://{SITE}/")
    assert network.connected == [(SITE, 80)]
    assert proxy.requests == []


async def test_the_system_resolver_gives_addresses_and_plain_errors() -> None:
    """Names of this machine resolve; a name that cannot exist is unreachable, a socket file refused."""
    names = SystemResolver()
    backend = GuardedBackend(AddressRules(frozenset({80})), names)
    assert set(await names("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(HostUnreachable):
        await backend.connect_tcp("no-such-name.invalid", 80)
    with pytest.raises(AddressRefused):
        await backend.connect_unix_socket("/run/docker.sock")


_LOOKING_UP = """
import asyncio, socket, sys, threading
def hang(*_, **__):
    asked.set()
    threading.Event().wait()
async def main():
    from bot.threads import DaemonThreads
    from bot.web.guard import SystemResolver
    loop = asyncio.get_running_loop()
    loop.set_default_executor(DaemonThreads(8, "default"))
    tasks = [asyncio.create_task(SystemResolver()("example.invalid", 80))]
    await asyncio.to_thread(asked.wait)
    tasks.append(asyncio.create_task(loop.getaddrinfo("example.invalid", 80)))
    for task in tasks:
        await asyncio.wait({task}, timeout=0.1)
        task.cancel()
asked, socket.getaddrinfo = threading.Event(), hang
asyncio.run(main())
"""


def test_a_name_server_that_does_not_answer_keeps_no_process() -> None:
    """A look-up that hangs, of ours or of another library's, ends with the process, which does not wait for it."""
    subprocess.run([sys.executable, "-c", _LOOKING_UP], timeout=120, check=True)  # noqa: S603  code of our own


@given(st.ip_addresses(v=4))
def test_public_ipv4_is_what_the_standard_library_calls_global(address: IPv4Address) -> None:
    """We refuse at least what Python's ipaddress calls not global, and all multicast."""
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=6))
def test_public_ipv6_is_global_unicast_or_nat64_of_a_public_address(address: IPv6Address) -> None:
    """Outside of 2000::/3 only NAT64 of a public IPv4 address is public."""
    if is_public(address):
        assert address.is_global
        assert str(address).startswith(("2", "3", "64:ff9b::"))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_never_more_public_than_itself(address: IPv4Address) -> None:
    """NAT64 is judged by what it carries; every other wrapping is refused."""
    number = f"{int(address):08x}"
    inside = f"{number[:4]}:{number[4:]}"
    assert is_public(ip_address(f"64:ff9b::{inside}")) == is_public(address)
    for wrapped in (
        f"::{inside}",
        f"::ffff:{inside}",
        f"64:ff9b:1::{inside}",
        f"2002:{inside}::",
        f"2001:0:{inside}::",
    ):
        assert not is_public(ip_address(wrapped))
