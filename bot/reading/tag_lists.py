"""The list of topics that a page shows beside its article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter

from bot.reading.evidence import clean
from bot.reading.page import Page
from bot.reading.selectors import Element, names_of, text_of
from bot.reading.tag_signs import (
    LABEL,
    LABEL_LENGTH,
    is_labelled,
    is_named,
    is_named_otherwise,
    is_tag_link,
    is_tag_name,
    may_tell,
)

MAX_WORDS = 8
"""Words of one topic; longer links are headlines. Ours: the longest topic of the corpus has 7."""

_MAX_LENGTH = 70
_MAX_ITEMS = 40
_MAX_PARTS = 4  # of one list; more elements of one make are a feed
_MAX_LOOKED_AT = 1500  # elements that may be tag lists; no page of the corpus has more than 269
_MAX_BEFORE = 3  # lists above the headline that are looked at, the nearest first
_KINDS = frozenset(("h1", "ul", "ol", "div", "nav", "section", "a", "p", "span", "footer", "dl"))
_COUNT = re.compile(r"^\(\d+\)\s*|\s*\(\d+\)$")


def visible_tags(page: Page) -> tuple[str, ...]:
    """Return the topics of the page's tag list, () for none.

    A list that calls itself one comes before a list of links to tag pages, and one after the headline before one
    above it. A later list that repeats the first and has more is its full form. What cannot be that is not looked at.
    """
    elements = list(page.tree.iter(*_KINDS))  # to ask each for its tag takes three times as long
    headline = next(page.tree.iter("h1"), None)
    at = elements.index(headline) if headline is not None else 0
    above, behind = elements[:at], iter(elements[at:])
    seen: set[Element] = set()
    found: list[_Found] = []
    for one in _lists(behind, seen):
        found.append(one)
        if not one.linked:
            break
    best, rest = min(found, key=_is_linked, default=None), list(behind)
    if best and not _may_be_repeated(best, chain(rest, above), seen):
        return best.tags
    found += _lists(rest, seen)
    others = list(_lists(above, seen))
    if not found and len(others) > _MAX_BEFORE:
        return ()
    ranked = [*sorted(found, key=_is_linked), *sorted(others, key=_is_linked)]
    return next((one.tags for one in ranked[1:] if _is_fuller(one, ranked[0])), ranked[0].tags) if ranked else ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A list, whether only its links tell of it, and its classes."""

    linked: bool
    tags: tuple[str, ...]
    names: frozenset[str]


_is_linked = attrgetter("linked")


def _lists(elements: Iterable[Element], seen: set[Element]) -> Iterator[_Found]:
    """Yield the lists that these elements are or tell of."""
    for element in islice(_candidates(elements), _MAX_LOOKED_AT):
        if tags := _list_at(element, seen):
            yield _Found(element.tag == "a", tags, frozenset(names_of(element, "class").split()))


def _may_be_repeated(one: _Found, others: Iterable[Element], seen: set[Element]) -> bool:
    """Say what `_is_fuller` needs of any other list: to look for its class is cheaper than to look for lists."""
    names = frozenset(filter(is_tag_name, one.names))
    if len(one.tags) == 1 or not names:
        return len(one.tags) == 1
    return not names.isdisjoint(" ".join([other.get("class") or "" for other in others if other not in seen]).split())


def _is_fuller(one: _Found, other: _Found) -> bool:
    """Tell whether a list of the same make repeats another and has more; one topic alone is repeated by any list."""
    alike = (len(other.tags) == 1 and not one.linked) or any(map(is_tag_name, one.names & other.names))
    return alike and len(one.tags) > len(other.tags) and set(other.tags) <= set(one.tags)


