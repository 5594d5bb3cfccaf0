"""A server without limits, a person, and a plain client that is as strict as the tests need."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground.bot_api import NO_LIMITS, BotApiServer, User


class Client:
    """Calls Bot API methods with form bodies, as python-telegram-bot does, and returns the whole answer."""

    def __init__(self, server: BotApiServer, session: aiohttp.ClientSession) -> None:
        self._server = server
        self.session = session

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Return the answer's body; a broken connection raises aiohttp.ClientError."""
        url = f"{self._server.url}/bot{self._server.token}/{method}"
        async with self.session.post(url, data={name: str(value) for name, value in arguments.items()}) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"] is (answer.status == 200)
            return body

    async def result(self, method: str, **arguments: Any) -> Any:
        """Return the result of a request that must succeed."""
        body = await self.call(method, **arguments)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **arguments: Any) -> str:
        """Return the description of a request that must fail."""
        body = await self.call(method, **arguments)
        assert not body["ok"], body
        return str(body["description"])


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """Return a running server without limits."""
    async with BotApiServer(limits=NO_LIMITS) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Return an HTTP client."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def client(server: BotApiServer, session: aiohttp.ClientSession) -> Client:
    """Return a Bot API client of the server."""
    return Client(server, session)


@pytest.fixture
def user(server: BotApiServer) -> User:
    """Return a person who has started the bot."""
    return server.add_user("Olena", username="olena")
