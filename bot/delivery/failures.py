"""Why a message was not accepted, and what that means for it and for its chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.store import ChatState


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


_DEFAULT_WAIT = 5.0  # seconds, for a 429 that names none; Telegram's always do
_NO_SUCH_BOT = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


def failure_of_answer(status: int, answer: Mapping[str, Any]) -> Failure:
    """Return what Telegram's refusal means.

    Args:
        status: of HTTP.
        answer: the JSON object: `description`, and `parameters` with `retry_after` or `migrate_to_chat_id`.
    """
    reason = str(answer.get("description") or f"HTTP {status}")
    parameters = answer.get("parameters") or {}
    if new_id := parameters.get("migrate_to_chat_id"):
        return Failure(Verdict.MOVED, reason, new_id=int(new_id))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Failure(Verdict.WAIT, reason, retry_after=float(parameters.get("retry_after") or _DEFAULT_WAIT))
    if status == HTTPStatus.FORBIDDEN:
        return Failure(Verdict.GONE, reason, state=_left_state(reason))
    if status == HTTPStatus.BAD_REQUEST:
        return _refusal(reason)
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        return Failure(Verdict.UNKNOWN, reason)  # a gateway passed the request on and got no answer
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _NO_SUCH_BOT:
        return Failure(Verdict.NOT_SENT, reason)
    return Failure(Verdict.FAILED, reason)


def failure_of_break(error: Exception) -> Failure:
    """Return what the end of a request without an answer means.

    No connection, no request. What breaks or times out after the request went out may have been carried out.
    """
    # Their messages name the host at most; the address with the token in it is not among their words.
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    unconnected = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return Failure(Verdict.NOT_SENT if unconnected else Verdict.UNKNOWN, reason)


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
_NO_PHOTOS = "rights to send photos"
_CLOSED = ("topic_closed", "topic_deleted", "message thread not found")
_NO_CHAT = ("chat not found", "peer_id_invalid", "user_is_deactivated", "group chat was deactivated")


def _refusal(reason: str) -> Failure:
    """Return what a 400 means; its kinds are told apart by Telegram's words alone."""
    words = reason.lower()
    if _NO_PHOTOS in words:
        return Failure(Verdict.REFUSED, reason)  # texts may be welcome
    if any(sign in words for sign in _CLOSED):
        return Failure(Verdict.GONE, reason, state=ChatState.CLOSED, whole_chat=False)
    if any(sign in words for sign in _MUTED):
        return Failure(Verdict.GONE, reason, state=ChatState.MUTED)
    if any(sign in words for sign in _NO_CHAT):
        return Failure(Verdict.GONE, reason, state=ChatState.KICKED)
    return Failure(Verdict.REFUSED, reason)