def _candidates(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield all that may be or tell of a tag list: no element that holds nothing but text and stands in no link."""
    untelling: set[str] = set()  # of the names on this page, most of which come again
    in_menus: set[Element] = set()  # links that tell of nothing there
    for element in elements:
        tag = element.tag
        if tag == "nav":
            in_menus.update(element.iter("a"))
        elif tag == "a":
            if element in in_menus:
                continue
        elif not len(element) and element.getparent().tag != "a":
            continue
        if tag == "ul" or (tag != "h1" and may_tell(element.items(), untelling)):
            yield element


def _list_at(element: Element, seen: set[Element]) -> tuple[str, ...]:
    """Return the tags of the list that an element is, or is in; () where that is none or was looked at."""
    holder = _holder(element) if element not in seen else None
    if holder is None or holder in seen:
        return ()
    seen.add(holder)
    if _elsewhere(holder, says_so=element.tag != "a"):
        return ()
    lists = [_items(one) for one in _alike(holder)]
    seen.update(holder.iter() if all(lists) else ())
    return tuple(dict.fromkeys(tag for items in lists for tag in items)) if all(lists) else ()


def _holder(element: Element) -> Element | None:
    """Return the list that an element tells of: itself by its name or label, or what holds its links to tag pages."""
    if element.tag == "a":
        return _link_holder(element) if is_tag_link(element) else _row_of(element)
    if is_named(element):
        return _row(element)
    return element if element.tag == "ul" and is_labelled(element) else None


def _row(element: Element) -> Element:
    """Return the element, or what holds it and its likes where each stands for one tag."""
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        return parent.getparent()
    if parent is not None and len(list(islice(element.iter("a"), 2))) == 1 and _has_several(parent):
        return parent
    return element


def _has_several(parent: Element) -> bool:
    """Tell whether more than one child is named for tags, in a list of a tag list's size."""
    return len(parent) <= 2 * _MAX_ITEMS and sum(map(is_named, parent)) > 1


def _row_of(link: Element) -> Element | None:
    """Return what holds a link that is named for tags, with others like it."""
    parent = link.getparent()
    return parent if is_named(link) and _has_several(parent) else None


def _alike(holder: Element) -> list[Element]:
    """Return the list and its neighbours of the same make: one list in several parts."""
    parent, name = holder.getparent(), holder.get("class")
    if parent is None or not name or len(parent) > 2 * _MAX_ITEMS:
        return [holder]
    alike = [one for one in parent if one.tag == holder.tag and one.get("class") == name]
    return alike if len(alike) <= _MAX_PARTS and all(map(is_named, alike)) else [holder]


def _link_holder(link: Element) -> Element | None:
    """Return the nearest element that holds more links than this one, where most of them lead to tag pages."""
    for element in link.iterancestors():
        links = list(islice(element.iter("a"), _MAX_ITEMS + 1))
        if len(links) > 1 or element.tag in {"ul", "p", "nav"}:
            return element if 2 * sum(map(is_tag_link, links)) > len(links) else None
    return None


def _elsewhere(holder: Element, *, says_so: bool) -> bool:
    """Tell whether a list stands where other things than the article are listed, or inside its text.

    Args:
        holder: the list.
        says_so: whether it calls itself a list of tags; others are doubted in margins and navigations.
    """
    for depth, element in enumerate([holder, *holder.iterancestors()]):
        tag = element.tag
        if tag in {"p", "dialog"} or (tag == "footer" and not _of_article(element)):
            return True
        if tag in {"aside", "nav"} and not says_so:
            return True
        near = depth < 2 and tag not in {"body", "main", "article"}  # noqa: PLR2004
        if near and is_named_otherwise(names_of(element, "class", "id")):
            return True
    return False


def _of_article(footer: Element) -> bool:
    names = names_of(footer, "class", "id")
    return (
        "article" in names
        or "post" in names
        or any(above.tag in {"article", "main"} for above in footer.iterancestors())
    )


def _items(holder: Element) -> tuple[str, ...]:
    """Return the texts of a list's items; () where the element is more than a list of short items."""
    links = list(islice(holder.iter("a"), _MAX_ITEMS + 1))
    leaves = links or [one for one in islice(holder.iter("li", "span"), _MAX_ITEMS + 1) if not len(one)]
    texts = [(leaf, _tag_text(leaf)) for leaf in leaves]
    if len(texts) < (1 if links else 2) or len(leaves) > _MAX_ITEMS or any(_too_long(text) for _, text in texts):
        return ()
    whole = text_of(holder, 4000)
    rest = len(whole) - sum(len(text) + 1 for _, text in texts)
    kept = [text for leaf, text in texts if any(map(str.isalnum, text)) and not _is_index(leaf)]
    return tuple(dict.fromkeys(kept)) if rest < LABEL_LENGTH + 3 * len(texts) else ()


def _tag_text(leaf: Element) -> str:
    text = clean(text_of(leaf, 2 * _MAX_LENGTH)).strip(",;/|·•: \xa0")
    label, colon, rest = text.partition(":")
    return without_count((rest.strip() if colon and rest and LABEL.match(label) else text).removeprefix("# "))


def without_count(tag: str) -> str:
    """Take off the number of articles beside a tag: "Rivers (12)"."""
    return _COUNT.sub("", tag) if "(" in tag else tag


def _is_index(leaf: Element) -> bool:
    """Tell whether a link leads to the list of all topics."""
    return bool(
        re.search(
            r"/(?:tags?|topics?|thema|themen?|temas?|keywords?)(?:/index\S*|/alle\S*|\.html)?/?$",
            leaf.get("href") or "",
        )
    )


def _too_long(text: str) -> bool:
    return len(text) > _MAX_LENGTH or len(text.split()) > MAX_WORDS
