"""Fetching: redirects, limits, validators and errors, against real local servers."""

import asyncio
import contextlib
import gzip
import logging
import random
import ssl
import zlib
from pathlib import Path

import pytest

from bot.errors import (
    BadEncoding,
    BadResponse,
    CertificateInvalid,
    FetchError,
    FetchTimeout,
    HostUnreachable,
    HttpStatus,
    TooLarge,
    TooManyRedirects,
    UrlInvalid,
)
from bot.web.exchange import LARGE_BYTES, MAX_LARGE_BODIES
from bot.web.fetch import MAX_REDIRECTS, Fetcher, Response, Validators
from config.settings import Settings
from tests.web.servers import LocalServer, Request, RoutedNetwork, answer, raw, redirect

CERTIFICATES = Path(__file__).parent / "certificates"
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def test_a_document_comes_with_what_its_headers_say(site: LocalServer, web: Fetcher) -> None:
    """Body, media type, charset and validators are given; repeated headers are joined."""
    headers = [
        ("Content-Type", 'Text/HTML; Charset="Windows-1251"'),
        ("ETag", 'W/"a-1"'),
        ("Last-Modified", "yesterday, more or less"),
        ("Link", "<one>"),
        ("Link", "<two>"),
    ]
    site.routes["/news"] = answer("привіт".encode("cp1251"), headers=headers)
    response = await web.fetch(site.url("/news#part"))
    assert response.body.decode(response.charset or "") == "привіт"
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "windows-1251")
    assert response.headers["link"] == "<one>, <two>"
    assert response.requested_url == site.url("/news#part")
    assert (response.url, response.moved_to) == (site.url("/news"), None)
    assert response.validators == Validators('W/"a-1"', "yesterday, more or less")


async def test_requests_are_honest_and_carry_nothing_else(site: LocalServer, web: Fetcher) -> None:
    """Our name, what we accept, and the host; no cookies even after Set-Cookie, no referrer, no language."""
    site.routes["/"] = answer(headers=[("Set-Cookie", "id=1; Path=/")])
    await web.fetch(site.url())
    await web.fetch(site.url(), accept="text/xml")
    assert site.requests[1].headers == {
        b"Host": f"127.0.0.1:{site.port}".encode(),
        b"User-Agent": b"Quotewire/1 (+https://github.com/quotewire/quotewire)",
        b"Accept": b"text/xml",
        b"Accept-Encoding": b"gzip, deflate",
    }


@pytest.mark.parametrize("etag", ['"x"', 'W/"x"', "unquoted", '"with \\"odd\\" ; bytes \xe9"', '""'])
async def test_validators_go_back_byte_for_byte(etag: str, site: LocalServer, web: Fetcher) -> None:
    """Whatever a server gave comes back unchanged, and its 304 keeps them."""
    site.routes["/"] = answer(b"feed", headers=[("ETag", etag), ("Last-Modified", "Tue, 1 Jan 2030 1:02:03 EET")])
    first = await web.fetch(site.url())
    site.routes["/"] = raw(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 4000\r\n\r\n")
    second = await web.fetch(site.url(), validators=first.validators)
    assert site.requests[1].headers[b"If-None-Match"] == etag.encode("latin-1")
    assert site.requests[1].headers[b"If-Modified-Since"] == b"Tue, 1 Jan 2030 1:02:03 EET"
    assert (second.status, second.body, second.validators) == (304, b"", first.validators)


async def test_a_304_that_nobody_asked_for_is_an_error(site: LocalServer, web: Fetcher) -> None:
    """Without validators there is no copy that could still be good."""
    site.routes["/"] = answer(status="304 Not Modified")
    with pytest.raises(HttpStatus) as refused:
        await web.fetch(site.url())
    assert refused.value.status == 304


async def test_a_document_that_a_proxy_changed_is_a_document(site: LocalServer, web: Fetcher) -> None:
    """203 comes from proxies that shrink pages; the page is there."""
    site.routes["/"] = answer(b"page", status="203 Non-Authoritative Information")
    response = await web.fetch(site.url())
    assert (response.status, response.body) == (200, b"page")


async def test_validators_that_cannot_be_headers_are_left_out(site: LocalServer, web: Fetcher) -> None:
    """Line ends and characters beyond Latin-1 never reach the wire."""
    site.routes["/"] = answer(b"x")
    await web.fetch(site.url(), validators=Validators('"x"\r\nEvil: 1', "завтра"))
    assert not site.requests[0].headers.keys() & {b"If-None-Match", b"If-Modified-Since", b"Evil"}


async def test_redirects_are_followed_to_the_document(site: LocalServer, web: Fetcher) -> None:
    """Relative, absolute and raw UTF-8 targets are resolved against the page that names them."""
    site.routes |= {
        "/a/start": redirect("../b?x=1#part"),
        "/b": redirect(site.url("/c"), "307 Temporary Redirect"),
        "/c": redirect("/новини".encode().decode("latin-1"), "303 See Other"),
        "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8": answer(b"here"),
    }
    response = await web.fetch(site.url("/a/start"))
    assert response.body == b"here"
    assert response.url == site.url("/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8")
    assert site.targets[1] == "/b?x=1"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [(["301"], True), (["308", "301"], True), (["301", "302"], False), (["307", "301"], False), (["303"], False)],
)
async def test_only_permanent_redirects_move_a_document(
    statuses: list[str], moved: bool, site: LocalServer, web: Fetcher
) -> None:
    """moved_to is set when every redirect on the way was permanent."""
    for number, status in enumerate(statuses):
        site.routes[f"/{number}"] = redirect(f"/{number + 1}", f"{status} Moved")
    site.routes[f"/{len(statuses)}"] = answer(b"here")
    response = await web.fetch(site.url("/0"))
    assert response.moved_to == (response.url if moved else None)


