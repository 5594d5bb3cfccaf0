"""Edits and deletions."""

import json

from bot.playground.bot_api import BotApiServer, User
from tests.playground.conftest import Client

_BUTTON = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]})


async def test_an_edit_replaces_text_and_keyboard(client: Client, server: BotApiServer, user: User) -> None:
    """The message keeps its id and its history; an edit without a keyboard takes the keyboard away."""
    sent = await client.result("sendMessage", chat_id=user.id, text="one", reply_markup=_BUTTON)
    where = {"chat_id": user.id, "message_id": sent["message_id"]}
    edited = await client.result("editMessageText", **where, text="two")
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    [message] = server.bot_messages(user)
    assert ([each.body.text for each in message.history], message.text) == (["one"], "two")


async def test_an_edit_must_change_something(client: Client, user: User) -> None:
    """The same content and keyboard are refused; another keyboard alone passes."""
    sent = await client.result("sendMessage", chat_id=user.id, text="<b>x</b>", parse_mode="HTML")
    where = {"chat_id": user.id, "message_id": sent["message_id"]}
    words = await client.refusal("editMessageText", **where, text=" <strong>x</strong>", parse_mode="HTML")
    assert words == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    )
    await client.result("editMessageReplyMarkup", **where, reply_markup=_BUTTON)
    await client.result("editMessageText", **where, text="<i>x</i>", parse_mode="HTML", reply_markup=_BUTTON)


async def test_edits_that_cannot_be(client: Client, server: BotApiServer, user: User) -> None:
    """What is not there, not the bot's, or of another kind is told apart."""
    theirs = server.send_text(user, user, "mine")
    photo = await client.result("sendPhoto", chat_id=user.id, photo="https://example.com/a.png", caption="c")
    text = await client.result("sendMessage", chat_id=user.id, text="t")
    refusals = [
        await client.refusal("editMessageText", chat_id=user.id, message_id=999, text="x"),
        await client.refusal("editMessageText", chat_id=user.id, message_id=theirs.id, text="x"),
        await client.refusal("editMessageText", chat_id=user.id, message_id=photo["message_id"], text="x"),
        await client.refusal("editMessageCaption", chat_id=user.id, message_id=text["message_id"], caption="x"),
    ]
    assert refusals == [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: there is no caption in the message to edit",
    ]


async def test_deletions(client: Client, server: BotApiServer, user: User) -> None:
    """The bot deletes its own messages once; in a group it cannot delete others' without the right."""
    sent = await client.result("sendMessage", chat_id=user.id, text="x")
    where = {"chat_id": user.id, "message_id": sent["message_id"]}
    await client.result("deleteMessage", **where)
    assert await client.refusal("deleteMessage", **where) == "Bad Request: message to delete not found"
    assert server.bot_messages(user) == []
    group = server.add_group("Newsroom", user)
    theirs = server.send_text(user, group, "mine")
    words = await client.refusal("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert words == "Bad Request: message can't be deleted"


async def test_a_persons_edit_reaches_the_bot(client: Client, server: BotApiServer, user: User) -> None:
    """A changed message is an edited_message update."""
    message = server.send_text(user, user, "one")
    server.edit_text(message, "two")
    updates = await client.result("getUpdates")
    assert [update.get("edited_message", {}).get("text") for update in updates] == [None, "two"]


async def test_a_text_becomes_a_photo_and_never_the_other_way(client: Client, user: User) -> None:
    """editMessageMedia adds a picture to a text and replaces one; a photo's text is its caption alone."""
    sent = await client.result("sendMessage", chat_id=user.id, text="one")
    where = {"chat_id": user.id, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": "https://example.com/a.png", "caption": "<b>two</b>", "parse_mode": "HTML"}
    edited = await client.result("editMessageMedia", **where, media=json.dumps(media))
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("two", "bold")
    assert "photo" in edited
    words = await client.refusal("editMessageText", **where, text="three")
    assert words == "Bad Request: there is no text in the message to edit"
    long = json.dumps(media | {"caption": "x" * 1025})
    assert "caption is too long" in await client.refusal("editMessageMedia", **where, media=long)


async def test_a_live_location_is_nowhere(client: Client, server: BotApiServer, user: User) -> None:
    """Its refusal tells a message of the bot from one that is not there, and changes nothing."""
    sent = await client.result("sendMessage", chat_id=user.id, text="t")
    refused = [
        await client.refusal("stopMessageLiveLocation", chat_id=user.id, message_id=number)
        for number in (sent["message_id"], 999)
    ]
    assert refused == [
        "Bad Request: there is no live location in the message to edit",
        "Bad Request: message to edit not found",
    ]
    assert not server.bot_messages(user)[0].edited
