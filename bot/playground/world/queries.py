"""Pressed buttons and inline queries that wait for the bot's answer."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.world.chats import User
from bot.playground.world.messages import ApiButton, StoredMessage


@dataclass(slots=True)
class Press:
    """A pressed callback button.

    Attributes:
        answered: whether the bot has answered; the person sees the button working until then.
        text: what the answer shows, "" for nothing.
        alert: whether it is shown as a dialogue to be closed.
    """

    id: str
    user: User
    message: StoredMessage
    button: ApiButton
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class InlineQuery:
    """An inline query and what the bot offered."""

    id: str
    user: User
    query: str
    at: float
    offset: str = ""
    answered: bool = False
    results: list[dict[str, Any]] = field(default_factory=list)
    next_offset: str = ""
    button: dict[str, Any] | None = None


class Queries:
    """Queries by their identifiers."""

    def __init__(self) -> None:
        self._presses: dict[str, Press] = {}
        self._inline: dict[str, InlineQuery] = {}
        self._next = 4_000_000_000_000_000_001

    def press(self, user: User, message: StoredMessage, button: ApiButton, at: float) -> Press:
        """Remember a pressed button."""
        press = Press(self._id(), user, message, button, at)
        self._presses[press.id] = press
        return press

    def inline(self, user: User, query: str, offset: str, at: float) -> InlineQuery:
        """Remember an inline query."""
        inline = InlineQuery(self._id(), user, query, at, offset)
        self._inline[inline.id] = inline
        return inline

    def take_press(self, query_id: str) -> Press | None:
        """Return a press that waits, once."""
        return self._presses.pop(query_id, None)

    def take_inline(self, query_id: str) -> InlineQuery | None:
        """Return an inline query that waits, once."""
        return self._inline.pop(query_id, None)

    def _id(self) -> str:
        self._next += 1
        return str(self._next)
