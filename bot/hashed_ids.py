"""Numbers of chats, people and stories as logs show them: hashed with a key of the instance's own.

Whoever reads a log can follow one chat through it and cannot tell whose it is; `quotewire who` tells the operator, who
has the database and its key. At the level DEBUG, where libraries log whole requests, the numbers are shown.
"""

import hmac
import logging
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Kind = Literal["chat", "story"]

DIGITS = 12
"""Hexadecimal digits of a hash: among a million chats two are alike once in 560 instances."""

_key = secrets.token_bytes(32)  # until the instance's own is known, nothing is shown that could be looked up


@dataclass(frozen=True, slots=True)
class HashedId:
    """A number that a log record may have as an argument.

    Attributes:
        kind: what it is a number of; a private chat and the person in it have one number.
        number: Telegram's number of a chat or person, ours of a story.
    """

    kind: Kind
    number: int

    def __str__(self) -> str:
        """Return what is shown of it now."""
        return str(self.number) if logging.getLogger().isEnabledFor(logging.DEBUG) else hashed(self.kind, self.number)


def use_key(key: bytes) -> None:
    """Hash with the instance's own key from now on, in this process."""
    global _key  # noqa: PLW0603  logging is one for the process, and so is its key
    _key = key


def hashed(kind: Kind, number: int) -> str:
    """Return the hash of a number, as all processes of the instance show it."""
    return hmac.new(_key, f"{kind}:{number}".encode(), sha256).hexdigest()[:DIGITS]


def chat_id(telegram_id: int | None) -> HashedId:
    """Return Telegram's number of a chat or person for a log; 0 where there is none."""
    return HashedId("chat", telegram_id or 0)


def story_id(number: int) -> HashedId:
    """Return our number of a story for a log."""
    return HashedId("story", number)
