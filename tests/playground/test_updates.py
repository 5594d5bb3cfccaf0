"""Fetching updates: order, confirmation, conflicts; queries are answered once and in time."""

import asyncio
import json

import pytest

from bot.playground.bot_api import BotApiServer, User
from tests.playground.conftest import Client

_BUTTON = json.dumps({"inline_keyboard": [[{"text": "go", "callback_data": "g"}, {"text": "w", "url": "https://a.b"}]]})


async def test_updates_wait_until_they_are_confirmed(client: Client, server: BotApiServer, user: User) -> None:
    """Updates come again until a higher offset confirms them."""
    for text in ("one", "two", "three"):
        server.send_text(user, user, text)
    first = await client.result("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert await client.result("getUpdates", limit=2) == first
    rest = await client.result("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    [last] = await client.result("getUpdates", offset=-1)
    assert last["message"]["text"] == "three"


async def test_a_long_poll_ends_with_the_first_update(client: Client, server: BotApiServer, user: User) -> None:
    """A waiting poller gets an update as soon as there is one."""
    poll = asyncio.ensure_future(client.result("getUpdates", timeout=50))
    await server.wait_for(lambda: server.world.updates.polled)
    server.send_text(user, user, "hello")
    [update] = await poll
    assert update["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first(client: Client, server: BotApiServer, user: User) -> None:
    """Two pollers of one token: the earlier gets 409 with Telegram's words."""
    earlier = asyncio.ensure_future(client.call("getUpdates", timeout=50))
    await server.wait_for(lambda: server.world.updates.polled)
    later = asyncio.ensure_future(client.result("getUpdates", timeout=50))
    refusal = await earlier
    assert (refusal["error_code"], refusal["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    server.send_text(user, user, "hello")
    assert len(await later) == 1


async def test_a_webhook_excludes_polling(client: Client) -> None:
    """While a webhook is set, getUpdates is a conflict."""
    await client.result("setWebhook", url="https://example.com/hook")
    assert (await client.result("getWebhookInfo"))["url"] == "https://example.com/hook"
    words = await client.refusal("getUpdates")
    assert words.startswith("Conflict: can't use getUpdates method while webhook is active")
    await client.result("deleteWebhook")
    assert await client.result("getUpdates") == []


async def test_only_the_updates_asked_for_are_kept(client: Client, server: BotApiServer, user: User) -> None:
    """allowed_updates holds for what happens after it."""
    await client.result("getUpdates", allowed_updates=json.dumps(["callback_query"]))
    server.send_text(user, user, "unheard")
    assert await client.result("getUpdates") == []


async def test_a_button_is_answered_once(client: Client, server: BotApiServer, user: User) -> None:
    """The answer reaches the person; a second one is refused."""
    await client.result("sendMessage", chat_id=user.id, text="x", reply_markup=_BUTTON)
    [message] = server.bot_messages(user)
    press = server.press(message, "go")
    [update] = await client.result("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("g", message.id)
    await client.result("answerCallbackQuery", callback_query_id=query["id"], text="done", show_alert=True)
    assert (press.answered, press.text, press.alert) == (True, "done", True)
    words = await client.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_button_is_answered_in_time(client: Client, server: BotApiServer, user: User) -> None:
    """An answer after the response timeout is refused."""
    await client.result("sendMessage", chat_id=user.id, text="x", reply_markup=_BUTTON)
    press = server.press(server.bot_messages(user)[0], "go")
    server.world.clock = lambda: press.at + 16
    words = await client.refusal("answerCallbackQuery", callback_query_id=press.id)
    assert words.startswith("Bad Request: query is too old")


async def test_a_link_button_tells_the_bot_nothing(client: Client, server: BotApiServer, user: User) -> None:
    """Only callback buttons can be pressed towards the bot."""
    await client.result("sendMessage", chat_id=user.id, text="x", reply_markup=_BUTTON)
    with pytest.raises(ValueError, match=r"opens https://a\.b"):
        server.press(server.bot_messages(user)[0], "w")


async def test_a_button_of_a_deleted_message(client: Client, server: BotApiServer, user: User) -> None:
    """A press on what is gone comes with an inaccessible message."""
    sent = await client.result("sendMessage", chat_id=user.id, text="x", reply_markup=_BUTTON)
    [message] = server.bot_messages(user)
    await client.result("deleteMessage", chat_id=user.id, message_id=sent["message_id"])
    server.press(message, "go")
    [update] = await client.result("getUpdates")
    assert update["callback_query"]["message"]["date"] == 0


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 2), (0, 3), (-1, 3), (101, 3)])
async def test_a_limit_that_is_none_is_the_usual_one(
    client: Client, server: BotApiServer, user: User, limit: int, given: int
) -> None:
    """As many updates as asked for; below 1 and above 100 means 100."""
    for text in ("one", "two", "three"):
        server.send_text(user, user, text)
    assert len(await client.result("getUpdates", limit=limit)) == given


async def test_inline_queries(client: Client, server: BotApiServer, user: User) -> None:
    """Results are checked as messages are, and reach the person."""
    query = server.inline_query(user, "korea")
    content = {"message_text": "<b>x", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "T", "input_message_content": content}
    words = await client.refusal("answerInlineQuery", inline_query_id=query.id, results=json.dumps([result]))
    assert words.startswith("Bad Request: can't parse entities: Can't find end tag")
    content["message_text"] = "<b>x</b>"
    asked = {"inline_query_id": query.id, "results": json.dumps([result])}
    assert "NEXT_OFFSET_INVALID" in await client.refusal("answerInlineQuery", **asked, next_offset="я" * 33)
    assert "must be an Object" in await client.refusal("answerInlineQuery", **(asked | {"results": "[1]"}))
    await client.result("answerInlineQuery", inline_query_id=query.id, results=json.dumps([result]))
    assert query.results == [result]
