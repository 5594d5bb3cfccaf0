"""WebSub: subscriptions at a real local hub, its questions, and its signatures."""

import asyncio
import hashlib
import hmac
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AddressRefused, HttpStatus
from bot.web.fetch import Fetcher
from bot.web.websub import (
    LEASE_SECONDS,
    HubSubscription,
    Intent,
    advertised,
    is_signed,
    renewal_in,
    subscribe,
    unsubscribe,
    verify_intent,
)
from config.settings import Settings
from tests.web.servers import LocalServer, Request, answer, redirect

TOPIC = "https://news.example/feed?a=1&b=ї"


def subscription(hub: str, callback: str = "https://bot.example/hub/1") -> HubSubscription:
    """Return a subscription at a hub."""
    return HubSubscription(hub, TOPIC, callback, secret="s3cret")


async def test_a_subscription_from_the_question_to_the_first_news(site: LocalServer, web: Fetcher) -> None:
    """A hub takes the form, asks back at the callback with a challenge, and then delivers signed content."""
    delivered: dict[str, bytes] = {}

    async def hub(request: Request, writer: asyncio.StreamWriter) -> None:
        form = dict(parse_qsl(request.body.decode()))
        question = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": "abc"}
        query = urlencode(question | {"hub.lease_seconds": "600"})
        async with Fetcher(Settings(allow_loopback=True)) as asking:
            delivered["answer"] = (await asking.fetch(f"{form['hub.callback']}?{query}")).body
        digest = hmac.new(form["hub.secret"].encode(), b"<rss/>", hashlib.sha256).hexdigest()
        delivered["signature"] = f"sha256={digest}".encode()
        await answer(status="202 Accepted")(request, writer)

    async def callback(request: Request, writer: asyncio.StreamWriter) -> None:
        query = dict(parse_qsl(urlsplit(request.target).query))
        intent = verify_intent(query, topic=TOPIC, wanted="subscribe")
        assert intent is not None
        assert intent.lease_seconds == 600
        await answer(intent.challenge.encode())(request, writer)

    async with LocalServer({"/1": callback}) as ours:
        site.routes["/hub"] = hub
        response = await subscribe(web, subscription(site.url("/hub"), ours.url("/1")))
    assert response.status == 202
    assert delivered["answer"] == b"abc"
    assert is_signed(b"<rss/>", delivered["signature"].decode(), "s3cret")
    assert parse_qs(site.requests[0].body.decode()) == {
        "hub.mode": ["subscribe"],
        "hub.topic": [TOPIC],
        "hub.callback": [ours.url("/1")],
        "hub.secret": ["s3cret"],
        "hub.lease_seconds": [str(LEASE_SECONDS)],
    }


async def test_the_end_of_a_subscription_needs_no_secret(site: LocalServer, web: Fetcher) -> None:
    """Unsubscribing names topic and callback only."""
    site.routes["/hub"] = answer(status="204 No Content")
    await unsubscribe(web, subscription(site.url("/hub")))
    form = parse_qs(site.requests[0].body.decode())
    assert form == {"hub.mode": ["unsubscribe"], "hub.topic": [TOPIC], "hub.callback": ["https://bot.example/hub/1"]}


async def test_hubs_move_and_refuse(site: LocalServer, web: Fetcher) -> None:
    """307 and 308 repeat the form elsewhere; other redirects and errors are told, never turned into a GET."""
    site.routes |= {
        "/old": redirect("/new", "308 Permanent Redirect"),
        "/new": answer(status="202 Accepted"),
        "/found": redirect("/new"),
        "/no": answer(status="400 Bad Request"),
    }
    assert (await subscribe(web, subscription(site.url("/old")))).url == site.url("/new")
    assert site.requests[0].body == site.requests[1].body != b""
    for path, status in (("/found", 302), ("/no", 400)):
        with pytest.raises(HttpStatus) as refused:
            await subscribe(web, subscription(site.url(path)))
        assert refused.value.status == status
    assert [request.method for request in site.requests] == ["POST"] * 4


