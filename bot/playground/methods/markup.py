"""Inline keyboards and other reply markup, checked as Telegram checks them."""

from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.formatting.addresses import link_fault
from bot.playground.methods.reply_keyboard import checked_keyboard

_DATA_BYTES = 64
_MOST_BUTTONS = 100
_OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def checked_markup(markup: Any, *, inline_only: bool = False) -> dict[str, Any] | None:
    """Return reply markup that Telegram accepts; None for none, and for an inline keyboard without buttons.

    Raises:
        ApiError: 400, in Telegram's words.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if not inline_only and "keyboard" in markup:
        return checked_keyboard(markup)
    if inline_only and any(name in markup for name in _OTHER_MARKUP):
        raise bad_request("inline keyboard expected")
    return markup or None


def _inline(rows: Any) -> dict[str, Any] | None:
    if not isinstance(rows, list):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array')
    checked = [[_button(button) for button in _row(row)] for row in rows]
    keyboard = [row for row in checked if row]
    if sum(len(row) for row in keyboard) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard: Array of Array of InlineKeyboardButton expected")
    return row


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(name in button for name in _ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_action(button)
    return button


def _check_action(button: dict[str, Any]) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= _DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        url = str(button["url"])
        if not url:
            raise bad_request("BUTTON_URL_INVALID")
        if fault := link_fault(url):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: {fault}")
