"""What readers say below an article, where no name gives it away: by the line above it that counts the comments."""

import re
from collections.abc import Iterator, Sequence

from bot.reading.blocks import HEADINGS, Block, Node

# Characters of prose that an article has before its comments begin; above it such a line stands beside the by-line.
_ARTICLE = 150
_MAX_LINE = 60
# So much prose stands above a heading that ends the article.
_WHOLE = 400
_NOUN = (
    r"(?:comments?|responses?|repl(?:y|ies)|thoughts?|kommentare?|leserkommentare?|commentaires?|comentarios?"
    r"|comentários?|commenti|reacties|kommentarer|komentarz[ey]|коментар\w*|комментари\w*)"
)
_COUNTED = re.compile(
    rf"\(?\d[\d.,]*\)? {_NOUN}(?: (?:on|to|so far|auf|zu|sur|en|su)\b.*)?:?|{_NOUN}:? ?\(?\d[\d.,]*\)?", re.IGNORECASE
)


_PLAIN = re.compile(rf"(?:reader |user |leser)?{_NOUN}", re.IGNORECASE)


def start_of_comments(blocks: Sequence[Block], prose: Sequence[int]) -> int:
    """Return the index of the heading "Comments" or "3 comments" below an article; one past the last block for none.

    Args:
        blocks: the page's blocks.
        prose: how much prose each has.
    """
    amount = 0
    for index, block in enumerate(blocks):
        amount += prose[index]
        if block.tag in HEADINGS and amount >= _WHOLE and (_counts(block) or _PLAIN.fullmatch(block.text)):
            return index
    return len(blocks)


def comment_sections(blocks: Sequence[Block], prose: Sequence[int]) -> Iterator[Node]:
    """Yield the elements that begin with a line such as "61 Responses" or "Comments (14)", below an article.

    Args:
        blocks: the page's blocks.
        prose: how much prose each has.
    """
    amount = 0
    for index, block in enumerate(blocks):
        amount += prose[index]
        if amount >= _ARTICLE and _counts(block):
            section = _begun_by(block.node, index)
            if section is not None:
                yield section


def _counts(block: Block) -> bool:
    text = block.text
    # Most lines neither begin nor end with a number.
    if len(text) > _MAX_LINE and not text[0].isdecimal():
        return False
    if not (text[0].isdecimal() or text[0] == "(" or text.rstrip(")")[-1:].isdecimal()):
        return False
    return _COUNTED.fullmatch(text) is not None


def _begun_by(node: Node, index: int) -> Node | None:
    """Return the largest element whose first block this is, if it holds more than the line."""
    section = None
    for around in node.ancestors():
        if around.start != index:
            break
        section = around if around.end > index + 1 else section
    return section
