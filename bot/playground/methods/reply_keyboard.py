"""Keyboards in place of the letters: their buttons, and requests for chats."""

from collections.abc import Iterator
from typing import Any

from bot.playground.api_errors import ApiError, bad_request
from bot.playground.world.chats import Chat

_REQUESTS = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
}
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1


def checked_keyboard(markup: dict[str, Any]) -> dict[str, Any]:
    """Return a ReplyKeyboardMarkup that Telegram accepts.

    Raises:
        ApiError: 400; in this server's words where Telegram's are not known.
    """
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse reply keyboard: Field "keyboard" must be of type Array')
    buttons = [[_button(button) for button in row] for row in rows if row]
    if not buttons:
        raise bad_request("reply keyboard has no buttons")
    identifiers = [
        button["request_chat"]["request_id"] for row in buttons for button in row if "request_chat" in button
    ]
    if len(set(identifiers)) != len(identifiers):
        raise bad_request("can't parse keyboard button: request_id must be unique within the message")
    return markup | {"keyboard": buttons}


def check_place(markup: dict[str, Any] | None, chat: Chat) -> None:
    """Refuse what a chat cannot show: requests outside of private chats, reply keyboards in channels.

    Raises:
        ApiError: 400, in Telegram's words.
    """
    if not markup or "inline_keyboard" in markup:
        return
    if chat.type == "channel":
        raise bad_request("inline keyboard expected")
    for button in () if chat.private else buttons_of(markup):
        for name in button.keys() & _REQUESTS.keys():
            raise bad_request(f"{_REQUESTS[name]} can be requested in private chats only")


def buttons_of(markup: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield the buttons of a reply keyboard, in reading order."""
    for row in (markup or {}).get("keyboard", ()):
        yield from row


def granted_by(rights: dict[str, Any] | None) -> set[str]:
    """Return the names of the rights that a ChatAdministratorRights object gives."""
    return {name for name, given in (rights or {}).items() if given is True}


def _button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unread("KeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unread('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("keyboard button text must be non-empty")
    if "request_chat" in button:
        _check_request(button["request_chat"])
    return button


def _check_request(request: Any) -> None:
    if not isinstance(request, dict):
        raise _unread('Field "request_chat" must be of type Object')
    for name, kind in (("request_id", int), ("chat_is_channel", bool)):
        if name not in request:
            raise _unread(f'Can\'t find field "{name}"')
        if not isinstance(request[name], kind):
            raise _unread(f'Field "{name}" must be of another type')
    if not _SMALLEST <= request["request_id"] <= _LARGEST:
        raise _unread('Field "request_id" must be a 32-bit integer')
    wanted, theirs = request.get("bot_administrator_rights"), request.get("user_administrator_rights")
    # Bot API, KeyboardButtonRequestChat: the bot's rights are a subset of the person's.
    if wanted and not granted_by(wanted) <= granted_by(theirs):
        raise _unread("bot_administrator_rights must be a subset of user_administrator_rights")


def _unread(why: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {why}")
