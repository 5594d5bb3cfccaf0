"""Sending: what arrives, what is refused, in Telegram's words."""

import json
from typing import Any

import aiohttp
import pytest

from bot.playground.bot_api import BotApiServer, User
from tests.playground.conftest import Client
from tests.site import Answer, LocalSite


def keyboard(*buttons: dict[str, Any]) -> str:
    """Return an inline keyboard of one row as a form value."""
    return json.dumps({"inline_keyboard": [list(buttons)]})


async def test_a_message_comes_back_with_its_entities(client: Client, user: User) -> None:
    """sendMessage answers with text and entities instead of HTML."""
    sent = await client.result("sendMessage", chat_id=user.id, text="<b>Hi</b> /start", parse_mode="HTML")
    assert sent["text"] == "Hi /start"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "bot_command", "offset": 3, "length": 6},
    ]
    assert sent["chat"]["type"] == "private"


async def test_limits_count_utf16_units_after_entities(client: Client, user: User) -> None:
    """4,096 units pass however long the markup; one emoji is two units."""
    await client.result("sendMessage", chat_id=user.id, text="<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    await client.result("sendMessage", chat_id=user.id, text="😀" * 2048)
    too_long = await client.refusal("sendMessage", chat_id=user.id, text="😀" * 2048 + "a")
    assert too_long == "Bad Request: message is too long"


@pytest.mark.parametrize("text", ["", "   ", "<b></b>", "<b> </b>"])
async def test_an_empty_text_is_refused(client: Client, user: User, text: str) -> None:
    """A message needs a text when its markup is gone."""
    words = await client.refusal("sendMessage", chat_id=user.id, text=text, parse_mode="HTML")
    assert words == "Bad Request: message text is empty"


async def test_broken_markup_is_refused(client: Client, user: User) -> None:
    """An unescaped title fails as it does at Telegram."""
    words = await client.refusal("sendMessage", chat_id=user.id, text="Oil < $50", parse_mode="HTML")
    assert words == 'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 4'


async def test_a_caption_has_1024_units(client: Client, user: User) -> None:
    """A picture's caption is a quarter of a message."""
    url = "https://example.com/a.png"
    await client.result("sendPhoto", chat_id=user.id, photo=url, caption="x" * 1024)
    words = await client.refusal("sendPhoto", chat_id=user.id, photo=url, caption="x" * 1025)
    assert words == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": ""}, "BUTTON_URL_INVALID"),
        (
            {"text": "a", "url": "http://localhost/x"},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "a", "url": "happ://x.y"},
            "inline keyboard button URL 'happ://x.y' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_buttons_are_checked(client: Client, user: User, button: dict[str, Any], words: str) -> None:
    """Callback data has 1 to 64 bytes, a link a host, a button something to do."""
    refusal = await client.refusal("sendMessage", chat_id=user.id, text="x", reply_markup=keyboard(button))
    assert refusal == f"Bad Request: {words}"


async def test_a_keyboard_has_at_most_100_buttons(client: Client, user: User) -> None:
    """100 buttons pass and 101 do not; 64 bytes of data pass."""
    row = [{"text": str(number), "callback_data": "я" * 32} for number in range(101)]
    await client.result("sendMessage", chat_id=user.id, text="x", reply_markup=keyboard(*row[:100]))
    words = await client.refusal("sendMessage", chat_id=user.id, text="x", reply_markup=keyboard(*row))
    assert words == "Bad Request: reply markup is too long"


async def test_unknown_and_missing_parameters_are_refused(client: Client, user: User) -> None:
    """A misspelt parameter is found here; a missing one is told as Telegram tells it."""
    unknown = await client.refusal("sendMessage", chat_id=user.id, text="x", parsemode="HTML")
    assert unknown == 'Bad Request: unknown parameter "parsemode" of sendMessage'
    assert await client.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await client.refusal("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"
    assert await client.refusal("sendMessage", chat_id="--5", text="x") == "Bad Request: chat not found"


async def test_uploads_can_be_fetched_again(client: Client, server: BotApiServer, user: User) -> None:
    """A file sent as multipart is stored, and getFile says where."""
    form = aiohttp.FormData({"chat_id": str(user.id), "document": "attach://part"})
    form.add_field("part", b"<opml/>", filename="feeds.opml", content_type="text/xml")
    async with client.session.post(f"{server.url}/bot{server.token}/sendDocument", data=form) as answer:
        document = (await answer.json())["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("feeds.opml", 7)
    path = (await client.result("getFile", file_id=document["file_id"]))["file_path"]
    async with client.session.get(f"{server.url}/file/bot{server.token}/{path}") as answer:
        assert await answer.read() == b"<opml/>"


async def test_replies_name_their_message(client: Client, server: BotApiServer, user: User) -> None:
    """A reply carries the message answered; a vanished one is refused unless the bot does without."""
    asked = server.send_text(user, user, "question")
    reply = json.dumps({"message_id": asked.id})
    sent = await client.result("sendMessage", chat_id=user.id, text="answer", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "question"
    gone = {"message_id": 999}
    words = await client.refusal("sendMessage", chat_id=user.id, text="x", reply_parameters=json.dumps(gone))
    assert words == "Bad Request: message to be replied not found"
    patient = json.dumps(gone | {"allow_sending_without_reply": True})
    assert "reply_to_message" not in await client.result(
        "sendMessage", chat_id=user.id, text="x", reply_parameters=patient
    )


async def test_wrong_tokens_and_methods(client: Client, server: BotApiServer) -> None:
    """A wrong secret is 401, no token at all 404, an unknown method 404."""
    for address, status in ((f"bot{server.token}x", 401), ("botnonsense", 404), ("elsewhere", 404)):
        async with client.session.post(f"{server.url}/{address}/getMe") as answer:
            assert answer.status == status
    assert await client.refusal("sendNothing") == "Not Found: method not found"


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(8) + width.to_bytes(4) + height.to_bytes(4) + bytes(8)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(_png(640, 480), content_type="image/png"), ""),
        (Answer("gone", 404), "failed to get HTTP URL content"),
        (Answer("<p>a page</p>"), "wrong type of the web page content"),
        (Answer(b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024), content_type="image/png"), "failed to get HTTP URL"),
        (Answer(b"no picture at all", content_type="image/png"), "IMAGE_PROCESS_FAILED"),
        (Answer(_png(6000, 5000), content_type="image/png"), "PHOTO_INVALID_DIMENSIONS"),
        (Answer(_png(2100, 100), content_type="image/png"), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_picture_by_url_is_fetched(client: Client, user: User, answer: Answer, words: str) -> None:
    """From this machine: what is no picture, too big or too long is refused as at Telegram."""
    async with LocalSite() as site:
        url = site.put("/a.png", answer)
        if not words:
            assert (await client.result("sendPhoto", chat_id=user.id, photo=url))["photo"][0]["width"] == 640
            return
        assert words in await client.refusal("sendPhoto", chat_id=user.id, photo=url)
