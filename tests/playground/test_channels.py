"""Channels, rights and requests for chats: who may do and see what, in Telegram's words."""

import json
from typing import Any

import pytest

from bot.playground.bot_api import BotApiServer, User
from tests.playground.conftest import Client

POSTING = {"can_post_messages": True}


def keyboard(**request: Any) -> str:
    """Return a keyboard that asks for a channel."""
    asked = {"request_id": 7, "chat_is_channel": True} | request
    return json.dumps({"keyboard": [[{"text": "Choose", "request_chat": asked}]], "one_time_keyboard": True})


async def test_posting_needs_the_right_to_post(client: Client, server: BotApiServer, user: User) -> None:
    """An administrator of a channel who may not post is refused as one who is none, until the right is given."""
    channel = server.add_channel("News", user)
    server.set_bot_status(channel, "administrator", without={"can_post_messages"})
    refused = "Bad Request: need administrator rights in the channel chat"
    assert await client.refusal("sendMessage", chat_id=channel.id, text="x") == refused
    server.set_bot_status(channel, "administrator")
    sent = await client.result("sendMessage", chat_id=channel.id, text="x")
    assert sent["sender_chat"]["id"] == channel.id
    changes = [update["my_chat_member"] for update in await client.result("getUpdates")]
    rights = [
        (each["old_chat_member"]["can_post_messages"], each["new_chat_member"]["can_post_messages"]) for each in changes
    ]
    assert rights == [(True, False), (False, True)]


async def test_deleting_and_pinning_need_their_rights(client: Client, server: BotApiServer, user: User) -> None:
    """An administrator deletes others' messages, its own in a channel, and pins, only with the rights for it."""
    group, channel = server.add_group("Newsroom", user), server.add_channel("News", user)
    theirs, ours = (
        server.send_text(user, group, "mine"),
        await client.result("sendMessage", chat_id=channel.id, text="x"),
    )
    there = {"chat_id": group.id, "message_id": theirs.id}
    here = {"chat_id": channel.id, "message_id": ours["message_id"]}
    server.set_bot_status(group, "administrator", without={"can_delete_messages", "can_pin_messages"})
    server.set_bot_status(
        channel, "administrator", without={"can_post_messages", "can_edit_messages", "can_delete_messages"}
    )
    for where in (there, here):
        assert await client.refusal("deleteMessage", **where) == "Bad Request: message can't be deleted"
    server.set_bot_status(channel, "administrator", without={"can_edit_messages", "can_delete_messages"})
    for where in (there, here):
        words = await client.refusal("pinChatMessage", **where)
        assert words == "Bad Request: not enough rights to manage pinned messages in the chat"
    server.set_bot_status(group, "administrator")
    assert await client.result("pinChatMessage", **there)
    for where in (there, here):
        assert await client.result("deleteMessage", **where)


async def test_a_channels_members_are_shown_to_its_administrators(
    client: Client, server: BotApiServer, user: User
) -> None:
    """A bot that leads sees what people are and may; one that does not is told that the list is inaccessible."""
    editor = server.add_user("Editor")
    channel = server.add_channel("News", user, editor)
    server.set_status(channel, editor, "administrator", without={"can_post_messages"})
    member = await client.result("getChatMember", chat_id=channel.id, user_id=editor.id)
    assert (member["status"], member["can_post_messages"], member["can_invite_users"]) == ("administrator", False, True)
    server.set_bot_status(channel, "member")
    words = "Bad Request: member list is inaccessible"
    assert await client.refusal("getChatMember", chat_id=channel.id, user_id=editor.id) == words
    assert await client.refusal("getChatAdministrators", chat_id=channel.id) == words
    mine = await client.result("getChatMember", chat_id=channel.id, user_id=server.world.bot.id)
    assert mine["status"] == "member"


async def test_a_public_channel_is_known_from_outside(client: Client, server: BotApiServer, user: User) -> None:
    """getChat finds it by its name; a private one is nobody's business who is not in it."""
    server.add_channel("Open", user, username="open_news", bot="left")
    closed = server.add_channel("Closed", user, bot="left")
    assert (await client.result("getChat", chat_id="@Open_News"))["title"] == "Open"
    words = await client.refusal("getChat", chat_id=closed.id)
    assert words == "Forbidden: bot is not a member of the channel chat"
    assert await client.refusal("getChat", chat_id="@nowhere_news") == "Bad Request: chat not found"


