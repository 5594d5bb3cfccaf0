"""Which function answers which method."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.playground.methods import about, commands, editing, queries, sending, updates
from bot.playground.world.state import World

Method = Callable[[World, dict[str, Any]], Any | Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    "getMe": about.get_me,
    "logOut": about.done,
    "close": about.done,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "stopMessageLiveLocation": editing.stop_message_live_location,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setMyName": partial(about.set_profile_text, name="name"),
    "getMyName": partial(about.get_profile_text, name="name"),
    "setMyDescription": partial(about.set_profile_text, name="description"),
    "getMyDescription": partial(about.get_profile_text, name="description"),
    "setMyShortDescription": partial(about.set_profile_text, name="short_description"),
    "getMyShortDescription": partial(about.get_profile_text, name="short_description"),
    "setChatMenuButton": about.done,
    "getChat": about.get_chat,
    "getChatMember": about.get_chat_member,
    "getChatMemberCount": about.get_chat_member_count,
    "getChatAdministrators": about.get_chat_administrators,
    "leaveChat": about.leave_chat,
    "getFile": about.get_file,
}
