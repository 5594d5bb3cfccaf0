"""CSS selectors over lxml trees, compiled once."""

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


@lru_cache(maxsize=512)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector, translator="html")
