"""Logs for the operator: one line for each fact, and no token in any of them."""

import logging
import re
import sys
from typing import TextIO

TOKEN = re.compile(r"(?<!\d)\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
"""A bot token: its id, a colon, a secret. Bot API documentation, "Authorizing your bot"; ids of tests are short."""

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"

# These libraries log every request's whole URL at INFO, which is noise even without the token.
_CHATTY = ("httpx", "httpcore", "telegram.ext.ExtBot", "telegram.Bot", "aiosqlite", "aiohttp.access", "apscheduler")


def redact(text: str) -> str:
    """Return a text with every bot token replaced."""
    return TOKEN.sub("[token]", text)


class RedactingFormatter(logging.Formatter):
    """Formats records as usual, tracebacks included, and takes the tokens out of the whole."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line without tokens."""
        return redact(super().format(record))


def configure_logging(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs to one stream, without tokens.

    Args:
        level: the least severe level shown; "DEBUG" shows the libraries' too.
        stream: standard error by default.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quiet = logging.DEBUG if level == "DEBUG" else logging.WARNING
    for name in _CHATTY:
        logging.getLogger(name).setLevel(quiet)
