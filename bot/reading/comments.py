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


class CommentLines:
    """The lines of a page that count or name its comments."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Look for them; most pages have none.

        Args:
            blocks: the page's blocks.
        """
        self._blocks = blocks
        self._lines = [index for index, block in enumerate(blocks) if len(block.text) <= _MAX_LINE and _names(block)]

    def end_of_article(self, prose: Sequence[int]) -> int:
        """Return the index of the heading "Comments" or "3 comments" below an article; past the last block for none.

        Args:
            prose: running sums of the blocks' prose (bot.reading.region.running_sums).
        """
        headings = (index for index in self._lines if _heads(self._blocks[index]) and prose[index] >= _WHOLE)
        return next(headings, len(self._blocks))

    def sections(self, prose: Sequence[int]) -> Iterator[Node]:
        """Yield the elements that begin with a line such as "61 Responses" or "Comments (14)", below an article.

        Args:
            prose: running sums of the blocks' prose.
        """
        for index in self._lines:
            section = _begun_by(self._blocks[index].node, index) if prose[index] >= _ARTICLE else None
            if section is not None:
                yield section


def _names(block: Block) -> bool:
    text = block.text
    # Most lines neither begin nor end with a number.
    if text[0].isdecimal() or text[0] == "(" or text[-1] == ")" or text[-1].isdecimal():
        return _COUNTED.fullmatch(text) is not None
    return _heads(block) and _PLAIN.fullmatch(text) is not None


def _heads(block: Block) -> bool:
    """Say whether a line is a heading, or bold as a whole."""
    return block.tag in HEADINGS or block.bold >= len(block.text)


def _begun_by(node: Node, index: int) -> Node | None:
    """Return the largest element whose first block this is, if it holds more than the line."""
    section = None
    for around in node.ancestors():
        if around.start != index:
            break
        section = around if around.end > index + 1 else section
    return section
