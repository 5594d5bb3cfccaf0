"""What Telegram's errors mean; its words are those that the Bot API server or a library's tracker reports."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery.client import TelegramClient
from bot.delivery.failures import NotAccepted, Verdict, failure_of_answer
from bot.store import ChatState
from tests.ports import free_port


@pytest.mark.parametrize(
    ("words", "state", "whole_chat"),
    [
        ("not enough rights to send text messages to the chat", ChatState.MUTED, True),
        ("have no rights to send a message", ChatState.MUTED, True),
        ("need administrator rights in the channel chat", ChatState.MUTED, True),
        ("CHAT_WRITE_FORBIDDEN", ChatState.MUTED, True),
        ("chat not found", ChatState.KICKED, True),
        ("TOPIC_CLOSED", ChatState.CLOSED, False),
        ("TOPIC_DELETED", ChatState.CLOSED, False),
        ("message thread not found", ChatState.CLOSED, False),
    ],
)
def test_a_400_that_is_about_the_chat_ends_it(words: str, state: ChatState, whole_chat: bool) -> None:
    """A forum topic's end leaves the rest of the chat alone."""
    failure = failure_of_answer(400, {"description": f"Bad Request: {words}"})
    assert (failure.verdict, failure.state, failure.whole_chat) == (Verdict.GONE, state, whole_chat)


@pytest.mark.parametrize("words", ["can't parse entities: unexpected end tag", "message is too long", "text is empty"])
def test_a_400_that_is_about_the_message_refuses_only_that(words: str) -> None:
    """Another message may go to the same chat."""
    assert failure_of_answer(400, {"description": f"Bad Request: {words}"}).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("bot was blocked by the user", ChatState.BLOCKED),
        ("user is deactivated", ChatState.DEACTIVATED),
        ("bot was kicked from the group chat", ChatState.KICKED),
        ("bot is not a member of the channel chat", ChatState.KICKED),
        ("the group chat was deleted", ChatState.KICKED),
    ],
)
def test_a_403_says_who_has_left(words: str, state: ChatState) -> None:
    """Each ends the pushes to the chat."""
    failure = failure_of_answer(403, {"description": f"Forbidden: {words}"})
    assert (failure.verdict, failure.state) == (Verdict.GONE, state)


@pytest.mark.parametrize("seconds", [3, 43_838])
def test_a_flood_wait_is_as_long_as_telegram_says(seconds: int) -> None:
    """However long."""
    answer = {"description": "Too Many Requests: retry after", "parameters": {"retry_after": seconds}}
    failure = failure_of_answer(429, answer)
    assert (failure.verdict, failure.retry_after) == (Verdict.WAIT, seconds)


def test_a_migrated_group_has_its_new_number() -> None:
    """It is the one that Telegram gives."""
    failure = failure_of_answer(400, {"description": "", "parameters": {"migrate_to_chat_id": -1001}})
    assert (failure.verdict, failure.new_id) == (Verdict.MOVED, -1001)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (401, Verdict.NOT_SENT),
        (404, Verdict.NOT_SENT),
        (409, Verdict.FAILED),
        (500, Verdict.NOT_SENT),
        (502, Verdict.NOT_SENT),
        (504, Verdict.UNKNOWN),
    ],
)
def test_what_telegram_refuses_it_has_not_done(status: int, verdict: Verdict) -> None:
    """A gateway that got no answer in time does not know either."""
    assert failure_of_answer(status, {}).verdict is verdict


@asynccontextmanager
async def _server(answer: bytes | None, requests: list[bytes] | None = None) -> AsyncIterator[str]:
    """Serve an answer to each request, or with None close the connection once the request is there."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"}")
        if requests is not None:
            requests.append(request)
        if answer is not None:
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def _http(status: str, body: bytes, length: int | None = None) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {length or len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (None, Verdict.UNKNOWN),
        (_http("200 OK", b"<html>"), Verdict.UNKNOWN),
        (_http("200 OK", b'{"ok": true', 500), Verdict.UNKNOWN),
        (_http("502 Bad Gateway", b"<html>"), Verdict.NOT_SENT),
        (_http("403 Forbidden", b'{"ok":false,"description":"Forbidden: bot was blocked by the user"}'), Verdict.GONE),
    ],
)
async def test_what_may_have_been_sent_is_told_from_what_was_not(answer: bytes | None, verdict: Verdict) -> None:
    """A request that went out without a whole answer may have been carried out."""
    async with _server(answer) as url, TelegramClient("1:secret", url) as client:
        with pytest.raises(NotAccepted) as caught:
            await client.call("sendMessage", {"chat_id": 1})
    assert caught.value.failure.verdict is verdict


async def test_where_nobody_listens_nothing_was_sent() -> None:
    """No connection, no message; and the token is not among the words about it."""
    async with TelegramClient("1:secret", f"http://127.0.0.1:{free_port()}") as client:
        with pytest.raises(NotAccepted) as caught:
            await client.call("sendMessage", {"chat_id": 1})
    assert caught.value.failure.verdict is Verdict.NOT_SENT
    assert "secret" not in caught.value.failure.reason


async def test_the_environments_proxy_is_used_and_its_netrc_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where Telegram is reached through a proxy only; and no file is asked for a password with each message."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine telegram.invalid login somebody password something", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    requests: list[bytes] = []
    async with _server(_http("200 OK", b'{"ok":true,"result":7}'), requests) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        async with TelegramClient("1:secret", "http://telegram.invalid") as client:
            assert await client.call("sendMessage", {"chat_id": 1}) == 7
    (request,) = requests
    assert request.startswith(b"POST http://telegram.invalid/bot1:secret/sendMessage ")
    assert b"authorization" not in request.lower()


async def test_what_needs_no_proxy_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Bot API server of one's own stands beside the bot, whatever the environment says of the world outside."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with (
        _server(_http("200 OK", b'{"ok":true,"result":7}')) as url,
        TelegramClient("1:secret", url) as client,
    ):
        assert await client.call("sendMessage", {"chat_id": 1}) == 7
