"""The server of the running bot: opened where the settings ask for it, and where they can have it."""

import logging

import httpx
import pytest
from aiohttp import web
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.front.server import BODY_LIMIT_BYTES, DEFAULT_PORT, Front, front_of
from config.settings import Settings


async def _hello(request: web.Request) -> web.Response:
    return web.Response(text=f"{len(await request.read())} bytes")


def _url(front: Front) -> str:
    host, port = front.address
    return f"http://{host}:{port}"


async def test_serves_the_routes_of_parts_and_nothing_else() -> None:
    """A part's route answers; any other path is 404, and a body beyond the bound 413."""
    async with Front([web.post("/hello", _hello)]) as front, httpx.AsyncClient(base_url=_url(front)) as client:
        assert (await client.post("/hello", content=b"abc")).text == "3 bytes"
        assert (await client.get("/")).status_code == 404
        assert (await client.post("/hello", content=bytes(BODY_LIMIT_BYTES + 1))).status_code == 413


async def test_paths_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Paths hold secrets; no log line has them."""
    caplog.set_level(logging.DEBUG)
    async with Front([web.post("/a-secret", _hello)]) as front, httpx.AsyncClient() as client:
        await client.post(_url(front) + "/a-secret")
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert ours
    assert not any("a-secret" in record.getMessage() for record in ours)


async def test_taken_port_is_a_sentence_to_the_operator() -> None:
    """A port that another program has ends the start with its number, not with a traceback."""
    async with Front([]) as front:
        port = front.address[1]
        with pytest.raises(SettingsError) as caught:
            await Front([], port=port).__aenter__()
    assert str(port) in str(caught.value.details["what"])


def test_settings_decide_whether_there_is_a_server() -> None:
    """Without public_url and listen_port nothing listens; a public URL alone takes the usual port."""
    assert front_of(Settings(_env_file=None), []) is None
    assert _port(listen_port=0) == 0
    assert _port(public_url="https://bot.example") == DEFAULT_PORT
    assert _port(public_url="https://bot.example/news", listen_port=8443) == 8443


@pytest.mark.parametrize("url", ["bot.example", "ftp://bot.example", "https://bot.example/?a=1", "https://a b/"])
def test_public_url_must_be_one(url: str) -> None:
    """What paths can be appended to is a public URL; anything else is refused at the start."""
    with pytest.raises(ValidationError):
        Settings(_env_file=None, public_url=url)


def _port(**settings: object) -> int:
    front = front_of(Settings(_env_file=None, **settings), [])  # type: ignore[arg-type]
    assert front is not None
    return front.port
