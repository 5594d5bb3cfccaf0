"""Which of a page's blocks are the article's text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.reading.blocks import HEADINGS, Block
from bot.reading.captions import is_pictured
from bot.reading.credits import is_credit
from bot.reading.element_names import words_in
from bot.reading.endings import below_text, is_correction
from bot.reading.evidence import words
from bot.reading.layout import Layout
from bot.reading.region import text_length
from bot.reading.rivals import shows_title
from bot.reading.sentences import is_sentence
from bot.reading.vocabulary import vocabulary

_LONG = 80
_SHORT = 60
_SHORT_QUOTE = 25
_MAX_LINKS = 0.5
_ALL_LINKS = 0.8
_MIN_STANDFIRST = 25
_MIN_NAMED_STANDFIRST = 30
_SAID_PREFIX = 60
_BIOGRAPHY = 600
_TAIL = 4
_MAX_TAIL = 8
_STATEMENT = 40
_BRACKETS = "[]()<>«»|>→▶►• "
_MAX_FRAMED = 50  # more are the text itself, and would take long to look for
_SUBTITLES = frozenset(("h2", "h3", "h4"))
_BYLINE_WORDS = 3
_MAX_BYLINE = 200
_MAX_BELOW = 80
_REPEATED = 3
_MIN_REPEATED = 15
_QUOTE_NAMES = frozenset(("quote", "pullquote"))
_LIST_TAGS = frozenset(("ul", "ol", "li", "p", "span"))


class Text:
    """Chooses the blocks of an article's text."""

    def __init__(self, layout: Layout, title: str, description: str, authors: Iterable[str]) -> None:
        """Take what tells text from what stands around it.

        Args:
            layout: where the parts of the page stand.
            title: the headline.
            description: the editors' summary in the page's head, "" where there is none.
            authors: who wrote the article.
        """
        self._layout = layout
        self._title = words(title)
        self._description = words(description)
        self._authors = tuple(name for name in map(words, authors) if " " in name)

    def standfirst(self) -> list[Block]:
        """Return the blocks that are set apart between the headline and the text."""
        return [block for block in self._layout.head() if self._is_standfirst(block)]

    def blocks(self) -> list[Block]:
        """Return headings, paragraphs and list items in reading order, without the standfirst."""
        layout = self._layout
        candidates = layout.blocks[layout.start : layout.end]
        repeated = _repeated(candidates)
        below = below_text(candidates, layout.start, layout.is_main)
        verdicts: list[bool] = []
        for index, block in enumerate(candidates):
            introduced = index > 0 and self._is_introduced(block, candidates[index - 1], verdicts[-1])
            is_text = index not in below and (introduced or self._is_text(block))
            verdicts.append(is_text and block.text not in repeated)
        kept = _without_pull_quotes(list(_kept(candidates, verdicts)))
        return self._without_tail(kept)

    def _is_introduced(self, block: Block, before: Block, before_is_text: bool) -> bool:
        """Say whether a block goes on a list that the text before it announces with a colon."""
        return (
            block.tag == "li"
            and before_is_text
            and (before.tag == "li" or before.text.endswith(":"))
            and block.link_share < _MAX_LINKS
            and self._layout.is_text(block)
            and not self._layout.is_call(block)
        )

    def _is_standfirst(self, block: Block) -> bool:
        if not (self._layout.is_text(block) or self._layout.is_text_beside_headline(block)):
            return False
        if block.link_share > _MAX_LINKS or len(block.text) < _MIN_STANDFIRST:
            return False
        if block.tag == "li" or is_pictured(block):
            return False
        if self._is_title(block.text) or self._layout.is_call(block):
            return False
        said = words(block.text)
        if self._description and (
            said in self._description or self._description in said or said[:_SAID_PREFIX] in self._description
        ):
            return True
        named = any(not vocabulary().standfirst.isdisjoint(node.words) for node in block.node.nearest(2))
        if named and len(block.text) >= _MIN_NAMED_STANDFIRST:
            return True
        if block.tag in _SUBTITLES and self._layout.headline is not None and len(block.text) >= _STATEMENT:
            return True
        long = _STATEMENT if self._follows_headline(block) else _LONG
        return len(block.text) >= long and is_sentence(block.text)

    def _follows_headline(self, block: Block) -> bool:
        """Say whether a paragraph stands right below the headline, in the same element."""
        headline = self._layout.headline
        if headline is None or block.tag not in {"p", "div"} or self._layout.blocks[headline + 1] is not block:
            return False
        return block.node.parent is self._layout.blocks[headline].node.parent

    def _is_title(self, text: str) -> bool:
        return shows_title(text, self._title) or self._is_title_with_byline(text)

    def _is_title_with_byline(self, text: str) -> bool:
        """Say whether a line is the title with a by-line or a date below it, as where only line breaks part them."""
        if not _MIN_STANDFIRST <= len(self._title) < len(text) <= len(self._title) + _MAX_BELOW:
            return False
        return words(text).startswith(self._title) and not is_sentence(text)

    def _is_text(self, block: Block) -> bool:
        if is_correction(block):
            return not block.node.hidden
        if block.text.isdecimal() and block.tag == "div":  # of a step, or beside a button
            return False
        if not self._layout.is_text(block) or _is_all_link(block) or not self._stands_as_text(block):
            return False
        if self._layout.is_call(block) or self._is_title(block.text):
            return False
        return not (is_byline(block.text, self._authors) or _is_credit_of_picture(block))

    def _stands_as_text(self, block: Block) -> bool:
        """Say whether a block stands where the prose stands, or is a quotation within the text."""
        if self._layout.is_main(block):
            return block.tag != "li" or block.link_share < _MAX_LINKS
        return _is_quoted(block) and is_sentence(block.text)

    def _without_tail(self, blocks: list[Block]) -> list[Block]:
        """Take off the lines after an article's end: who wrote it, agencies, stars."""
        last = next((i for i in reversed(range(len(blocks))) if not self._is_tail(blocks[i])), -1)
        if len(blocks) - last <= _MAX_TAIL:  # more are lines of a text that ends none with a full stop
            blocks = blocks[: last + 1]
        keep = max(0, len(blocks) - _TAIL)
        return blocks[:keep] + [block for block in blocks[keep:] if not self._is_biography(block)]

    def _is_tail(self, block: Block) -> bool:
        if block.tag in HEADINGS:
            return not _is_statement(block)
        return block.tag != "li" and text_length(block.text) < _SHORT and not is_sentence(block.text)

    def _is_biography(self, block: Block) -> bool:
        if len(block.text) >= _BIOGRAPHY or not self._authors:
            return False
        named = _may_be_named(block.text.casefold(), self._authors)
        return bool(named) and words(block.text).startswith(tuple(named))


