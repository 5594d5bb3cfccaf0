"""Posts of social networks that a page embeds, where no name gives them away: by the line that signs them."""

import re
from collections.abc import Iterator, Sequence

from bot.reading.blocks import Block, Node

# "— Ann Hill (@annhill) July 18, 2026", as networks write it below what they embed.
_SIGNATURE = re.compile(r"[—–-] ?.{1,80}\(@\w{2,30}\).{0,40}$")
_MAX_BLOCKS = 12


def embedded_posts(blocks: Sequence[Block], nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the elements that end with the signature of a network's post and hold little else.

    Args:
        blocks: the page's blocks.
        nodes: its elements in document order.
    """
    signed = {index for index, block in enumerate(blocks) if block.text[-1].isdecimal() and _is_signature(block)}
    if signed:
        yield from (
            node
            for node in nodes
            if node.tag == "blockquote" and node.end - 1 in signed and node.end - node.start <= _MAX_BLOCKS
        )


def _is_signature(block: Block) -> bool:
    return "(@" in block.text and _SIGNATURE.search(block.text) is not None
