"""Where on a page the article's text stands."""

from collections.abc import Sequence
from itertools import accumulate

from bot.reading.blocks import Block, Node

_MIN_PROSE = 60
_MAX_LINKS = 0.4
# From here on Unicode has Chinese, Japanese and Korean, whose characters say as much as two or three letters.
_DENSE_SCRIPTS = "\u2e80"
_DENSITY = 2
# An element that holds this share of its parent's prose holds the article.
_MAJORITY = 0.75
_LEAVES = frozenset(("p", "li", "ul", "ol", "blockquote", "table"))


def text_length(text: str) -> int:
    """Return a text's length in characters; those of dense scripts count for two."""
    length = len(text)
    return length * _DENSITY if text[length // 2] > _DENSE_SCRIPTS else length


def prose_length(block: Block) -> int:
    """Return how many characters of running prose a block has; 0 for what is too short or a link."""
    length = text_length(block.text)
    if length < _MIN_PROSE or block.link_share > _MAX_LINKS:
        return 0
    return length - block.links


def running_sums(amounts: Sequence[int]) -> list[int]:
    """Return the sums of the amounts before each index, and of all."""
    return [0, *accumulate(amounts)]


def find_region(nodes: Sequence[Node], prose: Sequence[int], start: Node) -> Node:
    """Return the smallest element that holds most of the prose of another.

    Args:
        nodes: the page's elements in document order.
        prose: running sums of the blocks' prose.
        start: the element to look in.
    """
    children: dict[Node, list[Node]] = {}
    for node in nodes[1:]:
        if prose[node.end] > prose[node.start] and node.parent is not None:
            children.setdefault(node.parent, []).append(node)

    def amount(node: Node) -> int:
        return prose[node.end] - prose[node.start]

    node = start
    while True:
        best = max(children.get(node, ()), key=amount, default=None)
        if best is None or best.tag in _LEAVES or amount(best) < _MAJORITY * amount(node):
            return node
        node = best
