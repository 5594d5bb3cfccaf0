"""One message to one chat through Telegram's client, and what an error of it means for the delivery."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.models import Button, Message
from bot.store import Chat, ChatState


class Verdict(Enum):
    """What is to be done after a message was not accepted for certain."""

    NOT_SENT = auto()  # nothing reached Telegram, or Telegram is ill: the same again later, whoever it is for
    UNKNOWN = auto()  # the request went out and no answer came: it may be there or not
    WAIT = auto()  # this chat alone is to be left alone for a time
    MOVED = auto()  # the chat has another number now
    GONE = auto()  # the chat cannot be written to any more
    REFUSED = auto()  # this message is not acceptable, another may be
    FAILED = auto()  # something else


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was not accepted, as far as we know.

    Attributes:
        verdict: what is to be done.
        reason: Telegram's or the network's words.
        retry_after: seconds that this chat is to be left alone, for WAIT.
        new_id: the chat's new number, for MOVED.
        state: what became of the chat, for GONE.
        whole_chat: False where only the forum topic is gone.
    """

    verdict: Verdict
    reason: str
    retry_after: float = 0.0
    new_id: int = 0
    state: ChatState = ChatState.BLOCKED
    whole_chat: bool = True


class NotAccepted(Exception):
    """A message was not accepted, as far as we know."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure)


class Sender:
    """Sends messages as the bot.

    Args:
        bot: Telegram's client, without a rate limiter of its own: the pusher keeps the pace.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat: Chat, message: Message) -> int:
        """Send a message and return Telegram's number of it.

        Raises:
            NotAccepted: it was not accepted, as far as we know.
        """
        try:
            sent = await self._bot.send_message(
                chat_id=chat.telegram_id,
                message_thread_id=chat.thread_id,
                text=message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=preview(message.preview_url),
                reply_markup=keyboard(message.buttons),
            )
        except TelegramError as error:
            raise NotAccepted(failure_of(error)) from error
        return sent.message_id


def preview(url: str | None) -> LinkPreviewOptions:
    """Return how a message's link preview is shown: not at all where there is no URL."""
    return LinkPreviewOptions(is_disabled=True) if url is None else LinkPreviewOptions(url=url)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Return rows of buttons as Telegram's client takes them."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, url=button.url, callback_data=button.data) for button in row]
            for row in rows
        ]
    )


def failure_of(error: TelegramError) -> Failure:
    """Return what an error of Telegram's client means."""
    reason = error.message
    match error:
        case RetryAfter():
            return Failure(Verdict.WAIT, reason, retry_after=seconds_of(error.retry_after))
        case ChatMigrated():
            return Failure(Verdict.MOVED, reason, new_id=error.new_chat_id)
        case Forbidden():
            return Failure(Verdict.GONE, reason, state=_left_state(reason))
        case BadRequest():
            return _refusal(reason)
        case InvalidToken():
            return Failure(Verdict.NOT_SENT, reason)
        case NetworkError():
            return Failure(_network_verdict(error), reason)
    return Failure(Verdict.FAILED, reason)


def seconds_of(retry_after: int | timedelta) -> float:
    """Return the seconds of a wait: a number or a timedelta, as the variable PTB_TIMEDELTA tells the client."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)


def _left_state(reason: str) -> ChatState:
    if "blocked" in reason or "initiate conversation" in reason:
        return ChatState.BLOCKED
    return ChatState.DEACTIVATED if "deactivated" in reason else ChatState.KICKED


_MUTED = (
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
)
_CLOSED = ("topic_closed", "topic_deleted", "message thread not found")
_NO_CHAT = ("chat not found", "peer_id_invalid", "user_is_deactivated", "group chat was deactivated")


def _refusal(reason: str) -> Failure:
    """Return what a 400 means; its kinds are told apart by Telegram's words alone."""
    words = reason.lower()
    if any(sign in words for sign in _CLOSED):
        return Failure(Verdict.GONE, reason, state=ChatState.CLOSED, whole_chat=False)
    if any(sign in words for sign in _MUTED):
        return Failure(Verdict.GONE, reason, state=ChatState.MUTED)
    if any(sign in words for sign in _NO_CHAT):
        return Failure(Verdict.GONE, reason, state=ChatState.KICKED)
    return Failure(Verdict.REFUSED, reason)


def _network_verdict(error: NetworkError) -> Verdict:
    """Say whether the request can have been carried out.

    An answer that says 5xx was given by Telegram, which has then not done it; no connection, no request. What breaks or
    times out after the request went out may have been done.
    """
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Verdict.NOT_SENT
    return Verdict.UNKNOWN if isinstance(cause, httpx.HTTPError) else Verdict.NOT_SENT
