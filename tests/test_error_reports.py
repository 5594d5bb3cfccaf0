"""Errors go to a Sentry-compatible server where there is one, without tokens."""

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator

import pytest
import sentry_sdk
from aiohttp import web

from bot.error_reports import report_errors_to
from bot.errors import SettingsError
from bot.front.server import Front

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"


@pytest.fixture
async def reports() -> AsyncIterator[tuple[str, asyncio.Queue[str]]]:
    """Yield a server's DSN and what it receives."""
    received: asyncio.Queue[str] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        received.put_nowait(gzip.decompress(body).decode())
        return web.json_response({})

    async with Front([web.post("/api/7/envelope/", take)]) as front:
        host, port = front.address
        yield f"http://key@{host}:{port}/7", received
    sentry_sdk.get_client().close()
    sentry_sdk.init()


async def test_an_error_is_reported_without_tokens(reports: tuple[str, asyncio.Queue[str]]) -> None:
    """A logged exception arrives with its traceback and our version; a token in its words does not."""
    dsn, received = reports
    report_errors_to(dsn, release="1.2.3")
    sentry_sdk.get_client().transport._compression_algo = "gzip"  # brotli, where it happens to be installed
    try:
        raise ValueError(f"no answer from /bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("bot.x").exception("failed for %s", TOKEN)
    report = await asyncio.wait_for(received.get(), 60)
    assert "ValueError" in report
    assert "1.2.3" in report
    assert "AAE-" not in report


def test_an_address_that_is_none_is_a_sentence() -> None:
    """What is no DSN ends the start in a sentence without the value."""
    with pytest.raises(SettingsError) as caught:
        report_errors_to("nonsense", release="")
    assert "nonsense" not in str(caught.value)
