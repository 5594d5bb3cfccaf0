"""A by-line's text, parted where readers see two things side by side."""

import re
from itertools import islice

from bot.reading.byline_signs import BY_ALONE
from bot.reading.selectors import Element, text_of

MAX_LINE = 160
"""Characters of a by-line. Ours: four names, a place and a date of the corpus have 150."""

_PARTS = re.compile(r"(?:\| ){2,}")  # of blocks within blocks
_LEAVES = 4  # elements of a by-line that may stand side by side without a space
_LONG = 120  # characters of a paragraph of text


def byline_text(element: Element) -> str:
    """Return a by-line's text, parted where two elements stand side by side without a space ("AuthorAnn Lee")."""
    line = _PARTS.sub("| ", text_of(element, 2 * MAX_LINE, parted=" | ")).rstrip(" |")
    for leaf in islice(element.iter("span", "a", "b", "strong", "em"), _LEAVES):
        own, beside, before = text_of(leaf, _LONG), leaf.getnext(), text_before(leaf)
        if before[-1:].islower() and own[:1].isupper():
            line = line.replace(before + own, f"{before} | {own}", 1)
        following = text_of(beside, _LONG) if beside is not None and not leaf.tail else ""
        shouted = (" " in own or BY_ALONE.match(own)) and following[1:2].islower()  # "Anne PETIT.Publié le"
        if following[:1].isupper() and (own[-1:].islower() or shouted):
            line = line.replace(own + following, f"{own} | {following}", 1)
    return line


def text_before(leaf: Element) -> str:
    """Return the text that ends where an element begins."""
    beside = leaf.getprevious()
    around = leaf.getparent()
    text = beside.tail if beside is not None else around.text if around is not None else ""
    return (text or "").lstrip()
