"""Teasers of other articles, known by their repetition: a linked headline with a line or two, three times or more."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot.reading.blocks import Block, Node
from bot.reading.selectors import line_of

_FEW = 3
_MAX_BLOCKS = 7
_MAX_TEXT = 420
_ALL_LINK = 0.8
# Links that lead to no other article: within the page, to a network that shares it, to a shop that pays for it.
_NOWHERE = re.compile(
    r"#|javascript:|mailto:|whatsapp:|tg:|(?:https?:)?//(?:[\w-]+\.)*"
    r"(?:facebook\.com/(?:sharer|dialog)|(?:twitter|x)\.com/(?:intent|share)|t\.me/share|wa\.me|api\.whatsapp\.com|"
    r"linkedin\.com/share|pinterest\.com/pin/create|reddit\.com/submit)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#?\d{1,3}[.)] ")
# Lines of teasers: how many there are at least, their headlines' words, and less than which share of the page they are.
_MANY, _HEADLINE, _SHARE = 4, 3, 0.4
_BULLETS = "•·-–—*»›▪■●\x95 "
_PAID = frozenset(("sponsored", "nofollow"))


def teaser_blocks(blocks: Sequence[Block], nodes: Sequence[Node]) -> set[int]:
    """Return the indices of the blocks that stand in teasers.

    Args:
        blocks: the page's blocks.
        nodes: its elements in document order.
    """
    found: set[int] = set()
    small = [node for node in nodes if 1 < node.end - node.start <= _MAX_BLOCKS]
    beside = Counter([(node.parent, node.tag) for node in small])  # few have so many likes that names need be asked
    groups: dict[tuple[Node | None, str, tuple[str, ...]], list[Node]] = {}
    for node in small:
        if beside[node.parent, node.tag] >= _FEW:
            groups.setdefault((node.parent, node.tag, node.words), []).append(node)
    for group in groups.values():
        if len(group) >= _FEW:
            cards = [node for node in group if _is_card(blocks[node.start : node.end])]
            if len(cards) >= _FEW and len(cards) * 2 > len(group):
                found.update(index for node in cards for index in range(node.start, node.end))
    return found


def teaser_lines(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of lines that stand in one element and, all but one, begin with a headline's link.

    Args:
        blocks: the page's blocks.
    """
    counts = Counter(block.node for block in blocks)
    holders = {node for node, count in counts.items() if count >= _MANY}  # most elements hold one line
    if not holders:
        return set()
    beside: dict[Node, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.node in holders:
            beside.setdefault(block.node, []).append(index)
    lists = [lines for lines in beside.values() if _are_led(blocks, lines)]
    if not lists:
        return set()
    whole = sum(len(block.text) for block in blocks)
    return {
        index for lines in lists if sum(len(blocks[index].text) for index in lines) < _SHARE * whole for index in lines
    }


def glued_teasers(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of lines in elements of one make, each a headline's link with words glued to it.

    Args:
        blocks: the page's blocks.
    """
    groups: dict[tuple[Node | None, str, tuple[str, ...]], list[int]] = {}
    for index, block in enumerate(blocks):
        if 0 < block.links < _ALL_LINK * len(block.text):
            node = block.node
            if node.end - node.start == 1:
                groups.setdefault((node.parent, node.tag, node.words), []).append(index)
    several = (group for group in groups.values() if len(group) >= _FEW)  # asked first: few lines have such a link
    glued = ([index for index in group if _is_glued(blocks[index])] for group in several)
    return {index for group in glued if len(group) >= _FEW for index in group}


def _is_glued(block: Block) -> bool:
    """Say whether a headline's link begins a line and a style sheet alone parts it from the next word."""
    said = _headline_of(block)
    return bool(said) and block.text.startswith(said) and block.text[len(said) :][:1].isalnum()


def _are_led(blocks: Sequence[Block], lines: Sequence[int]) -> bool:
    led = sum(blocks[index].links > 0 and _begins_with_headline(blocks[index]) for index in lines)
    return led >= max(_MANY, len(lines) - 1)


def _begins_with_headline(block: Block) -> bool:
    """Say whether a block begins, but for a bullet, with a link as long as a headline."""
    said = _headline_of(block)
    return bool(said) and block.text.lstrip(_BULLETS).startswith(said)


def _headline_of(block: Block) -> str:
    """Return what a block's first link says that is as long as a headline and leads somewhere, else ""."""
    first = next((element for element in block.inline if element.tag == "a"), None)
    said = line_of(first) if first is not None else ""
    return "" if len(said.split()) < _HEADLINE or _leads_nowhere(first) else said


def _is_card(blocks: Sequence[Block]) -> bool:
    if not blocks[0].links and _NUMBERED.match(blocks[0].text):  # the things of a list, each with a shop's link
        return False
    return any(map(_leads_on, blocks)) and sum(len(block.text) for block in blocks) <= _MAX_TEXT


def _leads_on(block: Block) -> bool:
    """Say whether a block is a link to another article, as far as links tell."""
    if block.link_share <= _ALL_LINK:
        return False
    links = [element for element in block.inline if element.tag == "a"]
    return not links or not all(map(_leads_nowhere, links))


def _leads_nowhere(link: Any) -> bool:
    target = (link.get("href") or "").strip()
    return not target or bool(_NOWHERE.match(target)) or not _PAID.isdisjoint((link.get("rel") or "").lower().split())