async def test_redirects_that_do_not_end_are_given_up(site: LocalServer, web: Fetcher) -> None:
    """A loop ends at its first repetition, a chain at the limit."""
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self")}
    site.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(100)}
    for path, requests in (("/a", 2), ("/self", 1), ("/0", MAX_REDIRECTS + 1)):
        site.requests.clear()
        with pytest.raises(TooManyRedirects) as given_up:
            await web.fetch(site.url(path))
        assert given_up.value.details["url"] == site.url(path)
        assert len(site.requests) == requests


async def test_validators_stay_with_the_host_that_gave_them(site: LocalServer) -> None:
    """A redirect takes them to the same host's www twin or its https, and to no other site."""
    seen: dict[str, bool] = {}

    async def note(request: Request, writer: asyncio.StreamWriter) -> None:
        host = request.headers[b"Host"].decode()
        seen[host] = b"If-None-Match" in request.headers
        following = {"news.example": "http://www.news.example/", "www.news.example": "http://other.example/"}
        await (redirect(following[host]) if host in following else answer(b"end"))(request, writer)

    async def names(*_: object) -> list[str]:
        return ["93.184.216.34"]

    site.routes["/"] = note
    network = RoutedNetwork({("93.184.216.34", 80): site.port})
    async with Fetcher(Settings(host_gap=0), resolve=names, network=network) as web:
        await web.fetch("http://news.example/", validators=Validators('"x"'))
    assert seen == {"news.example": True, "www.news.example": True, "other.example": False}


@pytest.mark.parametrize(
    "url", ["", "news", "mailto:a@b.example", "http://user:pass@example.com/", "http://", "\ud800"]
)
async def test_what_is_no_http_url_is_refused(url: str, web: Fetcher) -> None:
    """Anything else than http and https, and credentials in a URL, end in one clear error with the text."""
    with pytest.raises(UrlInvalid) as refused:
        await web.fetch(url)
    assert refused.value.details["url"] == url


@pytest.mark.parametrize(
    "status",
    ["201 Created", "204 No Content", "206 Partial Content", "404 Not Found", "410 Gone", "500 Oh", "302 Found"],
)
async def test_other_statuses_are_errors(status: str, site: LocalServer, web: Fetcher) -> None:
    """The status is given; a redirect without a target is one of them."""
    site.routes["/"] = answer(b"" if status.startswith("204") else b"sorry", status=status)
    with pytest.raises(HttpStatus) as refused:
        await web.fetch(site.url())
    assert refused.value.status == int(status[:3])
    assert refused.value.details == {"status": int(status[:3]), "retry_after": None, "url": site.url()}


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
async def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(
    compress: type[bytes], site: LocalServer, web: Fetcher
) -> None:
    """The limit counts the document as read, however it travels."""
    encoding = [("Content-Encoding", "gzip")] if compress is not bytes else []
    site.routes["/fits"] = answer(compress(b"x" * 100_000), headers=encoding)
    site.routes["/over"] = answer(compress(b"x" * 100_001), headers=encoding)
    assert len((await web.fetch(site.url("/fits"))).body) == 100_000
    with pytest.raises(TooLarge) as refused:
        await web.fetch(site.url("/over"))
    assert refused.value.details["limit_bytes"] == 100_000


