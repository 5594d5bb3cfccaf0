"""One message to one chat, as Telegram takes it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.delivery.failures import NotAccepted, Verdict
from bot.delivery.pictures import Pictures
from bot.models import Button, Message
from bot.store import Chat

Rows = tuple[tuple[Button, ...], ...]


class Calls(Protocol):
    """What carries a request to Telegram; bot.delivery.client.TelegramClient."""

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Send a request and return its result, or raise NotAccepted."""
        ...


class _OfAnotherKind(NotAccepted):
    """An edit was refused that another kind of edit may make: of a text, a caption, a picture."""


class Sender:
    """Sends messages as the bot.

    Args:
        client: keeps no pace of its own: the pusher does.
        paid: pay for messages above Telegram's free rate (Bot API, allow_paid_broadcast).
    """

    def __init__(self, client: Calls, *, paid: bool = False) -> None:
        self._client = client
        self._paid = paid
        self._pictures = Pictures()

    async def send(self, chat: Chat, message: Message) -> int:
        """Send a message and return Telegram's number of it; a photo that Telegram refused before goes as text.

        Raises:
            NotAccepted: it was not accepted, as far as we know.
        """
        as_photo = message.photo is not None and not self._pictures.is_refused(message.photo)
        parameters = {"chat_id": chat.telegram_id, **(self._photo(message) if as_photo else shown(message))}
        if chat.thread_id is not None:
            parameters["message_thread_id"] = chat.thread_id
        if message.silent:
            parameters["disable_notification"] = True
        if self._paid:
            parameters["allow_paid_broadcast"] = True
        sent = await self._call("sendPhoto" if as_photo else "sendMessage", parameters, message.photo)
        return int(sent["message_id"])

    async def ask(self) -> None:
        """Ask something that changes nothing, to learn whether Telegram answers; raises NotAccepted."""
        await self._client.call("getMe", {})

    async def edit(self, chat: Chat, message_id: int, message: Message) -> None:
        """Change a message of ours; a change to what is already there is no error.

        A text becomes a photo where the message is to have one. A photo stays one, since Telegram makes no text of it.

        Args:
            chat: where it is.
            message_id: Telegram's number of it.
            message: what it is to show.

        Raises:
            NotAccepted: it was not changed, as far as we know.
        """
        *others, (method, last) = self._edits(message)
        place = {"chat_id": chat.telegram_id, "message_id": message_id}
        for other, parameters in others:
            with suppress(_OfAnotherKind):
                await self._edit(other, place | parameters, message.photo)
                return
        await self._edit(method, place | last, None)

    def _edits(self, message: Message) -> list[tuple[str, dict[str, Any]]]:
        """Return the requests to be tried: what the message is to be, then what it may be instead."""
        text = ("editMessageText", shown(message))
        if message.caption is None:
            return [text]
        caption = ("editMessageCaption", captioned(message))
        if message.photo is None:
            return [text, caption]
        if self._pictures.is_refused(message.photo):
            return [caption, text]
        media = {"type": "photo", "media": self._pictures.name_of(message.photo)}
        photo = {"media": media | {"caption": message.caption, "parse_mode": "HTML"}} | _keys(message)
        return [("editMessageMedia", photo), caption, text]

    async def _edit(self, method: str, parameters: Mapping[str, Any], url: str | None) -> None:
        try:
            await self._call(method, parameters, url if method == "editMessageMedia" else None)
        except NotAccepted as error:
            reason = error.failure.reason.lower()
            if "not modified" in reason:
                return
            if error.failure.verdict is Verdict.REFUSED and "not found" not in reason:
                raise _OfAnotherKind(error.failure) from None
            raise

    def _photo(self, message: Message) -> dict[str, Any]:
        return {"photo": self._pictures.name_of(message.photo or ""), **captioned(message)}

    async def _call(self, method: str, parameters: Mapping[str, Any], url: str | None) -> Any:
        """Send a request, and note what becomes of a picture in it."""
        try:
            sent = await self._client.call(method, parameters)
        except NotAccepted as error:
            if url is not None and error.failure.verdict is Verdict.REFUSED:
                self._pictures.refused(url, error.failure.reason)
            raise
        if url is not None and isinstance(sent, dict) and sent.get("photo"):
            self._pictures.taken(url, sent["photo"][-1]["file_id"])
        return sent


def captioned(message: Message) -> dict[str, Any]:
    """Return what a request says of how a photo's caption looks, new or edited."""
    return {"caption": message.caption or "", "parse_mode": "HTML", **_keys(message)}


def shown(message: Message) -> dict[str, Any]:
    """Return what a request says of how a message looks, new or edited."""
    parameters = {
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": _preview_json(message.preview_url, large=message.picture),
    }
    return parameters | _keys(message)


def _keys(message: Message) -> dict[str, Any]:
    return {"reply_markup": _keyboard_json(message.buttons)} if message.buttons else {}


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


@lru_cache(maxsize=256)
def _preview_json(url: str | None, *, large: bool) -> dict[str, Any]:
    return preview(url, large=large).to_dict()


@lru_cache(maxsize=256)  # a story's keyboard is the same for everybody who gets it
def _keyboard_json(rows: Rows) -> dict[str, Any]:
    markup = keyboard(rows)
    return markup.to_dict() if markup else {}


def seconds_of(retry_after: int | timedelta) -> float:
    """Return the seconds of a wait: a number or a timedelta, as the variable PTB_TIMEDELTA tells the client."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)
