"""Where a request goes: the chat, whether the bot may write there, the topic, the message replied to."""

from typing import Any

from bot.playground.api_errors import ApiError, bad_request, forbidden, upgraded
from bot.playground.world.chats import Chat, Right, User
from bot.playground.world.messages import StoredMessage
from bot.playground.world.state import World

_RIGHT_NAMES: dict[Right, str] = {"messages": "text messages", "photos": "photos", "documents": "documents"}


def known_chat(world: World, chat_id: int | str, *, reading: bool = False) -> Chat:
    """Return the chat of a request.

    Args:
        world: where it is.
        chat_id: its number or @username.
        reading: whether the request only looks; public chats, by their names, may be looked at from outside.

    Raises:
        ApiError: 400 for a chat that is not there or moved, 403 for one that the bot has no part in.
    """
    chat = world.find_chat(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    if chat.deleted:
        raise forbidden(f"the {chat.kind_name} was deleted")
    if not chat.private:
        _check_membership(world, chat, outside=reading and isinstance(chat_id, str))
    return chat


def chat_with_members(world: World, chat_id: int | str) -> Chat:
    """Return the chat of a request about its members; those of a channel are shown to its administrators alone.

    Raises:
        ApiError: as `known_chat`; 400 for a channel that the bot does not lead.
    """
    chat = known_chat(world, chat_id, reading=True)
    if chat.type == "channel" and world.status_of(chat, world.bot) != "administrator":
        raise bad_request("member list is inaccessible")
    return chat


def chat_to_write(world: World, chat_id: int | str, right: Right = "messages") -> Chat:
    """Return the chat of a request that shows something there.

    Raises:
        ApiError: 400 or 403, in Telegram's words, where the bot may not.
    """
    chat = known_chat(world, chat_id)
    if chat.user is not None:
        _check_person(chat.user)
    elif chat.type == "channel" and not chat.grants(world.bot.id, "can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    elif right in chat.forbidden:
        raise bad_request(f"not enough rights to send {_RIGHT_NAMES[right]} to the chat")
    return chat


def topic_to_write(chat: Chat, thread_id: int | None) -> int | None:
    """Return the thread that a message to the chat goes to; a forum's General topic has none, its number 1 is refused.

    Raises:
        ApiError: 400 for a topic that is not there, or closed.
    """
    if thread_id is None:
        if chat.general_closed:
            raise bad_request("TOPIC_CLOSED")
        return None
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed:
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def reply_target(world: World, chat: Chat, parameters: Any) -> StoredMessage | None:
    """Return the message that reply_parameters name.

    Raises:
        ApiError: 400 where it is not there and the request insists.
    """
    if not parameters:
        return None
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    found = world.message(chat.id, parameters.get("message_id"))
    if found is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _check_membership(world: World, chat: Chat, *, outside: bool) -> None:
    status = world.status_of(chat, world.bot)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind_name}")
    if status == "left" and not outside:
        raise forbidden(f"bot is not a member of the {chat.kind_name}")


def _check_person(user: User) -> None:
    fault: ApiError | None = None
    if user.deactivated:
        fault = forbidden("user is deactivated")
    elif not user.started:
        fault = forbidden("bot can't initiate conversation with a user")
    elif user.blocked_bot:
        fault = forbidden("bot was blocked by the user")
    elif user.is_bot:
        fault = forbidden("bot can't send messages to bots")
    if fault is not None:
        raise fault
