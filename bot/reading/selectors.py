"""Elements of lxml trees: CSS selectors, compiled once, and the text that a reader sees."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lxml.cssselect import CSSSelector

Element = Any
"""An lxml.html element; lxml publishes no types."""


def select(root: Element, selectors: Iterable[str]) -> list[Element]:
    """Return the elements that any of the selectors finds, each once, in document order.

    Args:
        root: where to look; itself included.
        selectors: CSS selectors.

    Raises:
        cssselect.SelectorError: a selector cannot be parsed.
    """
    group = ", ".join(selectors)
    return list(_compiled(group)(root)) if group else []


def select_first(root: Element, selectors: Iterable[str]) -> list[Element]:
    """Return the elements of the first selector that finds any."""
    return next((found for selector in selectors if (found := select(root, [selector]))), [])


_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "button"})
_BLOCKS = frozenset({"div", "p", "li", "br", "h1", "h2", "h3", "h4", "section", "ul", "td", "tr", "header", "time"})


def text_of(element: Element, limit: int = 10_000, parted: str = " ") -> str:
    """Return an element's visible text with single spaces.

    Args:
        element: its scripts, styles, pictures and buttons are left out.
        limit: how many characters are gathered, roughly.
        parted: what stands between the texts of blocks (paragraphs, list items, time stamps).
    """
    parts: list[str] = []
    _gather(element, parts, limit, parted)
    return " ".join("".join(parts).split())


def _gather(element: Element, parts: list[str], limit: int, parted: str) -> int:
    """Append the texts inside an element; return how many characters may still come."""
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return limit
    limit = _append(element.text, parts, limit)
    for child in element:
        if limit <= 0:
            break
        block = child.tag in _BLOCKS
        parts.append(parted if block else "")
        limit = _gather(child, parts, limit, parted)
        parts.append(parted if block else "")
        limit = _append(child.tail, parts, limit)
    return limit


def _append(text: str | None, parts: list[str], limit: int) -> int:
    if text:
        parts.append(text)
    return limit - len(text or "")


@lru_cache(maxsize=512)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector, translator="html")
