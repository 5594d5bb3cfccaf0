"""setMyCommands, getMyCommands, deleteMyCommands: the command menus, by scope and language."""

import re
from typing import Any

from bot.playground.api_errors import ApiError, bad_request
from bot.playground.methods.target import known_chat
from bot.playground.world.profile import DEFAULT, Scope
from bot.playground.world.state import World

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_LONGEST_COMMAND = 32
_LONGEST_DESCRIPTION = 256
_MOST_COMMANDS = 100
_EVERYWHERE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_OF_A_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, arguments: dict[str, Any]) -> bool:
    """Replace the command menu of a scope and language."""
    place = _place(world, arguments)
    commands = arguments["commands"]
    if not isinstance(commands, list) or len(commands) > _MOST_COMMANDS:
        raise bad_request("too many bot commands specified")
    world.profile.set_commands(*place, [_command(each) for each in commands])
    world.changes.tell({"kind": "commands"})
    return True


def get_my_commands(world: World, arguments: dict[str, Any]) -> list[dict[str, str]]:
    """Return the commands of exactly one scope and language."""
    return world.profile.commands(*_place(world, arguments))


def delete_my_commands(world: World, arguments: dict[str, Any]) -> bool:
    """Forget the commands of a scope and language."""
    world.profile.delete_commands(*_place(world, arguments))
    world.changes.tell({"kind": "commands"})
    return True


def _place(world: World, arguments: dict[str, Any]) -> tuple[Scope, str]:
    """Return the scope and language that a request is about."""
    scope, language = _scope(world, arguments.get("scope")), arguments.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return scope, language


def _scope(world: World, given: Any) -> Scope:
    if given is None:
        return DEFAULT
    if not isinstance(given, dict):
        raise _unread("BotCommandScope must be an Object")
    kind = given.get("type")
    if kind in _EVERYWHERE:
        return Scope(kind)
    if kind not in _OF_A_CHAT:
        raise _unread("Unsupported type specified")
    user_id = _user_id(given) if kind == "chat_member" else 0
    return Scope(kind, _chat_id(world, kind, given), user_id)


def _chat_id(world: World, kind: str, given: dict[str, Any]) -> int:
    if "chat_id" not in given:
        raise _unread('Can\'t find field "chat_id"')
    text = str(given["chat_id"])
    if not text:
        raise _unread("Empty chat_id specified")
    chat = known_chat(world, int(text) if text.removeprefix("-").isdecimal() else text)
    # Before a person writes to a bot, it knows no chat with them.
    if chat.user is not None and not chat.user.started:
        raise bad_request("chat not found")
    if chat.private and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    if chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    return chat.id


def _user_id(given: dict[str, Any]) -> int:
    if "user_id" not in given:
        raise _unread('Can\'t find field "user_id"')
    text = str(given["user_id"])
    if not text.isdecimal() or not int(text):
        raise _unread("Invalid user_id specified")
    return int(text)


def _unread(why: str) -> ApiError:
    return bad_request(f"can't parse BotCommandScope: {why}")


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("can't parse commands JSON object")
    name, description = (
        str(given.get("command", "")).strip().removeprefix("/"),
        str(given.get("description", "")).strip(),
    )
    for what, text, longest in (
        ("command", name, _LONGEST_COMMAND),
        ("command description", description, _LONGEST_DESCRIPTION),
    ):
        if not text:
            raise bad_request(f"{what} must be non-empty")
        if len(text) > longest:
            raise bad_request(f"{what} length must not exceed {longest}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}
