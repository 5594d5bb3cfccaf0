"""What one call to the fetcher asks for, over all its redirects, and what an answer is to it."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bot.errors import FetchError, FetchTimeout, UrlInvalid
from bot.urls import HttpUrl, parse_url
from bot.web.answer import Response, Validators
from bot.web.exchange import Answer

NOT_MODIFIED = 304
"""The status of an answer without a document: what is known is still so."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)


@dataclass(slots=True)
class Budget:
    """The seconds that a fetch may still take; waiting for a host's turn costs none of them."""

    left: float

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Count what the block takes, and end it where nothing is left."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left -= time.monotonic() - started


@dataclass(frozen=True, slots=True)
class Order:
    """What one call asks for, over all its redirects; with a form it is a POST."""

    url: str
    first: HttpUrl
    validators: Validators
    accept: str
    limit_bytes: int
    patience: float
    robots: bool
    budget: Budget
    form: bytes | None = None
    urgent: bool = False
    visited: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an answer leads to."""

    target: str
    permanent: bool


@contextmanager
def told_with(url: str, seconds: float) -> Iterator[None]:
    """Let errors out with the URL as the caller knows it."""
    try:
        yield
    except TimeoutError as error:
        raise FetchTimeout(url=url, seconds=seconds) from error
    except FetchError as error:
        error.details.setdefault("url", url)
        raise


def parsed(url: str) -> HttpUrl:
    """Return an address in its parts, or raise UrlInvalid."""
    try:
        return parse_url(url)
    except ValueError as error:
        raise UrlInvalid(why=str(error)) from error


def resolved(base: HttpUrl, location: str) -> str:
    """Return a redirect's target; the header may be raw UTF-8 though it should not."""
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        text = location
    try:
        return urljoin(str(base), text.strip())
    except ValueError as error:
        raise UrlInvalid(why="redirect") from error


def host_key(address: HttpUrl) -> str:
    """Name the host for the one-at-a-time rule: http and https are one server, other ports are others."""
    return address.host if address.port in {80, 443} else f"{address.host}:{address.port}"


def validators_for(address: HttpUrl, order: Order) -> Validators:
    """Return the validators where they may go: to the host that was asked first, its www twin and its https."""
    same = host_key(address).removeprefix("www.") == host_key(order.first).removeprefix("www.")
    return order.validators if same else Validators()


def charset_of(content_type: str) -> str | None:
    """Return the charset that a Content-Type header states, in lower case."""
    charset = _CHARSET.search(content_type)
    return charset[1].lower() if charset else None


def response_of(address: HttpUrl, answer: Answer, body: bytes, order: Order) -> Response:
    """Return what the caller gets for an answer."""
    content_type = answer.headers.get("content-type", "")
    unchanged = answer.status == NOT_MODIFIED
    return Response(
        requested_url=order.url,
        url=str(address),
        status=NOT_MODIFIED if unchanged else 200 if order.form is None else answer.status,
        headers=answer.headers,
        body=body,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=charset_of(content_type),
        moved_to=None,
        validators=_validators(answer.headers, order.validators if unchanged else Validators()),
    )


def _validators(headers: Mapping[str, str], held: Validators) -> Validators:
    return Validators(headers.get("etag", held.etag), headers.get("last-modified", held.last_modified))
