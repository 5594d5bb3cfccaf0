"""Logs for the operator: one event for each fact, for people in a terminal and for programs elsewhere, without tokens.

Code logs through the standard library (`log.warning("feed %d brought nothing: %s", …)`). The words before the arguments
are the event's name: they never change, so that programs can count and filter by them.
"""

import logging
import re
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.hashed_ids import HashedId, chat_id

TOKEN = re.compile(r"(?<!\d)\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
"""A bot token: its id, a colon, a secret. Bot API documentation, "Authorizing your bot"; ids of tests are short."""

_GROUP = re.compile(r"(?<![\w.-])-100\d{10}(?!\d)")
"""Number of a supergroup or channel, as python-telegram-bot's errors name it. Bot API, "Dialog IDs"."""

Style = Literal["human", "json"]

# These libraries log every request's whole URL at INFO, which is noise even without the token.
_CHATTY = ("httpx", "httpcore", "telegram.ext.ExtBot", "telegram.Bot", "aiosqlite", "aiohttp.access", "apscheduler")


def redact(text: str) -> str:
    """Return a text with every bot token replaced, and every group's number that another's words hold hashed."""
    return _GROUP.sub(lambda found: str(chat_id(int(found[0]))), TOKEN.sub("[token]", text))


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Formats records, tracebacks included, and takes the tokens and groups' numbers out of the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line without tokens."""
        return redact(super().format(record))


def configure_logging(level: str = "INFO", stream: TextIO | None = None, *, style: Style | None = None) -> None:
    """Send all logs to one stream, without tokens.

    Args:
        level: the least severe level shown; "DEBUG" shows the libraries' too.
        stream: standard error by default.
        style: "human" or "json"; by default human in a terminal and JSON elsewhere.
    """
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    in_terminal = target.isatty()
    handler.setFormatter(_formatter(style or ("human" if in_terminal else "json"), colors=in_terminal))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quiet = logging.DEBUG if level == "DEBUG" else logging.WARNING
    for name in _CHATTY:
        logging.getLogger(name).setLevel(quiet)


def _formatter(style: Style, *, colors: bool) -> RedactingFormatter:
    facts: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True) if style == "json" else _clock,
    ]
    shown: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if style == "human":
        console = structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
        return RedactingFormatter(foreign_pre_chain=facts, processors=[*shown, console])
    last: list[Processor] = [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    named = [*facts, _name_event]
    return RedactingFormatter(foreign_pre_chain=named, pass_foreign_args=True, processors=[*shown, *last])


_clock = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)


def _name_event(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Put the unchanging words into `event`, the whole into `message`, whom it is about into `chat`."""
    record: logging.LogRecord = event["_record"]
    event["message"] = event["event"]
    event["event"] = str(record.msg)
    event.update({one.kind: str(one) for one in event.pop("positional_args", ()) if isinstance(one, HashedId)})
    return event
