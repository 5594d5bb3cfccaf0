"""No token and no number of a chat reaches a log; each fact is one event."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import running
from bot.hashed_ids import hashed, use_key
from bot.logs import configure_logging, redact
from bot.playground.api_errors import ApiError, forbidden, upgraded
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from tests.bots import settings_at


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Return what is logged at the most talkative level, and put logging back as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging("DEBUG", stream)
    yield stream
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    "text",
    [
        "POST https://api.telegram.org/bot123456789:AAE-abcdefghijklmnopqrstuvwxyz01234/getMe",
        "ExtBot[token=123456789:AAE-abcdefghijklmnopqrstuvwxyz01234]",
        "/bot123456789%3AAAE-abcdefghijklmnopqrstuvwxyz01234/",
    ],
)
def test_a_token_is_taken_out_of_any_text(text: str) -> None:
    """A token in a URL, in an object's own description, or percent-encoded is replaced."""
    assert "AAE-" not in redact(text)
    assert "[token]" in redact(text)


def test_programs_get_one_json_object_for_each_fact(logged: io.StringIO) -> None:
    """Away from a terminal a record is one line of JSON, its event the same whatever the numbers; so is a traceback."""
    log = logging.getLogger("bot.x")
    for number in (1, 2):
        log.warning("feed %d brought nothing", number)
    try:
        raise ValueError("two\nlines")
    except ValueError:
        log.exception("failed")
    first, second, third = map(json.loads, logged.getvalue().splitlines())
    assert first["event"] == second["event"] == "feed %d brought nothing"
    assert second["message"] == "feed 2 brought nothing"
    assert (second["level"], second["logger"]) == ("warning", "bot.x")
    assert "ValueError: two" in third["exception"]


def test_people_get_a_plain_line(logged: io.StringIO) -> None:
    """The style for people is a line with the time, the level and the sentence, without JSON."""
    configure_logging("INFO", logged, style="human")
    logging.getLogger("bot.x").warning("feed %d brought nothing", 7)
    (line,) = logged.getvalue().splitlines()
    assert "feed 7 brought nothing" in line
    assert "warning" in line
    assert "{" not in line


def test_a_traceback_is_redacted_too(logged: io.StringIO) -> None:
    """An exception whose message holds the token is logged without it."""
    try:
        raise ValueError("no answer from /bot123456789:AAE-abcdefghijklmnopqrstuvwxyz01234/getMe")
    except ValueError:
        logging.getLogger("x").exception("failed")
    assert "ValueError" in logged.getvalue()
    assert "AAE-" not in logged.getvalue()


async def test_a_running_bot_never_logs_its_token(logged: io.StringIO, tmp_path: Path) -> None:
    """At DEBUG, with every library talking, a whole conversation and a failing request leave no token in the log."""
    async with BotApiServer() as telegram:
        settings = settings_at(telegram, f"sqlite+aiosqlite:///{tmp_path}/bot.db")
        telegram.fail_next("setMyCommands", "drop_before")
        async with running(settings, sources=()) as services:
            user = telegram.add_user()
            telegram.send_text(user, user, "/start")
            await telegram.wait_for_messages(user)
            logging.getLogger("x").info("%r %r", settings, services)
    written = logged.getvalue()
    assert "telegram" in written
    assert telegram.token.partition(":")[2] not in written


SUPERGROUP = -1001234567890


async def test_no_number_of_a_chat_or_person_reaches_a_log(logged: io.StringIO, tmp_path: Path) -> None:
    """At INFO a conversation with all that goes wrong names chats by their hashes.

    The operator's words do not reach a chat, a group becomes a supergroup while it is answered, and Telegram refuses.
    """
    configure_logging("INFO", logged, style="json")
    async with BotApiServer(limits=NO_LIMITS) as telegram:
        admin, reader = telegram.add_user(user_id=7_391_845_206), telegram.add_user(user_id=7_482_956_317)
        settings = settings_at(telegram, f"sqlite+aiosqlite:///{tmp_path}/bot.db", admin_ids=frozenset({admin.id}))
        async with running(settings, sources=()) as services:
            for user in (admin, reader):
                telegram.send_text(user, user, "/start")
                await telegram.wait_for_messages(user)
            telegram.send_text(admin, admin, "/broadcast hello")
            question = (await telegram.wait_for_messages(admin, 2))[-1]
            telegram.fail_next("sendMessage", "error", error=forbidden("bot was blocked by the user"))
            telegram.press(question, "📣 Send")
            await telegram.wait_for(lambda: "Not sent: 1" in question.text)
            telegram.fail_next("sendMessage", "error", error=upgraded(SUPERGROUP))
            telegram.send_text(admin, admin, "/start")
            await telegram.wait_for(
                lambda: str(SUPERGROUP) in [str(one.arguments.get("chat_id")) for one in telegram.requests]
            )
            told = len(telegram.bot_messages(reader))
            telegram.fail_next("sendMessage", "error", error=ApiError(400, f"Bad Request: odd: {SUPERGROUP}"))
            telegram.send_text(reader, reader, "/start")
            await telegram.wait_for(lambda: len(telegram.bot_messages(reader)) > told)
            key = await services.store.keys.get("log")
    records = [json.loads(line) for line in logged.getvalue().splitlines()]
    written = logged.getvalue()
    for number in (admin.id, reader.id, -SUPERGROUP):
        assert str(number) not in written
    use_key(key)
    unreached = next(record for record in records if record["event"].startswith("a broadcast"))
    assert unreached["chat"] == hashed("chat", admin.id)
    failed = next(record for record in records if record["event"].startswith("an update of chat"))
    assert failed["chat"] == hashed("chat", reader.id)
    assert hashed("chat", SUPERGROUP) in failed["exception"]
    moved = next(record["message"] for record in records if "has become" in record["event"])
    assert moved == f"chat {hashed('chat', admin.id)} has become {hashed('chat', SUPERGROUP)}"
