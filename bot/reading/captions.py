"""Picture captions, without the photographer's credit."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice
from typing import Any

from bot.reading.blocks import HEADINGS, Block, Node
from bot.reading.boilerplate import is_boilerplate
from bot.reading.credits import is_credit, is_signature, without_credit
from bot.reading.element_names import words_in
from bot.reading.evidence import words
from bot.reading.layout import Layout
from bot.reading.phrase_search import leaping
from bot.reading.selectors import line_of
from bot.reading.vocabulary import vocabulary

_DEPTH = 4
_PICTURE_DEPTH = 6
_PICTURE_BLOCKS = 2
_MAX_CAPTION = 700
_MIN_LETTERS = 6
_MIN_EAST_ASIAN = 4
_FIRST = 4  # elements of a line that may hold all of it
_MAX_LINKS = 0.6
_BEFORE = 10
_MAX_LABEL = 30
_MAX_CAPTIONS = 40
_ELSEWHERE = frozenset(("aside", "nav", "footer"))
_PLAIN = frozenset(("span", "small", "cite"))  # not marked for their words, as names in a sentence may be
_SLANTED = frozenset(("em", "i", "small", "cite"))
_IN_BRACKETS = re.compile(r"\([^().!?]{2,40}\)$")
_RUNNING_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\b")
_CLOCK = re.compile(r"\d[:.]\d\d")


def captions(layout: Layout, authors: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the captions of the pictures at the head of an article and in its text, each once.

    Args:
        layout: where the parts of the page stand.
        authors: the article's authors, whose pictures stand with their names and a date.
    """
    first = layout.start if layout.headline is None else min(layout.headline, layout.start)
    found: dict[str, str] = {}
    around = layout.blocks[max(0, first - _BEFORE) : layout.end]
    for holder, group in groupby(around, key=lambda block: _holder(block, layout)):
        blocks = list(group)
        if (
            holder is not None
            and not _leads_on(blocks)
            and (text := _text(blocks))
            and not _is_no_caption(text, authors)
        ):
            found.setdefault(words(text), text)
    for text in _behind_buttons(layout):
        if not _is_no_caption(text, authors):
            found.setdefault(words(text), text)
    return tuple(found.values())


def _leads_on(blocks: Sequence[Block]) -> bool:
    """Say whether a caption begins with a heading that is a link: the teaser of a video."""
    return blocks[0].tag in HEADINGS and blocks[0].link_share > _MAX_LINKS


def _behind_buttons(layout: Layout) -> Iterator[str]:
    """Yield the captions of pictures that a button enlarges: blocks leave buttons out as no text."""
    if not layout.blocks:
        return
    region = layout.region.element
    home = next((one for one in (region, *region.iterancestors()) if one.tag in {"article", "main", "body"}), region)
    for caption in islice(home.iter("figcaption"), _MAX_CAPTIONS):
        around = [one.tag for one in caption.iterancestors()]
        if "button" in around and _ELSEWHERE.isdisjoint(around):
            parts = [one for one in caption.itertext() if one.strip()]
            if text := without_credit(" ".join(" ".join(parts).split())):
                yield text


def is_pictured(block: Block) -> bool:
    """Say whether a block stands with a picture and hardly anything else, in one element."""
    small = [node for node in block.node.nearest(_PICTURE_DEPTH) if node.end - node.start <= _PICTURE_BLOCKS]
    return bool(small) and _has_picture(small[-1].element)  # the outermost holds what the others hold


def _follows_picture(block: Block) -> bool:
    before = block.node.element.getprevious()
    return before is not None and _has_picture(before) and not "".join(before.itertext()).strip()


def _picture_before(block: Block) -> Any:
    """Return the element with the picture before a block, its only-child holders passed over; None for none."""
    element = block.node.element
    while element.getprevious() is None and len(element.getparent() if element.getparent() is not None else ()) == 1:
        element = element.getparent()
    before = element.getprevious()
    return before if before is not None and _has_picture(before) else None


def _is_alternative(block: Block) -> bool:
    """Tell whether a block says what the picture before it says to those who cannot see it."""
    before = _picture_before(block)
    if before is None:
        return False
    said = words(block.text)
    return any(words(image.get("alt") or "") == said for image in islice(before.iter("img", "amp-img"), 3))


def _has_picture(element: Any) -> bool:
    return next(element.iter("img", "picture", "amp-img"), None) is not None


def _holder(block: Block, layout: Layout) -> Node | None:
    """Return the element that holds the whole caption which a block belongs to; None for a block that is no caption."""
    if layout.is_main(block):
        return None
    named = _named_holder(block)
    if (named is None and not _is_beside_picture(block)) or layout.in_hard_noise(block):  # asked late: it costs most
        return None
    return named or (block.node if layout.in_picture(block) or _has_sign(block) else None)


