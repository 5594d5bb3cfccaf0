"""Teasers of other articles, known by their repetition: a linked headline with a line or two, three times or more."""

from collections.abc import Sequence

from bot.reading.blocks import Block, Node

_FEW = 3
_MAX_BLOCKS = 7
_MAX_TEXT = 420
_ALL_LINK = 0.8


def teaser_blocks(blocks: Sequence[Block], nodes: Sequence[Node]) -> set[int]:
    """Return the indices of the blocks that stand in teasers.

    Args:
        blocks: the page's blocks.
        nodes: its elements in document order.
    """
    groups: dict[tuple[Node | None, str, tuple[str, ...]], list[Node]] = {}
    for node in nodes:
        if 1 < node.end - node.start <= _MAX_BLOCKS:
            groups.setdefault((node.parent, node.tag, node.words), []).append(node)
    found: set[int] = set()
    for group in groups.values():
        if len(group) >= _FEW:
            cards = [node for node in group if _is_card(blocks[node.start : node.end])]
            if len(cards) >= _FEW and len(cards) * 2 > len(group):
                found.update(index for node in cards for index in range(node.start, node.end))
    return found


def _is_card(blocks: Sequence[Block]) -> bool:
    return (
        any(block.link_share > _ALL_LINK for block in blocks) and sum(len(block.text) for block in blocks) <= _MAX_TEXT
    )
