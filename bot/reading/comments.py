"""What readers say below an article, where no name gives it away: by the lines that count, name or sign comments."""

import re
from collections.abc import Iterator, Sequence

from bot.reading.blocks import HEADINGS, Block, Node

# Characters of prose that an article has before its comments begin; above it such a line stands beside the by-line.
_ARTICLE = 150
_MAX_LINE = 80
# So much prose stands above a heading that ends the article, and above lines that sign comments.
_WHOLE = 250
_NOUN = (
    r"(?:comments?|responses?|repl(?:y|ies)|thoughts?|kommentare?|leserkommentare?|commentaires?|comentarios?"
    r"|comentários?|commenti|reacties|kommentarer|komentarz[ey]|коментар\w*|комментари\w*)"
)
_COUNTED = re.compile(
    rf"\(?\d[\d.,]*\)? {_NOUN}(?: (?:on|to|so far|auf|zu|sur|en|su)\b.*)?:?|{_NOUN}:? ?\(?\d[\d.,]*\)?", re.IGNORECASE
)
# Of these a heading may name something of the article ("Our thoughts", "Response", "Kommentar"): more than one of them.
_SEVERAL = (
    r"(?:comments|responses|replies|(?:leser)?kommentare|commentaires|comentarios|comentários|commenti|reacties"
    r"|kommentarer|komentarze|коментарі|комментарии)"
)
_PLAIN = re.compile(
    rf"(?:(?:readers?|users?|recent|previous|visitors?)['’]?s?['’]? ?)?{_SEVERAL}(?: from readers)?|your comments"
    r"|what (?:our |the )?readers (?:say|said|think)|readers (?:write|respond|reply)|letters from readers"
    r"|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|das sagen (?:unsere )?leser|відгуки читачів"
    r"|отзывы читателей",
    re.IGNORECASE,
)
# Who signs a comment, as in "Marge said...", "Old Alum wrote on April 9 at 6:14 pm:", "Posted by: Olin at November 3,
# 2004 07:15 AM". Articles have "“No,” she said." and "The ministry said:" as paragraphs: an ellipsis or a moment tells.
_SAYS = r"(?:says|said|wrote|writes|schrieb|meint|sagt|a écrit|dit|dice|dijo|пише|пишет|написав|написал)"
_MOMENT = r"[^“”\"«»„]{0,40}\d.{0,20}\d{1,2}[:.]\d\d.{0,8}"
_SIGNED = re.compile(
    rf"[^\s“”\"«»„][^“”\"«»„]{{0,40}} {_SAYS}(?:\s?(?:\.\.\.|…)|\W? {_MOMENT})"
    rf"|(?:posted|comment|commented|submitted|geschrieben|publié|написано)(?: by| von| par|:):? {_MOMENT}",
    re.IGNORECASE,
)
_MOST_SIGNED, _FEWEST_SIGNED = ":.…)mM", 2


def heads_comments(heading: str) -> bool:
    """Tell whether a heading's text counts or names what readers say.

    Args:
        heading: its text.
    """
    text = heading.rstrip(" :…")
    return len(heading) <= _MAX_LINE and bool(_COUNTED.fullmatch(heading) or _PLAIN.fullmatch(text))


class CommentLines:
    """The lines of a page that count, name or sign its comments."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Look for them; most pages have none.

        Args:
            blocks: the page's blocks.
        """
        self._blocks = blocks
        short = [index for index, block in enumerate(blocks) if len(block.text) <= _MAX_LINE]
        self._lines = [index for index in short if _names(blocks[index])]
        self._signed = [index for index in short if _signs(blocks[index])]

    def end_of_article(self, prose: Sequence[int]) -> int:
        """Return the index of the line below an article with which its comments begin; past the last block for none.

        Args:
            prose: running sums of the blocks' prose (bot.reading.region.running_sums).
        """
        headings = (index for index in self._lines if _heads(self._blocks[index]) and prose[index] >= _WHOLE)
        signed = [index for index in self._signed if prose[index] >= _WHOLE]
        first = signed[0] if len(signed) >= _FEWEST_SIGNED else len(self._blocks)
        return min(next(headings, len(self._blocks)), first)

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
    return _heads(block) and _PLAIN.fullmatch(text.rstrip(" :…")) is not None


def _signs(block: Block) -> bool:
    """Say whether a line, which is no heading, says who wrote a comment and when."""
    text = block.text
    likely = text[-1] in _MOST_SIGNED or text[-1].isdecimal()
    return likely and block.tag not in HEADINGS and _SIGNED.fullmatch(text) is not None


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
