"""What the web room's tests share."""

from collections.abc import AsyncIterator

import pytest

from bot.web.fetch import Fetcher
from config.settings import Settings
from tests.web.servers import LocalServer


@pytest.fixture
async def site() -> AsyncIterator[LocalServer]:
    """Give a local server without routes."""
    async with LocalServer() as server:
        yield server


@pytest.fixture
async def web() -> AsyncIterator[Fetcher]:
    """Give a fetcher that may reach local servers, with small limits."""
    async with Fetcher(Settings(allow_loopback=True, fetch_limit_bytes=100_000)) as fetcher:
        yield fetcher