def is_byline(text: str, authors: Iterable[str]) -> bool:
    """Say whether a line holds the authors' names and hardly a word more ("By A and B, Kyiv").

    Args:
        text: the line.
        authors: the article's authors.
    """
    plain = text.casefold() if len(text) <= _MAX_BYLINE else ""
    names = _may_be_named(plain, map(words, authors)) if plain else []
    if not names:
        return False
    said = words(text)
    rest = said
    for name in names:
        rest = rest.replace(name, " ")
    return rest != said and len(rest.split()) <= _BYLINE_WORDS


def _may_be_named(plain: str, names: Iterable[str]) -> list[str]:
    """Return the names whose first word a line has: to take its words apart costs much more.

    Args:
        plain: the line, case folded.
        names: as `words` leaves them.
    """
    return [name for name in names if name.partition(" ")[0] in plain]


def _is_credit_of_picture(block: Block) -> bool:
    """Say whether a short line stands alone with a picture and says whose it is."""
    text = block.text
    short = len(text) < _SHORT and block.tag not in HEADINGS and not is_sentence(text)
    return short and (text.isupper() or is_credit(text)) and is_pictured(block)


def _is_all_link(block: Block) -> bool:
    return block.link_share > _ALL_LINKS or (block.links > 0 and block.links >= len(block.text.strip(_BRACKETS)))


def _is_quoted(block: Block) -> bool:
    return len(block.text) >= _SHORT_QUOTE and any(node.tag == "blockquote" for node in block.node.nearest(3))


def _without_pull_quotes(blocks: list[Block]) -> list[Block]:
    """Leave out quotations in a frame whose words stand in the text anyway."""
    framed = {id(block) for block in blocks if _is_framed(block)}
    if not framed or len(framed) > _MAX_FRAMED:
        return blocks
    said = " ".join(words(block.text) for block in blocks if id(block) not in framed)
    repeated = [block for block in blocks if id(block) in framed and words(block.text) in said]
    frames = {id(node) for block in repeated for node in block.node.nearest(2) if node.tag == "blockquote"}
    left_out = {id(block) for block in repeated}
    return [block for block in blocks if id(block) not in left_out and not _signs_one(block, frames)]


def _signs_one(block: Block, frames: set[int]) -> bool:
    """Say whether a short line without a full stop stands in one of these frames: who said what is quoted there."""
    return (
        len(block.text) < _SHORT
        and not is_sentence(block.text)
        and not frames.isdisjoint(map(id, block.node.nearest(2)))
    )


def _is_framed(block: Block) -> bool:
    return any(node.tag in {"blockquote", "figure"} or _is_named_quote(node.names) for node in block.node.nearest(3))


@lru_cache(maxsize=10_000)
def _is_named_quote(names: str) -> bool:
    return not _QUOTE_NAMES.isdisjoint(words_in(names))


def _repeated(blocks: Sequence[Block]) -> set[str]:
    """Return the texts that stand three times or more: placeholders, calls."""
    seen: dict[str, int] = {}
    for block in blocks:
        seen[block.text] = seen.get(block.text, 0) + 1
    return {text for text, count in seen.items() if count >= _REPEATED and len(text) > _MIN_REPEATED}


def _kept(blocks: Sequence[Block], verdicts: Sequence[bool]) -> Iterator[Block]:
    """Yield the blocks that are text; of headings, those that head text and not a list of links."""
    for index, block in enumerate(blocks):
        if verdicts[index] and (block.tag not in HEADINGS or _heads_text(block, blocks, verdicts, index + 1)):
            yield block


def _heads_text(heading: Block, blocks: Sequence[Block], verdicts: Sequence[bool], start: int) -> bool:
    for index in range(start, len(blocks)):
        block = blocks[index]
        if verdicts[index]:
            return True
        if block.link_share > _MAX_LINKS and block.tag not in HEADINGS and _belongs_to(block, heading):
            return False
    return _is_statement(heading)


def _is_statement(heading: Block) -> bool:
    """Say whether a heading says something by itself, as those of a list of pictures do."""
    return len(heading.text) >= _STATEMENT and is_sentence(heading.text)


def _belongs_to(block: Block, heading: Block) -> bool:
    """Say whether nothing but a list stands between a block and the element that holds a heading."""
    for node in block.node.ancestors():
        if node is heading.node.parent:
            return True
        if node.tag not in _LIST_TAGS:
            return False
    return False
