"""Picture captions, without the photographer's credit."""

from itertools import groupby

from bot.reading.blocks import Block, Node, words_in
from bot.reading.credits import without_credit
from bot.reading.evidence import words
from bot.reading.layout import Layout

_CREDIT_WORDS = frozenset(
    "credit credits copyright copyrights source quelle photographer author authors byline rights agency fotograf autor "
    "fotonachweis bildnachweis attribution provider owner creator artist courtesy license licence".split()
)
_CAPTION_STARTS = ("caption", "figcaption", "bildunterschrift", "legende", "leyenda", "didascalia")
_DEPTH = 4
_PICTURE_DEPTH = 6
_PICTURE_BLOCKS = 2
_MAX_CAPTION = 700
_MIN_LETTERS = 6
_MAX_LINKS = 0.6
_BEFORE = 10


def captions(layout: Layout) -> tuple[str, ...]:
    """Return the captions of the pictures at the head of an article and in its text, each once.

    Args:
        layout: where the parts of the page stand.
    """
    first = layout.start if layout.headline is None else min(layout.headline, layout.start)
    found: dict[str, str] = {}
    around = layout.blocks[max(0, first - _BEFORE) : layout.end]
    for holder, blocks in groupby(around, key=lambda block: _holder(block, layout)):
        if holder is not None and (text := _text(list(blocks))):
            found.setdefault(words(text), text)
    return tuple(found.values())


def is_pictured(block: Block) -> bool:
    """Say whether a block stands with a picture and hardly anything else, in one element."""
    for node in list(block.node.ancestors())[:_PICTURE_DEPTH]:
        if node.end - node.start > _PICTURE_BLOCKS:
            return False
        if next(node.element.iter("img", "picture", "amp-img"), None) is not None:
            return True
    return False


def _holder(block: Block, layout: Layout) -> Node | None:
    """Return the element that holds the whole caption which a block belongs to; None for a block that is no caption."""
    if block.link_share > _MAX_LINKS or layout.is_main(block) or layout.in_hard_noise(block):
        return None
    for node in list(block.node.ancestors())[:_DEPTH]:
        if node.tag == "figcaption" or any(word.startswith(_CAPTION_STARTS) for word in node.words):
            return node
    return block.node if layout.in_picture(block) and is_pictured(block) else None


def _text(blocks: list[Block]) -> str:
    parts = (_part(block) for block in blocks if _CREDIT_WORDS.isdisjoint(block.node.words))
    text = without_credit(" ".join(part for part in parts if part))
    letters = sum(map(str.isalpha, text))
    return text if _MIN_LETTERS <= letters and len(text) <= _MAX_CAPTION else ""


def _part(block: Block) -> str:
    """Return a block's text up to the first element in it that is named as a credit."""
    text = block.text
    for element in block.inline:
        names = element.get("class")
        if names and not _CREDIT_WORDS.isdisjoint(words_in(names)):
            credit = " ".join("".join(element.itertext()).split())
            if credit and (at := text.find(credit)) >= 0:
                text = text[:at] if at else text[len(credit) :]
    return without_credit(text)
