"""What Telegram's errors mean; its words are those that the Bot API server or a library's tracker reports."""

import warnings

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.sender import Verdict, failure_of
from bot.store import ChatState


@pytest.mark.parametrize(
    ("words", "state", "whole_chat"),
    [
        ("not enough rights to send text messages to the chat", ChatState.MUTED, True),
        ("have no rights to send a message", ChatState.MUTED, True),
        ("need administrator rights in the channel chat", ChatState.MUTED, True),
        ("CHAT_WRITE_FORBIDDEN", ChatState.MUTED, True),
        ("chat not found", ChatState.KICKED, True),
        ("TOPIC_CLOSED", ChatState.CLOSED, False),
        ("TOPIC_DELETED", ChatState.CLOSED, False),
        ("message thread not found", ChatState.CLOSED, False),
    ],
)
def test_a_400_that_is_about_the_chat_ends_it(words: str, state: ChatState, whole_chat: bool) -> None:
    """A forum topic's end leaves the rest of the chat alone."""
    failure = failure_of(BadRequest(words))
    assert (failure.verdict, failure.state, failure.whole_chat) == (Verdict.GONE, state, whole_chat)


@pytest.mark.parametrize("words", ["can't parse entities: unexpected end tag", "message is too long", "text is empty"])
def test_a_400_that_is_about_the_message_refuses_only_that(words: str) -> None:
    """Another message may go to the same chat."""
    assert failure_of(BadRequest(words)).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("bot was blocked by the user", ChatState.BLOCKED),
        ("user is deactivated", ChatState.DEACTIVATED),
        ("bot was kicked from the group chat", ChatState.KICKED),
        ("bot is not a member of the channel chat", ChatState.KICKED),
        ("the group chat was deleted", ChatState.KICKED),
    ],
)
def test_a_403_says_who_has_left(words: str, state: ChatState) -> None:
    """Each ends the pushes to the chat."""
    failure = failure_of(Forbidden(words))
    assert (failure.verdict, failure.state) == (Verdict.GONE, state)


@pytest.mark.parametrize("as_timedelta", ["1", "0"])
def test_a_flood_wait_is_a_number_or_a_timedelta(monkeypatch: pytest.MonkeyPatch, as_timedelta: str) -> None:
    """python-telegram-bot gives one or the other, as PTB_TIMEDELTA says."""
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the client warns that the number will go
        failure = failure_of(RetryAfter(43_838))
    assert (failure.verdict, failure.retry_after) == (Verdict.WAIT, 43_838)


def test_a_migrated_group_has_its_new_number() -> None:
    """It is the one that Telegram gives."""
    failure = failure_of(ChatMigrated(-1001))
    assert (failure.verdict, failure.new_id) == (Verdict.MOVED, -1001)


@pytest.mark.parametrize(
    ("error", "cause", "verdict"),
    [
        (TimedOut(), httpx.ConnectTimeout(""), Verdict.NOT_SENT),
        (TimedOut(), httpx.PoolTimeout(""), Verdict.NOT_SENT),
        (NetworkError(""), httpx.ConnectError(""), Verdict.NOT_SENT),
        (TimedOut(), httpx.ReadTimeout(""), Verdict.UNKNOWN),
        (TimedOut(), httpx.WriteTimeout(""), Verdict.UNKNOWN),
        (NetworkError(""), httpx.ReadError(""), Verdict.UNKNOWN),
        (NetworkError(""), httpx.RemoteProtocolError(""), Verdict.UNKNOWN),
        (NetworkError("Bad Gateway"), None, Verdict.NOT_SENT),
        (InvalidToken("Unauthorized"), None, Verdict.NOT_SENT),
        (Conflict("other instance"), None, Verdict.FAILED),
        (TelegramError("Invalid server response"), None, Verdict.FAILED),
    ],
)
def test_what_may_have_been_sent_is_told_from_what_was_not(
    error: TelegramError, cause: Exception | None, verdict: Verdict
) -> None:
    """No connection, no message; a request that went out without an answer may have been carried out."""
    error.__cause__ = cause
    assert failure_of(error).verdict is verdict
