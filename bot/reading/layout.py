"""The parts of an article's page: its headline, its standfirst, and which blocks are its text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.reading.blocks import HEADINGS, Block, Node
from bot.reading.evidence import words
from bot.reading.phrases import is_boilerplate, is_sentence
from bot.reading.region import find_region, prose_length, running_sums
from bot.reading.zones import Zone, zones

Signature = tuple[tuple[str, str], ...]

_MAIN_SHARE = 0.15
_TRANSPARENT = frozenset(("blockquote", "ul", "ol"))
_LONG = 80
_MAX_LINKS = 0.5
_ALL_LINKS = 0.8
_HEAD_BLOCKS = 15
_STANDFIRST_WORDS = frozenset(
    "standfirst lead lede dek deck subtitle subheadline subheading subhead sub intro introduction summary excerpt chapo "
    "sottotitolo sommario entradilla ingress preamble abstract vorspann anriss teaser subtitulo bajada copete leadtext "
    "leadin strapline tagline description desc sapo perex zajawka preamble heading".split()
)


class Layout:
    """A page's blocks, judged.

    Attributes:
        region: the element that holds the article's text.
        headline: the index of the block that shows the headline, or None.
    """

    def __init__(self, blocks: Sequence[Block], nodes: Sequence[Node], metadata: Any) -> None:
        self.blocks = blocks
        self.metadata = metadata
        amounts = [prose_length(block) for block in blocks]
        self.zones = zones(blocks, nodes, running_sums(amounts))
        self.amounts = [
            amount if self.zones[block.node] is Zone.TEXT else 0 for amount, block in zip(amounts, blocks, strict=True)
        ]
        self.region = find_region(nodes, running_sums(self.amounts))
        self.title = words(metadata.title or "")
        self.description = words(metadata.description or "")
        self.signatures = self._main_signatures()
        self.tags = self._main_tags()
        self.start, self.end = self._extent()
        self.headline = self._headline()

    def text(self) -> list[Block]:
        """Return the article's blocks in reading order: the standfirst, headings, paragraphs and list items."""
        head = [block for block in self._head() if self._is_standfirst(block)]
        kept = [block for block in self.blocks[self.start : self.end] if self._is_text(block)]
        return list(_without_orphan_headings(head + kept))

    def _signature(self, block: Block) -> Signature:
        steps = []
        for node in block.node.ancestors():
            if node is self.region:
                break
            if node is not block.node and node.tag not in _TRANSPARENT:
                steps.append((node.tag, node.element.get("class", "")))
        return tuple(steps)

    def _region_blocks(self) -> Iterator[tuple[int, Block]]:
        for index in range(self.region.start, self.region.end):
            if self.zones[self.blocks[index].node] is Zone.TEXT:
                yield index, self.blocks[index]

    def _main_signatures(self) -> frozenset[Signature]:
        amounts: Counter[Signature] = Counter()
        for index, block in self._region_blocks():
            amounts[self._signature(block)] += self.amounts[index]
        least = _MAIN_SHARE * amounts.total()
        return frozenset(signature for signature, amount in amounts.items() if amount and amount >= least)

    def _main_tags(self) -> frozenset[str]:
        amounts: Counter[str] = Counter()
        for index, block in self._region_blocks():
            if self._signature(block) in self.signatures:
                amounts[block.tag] += self.amounts[index]
        least = _MAIN_SHARE * amounts.total()
        return frozenset(tag for tag, amount in amounts.items() if amount and amount >= least)

    def _is_main(self, block: Block) -> bool:
        """Say whether a block stands where the article's prose stands."""
        return (
            (block.tag in self.tags or block.tag in HEADINGS or block.tag in {"p", "li", "blockquote"})
            and self._signature(block) in self.signatures
        )

    def _extent(self) -> tuple[int, int]:
        main = [index for index, block in self._region_blocks() if self.amounts[index] and self._is_main(block)]
        if not main:
            return self.region.start, self.region.end
        end = main[-1] + 1
        while end < self.region.end and self.zones[self.blocks[end].node] is Zone.TEXT and self._is_main(self.blocks[end]):
            end += 1
        return main[0], end

    def _headline(self) -> int | None:
        exact = [i for i in range(self.start) if words(self.blocks[i].text) == self.title and self.title]
        tops = [i for i in exact if self.blocks[i].tag in HEADINGS] or exact
        return tops[-1] if tops else None

    def _head(self) -> Sequence[Block]:
        start = self.headline + 1 if self.headline is not None else max(0, self.start - _HEAD_BLOCKS)
        return self.blocks[max(start, self.start - 3 * _HEAD_BLOCKS) : self.start]

    def _is_standfirst(self, block: Block) -> bool:
        if self.zones[block.node] is not Zone.TEXT or block.link_share > _MAX_LINKS or len(block.text) < 25:
            return False
        said = words(block.text)
        if said == self.title or is_boilerplate(block.text):
            return False
        if self.description and (said in self.description or self.description in said or said[:60] in self.description):
            return True
        named = any(not _STANDFIRST_WORDS.isdisjoint(node.words) for node in list(block.node.ancestors())[:2])
        if named and len(block.text) >= 30:
            return True
        return len(block.text) >= _LONG and is_sentence(block.text)

    def _is_text(self, block: Block) -> bool:
        if self.zones[block.node] is not Zone.TEXT or words(block.text) == self.title:
            return False
        if block.link_share > _ALL_LINKS or is_boilerplate(block.text):
            return False
        if self._is_main(block):
            return block.tag != "li" or block.link_share < _MAX_LINKS
        return len(block.text) >= _LONG and is_sentence(block.text) and block.link_share < _MAX_LINKS


def _without_orphan_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out headings that no text follows."""
    waiting: list[Block] = []
    for block in blocks:
        if block.tag in HEADINGS:
            waiting = [*[other for other in waiting if other.tag < block.tag], block]
        else:
            yield from waiting
            waiting = []
            yield block
