"""Editions: what was held for a chat, as few messages, each of which is sent and marked by itself."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.models import Message
from bot.options import Options
from bot.store import Chat, Delivery

_LONGEST = 4096  # UTF-16 units (Bot API, sendMessage)
_LONGEST_LINE = 900


@dataclass(frozen=True, slots=True)
class Item:
    """One story of an edition.

    Attributes:
        delivery: its delivery.
        options: what holds for it.
    """

    delivery: Delivery
    options: Options


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an edition.

    Attributes:
        message: what is sent.
        items: what it tells; marked when it was accepted.
    """

    message: Message
    items: tuple[Item, ...]


RenderEdition = Callable[[Sequence[Item], Chat], Sequence[Part]]


def plain_edition(items: Sequence[Item], _chat: Chat) -> list[Part]:
    """Return the plainest form of an edition: headlines and links, without markup, for when all else is refused."""
    parts: list[list[Item]] = []
    room = 0
    for item in items:
        length = len(_line(item).encode("utf-16-le", "replace")) // 2 + 2
        if not parts or length > room:
            parts.append([])
            room = _LONGEST
        parts[-1].append(item)
        room -= length
    return [Part(_plain(part), tuple(part)) for part in parts]


def _plain(items: Sequence[Item]) -> Message:
    return Message(html.escape("\n\n".join(map(_line, items)), quote=False))


def _line(item: Item) -> str:
    return f"{item.delivery.headline[:_LONGEST_LINE]}\n{item.delivery.url[:_LONGEST_LINE]}"
