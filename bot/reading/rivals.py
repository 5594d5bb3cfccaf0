"""Other articles on an article's page: the next one below it, or one that stands in its midst."""

from collections.abc import Sequence

from bot.reading.blocks import HEADINGS, Block, Node
from bot.reading.calls import is_call
from bot.reading.evidence import words
from bot.reading.region import running_sums
from bot.reading.sentences import is_sentence
from bot.reading.wrappers import naming

# Prose, in characters, that makes an article of its own.
_WHOLE = 400
# What stands around the others must keep this share of the page's prose, or they are parts of one article.
_SHARE = 0.15
# Prose above a heading that may end the text, and its share of the page's; elements that tell how a paragraph is made.
_TEXT, _MOST, _DEPTH = 150, 0.6, 3
_KICKER = 80
_MARKS = ' .!?…"“”»'
# More than so many on a page are the posts of a live blog.
_MAX_OTHERS = 2


def end_of_first_article(blocks: Sequence[Block], prose: Sequence[int], title: str) -> int:
    """Return the index of a second headline that is made like the first, below the first one's text.

    Args:
        blocks: the page's blocks.
        prose: how much prose each has.
        title: the words of the article's headline.
    """
    first: Block | None = None
    amount = 0
    for index, block in enumerate(blocks):
        if block.tag == "h1" and (first is None or amount < _WHOLE):
            first, amount = block, 0
        elif block.tag == "h1" and first and _is_rival(first, block) and words(block.text) != title:
            return index
        amount += prose[index]
    return len(blocks)


def _is_rival(first: Block, other: Block) -> bool:
    own, others = _article(first.node), _article(other.node)
    if own is not None and others is not None:
        return own is not others and own not in others.ancestors()
    return bool(first.node.words) and first.node.words == other.node.words


def _article(node: Node) -> Node | None:
    return next((around for around in node.ancestors() if around.tag == "article"), None)


def shows_title(text: str, title: str) -> bool:
    """Say whether a line is the title, or a kicker and the title.

    Args:
        text: the line.
        title: the words of the title.
    """
    if not title or not len(title) <= len(text) <= len(title) + _KICKER:
        return False
    end = text.casefold().rstrip(_MARKS)[-1:]
    if end.isalnum() and end != title[-1]:
        return False
    # Kickers stand in elements of their own, often without a space behind them.
    return words(text).replace(" ", "").endswith(title.replace(" ", ""))


def headline_block(blocks: Sequence[Block], title: str) -> Block | None:
    """Return the heading that shows the title, the highest in rank, else the first <h1>.

    Args:
        blocks: the page's blocks.
        title: the words of the article's headline.
    """
    shown = [block for block in blocks if block.tag in HEADINGS and shows_title(block.text, title)]
    exact = [block for block in shown if words(block.text) == title]
    if exact:
        return min(exact, key=lambda block: block.tag)
    return next((block for block in blocks if block.tag == "h1"), shown[0] if shown else None)


def other_articles(blocks: Sequence[Block], nodes: Sequence[Node], prose: Sequence[int], title: str) -> list[Node]:
    """Return the <article> elements that hold whole articles beside the one with the headline.

    Args:
        blocks: the page's blocks.
        nodes: its elements.
        prose: how much prose each block has.
        title: the words of the article's headline.
    """
    headline = headline_block(blocks, title)
    own = _article(headline.node) if headline else None
    if headline is None or own is None:
        return []
    holding = set(headline.node.ancestors())
    sums = running_sums(prose)
    others = [n for n in nodes if n.tag == "article" and n not in holding and sums[n.end] - sums[n.start] >= _WHOLE]
    rest = sums[-1] - sum(sums[other.end] - sums[other.start] for other in others)
    return others if len(others) <= _MAX_OTHERS and rest >= max(_WHOLE, _SHARE * sums[-1]) else []


def end_by_announcement(blocks: Sequence[Block], prose: Sequence[int], sums: Sequence[int]) -> int:
    """Return the index of a heading that announces other articles, where nothing below it is made like the text above.

    Within a text such a heading stands in a box, and the paragraphs go on below it as they were.

    Args:
        blocks: the page's blocks.
        prose: how much prose each has.
        sums: running sums of it.
    """
    enough = max(_TEXT, _MOST * sums[-1])
    for index, block in enumerate(blocks):
        if block.tag in HEADINGS and sums[index] >= enough and is_call(block):
            below = {
                _make(blocks[place]) for place in range(index, len(blocks)) if prose[place] or _says(blocks[place])
            }
            if not below or not any(prose[place] and _make(blocks[place]) in below for place in range(index)):
                return index
    return len(blocks)


def _says(block: Block) -> bool:
    """Say whether a block is a sentence in a paragraph, however short."""
    return block.tag == "p" and not block.links and is_sentence(block.text)


def _make(block: Block) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what a block and the elements around it are called."""
    return tuple((node.tag, naming(node)) for node in block.node.nearest(_DEPTH))
