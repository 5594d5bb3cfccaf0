"""Which parameters each method takes, and how their values are read from a request.

The table states facts of the Bot API 10.1 for the methods that this server has. A name that is not in it is refused,
which is stricter than Telegram, so that a misspelt parameter is found here and not by its missing effect there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.playground.api_errors import ApiError, bad_request

_SENDING = (
    "business_connection_id:str chat_id:chat! message_thread_id:int direct_messages_topic_id:int "
    "disable_notification:bool protect_content:bool allow_paid_broadcast:bool message_effect_id:str "
    "suggested_post_parameters:json reply_parameters:json reply_markup:json parse_mode:str "
)
_CAPTION = "caption:str caption_entities:json "
_EDITING = "business_connection_id:str chat_id:chat message_id:int inline_message_id:str reply_markup:json "
_SCOPE = "scope:json language_code:str "

_TABLE: Mapping[str, str] = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:json",
    "setWebhook": "url:str! certificate:file ip_address:str max_connections:int allowed_updates:json "
    "drop_pending_updates:bool secret_token:str",
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": _SENDING + "text:str! entities:json link_preview_options:json",
    "sendPhoto": _SENDING + _CAPTION + "photo:file! has_spoiler:bool show_caption_above_media:bool",
    "sendDocument": _SENDING + _CAPTION + "document:file! thumbnail:file disable_content_type_detection:bool",
    "sendChatAction": "business_connection_id:str chat_id:chat! message_thread_id:int action:str!",
    "editMessageText": _EDITING + "text:str! parse_mode:str entities:json link_preview_options:json",
    "editMessageCaption": _EDITING + _CAPTION + "parse_mode:str show_caption_above_media:bool",
    "editMessageMedia": _EDITING + "media:json!",
    "editMessageReplyMarkup": _EDITING,
    "stopMessageLiveLocation": _EDITING,
    "deleteMessage": "chat_id:chat! message_id:int!",
    "deleteMessages": "chat_id:chat! message_ids:json!",
    "answerCallbackQuery": "callback_query_id:str! text:str show_alert:bool url:str cache_time:int",
    "answerInlineQuery": "inline_query_id:str! results:json! cache_time:int is_personal:bool next_offset:str "
    "button:json",
    "setMyCommands": _SCOPE + "commands:json!",
    "getMyCommands": _SCOPE,
    "deleteMyCommands": _SCOPE,
    "setMyName": "name:str language_code:str",
    "getMyName": "language_code:str",
    "setMyDescription": "description:str language_code:str",
    "getMyDescription": "language_code:str",
    "setMyShortDescription": "short_description:str language_code:str",
    "getMyShortDescription": "language_code:str",
    "setChatMenuButton": "chat_id:int menu_button:json",
    "getChat": "chat_id:chat!",
    "getChatMember": "chat_id:chat! user_id:int!",
    "getChatMemberCount": "chat_id:chat!",
    "getChatAdministrators": "chat_id:chat! return_bots:bool",
    "leaveChat": "chat_id:chat!",
    "pinChatMessage": "business_connection_id:str chat_id:chat! message_id:int! disable_notification:bool",
    "unpinChatMessage": "business_connection_id:str chat_id:chat! message_id:int",
    "getFile": "file_id:str!",
}

# Telegram's words for what is missing; others are this server's own.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "media": "media not specified",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
    "action": "wrong parameter action in request",
    "commands": 'parameter "commands" is required',
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_UNREADABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities JSON object",
    "caption_entities": "can't parse entities JSON object",
    "media": "can't parse InputMedia JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "commands": "can't parse commands JSON object",
    "results": "can't parse inline query results JSON object",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request."""

    name: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's name, its kind (str, int, bool, chat, json, file) and whether it must be there."""

    name: str
    kind: str
    required: bool


@cache
def method_names() -> Mapping[str, str]:
    """Return the methods' names by their lower-case form; Telegram overlooks the case of a method."""
    return {name.lower(): name for name in _TABLE}


@cache
def parameters(method: str) -> Mapping[str, Parameter]:
    """Return the parameters of `method` by name."""
    found = (each.partition(":") for each in _TABLE[method].split())
    return {name: Parameter(name, kind.rstrip("!"), kind.endswith("!")) for name, _, kind in found}


def decode(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a request with their types.

    Args:
        method: a name of the table.
        given: form values (text), JSON values or Uploads by parameter name; parts named by "attach://" too.

    Raises:
        ApiError: 400 for an unknown name, a missing value or one that cannot be read.
    """
    table = parameters(method)
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name in table:
            arguments[name] = _decoded(table[name], value, given)
        elif not isinstance(value, Upload):
            raise bad_request(f'unknown parameter "{name}" of {method}')
    for parameter in table.values():
        if parameter.required and arguments.get(parameter.name) in (None, ""):
            raise missing(parameter.name)
    return arguments


def missing(name: str) -> ApiError:
    """Return Telegram's refusal of a request without the parameter `name`."""
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))


def _decoded(parameter: Parameter, value: Any, given: Mapping[str, Any]) -> Any:
    match parameter.kind:
        case "int":
            return _integer(parameter.name, value)
        case "bool":
            return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "yes", "1"}
        case "chat":
            return _chat(value)
        case "json":
            return _json(parameter.name, value)
        case "file":
            return _file(value, given)
    return value if isinstance(value, str) else str(value)


def _integer(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request(f'parameter "{name}" must be an integer') from None


def _chat(value: Any) -> int | str:
    text = str(value).strip()
    return int(text) if text.removeprefix("-").isdecimal() else text


def _json(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(_UNREADABLE.get(name, f"can't parse {name} JSON object")) from None


def _file(value: Any, given: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        return given.get(value.removeprefix("attach://"), value)
    return value