def endless(head: bytes, part: bytes) -> object:
    """Return a handler that sends until the client hangs up."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()

    return handle


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1_000),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", b"x" * 1_000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b"x" * 1_000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"end", mtime=0), b"\0" * 1_000),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(b"end"), b"\0" * 1_000),
    ],
    ids=["no length", "false length", "chunked", "padding", "more than deflate"],
)
async def test_endless_bodies_end_at_the_limit(head: bytes, part: bytes, site: LocalServer, web: Fetcher) -> None:
    """Without a length, with a false one, in chunks, behind the end: all bytes count."""
    site.routes["/"] = endless(head, part)
    with pytest.raises(TooLarge):
        await web.fetch(site.url())


async def test_large_bodies_wait_for_each_other(site: LocalServer) -> None:
    """More large bodies than may be held at once are all read, one after another where need be."""
    site.routes["/"] = answer(b"x" * (LARGE_BYTES + 1))

    async def names(*_: object) -> list[str]:
        return ["93.184.216.34"]

    network = RoutedNetwork({("93.184.216.34", 80): site.port})
    async with Fetcher(Settings(), resolve=names, network=network) as web:
        visits = [web.fetch(f"http://{number}.example/") for number in range(MAX_LARGE_BODIES * 2)]
        sizes = [len(response.body) for response in await asyncio.gather(*visits)]
    assert sizes == [LARGE_BYTES + 1] * MAX_LARGE_BODIES * 2


MUTATIONS = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(b"<p>hello</p>" * 9, mtime=0),
    b"HTTP/1.1 301 Moved\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nX-A: \xff\r\n\r\n",
]


async def test_damaged_answers_end_in_a_document_or_an_error_of_ours(site: LocalServer) -> None:
    """Answers with bytes changed, cut, doubled or swapped never end in anything else than the tree of errors."""
    chance = random.Random(2)  # noqa: S311 - repeatable damage, no secret
    outcomes = set()
    for _ in range(400):
        data = bytearray(chance.choice(MUTATIONS))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice([0, 1, 1, 9])] = chance.randbytes(chance.choice([0, 1, 1, 3]))
        site.routes["/"] = raw(bytes(data))
        async with Fetcher(Settings(allow_loopback=True), ssl_context=NO_AUTHORITIES) as web:
            try:
                outcomes.add(type(await web.fetch(site.url())))
            except FetchError as error:
                outcomes.add(type(error))
    assert {Response, BadResponse, HttpStatus, BadEncoding} <= outcomes


async def test_a_declared_length_past_the_limit_is_refused_unread(site: LocalServer, web: Fetcher) -> None:
    """An honest Content-Length saves both sides the transfer."""
    site.routes["/"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n")
    with pytest.raises(TooLarge):
        await web.fetch(site.url())
    with pytest.raises(TooLarge):
        await web.fetch(site.url(), limit_bytes=50)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"hello" * 99, mtime=0)[:-9]),
        ("gzip", b"not compressed"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0)),
        ("br", b"\x0b\x02\x80hello\x03"),
    ],
)
async def test_bad_compression_is_one_error(encoding: str, body: bytes, site: LocalServer, web: Fetcher) -> None:
    """Truncated, missing, doubled and unknown compression end alike."""
    site.routes["/"] = answer(body, headers=[("Content-Encoding", encoding)])
    with pytest.raises(BadEncoding) as refused:
        await web.fetch(site.url())
    assert refused.value.details == {"url": site.url()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff" * 100,
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(129)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 65_536 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
)
async def test_answers_that_are_no_http_are_told_as_such(data: bytes, site: LocalServer, web: Fetcher) -> None:
    """Silence, other protocols, contradictions, cut bodies and too many or too large headers."""
    site.routes["/"] = raw(data)
    with pytest.raises((BadResponse, HttpStatus)):
        await web.fetch(site.url())


async def test_endless_headers_and_endless_promises_end(site: LocalServer, web: Fetcher) -> None:
    """A head that never ends, and a server that only promises (100 Continue), pass the limit of a head."""
    site.routes["/head"] = endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: yes\r\n" * 1_000)
    site.routes["/promise"] = endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    for path in ("/head", "/promise"):
        with pytest.raises(BadResponse):
            await web.fetch(site.url(path))


async def test_a_body_in_crumbs_is_given_up(site: LocalServer) -> None:
    """A body of one-byte chunks costs far more to parse than to send; their number is limited."""
    site.routes["/"] = endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1_000)
    async with Fetcher(Settings(allow_loopback=True, fetch_timeout=60)) as web:
        with pytest.raises(BadResponse):
            await web.fetch(site.url())


async def wait_for_ever(*_: object) -> None:
    """Never answer."""
    await asyncio.Event().wait()


async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then, often enough for any timeout between two reads."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("handler", [wait_for_ever, drip])
async def test_the_deadline_counts_everything(handler: object, site: LocalServer) -> None:
    """A server that says nothing and one that drips end at the total deadline."""
    site.routes["/"] = handler
    async with Fetcher(Settings(allow_loopback=True, fetch_timeout=0.2)) as web:
        with pytest.raises(FetchTimeout) as late:
            await web.fetch(site.url())
    assert late.value.details == {"url": site.url(), "seconds": 0.2}


async def test_the_deadline_covers_the_look_up_and_every_redirect(site: LocalServer) -> None:
    """A name server that does not answer, and redirects that each take their time, share one deadline."""

    async def linger(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.08)
        await redirect(f"/{len(site.requests)}")(request, writer)

    site.routes = {f"/{number}": linger for number in range(20)}
    async with Fetcher(Settings(allow_loopback=True, fetch_timeout=0.2)) as web:
        with pytest.raises(FetchTimeout):
            await web.fetch(site.url("/0"))
    async with Fetcher(Settings(fetch_timeout=0.2), resolve=wait_for_ever) as web:
        with pytest.raises(FetchTimeout):
            await web.fetch("http://slow-name.example/")


async def test_a_dead_port_is_unreachable(web: Fetcher) -> None:
    """Nothing listens there."""
    async with LocalServer() as gone:
        url = gone.url()
    with pytest.raises(HostUnreachable):
        await web.fetch(url)


async def test_an_idle_connection_that_the_server_closed_is_replaced() -> None:
    """A kept connection may die between two requests; the second is sent again on a new one."""
    ended: asyncio.Queue[None] = asyncio.Queue()

    async def answer_one_of_two(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        with contextlib.suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        ended.put_nowait(None)

    server = await asyncio.start_server(answer_one_of_two, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with Fetcher(Settings(allow_loopback=True)) as web:
        assert [(await web.fetch(url)).body for _ in range(3)] == [b"ok"] * 3
    for _ in range(3):
        await ended.get()
    assert ended.empty()
    server.close()


async def test_certificates_are_checked_against_the_name(caplog: pytest.LogCaptureFixture) -> None:
    """https works for the certificate's name though an address is connected to, and for no other name or issuer."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "site.example.pem")
    caplog.set_level(logging.CRITICAL, "asyncio")

    async def names(*_: object) -> list[str]:
        return ["93.184.216.34"]

    async with LocalServer({"/": answer(b"secret")}, tls=context) as site:
        network = RoutedNetwork({("93.184.216.34", 443): site.port})
        trusting = ssl.create_default_context(cafile=CERTIFICATES / "authority.pem")
        async with Fetcher(Settings(host_gap=0), resolve=names, network=network) as web:
            with pytest.raises(CertificateInvalid):
                await web.fetch("https://site.example/")
        async with Fetcher(Settings(host_gap=0), resolve=names, network=network, ssl_context=trusting) as web:
            with pytest.raises(CertificateInvalid):
                await web.fetch("https://other.example/")
            assert (await web.fetch("https://site.example/")).body == b"secret"


async def test_slow_hosts_do_not_delay_another(site: LocalServer) -> None:
    """While ten hosts hang, an eleventh is read."""
    site.routes |= {"/hang": wait_for_ever, "/": answer(b"quick")}

    async def names(*_: object) -> list[str]:
        return ["93.184.216.34"]

    network = RoutedNetwork({("93.184.216.34", 80): site.port})
    async with Fetcher(Settings(), resolve=names, network=network) as web:
        hanging = [asyncio.create_task(web.fetch(f"http://slow-{number}.example/hang")) for number in range(10)]
        assert (await web.fetch("http://quick.example/")).body == b"quick"
        assert not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
