"""Photos sent and changed through the real client: what Telegram takes, refuses, and has already."""

from dataclasses import replace

import pytest

from bot.delivery.client import TelegramClient
from bot.delivery.failures import NotAccepted, Verdict
from bot.delivery.pictures import MOST_KNOWN, Pictures
from bot.delivery.sender import Sender
from bot.delivery.settling import Settler
from bot.models import Message
from bot.playground.bot_api import BotApiServer, StoredMessage, bad_request
from bot.store import Chat
from tests.delivery.conftest import Outbox
from tests.store.news import article, follower, publish, tag

URL = "https://wire.example/picture.jpg"
PHOTO = Message("<b>The whole text</b>", photo=URL, caption="<b>The short text</b>")
TEXT = Message("<b>The whole text, corrected</b>", caption="<b>The short text, corrected</b>")


def _chat(telegram: BotApiServer) -> Chat:
    return Chat(1, telegram.add_user().id)


def _only(telegram: BotApiServer, chat: Chat) -> StoredMessage:
    (message,) = telegram.bot_messages(chat.telegram_id)
    return message


def _methods(telegram: BotApiServer) -> list[str]:
    return [request.method for request in telegram.requests]


async def test_a_picture_is_fetched_by_telegram_once(telegram: BotApiServer, client: TelegramClient) -> None:
    """Later chats get it by the name that Telegram gave it."""
    sender = Sender(client)
    for _ in range(3):
        await sender.send(_chat(telegram), PHOTO)
    names = [request.arguments["photo"] for request in telegram.requests_of("sendPhoto")]
    assert names[0] == URL
    assert names[1] == names[2] != URL


async def test_a_refused_picture_is_not_tried_again(telegram: BotApiServer, client: TelegramClient) -> None:
    """The refusal is told once; from then on the story goes as text to everybody."""
    sender, chat = Sender(client), _chat(telegram)
    telegram.fail_next("sendPhoto", "error", error=bad_request("failed to get HTTP URL content"))
    with pytest.raises(NotAccepted) as refused:
        await sender.send(chat, PHOTO)
    assert refused.value.failure.verdict is Verdict.REFUSED
    await sender.send(chat, PHOTO)
    assert _methods(telegram) == ["sendPhoto", "sendMessage"]
    assert _only(telegram, chat).text == "The whole text"


async def test_a_refusal_that_is_not_the_picture_s_says_nothing_of_it(
    telegram: BotApiServer, client: TelegramClient
) -> None:
    """A group without photos does not take the picture from others."""
    sender = Sender(client)
    telegram.fail_next("sendPhoto", "error", error=bad_request("not enough rights to send photos to the chat"))
    with pytest.raises(NotAccepted) as refused:
        await sender.send(_chat(telegram), PHOTO)
    assert refused.value.failure.verdict is Verdict.REFUSED
    other = _chat(telegram)
    await sender.send(other, PHOTO)
    assert _only(telegram, other).content.media is not None


async def test_a_photo_is_edited_as_a_photo(telegram: BotApiServer, client: TelegramClient) -> None:
    """Its picture and caption change together."""
    sender, chat = Sender(client), _chat(telegram)
    number = await sender.send(chat, PHOTO)
    await sender.edit(chat, number, replace(PHOTO, photo=URL + "?2", caption="Corrected"))
    message = _only(telegram, chat)
    assert message.text == "Corrected"
    assert message.content.media is not None
    assert message.content.media.url == URL + "?2"
    await sender.edit(chat, number, replace(PHOTO, photo=URL + "?2", caption="Corrected"))  # no change is no error


async def test_a_photo_stays_one_when_the_chat_wants_texts_now(telegram: BotApiServer, client: TelegramClient) -> None:
    """Telegram makes no text of it: its caption is brought up to date."""
    sender, chat = Sender(client), _chat(telegram)
    number = await sender.send(chat, PHOTO)
    await sender.edit(chat, number, TEXT)
    assert _only(telegram, chat).text == "The short text, corrected"


async def test_a_text_becomes_a_photo_when_the_chat_wants_photos_now(
    telegram: BotApiServer, client: TelegramClient
) -> None:
    """In place; where Telegram refuses the picture, the text is brought up to date."""
    sender, chat = Sender(client), _chat(telegram)
    number = await sender.send(chat, TEXT)
    telegram.fail_next("editMessageMedia", "error", error=bad_request("wrong type of the web page content"))
    await sender.edit(chat, number, PHOTO)
    assert _only(telegram, chat).text == "The whole text"
    await sender.edit(chat, number, replace(PHOTO, photo=URL + "?good"))
    assert _only(telegram, chat).text == "The short text"
    assert _only(telegram, chat).content.media is not None


async def test_a_message_that_is_gone_is_asked_for_once(telegram: BotApiServer, client: TelegramClient) -> None:
    """There is no other way to edit what is not there."""
    with pytest.raises(NotAccepted):
        await Sender(client).edit(_chat(telegram), 99, PHOTO)
    assert _methods(telegram) == ["editMessageMedia"]


async def test_a_lost_answer_to_a_photo_is_settled_without_a_change(outbox: Outbox) -> None:
    """In a supergroup its number is found, and its caption stays."""
    owner = outbox.telegram.add_user()
    group = outbox.telegram.add_group("Newsroom", owner, supergroup=True)
    chat = await follower(outbox.store, group.id, tag("war"))
    await publish(outbox.store, article(1, tags=["war"]))
    await outbox.push_until(1)
    number = await Sender(outbox.client).send(chat, PHOTO)
    assert await Settler(outbox.store, outbox.client).find(chat) == number
    message = outbox.telegram.bot_messages(group)[-1]
    assert (message.text, message.edited) == ("The short text", False)


def test_only_the_pictures_used_last_are_remembered() -> None:
    """However many there are."""
    pictures = Pictures()
    for number in range(MOST_KNOWN + 1):
        pictures.taken(f"u{number}", f"f{number}")
    assert pictures.name_of("u0") == "u0"
    assert pictures.name_of("u1") == "f1"
