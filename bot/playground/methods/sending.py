"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.methods.markup import checked_markup
from bot.playground.methods.media import media_of
from bot.playground.methods.reply_keyboard import check_place
from bot.playground.methods.target import chat_to_write, reply_target, topic_to_write
from bot.playground.methods.words import read_caption, read_text
from bot.playground.world.chats import Chat, Right
from bot.playground.world.messages import Content
from bot.playground.world.state import World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Put a text message into a chat."""
    body = read_text(arguments)
    markup = checked_markup(arguments.get("reply_markup"))
    chat = chat_to_write(world, arguments["chat_id"])
    return _accept(world, chat, Content(body, None, markup, arguments.get("link_preview_options")), arguments)


async def send_photo(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Put a picture with a caption into a chat."""
    return await _send_media(world, arguments, "photo", "photos")


async def send_document(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """Put a file with a caption into a chat."""
    return await _send_media(world, arguments, "document", "documents")


def send_chat_action(world: World, arguments: dict[str, Any]) -> bool:
    """Show what the bot is doing."""
    if arguments["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_to_write(world, arguments["chat_id"])
    topic_to_write(chat, arguments.get("message_thread_id"))
    world.changes.tell({"kind": "action", "chat_id": chat.id, "action": arguments["action"]})
    return True


async def _send_media(world: World, arguments: dict[str, Any], name: str, right: Right) -> dict[str, Any]:
    body = read_caption(arguments)
    markup = checked_markup(arguments.get("reply_markup"))
    chat = chat_to_write(world, arguments["chat_id"], right)
    media = await media_of(world, name, arguments[name])
    return _accept(world, chat, Content(body, media, markup), arguments)


def _accept(world: World, chat: Chat, content: Content, arguments: dict[str, Any]) -> dict[str, Any]:
    check_place(content.markup, chat)
    reply = reply_target(world, chat, arguments.get("reply_parameters"))
    thread_id = topic_to_write(chat, arguments.get("message_thread_id"))
    world.gate.admit(chat.id, private=chat.private, paid=bool(arguments.get("allow_paid_broadcast")))
    message = world.store(
        chat,
        world.bot,
        content,
        reply_to=reply.id if reply else None,
        thread_id=thread_id,
        silent=bool(arguments.get("disable_notification")),
    )
    return world.json(message)
