"""Command menus: one for each scope and language, and which of them a person sees in a chat."""

import json
from typing import Any

import pytest

from bot.playground.bot_api import BotApiServer, Chat, User
from tests.playground.conftest import Client

_CHAT = "can't parse BotCommandScope: Can't find field \"chat_id\""


async def publish(client: Client, name: str, language: str = "", **scope: Any) -> None:
    """Set a menu of one command."""
    menu = json.dumps([{"command": name, "description": name}])
    await client.result("setMyCommands", commands=menu, scope=json.dumps(scope), language_code=language)


def seen(server: BotApiServer, user: User, chat: Chat) -> list[str]:
    """Return the commands that a person sees in a chat."""
    return [each["command"] for each in server.world.profile.commands_for(server.world.viewer(user, chat))]


async def test_the_narrowest_menu_is_seen(client: Client, server: BotApiServer, user: User) -> None:
    """The order is Telegram's: the member's, the chat's admins', the chat's, all admins', all groups', the default."""
    member = server.add_user("Petro", language="uk")
    group = server.add_group("Newsroom", user, member)
    people = ((user, group), (member, group), (member, server.private_chat(member)))

    async def after(name: str, language: str = "", **scope: Any) -> list[list[str]]:
        await publish(client, name, language, **scope)
        return [seen(server, *where) for where in people]

    assert await after("all", type="default") == [["all"], ["all"], ["all"]]
    assert await after("alone", type="all_private_chats") == [["all"], ["all"], ["alone"]]
    assert await after("groups", type="all_group_chats") == [["groups"], ["groups"], ["alone"]]
    assert await after("grupy", "uk", type="all_group_chats") == [["groups"], ["grupy"], ["alone"]]
    assert await after("admins", type="all_chat_administrators") == [["admins"], ["grupy"], ["alone"]]
    assert await after("here", type="chat", chat_id=group.id) == [["here"], ["here"], ["alone"]]
    assert await after("lead", type="chat_administrators", chat_id=group.id) == [["lead"], ["here"], ["alone"]]
    assert await after("you", type="chat_member", chat_id=group.id, user_id=user.id) == [["you"], ["here"], ["alone"]]
    assert await after("mine", type="chat", chat_id=member.id) == [["you"], ["here"], ["mine"]]


async def test_a_channel_shows_no_menu(client: Client, server: BotApiServer, user: User) -> None:
    """Telegram offers no commands in channels."""
    await publish(client, "help", type="default")
    assert seen(server, user, server.add_channel("News", user)) == []


async def test_a_menu_is_kept_for_exactly_its_scope_and_language(client: Client) -> None:
    """getMyCommands gives what was set there, nothing of wider scopes; deleteMyCommands takes only that away."""
    await publish(client, "help", "uk", type="all_group_chats")
    scope = json.dumps({"type": "all_group_chats"})
    assert await client.result("getMyCommands", scope=scope) == []
    assert await client.result("getMyCommands", language_code="uk") == []
    kept = await client.result("getMyCommands", scope=scope, language_code="uk")
    assert kept == [{"command": "help", "description": "help"}]
    await client.result("deleteMyCommands", scope=scope)
    assert await client.result("getMyCommands", scope=scope, language_code="uk") == kept
    await client.result("deleteMyCommands", scope=scope, language_code="uk")
    assert await client.result("getMyCommands", scope=scope, language_code="uk") == []


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ([], "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"type": "everyone"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat"}, _CHAT),
        ({"type": "chat", "chat_id": ""}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"type": "chat", "chat_id": 99}, "chat not found"),
        ({"type": "chat", "chat_id": "stranger"}, "chat not found"),
        ({"type": "chat_administrators", "chat_id": "me"}, "can't use specified scope in private chats"),
        ({"type": "chat", "chat_id": "channel"}, "can't change commands in channel chats"),
        (
            {"type": "chat_member", "chat_id": "group", "user_id": 0},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
        ({"type": "chat_member", "chat_id": "group"}, "can't parse BotCommandScope: Can't find field \"user_id\""),
    ],
)
async def test_a_scope_that_is_none_is_refused(
    client: Client, server: BotApiServer, user: User, scope: Any, words: str
) -> None:
    """Each in Telegram's words; a chat with somebody who never wrote is not known to a bot."""
    places = {
        "me": user.id,
        "stranger": server.add_user("Stranger", started=False).id,
        "group": server.add_group("Newsroom", user).id,
        "channel": server.add_channel("News", user).id,
    }
    if isinstance(scope, dict) and scope.get("chat_id") in places:
        scope = scope | {"chat_id": places[scope["chat_id"]]}
    assert await client.refusal("getMyCommands", scope=json.dumps(scope)) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("Ї", "x", "BOT_COMMAND_INVALID"),
        ("Help", "x", "BOT_COMMAND_INVALID"),
        ("/", "x", "command must be non-empty"),
        ("c" * 33, "x", "command length must not exceed 32"),
        ("help", " ", "command description must be non-empty"),
        ("help", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_a_command_that_is_none_is_refused(client: Client, command: str, description: str, words: str) -> None:
    """Names of small letters, digits and underscores, both texts within their lengths."""
    menu = json.dumps([{"command": command, "description": description}])
    assert await client.refusal("setMyCommands", commands=menu) == f"Bad Request: {words}"


async def test_a_language_is_two_letters(client: Client) -> None:
    """A code with a region is refused."""
    words = await client.refusal("setMyCommands", commands="[]", language_code="uk-UA")
    assert words == "Bad Request: invalid language code specified"
