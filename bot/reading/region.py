"""Where on a page the article's text stands."""

from collections.abc import Sequence

from bot.reading.blocks import Block, Node

_MIN_PROSE = 60
_MAX_LINKS = 0.4
# An element that holds this share of its parent's prose holds the article.
_MAJORITY = 0.75


def prose_length(block: Block) -> int:
    """Return how many characters of running prose a block has; 0 for what is too short or a link."""
    if len(block.text) < _MIN_PROSE or block.link_share > _MAX_LINKS:
        return 0
    return len(block.text) - block.links


def find_region(blocks: Sequence[Block], nodes: Sequence[Node], noise: set[int]) -> Node:
    """Return the smallest element that holds most of the page's prose."""
    sums = [0]
    for index, block in enumerate(blocks):
        sums.append(sums[-1] + (0 if index in noise else prose_length(block)))
    children: dict[int, list[Node]] = {}
    for node in nodes[1:]:
        children.setdefault(id(node.parent), []).append(node)
    node = nodes[0]
    while True:
        total = sums[node.end] - sums[node.start]
        best = max(children.get(id(node), ()), key=lambda child: sums[child.end] - sums[child.start], default=None)
        if best is None or best.tag in {"p", "li", "blockquote"}:
            return node
        if sums[best.end] - sums[best.start] < _MAJORITY * total:
            return node
        node = best
