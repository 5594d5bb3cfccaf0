"""Where on a page the parts of an article stand: headline, head, text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.reading.blocks import HEADINGS, Block, Node
from bot.reading.calls import is_call
from bot.reading.comments import CommentLines
from bot.reading.element_names import words_in
from bot.reading.endings import is_correction
from bot.reading.evidence import words
from bot.reading.posts import embedded_posts
from bot.reading.region import find_region, prose_length, running_sums, text_length
from bot.reading.rivals import end_by_announcement, end_of_first_article, headline_block, other_articles, shows_title
from bot.reading.sentences import is_sentence
from bot.reading.teasers import glued_teasers, teaser_blocks, teaser_lines
from bot.reading.vocabulary import vocabulary
from bot.reading.wrappers import Wrappers
from bot.reading.zones import NOISE_TAGS, Zone, Zones, is_hard_noise, signs

# An element around the headline with this much prose, in characters and as a share of the page's, holds the article.
_MIN_ARTICLE = 400
_ARTICLE_SHARE = 0.2
# Prose that follows an element within so many blocks goes on with it: advertisements stand between.
_PAUSE = 4
_HEAD_BLOCKS = 40
_NO_STANDFIRST = NOISE_TAGS | {"figure", "figcaption"}
# A heading above the first paragraph that is as long as this is a standfirst.
_OPENING = 40
_HEAD_BLOCKS_WITHOUT_HEADLINE = 12


class Layout:
    """A page's blocks and where they stand.

    Attributes:
        blocks: all blocks of the page.
        zones: what each element holds.
        region: the element that holds the article's text.
        headline: the index of the block that shows the headline, or None.
        start: the index of the text's first block.
        end: one past the index of its last block.
    """

    def __init__(self, blocks: Sequence[Block], nodes: Sequence[Node], title: str) -> None:
        """Judge a page.

        Args:
            blocks: the page's blocks.
            nodes: its elements in document order.
            title: the article's headline.
        """
        self.blocks = blocks
        amounts = [prose_length(block) for block in blocks]
        self.zones = Zones(nodes, running_sums(amounts))
        lines = teaser_lines(blocks) | glued_teasers(blocks)
        self._known_calls: dict[Block, bool] = {}
        self._teaser_lines = frozenset(blocks[index] for index in lines)
        self._teasers = teasers = teaser_blocks(blocks, nodes) | lines
        self._prose = [
            amount if amount and index not in teasers and self._is_prose(block) else 0
            for index, (amount, block) in enumerate(zip(amounts, blocks, strict=True))
        ]
        comments = CommentLines(blocks)
        sums = running_sums(self._prose)
        self._last = min(
            end_of_first_article(blocks, self._prose, words(title)),
            end_by_announcement(blocks, self._prose, sums),
            comments.end_of_article(sums),
        )
        self._prose[self._last :] = [0] * (len(blocks) - self._last)
        self._leave_out(comments.sections(running_sums(self._prose)), nodes)
        self._leave_out(embedded_posts(blocks, nodes), nodes)
        self._leave_out(other_articles(blocks, nodes, self._prose, words(title)), nodes)
        sums = running_sums(self._prose)
        self.region = find_region(nodes, sums, self._around_headline(nodes[0], words(title)))
        self._instructions = self._named_as_instructions(nodes)
        texts = range(self.region.start, min(self.region.end, self._last))
        self._region_blocks = [(index, blocks[index]) for index in texts if self.is_text(blocks[index])]
        self._known_main: dict[Block, bool] = {}
        held = ((block, self._prose[index]) for index, block in self._region_blocks)
        self._wrappers = Wrappers(self.region, blocks, self.zones, held)
        self.headline = self._headline(words(title))
        self.start, self.end = self._extent()

    @property
    def teasers(self) -> frozenset[str]:
        """The lines that lead to other articles."""
        return frozenset(self.blocks[index].text for index in self._teasers)

    def _is_prose(self, block: Block) -> bool:
        return self.zones[block.node] is Zone.TEXT and not self.is_call(block)

    def is_call(self, block: Block) -> bool:
        """Say whether a block is a call, a notice or a pointer to other pages; asked of most blocks twice."""
        if block not in self._known_calls:
            self._known_calls[block] = is_call(block)
        return self._known_calls[block]

    def _leave_out(self, others: Iterable[Node], nodes: Iterable[Node]) -> None:
        """Count what stands in these elements for noise."""
        for other in others:
            self._prose[other.start : other.end] = [0] * (other.end - other.start)
            self.zones.update(
                (n, Zone.NOISE) for n in nodes if other.start <= n.start and n.end <= other.end and n.end > n.start
            )

    def is_text(self, block: Block) -> bool:
        """Say whether no element around a block speaks against its being text."""
        return self.zones[block.node] is Zone.TEXT and block not in self._teaser_lines

    def in_picture(self, block: Block) -> bool:
        """Say whether a block stands in a figure, or in an element that is named as a picture."""
        return self.zones[block.node] is Zone.CAPTION

    def in_hard_noise(self, block: Block) -> bool:
        """Say whether a block stands in an element that holds no part of the article, pictures included."""
        return any(is_hard_noise(node) for node in self._between(block))

    def is_text_beside_headline(self, block: Block) -> bool:
        """Say whether only elements that hold the headline too speak against a block's being text."""
        around = list(self._between(block))
        return not any(signs(node) or node.hidden or node.tag in _NO_STANDFIRST for node in around) and bool(around)

    def _between(self, block: Block) -> Iterator[Node]:
        """Yield the elements around a block that hold neither the headline nor the beginning of the text."""
        for node in block.node.ancestors():
            if node.start <= self.start < node.end:
                return
            if self.headline is not None and node.start <= self.headline < node.end:
                return
            yield node

    def head(self) -> Sequence[Block]:
        """Return the blocks between the headline and the text."""
        if self.headline is None:
            return self.blocks[max(0, self.start - _HEAD_BLOCKS_WITHOUT_HEADLINE) : self.start]
        return self.blocks[max(self.headline + 1, self.start - _HEAD_BLOCKS) : self.start]

    def is_main(self, block: Block) -> bool:
        """Say whether a block stands where the article's prose stands."""
        if block not in self._known_main:
            self._known_main[block] = self._stands_in_main(block)
        return self._known_main[block]

    def _stands_in_main(self, block: Block) -> bool:
        if block.tag in HEADINGS:
            if self._wrappers.head(block):
                return True
            return not block.text.isdecimal() and not self._instructions.isdisjoint(block.node.ancestors())
        if self._wrappers.hold(block):
            return True
        if block.text[-1] == "?" and "question" in block.node.words:
            return True
        if block.tag == "td" and is_sentence(block.text):
            return self._wrappers.wrap(_table(block.node))
        return self._is_instruction(block)

    def _is_instruction(self, block: Block) -> bool:
        """Say whether a block, but for a number, stands in a part that is named as steps or ingredients."""
        return (
            bool(self._instructions)
            and (" " in block.text or block.tag == "li")
            and not self._instructions.isdisjoint(block.node.ancestors())
        )

    def _named_as_instructions(self, nodes: Iterable[Node]) -> frozenset[Node]:
        region = self.region
        inside = (node for node in nodes if region.start <= node.start and node.end <= region.end)
        around = frozenset(region.ancestors())
        return frozenset(node for node in inside if _names_instructions(node.names) and node not in around)

    def _around_headline(self, root: Node, title: str) -> Node:
        """Return the smallest element that holds both the headline and a good part of the page's prose."""
        headline = headline_block([b for b in self.blocks if b.tag in HEADINGS and self.is_text(b)], title)
        if headline is None:
            return root
        # Key points in a list below the headline are not yet the article.
        sums = running_sums([0 if b.tag == "li" else n for n, b in zip(self._prose, self.blocks, strict=True)])
        enough = max(_MIN_ARTICLE, _ARTICLE_SHARE * sums[-1])
        holding = (node for node in headline.node.ancestors() if sums[node.end] - sums[node.start] >= enough)
        return next((node for node in holding if not self._goes_on(node.end)), root)

    def _goes_on(self, end: int) -> bool:
        """Say whether prose goes on right behind an element, with no heading or other lines before it."""
        for index in range(end, min(end + _PAUSE, len(self.blocks))):
            if self.blocks[index].tag in HEADINGS:
                return False
            if self._prose[index]:
                return True
        return False

    def _extent(self) -> tuple[int, int]:
        last = min(self.region.end, self._last)
        first = self.headline if self.headline is not None else -1
        main = [i for i, block in self._region_blocks if i > first and self._prose[i] and self.is_main(block)]
        if self.headline is not None and main and self.blocks[main[0]].tag in HEADINGS:
            main = main[1:] or main  # a standfirst that is marked up as a heading
        if not main:
            return self.region.start, last
        steps = [i for i, block in self._region_blocks if i > main[-1] and self._is_instruction(block)]
        end = max([main[-1], *steps]) + 1
        while end < last and self.is_text(self.blocks[end]) and self.is_main(self.blocks[end]):
            end += 1
        return self._with_opening(main[0], first), self._with_ending(end, last)

    def _with_ending(self, end: int, last: int) -> int:
        """Return where the text ends with short paragraphs of its own behind what stands in between."""
        holder = self.blocks[end - 1].node.parent
        for index in range(end, min(end + _PAUSE, last)):
            if self._is_short_paragraph(self.blocks[index], holder) or is_correction(self.blocks[index]):
                return self._with_ending(index + 1, last)
        return end

    def _is_short_paragraph(self, block: Block, holder: Node | None) -> bool:
        """Say whether a block is a sentence in a paragraph beside the others, too short to count as prose."""
        beside = block.tag == "p" and (block.node.parent is holder or self._wrappers.wrap(block.node))
        return beside and self.is_text(block) and is_sentence(block.text) and not self.is_call(block)

    def _with_opening(self, start: int, headline: int) -> int:
        """Return where the text starts with the subhead or question before its first paragraph."""
        before = self._before_picture(start - 1)
        if before <= max(headline, self.region.start - 1):
            return start
        block = self.blocks[before]
        if self._is_short_paragraph(block, self.blocks[start].node.parent):
            return self._with_opening(before, headline)
        opens = (block.tag in HEADINGS and text_length(block.text) < _OPENING) or block.text.endswith("?")
        holder = self._wrappers.own_wrapper(block).parent
        beside = any(node is holder for node in self.blocks[start].node.ancestors())
        return before if opens and beside and self.is_text(block) and self.is_main(block) else start

    def _before_picture(self, index: int) -> int:
        """Return the index of the nearest block, here or above, that is no caption."""
        while index > 0 and self.in_picture(self.blocks[index]):
            index -= 1
        return index

    def _headline(self, title: str) -> int | None:
        """Return the last block before most of the text that shows the title, headings first, or else is an <h1>."""
        end = self._middle()
        shown = [i for i in range(end) if shows_title(self.blocks[i].text, title)]
        exact = [i for i in shown if words(self.blocks[i].text) == title]
        tops = [i for i in exact if self.blocks[i].tag in HEADINGS] or exact
        tops = tops or [i for i in range(end) if self.blocks[i].tag == "h1" and self.is_text(self.blocks[i])]
        tops = tops or [i for i in shown if self.blocks[i].tag in HEADINGS]
        return tops[-1] if tops else None

    def _middle(self) -> int:
        """Return the index of the block at which a third of the region's prose has been read."""
        total = sum(self._prose[self.region.start : self.region.end])
        amount = 0
        for index in range(self.region.start, self.region.end):
            amount += self._prose[index]
            if amount > total / 3:
                return index
        return self.region.end


@lru_cache(maxsize=10_000)
def _names_instructions(names: str) -> bool:
    said, known = words_in(names), vocabulary().instructions
    return not known.isdisjoint(said) or not known.isdisjoint(map("_".join, pairwise(said)))


def _table(node: Node) -> Node:
    return next((around for around in node.ancestors() if around.tag == "table"), node)
