"""WebSub, the subscriber's side: a hub tells us of a feed's news within seconds (W3C Recommendation of 2018).

Pure functions and one request. bot.feeds.hubs keeps the subscriptions, bot.front.hubs is where hubs call.
"""

import hmac
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.web.answer import Response
from bot.web.fetch import Fetcher

# What we ask for: ten days, which hubs may shorten. Renewed when a fifth is left, so that two days of trouble cost
# nothing; never sooner than a minute, whatever a hub says.
LEASE_SECONDS = 864_000
_RENEWED_AT = 0.8
_SHORTEST_RENEWAL_SECONDS = 60.0

# The methods that section 7.1 of the Recommendation names.
_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
# Looser than RFC 8288, and linear: what stands between a target and the next one are its parameters.
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HubSubscription:
    """A subscription that we ask a hub for.

    Attributes:
        hub: the hub's URL.
        topic: the feed's own URL, as it states it (rel="self").
        callback: our URL for this subscription alone, not to be guessed.
        secret: what the hub signs with; 200 bytes at most (section 5.1).
    """

    hub: str
    topic: str
    callback: str
    secret: str


def advertised(headers: Mapping[str, str], url: str) -> tuple[str | None, str | None]:
    """Return the hub and the topic that a document's Link headers advertise (section 4), each None where there is none.

    Args:
        headers: the document's, names in lower case.
        url: the document's, to resolve relative links against.
    """
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(headers.get("link", "")):
        rel = _REL.search(parameters)
        for name in (rel[1] or rel[2] or "").lower().split() if rel else ():
            with suppress(ValueError):  # a link that is no URL is none
                found.setdefault(name, urljoin(url, target))
    return found.get("hub"), found.get("self")


async def subscribe(web: Fetcher, subscription: HubSubscription, *, lease_seconds: int = LEASE_SECONDS) -> Response:
    """Ask a hub for a subscription, or renew one; the hub answers 202 and asks back at the callback (section 5.1).

    Raises:
        FetchError: the hub cannot be reached or refuses.
    """
    form = _form("subscribe", subscription)
    form |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(lease_seconds)}
    return await web.post(subscription.hub, form)


async def unsubscribe(web: Fetcher, subscription: HubSubscription) -> Response:
    """Ask a hub to end a subscription; it asks back at the callback as well.

    Raises:
        FetchError: the hub cannot be reached or refuses.
    """
    return await web.post(subscription.hub, _form("unsubscribe", subscription))


def _form(mode: str, subscription: HubSubscription) -> dict[str, str]:
    return {"hub.mode": mode, "hub.topic": subscription.topic, "hub.callback": subscription.callback}


@dataclass(frozen=True, slots=True)
class Intent:
    """What a hub asks at the callback, once it is found to be what we want.

    Attributes:
        mode: "subscribe", "unsubscribe" or "denied".
        challenge: to be sent back as the body of a 200 answer; "" for "denied".
        lease_seconds: how long the hub keeps the subscription; None where it does not say.
        reason: why it is denied, "" where it is not.
    """

    mode: str
    challenge: str = ""
    lease_seconds: int | None = None
    reason: str = ""


def verify_intent(query: Mapping[str, str], *, topic: str, wanted: str) -> Intent | None:
    """Check a hub's question at the callback (section 5.3).

    Args:
        query: the GET request's parameters.
        topic: that of the subscription whose callback this is.
        wanted: the mode that we asked for last, "subscribe" or "unsubscribe".

    Returns:
        The question, to be answered with 200 and its challenge; None where it is not what we want (another topic,
        another mode, no challenge), to be answered with 404.
    """
    mode, challenge = query.get("hub.mode", ""), query.get("hub.challenge", "")
    if query.get("hub.topic") != topic:
        return None
    if mode == "denied":
        return Intent(mode, reason=query.get("hub.reason", ""))
    if mode != wanted or not challenge:
        return None
    lease = query.get("hub.lease_seconds", "")
    return Intent(mode, challenge, int(lease) if re.fullmatch("[0-9]{1,9}", lease) else None)


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether a delivery was signed with our secret (X-Hub-Signature, section 7.1); in constant time.

    A delivery without a true signature is answered as any other, and ignored: the Recommendation wants it so.
    """
    method, _, given = (signature or "").partition("=")
    if method.lower() not in _METHODS:
        return False
    expected = hmac.new(secret.encode("utf-8"), body, method.lower()).hexdigest()
    return hmac.compare_digest(expected.encode("ascii"), given.strip().lower().encode("utf-8", "replace"))


def renewal_in(lease_seconds: int | None) -> float:
    """Return the seconds until a subscription is to be renewed: when a fifth of its lease is left."""
    return max(_SHORTEST_RENEWAL_SECONDS, (lease_seconds or LEASE_SECONDS) * _RENEWED_AT)
