"""Blocks of a message, each as Telegram counts it and as it is written: as many as fit, or all of them in pages."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.messages.markup import escape, split, utf16_length

Block = tuple[str, str]
"""A block's visible text and its HTML."""

_GAP = 2  # the blank line between two blocks

_LEAST_ROOM = 200
"""UTF-16 units that a page has for its blocks, at least. Ours: what stands above them is cut to leave so much."""


def joined(blocks: Iterable[Block]) -> str:
    """Return blocks as one HTML text."""
    return "\n\n".join(marked for _, marked in blocks)


def room_after(blocks: Iterable[Block], limit: int) -> int:
    """Return how many UTF-16 units a message has left after blocks and the gap behind each of them."""
    return limit - sum(utf16_length(plain) + _GAP for plain, _ in blocks)


def fitting(blocks: Sequence[Block], room: int, *, in_order: bool) -> list[Block]:
    """Return the blocks that fit, whole ones only.

    Args:
        blocks: from which to take.
        room: UTF-16 units.
        in_order: stop at the first that does not fit; otherwise go on to shorter ones.
    """
    kept: list[Block] = []
    for block in blocks:
        length = utf16_length(block[0]) + (_GAP if kept else 0)
        if length <= room:
            kept.append(block)
            room -= length
        elif in_order:
            break
    return kept


def pages(blocks: Iterable[Block], room: int) -> list[list[Block]]:
    """Return all blocks in as few pages as possible; one that is longer than a page loses its markup and is split.

    Args:
        blocks: in reading order.
        room: UTF-16 units of a page.
    """
    found: list[list[Block]] = [[]]
    left = room = max(room, _LEAST_ROOM)
    for block in chain.from_iterable(_pieces(whole, room) for whole in blocks):
        length = utf16_length(block[0])
        if length > left and found[-1]:
            found.append([])
            left = room
        found[-1].append(block)
        left -= length + _GAP
    return found


def _pieces(block: Block, room: int) -> list[Block]:
    if utf16_length(block[0]) <= room:
        return [block]
    return [(piece, escape(piece)) for piece in split([block[0]], room)]
