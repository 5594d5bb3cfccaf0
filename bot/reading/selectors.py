"""Elements of lxml trees: CSS selectors, compiled once, and the text that a reader sees."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml.cssselect import CSSSelector

Element = Any
"""An lxml element; lxml publishes no types."""


def select(root: Element, selectors: Iterable[str]) -> list[Element]:
    """Return the elements that any of the selectors finds, each once, in document order.

    Args:
        root: where to look; itself included.
        selectors: CSS selectors.

    Raises:
        cssselect.SelectorError: a selector cannot be parsed.
    """
    classes, others = _parted(tuple(selectors))
    found = _compiled(others)(root) if others else []
    return _with_classes(root, classes, frozenset(found)) if classes else list(found)


def select_first(root: Element, selectors: Iterable[str]) -> list[Element]:
    """Return the elements of the first selector that finds any."""
    return next((found for selector in selectors if (found := select(root, [selector]))), [])


NAMES_LENGTH = 400
"""Characters of an element's classes, id and labels that are looked at; hostile pages have megabytes of them."""

_CLASS = re.compile(r"\.-?[^\W\d][\w-]*")
_MAX_DEPTH = 200  # of elements within elements; text below is not gathered
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "button"})
_BLOCKS = frozenset({"div", "p", "li", "br", "h1", "h2", "h3", "h4", "section", "ul", "td", "tr", "header", "time"})


def names_of(element: Element, *attributes: str) -> str:
    """Return the values of these attributes in one line: what the page calls the element."""
    return " ".join([value[:NAMES_LENGTH] for name in attributes if (value := element.get(name))])


def text_of(element: Element, limit: int = 10_000, parted: str = " ") -> str:
    """Return an element's visible text with single spaces.

    Args:
        element: its scripts, styles, pictures and buttons are left out.
        limit: how many characters are gathered, roughly.
        parted: what stands between the texts of blocks (paragraphs, list items, time stamps).
    """
    tag = element.tag
    if tag in _UNSEEN or type(tag) is not str:
        return ""
    if not len(element):  # as most that are asked for
        return " ".join((element.text or "").split())
    parts: list[str] = []
    _gather(element, parts, limit, parted, 0)
    return " ".join("".join(parts).split())


def line_of(element: Element) -> str:
    """Return all the text in an element with single spaces: unlike `text_of`, of what readers do not see, too."""
    return " ".join("".join(element.itertext()).split())


def _gather(element: Element, parts: list[str], limit: int, parted: str, depth: int) -> int:
    """Append the texts inside an element; return how many characters may still come."""
    if text := element.text:
        parts.append(text)
        limit -= len(text)
    for child in element:
        if limit <= 0:
            break
        tag = child.tag
        block = tag in _BLOCKS
        if block:
            parts.append(parted)
        if tag not in _UNSEEN and type(tag) is str and depth < _MAX_DEPTH:
            limit = _gather(child, parts, limit, parted, depth + 1)
        if block:
            parts.append(parted)
        if text := child.tail:
            parts.append(text)
            limit -= len(text)
    return limit


def following(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements of these tags behind an element in the document, one by one; those within it are not behind.

    XPath's axis gathers all up to the page's end before the first is looked at, and few more ever are.

    Args:
        element: where to begin.
        tags: "*" for all.
    """
    for around in (element, *element.iterancestors()):
        for beside in around.itersiblings():
            yield from beside.iter(*tags)


@lru_cache(maxsize=512)
def _parted(selectors: tuple[str, ...]) -> tuple[frozenset[str], str]:
    """Return the classes that are asked for alone, and the other selectors as a group."""
    classes = [one for one in selectors if _CLASS.fullmatch(one)]
    return frozenset(one[1:] for one in classes), ", ".join(one for one in selectors if one not in classes)


def _with_classes(root: Element, classes: frozenset[str], others: frozenset[Element]) -> list[Element]:
    """Return these elements and all of these classes in one walk; XPath walks the page again for each class."""
    return [
        element
        for element in root.iter("*")
        if ((names := element.get("class")) and not classes.isdisjoint(names.split())) or element in others
    ]


@lru_cache(maxsize=512)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector, translator="html")
