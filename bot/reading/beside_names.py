"""Who stands beside a name that is an author's, in its line or in elements like its own."""

from collections.abc import Iterable, Iterator
from itertools import islice

from bot.reading.bearers import bears_given_name
from bot.reading.names import is_full_name, split_names
from bot.reading.selectors import Element, text_of

_MAX_LINE = 90
_MAX_BESIDE = 10


def with_those_beside(element: Element, name: str) -> tuple[str, ...]:
    """Return a name and those that stand beside it, in the page's order.

    Args:
        element: the name's.
        name: an author's in full.
    """
    around = element.getparent()
    line = text_of(around, _MAX_LINE + 1) if around is not None else ""
    named = split_names(line) if len(line) <= _MAX_LINE else []
    if len(named) > 1 and named[0] == name and all(is_full_name(one) and bears_given_name(one) for one in named):
        return tuple(named)
    top = _outermost(element)
    before = list(_alike(top, name, top.itersiblings(preceding=True)))
    return tuple(dict.fromkeys([*reversed(before), name, *_alike(top, name, top.itersiblings())]))


def _outermost(element: Element) -> Element:
    """Return the largest element that holds nothing but an element's text."""
    text = text_of(element, _MAX_LINE + 1)
    while (around := element.getparent()) is not None and text_of(around, _MAX_LINE + 1) == text:
        element = around
    return element


def _alike(top: Element, name: str, siblings: Iterable[Element]) -> Iterator[str]:
    """Yield the names in the elements right beside one, as long as each holds nothing else."""
    for one in islice(siblings, _MAX_BESIDE):
        names = split_names(text_of(one, _MAX_LINE + 1))
        if one.tag != top.tag or len(names) != 1 or names[0] == name or not is_full_name(names[0]):
            return
        if not (bears_given_name(names[0]) or _is_built_alike(one, top)):
            return
        yield names[0]


def _is_built_alike(one: Element, other: Element) -> bool:
    """Tell whether two elements are links or hold one, and have the same class: a place beside a name has not."""
    links = [part.tag == "a" or part.find(".//a") is not None for part in (one, other)]
    return all(links) and one.get("class") == other.get("class")