def _named_holder(block: Block) -> Node | None:
    for node in block.node.nearest(_DEPTH):
        if node.tag == "figcaption" or _is_named_caption(node.names):
            return node
    for element in block.inline[:_FIRST]:
        if (names := element.get("class")) and _is_named_caption(names) and _is_all_of(block, element):
            return block.node
    return None


def _is_beside_picture(block: Block) -> bool:
    if block.link_share > _MAX_LINKS:
        return False
    return is_pictured(block) or _follows_picture(block) or _is_alternative(block)


def _is_all_of(block: Block, element: Any) -> bool:
    return "".join(element.itertext()).split() == block.text.split()


def _has_sign(block: Block) -> bool:
    """Tell whether a line beside a picture is its caption by what it says, or by the credit that stands behind it."""
    return _names_its_source(block) or _is_alternative(block) or _is_credited(block)


def _is_credited(block: Block) -> bool:
    following = block.node.element.getnext()
    names = (following.get("class") or "") if following is not None else ""
    return bool(names) and not vocabulary().credits.isdisjoint(words_in(names))


@lru_cache(maxsize=10_000)
def _is_named_caption(names: str) -> bool:
    if _caption_hints().search(names.lower()) is None:  # most names
        return False
    return any(word.startswith(vocabulary().caption_starts) for word in words_in(names))


@cache
def _caption_hints() -> re.Pattern[str]:
    return leaping(vocabulary().caption_starts)


def _names_its_source(block: Block) -> bool:
    return 0 < len(without_credit(block.text)) < len(block.text) <= _MAX_CAPTION


def _is_no_caption(text: str, authors: Sequence[str]) -> bool:
    if _RUNNING_TIME.match(text):  # the title of a video
        return True
    return is_boilerplate(text) or (bool(_CLOCK.search(text)) and any(name in text for name in authors))


def _text(blocks: list[Block]) -> str:
    parts: list[str] = []
    for block in blocks:
        if not _is_credit_block(block) and not (parts and _closes(block.text, parts[-1])):
            parts.append(_part(block))
    text = without_credit(" ".join(part for part in parts if part))
    letters = sum(map(str.isalpha, text))
    least = _MIN_EAST_ASIAN if text[:1] >= "\u2e80" else _MIN_LETTERS
    return text if letters >= least and len(text) <= _MAX_CAPTION else ""


def _is_credit_block(block: Block) -> bool:
    """Tell whether a block is named as a credit and no class of its own says that it is a caption."""
    if vocabulary().credits.isdisjoint(block.node.words):
        return False
    return _is_named_credit(block.node.names) or is_credit(block.text)


@lru_cache(maxsize=10_000)
def _is_named_credit(names: str) -> bool:
    """Tell whether a class names a credit, and none a caption; of "attribution__caption" the latter part counts."""
    parts = [words_in(name.rpartition("__")[2]) for name in names.split()]
    if any(_is_named_caption(" ".join(one)) and vocabulary().credits.isdisjoint(one) for one in parts):
        return False
    return not vocabulary().credits.isdisjoint(words_in(names))


def _closes(text: str, before: str) -> bool:
    return is_signature(text, before) or ("/" in text and is_credit(text))


def _is_signature(credit: str, before: str, element: Any) -> bool:
    """Tell whether the last element of a caption names who took the picture, by its words or by standing apart."""
    previous = element.getprevious()
    if element.tag in _SLANTED and _IN_BRACKETS.match(credit):
        return bool(before)
    glued = before[-1:].isalnum() and credit[:1].isupper()  # a line of its own, set so by a style sheet
    if glued and element.tag in _PLAIN and is_credit(credit):
        return True
    apart = element.tag in _PLAIN and previous is not None and not (previous.tail or "").strip()
    return bool(before) and (is_signature(credit, before) or (apart and is_credit(credit)))


def _without_button(block: Block) -> str:
    """Return a block's text without the label of a button before it: "Enlarge / A plough"."""
    label = line_of(block.inline[0]) if block.inline else ""
    if not label or len(label) > _MAX_LABEL or not block.text.startswith(label) or not is_boilerplate(label):
        return block.text
    return block.text[len(label) :].lstrip(" /|:")


def _part(block: Block) -> str:
    """Return a block's text up to the first element in it that is named as a credit, or is a name at its end."""
    text = _without_button(block)
    for element in block.inline:
        names = element.get("class")
        credit = line_of(element)
        if names and _is_named_credit(names):
            if credit and (at := text.find(credit)) >= 0:
                text = text[:at] if at else text[len(credit) :]
            elif credit.endswith(text):  # with words before it that only screen readers get
                text = ""
        elif credit and text.endswith(credit) and _is_signature(credit, text[: -len(credit)], element):
            text = text[: -len(credit)]
    return without_credit(text)
