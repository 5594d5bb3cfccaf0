"""The elements that wrap an article's paragraphs within its region, known by what most of its prose stands in."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from bot.reading.blocks import Block, Node
from bot.reading.element_names import words_in
from bot.reading.vocabulary import vocabulary
from bot.reading.zones import Zone

_Key = TypeVar("_Key", bound=Hashable)
Signature = tuple[tuple[str, tuple[str, ...]], ...]

# Wrappers and tags that hold this share of the region's prose are where the article's prose stands.
_MAIN_SHARE = 0.15
# Less prose than this, in characters, makes no part of the text beside the largest: a box in a short article.
_MAIN_PROSE = 300
_ENOUGH = 0.7
_TRANSPARENT = frozenset(("blockquote", "ul", "ol", "li", "dl", "dd", "dt", "figure", "center", "details"))
# A heading's own wrapper holds no more than it and such a line: a time, a number.
_BESIDE_HEADING, _WRAPPED = 12, 2
_TEXT_TAGS = frozenset(("p", "li", "blockquote", "pre", "dd", "dt"))


class Wrappers:
    """Where in an article's region its prose stands, by the tags and names of the elements around it."""

    def __init__(
        self, region: Node, blocks: Sequence[Block], zones: Mapping[Node, Zone], amounts: Iterable[tuple[Block, int]]
    ) -> None:
        """Learn where the prose stands.

        Args:
            region: the element that holds the article's text.
            blocks: the page's blocks.
            zones: what each element holds.
            amounts: the region's blocks that may be text, with how much prose each has.
        """
        self._region = region
        self._blocks = blocks
        self._zones = zones
        self._amounts = tuple((block, amount) for block, amount in amounts if amount)
        self._known_steps: dict[Node, Signature] = {}
        self._by_names = True
        self._main = self._most()
        if self._coverage() < _ENOUGH:  # parts have names of their own, as "chapter-2" is one: tags alone count
            self._by_names = False
            self._known_steps.clear()
            self._main = self._most()
        held = ((block.tag, amount) for block, amount in self._amounts if self.wrap(block.node))
        self._tags = _TEXT_TAGS | _large(held, least=0)

    def _most(self) -> frozenset[Signature]:
        return _large((self._steps(block.node), amount) for block, amount in self._amounts)

    def _coverage(self) -> float:
        """Return the share of the region's prose that stands in the main wrappers."""
        total = sum(amount for _, amount in self._amounts)
        return sum(amount for block, amount in self._amounts if self.wrap(block.node)) / total if total else 1.0

    def wrap(self, node: Node) -> bool:
        """Say whether an element stands in the main wrappers."""
        return self._steps(node) in self._main

    def hold(self, block: Block) -> bool:
        """Say whether a block stands in the main wrappers and in a tag that holds text there."""
        return block.tag in self._tags and self.wrap(block.node)

    def head(self, heading: Block) -> bool:
        """Say whether a heading, but for wrappers of its own, stands where the prose or its wrappers stand.

        Headings of boxes share their wrapper with the box's text.
        """
        if self.wrap(heading.node):
            return True
        node = self.own_wrapper(heading)
        around = self._steps(node)
        if node.parent is self._region or not around:
            return self._wraps(node, heading)
        return any(signature[-len(around) :] == around for signature in self._main)

    def own_wrapper(self, heading: Block) -> Node:
        """Return the largest element that holds a heading and next to nothing beside it."""
        node = heading.node
        while node.parent is not None and node.parent is not self._region and self._wraps(node.parent, heading):
            node = node.parent
        return node

    def _wraps(self, node: Node, heading: Block) -> bool:
        """Say whether an element holds a heading and no more than a time or a number beside it."""
        if node.end - node.start > _WRAPPED or self._zones[node] is Zone.CAPTION:
            return False
        others = (block for block in self._blocks[node.start : node.end] if block is not heading)
        return all(len(block.text) <= _BESIDE_HEADING and not block.links for block in others)

    def _steps(self, inner: Node) -> Signature:
        """Return the steps from the region to an element; those to its parent, which others share, are found once."""
        if inner not in self._known_steps:
            self._known_steps[inner] = self._steps_through_parent(inner)
        return self._known_steps[inner]

    def _steps_through_parent(self, inner: Node) -> Signature:
        parent = inner.parent
        if inner is self._region or parent is None or parent is self._region:
            return ()
        if parent.tag in _TRANSPARENT or (parent.names and _only_arranges(parent.names)):
            return self._steps(parent)
        return ((parent.tag, naming(parent) if self._by_names else ()), *self._steps(parent))


@lru_cache(maxsize=10_000)
def _only_arranges(names: str) -> bool:
    """Say whether these are an editor's names for a column, a row or a group, whatever it holds."""
    said, known = words_in(names), vocabulary()
    return bool(said) and said[0] in known.builders and known.builders.union(known.arrangement).issuperset(said)


def naming(node: Node) -> tuple[str, ...]:
    """Return the words of an element's names but for those that say who may read it."""
    said = node.words
    access = vocabulary().access
    return said if access.isdisjoint(said) else tuple(word for word in said if word not in access)


def _large(pairs: Iterable[tuple[_Key, int]], least: int = _MAIN_PROSE) -> frozenset[_Key]:
    """Return the keys whose amounts are a large share of all, and at least so much."""
    amounts: Counter[_Key] = Counter()
    for key, amount in pairs:
        amounts[key] += amount
    enough = max(_MAIN_SHARE * amounts.total(), min(least, max(amounts.values(), default=0)))
    return frozenset(key for key, amount in amounts.items() if amount and amount >= enough)
