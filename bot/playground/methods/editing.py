"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage(s), pins."""

from dataclasses import replace
from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.methods.markup import checked_markup
from bot.playground.methods.media import media_of
from bot.playground.methods.target import chat_to_write, known_chat
from bot.playground.methods.words import read_caption, read_text
from bot.playground.parameters import missing
from bot.playground.world.chats import Chat
from bot.playground.world.messages import Content, StoredMessage
from bot.playground.world.state import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_MOST_DELETED = 100


def edit_message_text(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Replace the text, and the keyboard, of a message of the bot."""
    body = read_text(arguments)
    message = _own(world, arguments)
    if message.content.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _changed(
        world, message, replace(message.content, body=body, preview=arguments.get("link_preview_options")), arguments
    )


def edit_message_caption(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Replace the caption, and the keyboard, of a message of the bot."""
    body = read_caption(arguments)
    message = _own(world, arguments)
    if message.content.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, message, replace(message.content, body=body), arguments)


async def edit_message_media(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Replace the picture and its caption, or make a text a picture; a picture never becomes a text."""
    given = arguments["media"]
    if not isinstance(given, dict) or given.get("type") != "photo":
        raise bad_request("this server edits no other media than photos")
    body = read_caption(given)
    message = _own(world, arguments)
    media = await media_of(world, "photo", str(given.get("media", "")))
    return _changed(world, message, replace(message.content, body=body, media=media, preview=None), arguments)


def stop_message_live_location(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Refuse: no message here has a live location; which refusal it is tells what the message is."""
    _own(world, arguments)
    raise bad_request("there is no live location in the message to edit")


def edit_message_reply_markup(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Replace the keyboard alone."""
    message = _own(world, arguments)
    return _changed(world, message, message.content, arguments)


def delete_message(world: World, arguments: dict[str, Any]) -> bool:
    """Take a message away: the bot's own, or anybody's where it has the right to."""
    chat = known_chat(world, arguments["chat_id"])
    message = world.message(chat.id, arguments["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    too_old = world.clock() - message.date > world.options.delete_within
    if too_old or not (chat.private or _is_ours(world, message) or chat.grants(world.bot.id, "can_delete_messages")):
        raise bad_request("message can't be deleted")
    world.delete(message)
    return True


def delete_messages(world: World, arguments: dict[str, Any]) -> bool:
    """Take up to 100 messages away; those that are not there are passed over, as Telegram does."""
    chat = known_chat(world, arguments["chat_id"])
    identifiers = arguments["message_ids"]
    if not isinstance(identifiers, list) or not 1 <= len(identifiers) <= _MOST_DELETED:
        raise bad_request("wrong number of message identifiers specified")
    found = (world.message(chat.id, identifier) for identifier in identifiers)
    for message in [each for each in found if each is not None]:
        delete_message(world, {"chat_id": chat.id, "message_id": message.id})
    return True


def pin_chat_message(world: World, arguments: dict[str, Any]) -> bool:
    """Pin a message."""
    chat = _chat_to_pin(world, arguments)
    message = world.message(chat.id, arguments["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
    return True


def unpin_chat_message(world: World, arguments: dict[str, Any]) -> bool:
    """Take a pin away, the last one if none is named."""
    chat = _chat_to_pin(world, arguments)
    wanted = arguments.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def _chat_to_pin(world: World, arguments: dict[str, Any]) -> Chat:
    chat = chat_to_write(world, arguments["chat_id"])
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"  # Bot API, pinChatMessage
    if not chat.private and not chat.grants(world.bot.id, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _is_ours(world: World, message: StoredMessage) -> bool:
    """Tell whether the bot may delete a message as its own: in channels it must still be allowed to post."""
    chat = message.chat
    return message.from_bot and (chat.type != "channel" or chat.grants(world.bot.id, "can_post_messages"))


def _own(world: World, arguments: dict[str, Any]) -> StoredMessage:
    if arguments.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    for name in ("chat_id", "message_id"):
        if name not in arguments:
            raise missing(name)
    chat = chat_to_write(world, arguments["chat_id"])
    message = world.message(chat.id, arguments["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.service:
        raise bad_request("message can't be edited")
    return message


def _changed(world: World, message: StoredMessage, content: Content, arguments: dict[str, Any]) -> dict[str, Any]:
    markup = checked_markup(arguments.get("reply_markup"), inline_only=True)
    content = replace(content, markup=markup)
    if content == message.content:
        raise bad_request(_NOT_MODIFIED)
    world.replace_content(message, content)
    return world.json(message)
