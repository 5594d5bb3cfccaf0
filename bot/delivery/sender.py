"""One message to one chat, as Telegram takes it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.delivery.failures import NotAccepted
from bot.models import Button, Message
from bot.store import Chat

Rows = tuple[tuple[Button, ...], ...]


class Calls(Protocol):
    """What carries a request to Telegram; bot.delivery.client.TelegramClient."""

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Send a request and return its result, or raise NotAccepted."""
        ...


class Sender:
    """Sends messages as the bot.

    Args:
        client: keeps no pace of its own: the pusher does.
        paid: pay for messages above Telegram's free rate (Bot API, allow_paid_broadcast).
    """

    def __init__(self, client: Calls, *, paid: bool = False) -> None:
        self._client = client
        self._paid = paid

    async def send(self, chat: Chat, message: Message) -> int:
        """Send a message and return Telegram's number of it.

        Raises:
            NotAccepted: it was not accepted, as far as we know.
        """
        parameters = {"chat_id": chat.telegram_id, **shown(message)}
        if chat.thread_id is not None:
            parameters["message_thread_id"] = chat.thread_id
        if message.silent:
            parameters["disable_notification"] = True
        if self._paid:
            parameters["allow_paid_broadcast"] = True
        sent = await self._client.call("sendMessage", parameters)
        return int(sent["message_id"])

    async def edit(self, chat: Chat, message_id: int, message: Message) -> None:
        """Change a message of ours; a change to what is already there is no error.

        Args:
            chat: where it is.
            message_id: Telegram's number of it.
            message: what it is to show.

        Raises:
            NotAccepted: it was not changed, as far as we know.
        """
        parameters = {"chat_id": chat.telegram_id, "message_id": message_id, **shown(message)}
        try:
            await self._client.call("editMessageText", parameters)
        except NotAccepted as error:
            if "not modified" not in error.failure.reason.lower():
                raise


def shown(message: Message) -> dict[str, Any]:
    """Return what a request says of how a message looks, new or edited."""
    parameters = {
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": preview(message.preview_url, large=message.picture).to_dict(),
    }
    if message.buttons:
        parameters["reply_markup"] = _keyboard_json(message.buttons)
    return parameters


def preview(url: str | None, *, large: bool = False) -> LinkPreviewOptions:
    """Return how a message's link preview is shown: not at all where there is no URL; large is a picture on top."""
    if url is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=url, prefer_large_media=large or None, show_above_text=large or None)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return rows of buttons as Telegram's client takes them."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, url=button.url, callback_data=button.data) for button in row]
            for row in rows
        ]
    )


@lru_cache(maxsize=256)  # a story's keyboard is the same for everybody who gets it
def _keyboard_json(rows: Rows) -> dict[str, Any]:
    markup = keyboard(rows)
    return markup.to_dict() if markup else {}


def seconds_of(retry_after: int | timedelta) -> float:
    """Return the seconds of a wait: a number or a timedelta, as the variable PTB_TIMEDELTA tells the client."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)
