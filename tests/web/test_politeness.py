"""Manners: one request at a time for each host, pauses, and silence where a host asks for it."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import HostBusy, HttpStatus
from bot.web.fetch import Fetcher
from bot.web.politeness import HostGate, Turnstile
from config.settings import Settings
from tests.clock import Clock
from tests.web.servers import LocalServer, Request, RoutedNetwork, answer, redirect

SITE = "93.184.216.34"


async def names(*_: object) -> list[str]:
    """Resolve every name to the one site."""
    return [SITE]


async def test_a_host_never_sees_two_requests_at_once(site: LocalServer) -> None:
    """Forty requests to two hosts at once: each answers when the other is busy too, and has one under way at most."""
    both_busy = asyncio.Barrier(2)
    under_way = {b"one.example": 0, b"two.example": 0}
    most = 0

    async def count(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal most
        host = request.headers[b"Host"]
        under_way[host] += 1
        most = max(most, under_way[host])
        await both_busy.wait()
        under_way[host] -= 1
        await answer(b"x")(request, writer)

    site.routes["/"] = count
    network = RoutedNetwork({(SITE, 80): site.port})
    async with Fetcher(Settings(host_gap=0), resolve=names, network=network) as web:
        await asyncio.gather(*(web.fetch(f"http://{host}.example/") for host in ("one", "two") * 20))
    assert most == 1
    assert len(site.requests) == 40


async def test_http_and_https_and_www_redirects_do_not_block_each_other(site: LocalServer) -> None:
    """Two sites that redirect to each other, asked at once, both answer: no turn is held while waiting for another."""

    async def across(request: Request, writer: asyncio.StreamWriter) -> None:
        other = "two" if request.headers[b"Host"] == b"one.example" else "one"
        await redirect(f"http://{other}.example/end")(request, writer)

    site.routes |= {"/": across, "/end": answer(b"end")}
    network = RoutedNetwork({(SITE, 80): site.port})
    async with Fetcher(Settings(host_gap=0), resolve=names, network=network) as web:
        answers = await asyncio.gather(*(web.fetch(f"http://{host}.example/") for host in ("one", "two") * 5))
    assert [response.body for response in answers] == [b"end"] * 10


async def test_a_pause_lies_between_two_requests_but_not_within_one(site: LocalServer) -> None:
    """The gap of the settings is kept between visits; a redirect and the page behind robots.txt belong to theirs."""
    loop = asyncio.get_running_loop()
    times: list[float] = []

    async def note(request: Request, writer: asyncio.StreamWriter) -> None:
        times.append(loop.time())
        await (answer(b"x") if request.target == "/b" else redirect("/b"))(request, writer)

    site.routes |= {"/a": note, "/b": note}
    network = RoutedNetwork({(SITE, 80): site.port})
    async with Fetcher(Settings(host_gap=0.25), resolve=names, network=network) as web:
        await asyncio.gather(*(web.fetch("http://one.example/a", robots=True) for _ in range(2)))
    assert sorted(site.targets) == ["/a", "/a", "/b", "/b", "/robots.txt"]
    assert times[-1] - times[0] >= 0.25


async def test_waiting_for_a_turn_has_an_end_and_costs_no_fetching_time(site: LocalServer) -> None:
    """Who waits longer than the patience is told; who waits less has the whole deadline left."""
    asked, release = asyncio.Event(), asyncio.Event()

    async def hold(request: Request, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await release.wait()
        await answer(b"x")(request, writer)

    site.routes |= {"/slow": hold, "/": answer(b"quick")}
    async with Fetcher(Settings(allow_loopback=True, fetch_timeout=60)) as web:
        slow = asyncio.create_task(web.fetch(site.url("/slow")))
        await asked.wait()
        with pytest.raises(HostBusy) as busy:
            await web.fetch(site.url(), patience=0.01)
        waiting = asyncio.create_task(web.fetch(site.url()))
        release.set()
        assert (await slow).body == b"x"
        assert (await waiting).body == b"quick"
    assert busy.value.details["url"] == site.url()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_host_that_asks_for_silence_gets_it(status: str, site: LocalServer, web: Fetcher) -> None:
    """Retry-After of a 429 or 503 is told, and kept: no further request is sent meanwhile."""
    site.routes["/"] = answer(status=status, headers=[("Retry-After", "120")])
    with pytest.raises(HttpStatus) as first:
        await web.fetch(site.url())
    with pytest.raises(HttpStatus) as second:
        await web.fetch(site.url("/other"))
    assert (first.value.status, first.value.details["retry_after"]) == (int(status[:3]), 120)
    assert second.value.status == int(status[:3])
    assert 0 < second.value.details["retry_after"] <= 120
    assert site.targets == ["/"]


@pytest.mark.parametrize(
    ("status", "pause"),
    [("404 Not Found", "120"), ("503 Oh", "0"), ("503 Oh", "soon"), ("429 Oh", "Sun, 06 Nov 1994 08:49:37 GMT")],
)
async def test_other_errors_silence_nothing(status: str, pause: str, site: LocalServer, web: Fetcher) -> None:
    """A 404, or a Retry-After of nothing or nonsense, keeps no one from the host."""
    site.routes["/"] = answer(status=status, headers=[("Retry-After", pause)])
    for _ in range(2):
        with pytest.raises(HttpStatus):
            await web.fetch(site.url())
    assert len(site.requests) == 2


def test_silence_lasts_as_long_as_asked() -> None:
    """The rest of the time is told; other hosts are not concerned."""
    clock = Clock(1_000.0)
    gate = HostGate(clock=clock)
    gate.silence("one.example", 429, 60)
    clock.now += 59
    silence = gate.silence_of("one.example")
    assert silence is not None
    assert (silence.status, silence.seconds) == (429, 1)
    assert gate.silence_of("three.example") is None
    clock.now += 1
    assert gate.silence_of("one.example") is None


async def test_hosts_at_rest_are_forgotten() -> None:
    """A stranger who sends links to ever new hosts does not fill the memory; those under way or silent are kept."""
    clock = Clock(1_000.0)
    gate = HostGate(clock=clock)
    gate.silence("silent.example", 429, 60)
    async with gate.turn("busy.example", gap=0, patience=1):
        for number in range(10_000):
            async with gate.turn(f"{number}.example", gap=1, patience=1):
                clock.now += 0.001
    assert len(gate._hosts) < 5_000
    assert {"silent.example", "busy.example"} <= gate._hosts.keys()


async def test_requests_under_way_have_a_number() -> None:
    """However many hosts are asked, only so many requests run; the others wait and are let in one by one."""
    gate = HostGate(places=3)
    under_way, most = 0, 0

    async def stay(host: str) -> None:
        nonlocal under_way, most
        async with gate.turn(host, gap=0, patience=60):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1

    await asyncio.gather(*(stay(f"{number}.example") for number in range(20)))
    assert most == 3


async def test_people_go_first() -> None:
    """Those for whom a person waits go before the others, each kind in order of arrival."""
    gate = HostGate()
    entered: list[str] = []

    async def visit(name: str, *, urgent: bool) -> None:
        async with gate.turn("one.example", gap=0, patience=60, urgent=urgent):
            entered.append(name)
            await asyncio.sleep(0)

    names_and_ranks = [("poll-1", False), ("poll-2", False), ("person-1", True), ("poll-3", False), ("person-2", True)]
    await asyncio.gather(*(visit(name, urgent=urgent) for name, urgent in names_and_ranks))
    assert entered == ["poll-1", "person-1", "person-2", "poll-2", "poll-3"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=20))
async def test_giving_up_never_blocks_or_doubles_a_turn(visitors: list[tuple[bool, int]]) -> None:
    """Whoever is cancelled, and whenever, one at most is inside, and all who stay get in."""
    turnstile = Turnstile()
    inside, entered = 0, 0

    async def visit(urgent: bool) -> None:
        nonlocal inside, entered
        await turnstile.enter(urgent=urgent)
        inside += 1
        entered += 1
        assert inside == 1
        try:
            await asyncio.sleep(0)
        finally:
            inside -= 1
            turnstile.leave()

    async def visit_or_give_up(urgent: bool, after: int) -> None:
        task = asyncio.create_task(visit(urgent))
        for _ in range(after):
            await asyncio.sleep(0)
        if after:
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled() or task.exception() is None

    await asyncio.gather(*(visit_or_give_up(urgent, after) for urgent, after in visitors))
    assert entered >= sum(after == 0 for _, after in visitors)
    async with asyncio.timeout(60):
        await turnstile.enter()


async def test_a_cancelled_visitor_gives_its_turn_away() -> None:
    """Neither a waiting nor a visiting request that is cancelled blocks the host."""
    gate = HostGate()
    entered = asyncio.Event()

    async def stay() -> None:
        async with gate.turn("one.example", gap=0, patience=60):
            entered.set()
            await asyncio.Event().wait()

    visiting, waiting = asyncio.create_task(stay()), asyncio.create_task(stay())
    await entered.wait()
    for task in (waiting, visiting):
        task.cancel()
    await asyncio.gather(visiting, waiting, return_exceptions=True)
    async with gate.turn("one.example", gap=0, patience=60):
        pass