async def test_a_shared_chat_is_told_and_the_bot_let_in(client: Client, server: BotApiServer, user: User) -> None:
    """The bot gets the rights that the button names, no others, before it hears which chat was chosen."""
    channel = server.add_channel("News", user, username="news_wire", bot="left")
    asks = keyboard(
        bot_administrator_rights=POSTING, user_administrator_rights=POSTING, request_title=True, request_username=True
    )
    await client.result("sendMessage", chat_id=user.id, text="Which?", reply_markup=asks)
    server.share_chat(user, "Choose", channel)
    change, told = await client.result("getUpdates")
    new = change["my_chat_member"]["new_chat_member"]
    assert (new["status"], new["can_post_messages"], new["can_delete_messages"]) == ("administrator", True, False)
    shared = {"request_id": 7, "chat_id": channel.id, "title": "News", "username": "news_wire"}
    assert told["message"]["chat_shared"] == shared
    assert server.private_chat(user).interface is None


async def test_a_client_offers_only_what_fits(client: Client, server: BotApiServer, user: User) -> None:
    """A group, a stranger's channel, one where the person may not post or not let the bot in: none can be shared."""
    asks = keyboard(bot_administrator_rights=POSTING, user_administrator_rights=POSTING)
    await client.result("sendMessage", chat_id=user.id, text="Which?", reply_markup=asks)
    other = server.add_user("Other")
    strange = server.add_channel("Strange", other)
    guest = server.add_channel("Guest", other, user, bot="left")
    server.set_status(guest, user, "administrator", without={"can_promote_members"})
    for chat in (server.add_group("Group", user), strange, guest):
        with pytest.raises(ValueError, match="does not fit"):
            server.share_chat(user, "Choose", chat)
    server.set_bot_status(guest, "administrator")
    server.share_chat(user, "Choose", guest)
    with pytest.raises(LookupError):
        server.share_chat(user, "Choose", guest)  # the keyboard was for one use


@pytest.mark.parametrize(
    ("request_chat", "words"),
    [
        (7, 'can\'t parse keyboard button: Field "request_chat" must be of type Object'),
        ({"chat_is_channel": True}, "can't parse keyboard button: Can't find field \"request_id\""),
        ({"request_id": 1}, "can't parse keyboard button: Can't find field \"chat_is_channel\""),
        (
            {"request_id": 2**31, "chat_is_channel": True},
            'can\'t parse keyboard button: Field "request_id" must be a 32-bit integer',
        ),
        (
            {"request_id": 1, "chat_is_channel": True, "bot_administrator_rights": POSTING},
            "can't parse keyboard button: bot_administrator_rights must be a subset of user_administrator_rights",
        ),
    ],
)
async def test_a_request_that_is_none_is_refused(client: Client, user: User, request_chat: Any, words: str) -> None:
    """What is missing, too large or more than the person's own rights is named."""
    markup = json.dumps({"keyboard": [[{"text": "Choose", "request_chat": request_chat}]]})
    refused = await client.refusal("sendMessage", chat_id=user.id, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {words}"


async def test_chats_are_asked_for_in_private(client: Client, server: BotApiServer, user: User) -> None:
    """A group takes a keyboard without requests only, a channel none."""
    group, channel = server.add_group("Group", user), server.add_channel("News", user)
    refused = await client.refusal("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard())
    assert refused == "Bad Request: chats can be requested in private chats only"
    words = json.dumps({"keyboard": [["Yes", "No"]]})
    await client.result("sendMessage", chat_id=group.id, text="x", reply_markup=words)
    refused = await client.refusal("sendMessage", chat_id=channel.id, text="x", reply_markup=words)
    assert refused == "Bad Request: inline keyboard expected"


async def test_an_administrator_may_write_in_the_groups_name(client: Client, server: BotApiServer, user: User) -> None:
    """The message is GroupAnonymousBot's, sent as the group."""
    group = server.add_group("Group", user, bot="administrator")
    server.send_text(user, group, "hello", anonymous=True)
    [update] = await client.result("getUpdates")
    message = update["message"]
    assert (message["from"]["username"], message["sender_chat"]["id"]) == ("GroupAnonymousBot", group.id)


async def test_the_general_topic_has_no_number(client: Client, server: BotApiServer, user: User) -> None:
    """A message without a thread goes to it, its number 1 is not found, and it can be closed like any other."""
    forum = server.add_group("Forum", user, forum=True)
    sent = await client.result("sendMessage", chat_id=forum.id, text="x")
    assert "message_thread_id" not in sent
    words = await client.refusal("sendMessage", chat_id=forum.id, message_thread_id=1, text="x")
    assert words == "Bad Request: message thread not found"
    forum.general_closed = True
    assert await client.refusal("sendMessage", chat_id=forum.id, text="x") == "Bad Request: TOPIC_CLOSED"
