"""Failures on order, and python-telegram-bot against this server."""

import asyncio

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.playground.bot_api import BotApiServer, User, wrong_gateway
from bot.playground.news.pictures import picture as drawn
from tests.playground.conftest import Client


async def test_a_connection_that_breaks_before_the_request_took_effect(
    client: Client, server: BotApiServer, user: User
) -> None:
    """Nothing is sent, and the next request goes through."""
    server.fail_next("sendMessage", "drop_before")
    with pytest.raises(aiohttp.ClientError):
        await client.call("sendMessage", chat_id=user.id, text="x")
    assert server.bot_messages(user) == []
    await client.result("sendMessage", chat_id=user.id, text="x")


async def test_a_connection_that_breaks_after_the_request_took_effect(
    client: Client, server: BotApiServer, user: User
) -> None:
    """The message is there although the client heard nothing."""
    server.fail_next("sendMessage", "drop_after")
    with pytest.raises(aiohttp.ClientError):
        await client.call("sendMessage", chat_id=user.id, text="x")
    assert [message.text for message in server.bot_messages(user)] == ["x"]


async def test_an_answer_that_is_held(client: Client, server: BotApiServer, user: User) -> None:
    """The message is there before its answer, which waits until it is let go."""
    fault = server.fail_next("sendMessage", "delay")
    sending = asyncio.ensure_future(client.result("sendMessage", chat_id=user.id, text="x"))
    await server.wait_for_messages(user)
    assert not sending.done()
    fault.release()
    assert (await sending)["text"] == "x"


async def test_an_error_on_order(client: Client, server: BotApiServer, user: User) -> None:
    """Any refusal can be ordered, once."""
    server.fail_next("sendMessage", "error", error=wrong_gateway())
    assert await client.refusal("sendMessage", chat_id=user.id, text="x") == "Bad Gateway"
    assert [request.code for request in server.requests_of("sendMessage")] == [502]
    await client.result("sendMessage", chat_id=user.id, text="x")


async def test_a_stopped_server_is_found_again(client: Client, server: BotApiServer, user: User) -> None:
    """After a restart the address, the chats and the waiting updates are the same."""
    server.send_text(user, user, "hello")
    address = server.url
    await server.stop()
    with pytest.raises(aiohttp.ClientError):
        await client.call("getMe")
    await server.start()
    assert server.url == address
    assert len(await client.result("getUpdates")) == 1


async def test_python_telegram_bot_speaks_to_it(server: BotApiServer, user: User) -> None:
    """PTB's own client sends, edits, and maps the refusals to its errors."""
    bot = Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("go", callback_data="g")]])
    async with bot:
        sent = await bot.send_message(
            user.id, "<b>x</b>", "HTML", reply_markup=markup, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        assert sent.text_html == "<b>x</b>"
        edited = await sent.edit_text("y", reply_markup=markup)
        assert isinstance(edited, Message)
        assert edited.text == "y"
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_text("y", reply_markup=markup)
        picture = await bot.send_photo(user.id, drawn(120), caption="c")
        assert (await (await picture.photo[-1].get_file()).download_as_bytearray()).startswith(b"\x89PNG")
        server.block(user)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(user.id, "x")
        server.fail_next("getMe", "drop_before")
        with pytest.raises(NetworkError):
            await bot.get_me()
