"""getMe, name and descriptions, chats and members, files."""

from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.methods.target import chat_with_members, known_chat
from bot.playground.world.chats import User, member_json
from bot.playground.world.state import World

_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the bot's User object with what only getMe shows."""
    return world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.options.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def done(_world: World, _arguments: dict[str, Any]) -> bool:
    """Answer True to a request that changes nothing that is shown here."""
    return True


def set_profile_text(world: World, arguments: dict[str, Any], name: str) -> bool:
    """Set the bot's name, description or short description for a language."""
    text = arguments.get(name, "")
    if len(text) > _TEXT_LIMITS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    world.profile.texts[name, arguments.get("language_code", "")] = text
    world.changes.tell({"kind": "profile"})
    return True


def get_profile_text(world: World, arguments: dict[str, Any], name: str) -> dict[str, str]:
    """Return the bot's name, description or short description for a language, or the one for all."""
    texts = world.profile.texts
    found = texts.get((name, arguments.get("language_code", ""))) or texts.get((name, ""), "")
    return {name: found or (world.bot.first_name if name == "name" else "")}


def get_chat(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the chat's full info, as far as it is known here."""
    chat = known_chat(world, arguments["chat_id"], reading=True)
    return chat.to_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}


_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat_member(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return what a user is in a chat; what the bot itself is may be asked anywhere."""
    itself = arguments["user_id"] == world.bot.id
    chat = (known_chat if itself else chat_with_members)(world, arguments["chat_id"])
    user = world.users.get(arguments["user_id"])
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(chat, user, world.status_of(chat, user))


def get_chat_administrators(world: World, arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the creator and the administrators, without other bots as Telegram does."""
    chat = chat_with_members(world, arguments["chat_id"])
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    ranked = ((world.users[user_id], status) for user_id, status in chat.members.items())
    return [member_json(chat, user, status) for user, status in ranked if _leads(world, user, status)]


def _leads(world: World, user: User, status: str) -> bool:
    return status in {"creator", "administrator"} and (not user.is_bot or user is world.bot)


def get_chat_member_count(world: World, arguments: dict[str, Any]) -> int:
    """Return how many are in a chat."""
    chat = known_chat(world, arguments["chat_id"])
    gone = {"left", "kicked"}
    return 2 if chat.private else sum(status not in gone for status in chat.members.values())


def leave_chat(world: World, arguments: dict[str, Any]) -> bool:
    """Take the bot out of a group or channel."""
    chat = known_chat(world, arguments["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[world.bot.id] = "left"
    world.changes.tell({"kind": "member", "chat_id": chat.id})
    return True


def get_file(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return where a file can be downloaded."""
    stored = world.files.get(arguments["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.to_json()