async def test_a_hub_inside_is_refused() -> None:
    """A feed cannot have us post into the operator's network."""
    async with Fetcher(Settings()) as web:
        with pytest.raises(AddressRefused):
            await subscribe(web, subscription("http://169.254.169.254/"))


QUESTION = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc"}


@pytest.mark.parametrize(
    ("query", "intent"),
    [
        (QUESTION, Intent("subscribe", "abc")),
        (QUESTION | {"hub.lease_seconds": "86400"}, Intent("subscribe", "abc", 86_400)),
        (QUESTION | {"hub.lease_seconds": "soon"}, Intent("subscribe", "abc")),
        (
            {"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "no such feed"},
            Intent("denied", reason="no such feed"),
        ),
    ],
)
def test_a_hubs_question_is_answered_when_we_asked(query: dict[str, str], intent: Intent) -> None:
    """The challenge goes back, the lease is the hub's word, a denial is told."""
    assert verify_intent(query, topic=TOPIC, wanted="subscribe") == intent


@pytest.mark.parametrize(
    "change",
    [
        {"hub.topic": "https://other.example/"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
        {"hub.challenge": ""},
        {"hub.mode": "denied", "hub.topic": "https://other.example/"},
    ],
)
def test_a_question_about_something_else_is_refused(change: dict[str, str]) -> None:
    """Nobody subscribes us to another topic, or unsubscribes us, by asking."""
    assert verify_intent(QUESTION | change, topic=TOPIC, wanted="subscribe") is None


@given(st.binary(), st.sampled_from(["sha1", "sha256", "sha384", "sha512"]))
def test_a_true_signature_is_accepted_and_no_other(body: bytes, method: str) -> None:
    """All four methods of the Recommendation; another body, secret, method or digest fails."""
    digest = hmac.new(b"s3cret", body, method).hexdigest()
    assert is_signed(body, f"{method}={digest}", "s3cret")
    assert is_signed(body, f"{method.upper()}={digest.upper()}", "s3cret")
    assert not is_signed(body + b"x", f"{method}={digest}", "s3cret")
    assert not is_signed(body, f"{method}={digest}", "another")
    assert not is_signed(body, f"md5={digest}", "s3cret")
    assert not is_signed(body, f"{method}={digest[:-1]}", "s3cret")


@given(st.none() | st.text())
def test_no_text_is_a_signature(signature: str | None) -> None:
    """Nothing but the right digest passes, and nothing breaks it."""
    assert not is_signed(b"body", signature, "s3cret")


@pytest.mark.parametrize(
    ("link", "hub", "topic"),
    [
        (
            '<https://hub.example/>; rel="hub", <https://news.example/feed>; rel="self"',
            "https://hub.example/",
            "https://news.example/feed",
        ),
        ("</hub>;rel=hub", "https://news.example/hub", None),
        ('<https://a.example/>; rel="preload hub"; title="x, y"', "https://a.example/", None),
        ('<https://a.example/>; rel="hub", <https://b.example/>; rel="hub"', "https://a.example/", None),
        ('<https://a.example/>; title="rel=hub"', None, None),
        ("nonsense", None, None),
        ("<" * 60_000, None, None),
        ("<x>;a" + " " * 60_000, None, None),
        ("<x>; rel" * 9_000, None, None),
        ("", None, None),
    ],
)
def test_hubs_are_found_in_link_headers(link: str, hub: str | None, topic: str | None) -> None:
    """The first hub and the document's own address, relative ones resolved."""
    assert advertised({"link": link}, "https://news.example/feed.xml") == (hub, topic)


@pytest.mark.parametrize(
    ("lease", "seconds"), [(1_000, 800), (1, 60), (None, LEASE_SECONDS * 0.8), (0, LEASE_SECONDS * 0.8)]
)
def test_leases_are_renewed_in_time(lease: int | None, seconds: float) -> None:
    """When a fifth is left, and not in a flurry."""
    assert renewal_in(lease) == seconds
