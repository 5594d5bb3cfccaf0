"""A line between headline and text that is nothing but names, with no word, class or date to tell what they are."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.reading.bearers import bears_given_name
from bot.reading.biographies import are_spoken_of
from bot.reading.byline_signs import stands_elsewhere
from bot.reading.dated_names import is_listed
from bot.reading.evidence import words
from bot.reading.name_words import AND, COMMA, FOR, FOR_WHOM, PLACE, PRESS_ROLE
from bot.reading.names import has_no_capitals, is_generic, is_person, is_proper, split_names
from bot.reading.page import Page
from bot.reading.portraits import is_of_picture
from bot.reading.selectors import Element, names_of, text_of

_KINDS = ("p", "div", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "li", "td")
_MAX_NEAR = 60  # elements after the headline
_MAX_LINE = 80
_LONG = 120  # characters of a paragraph of text
_EAST_ASIAN = "\u2e80"
_FULL = (2, 4)  # words of a name
_FROM = re.compile(
    r"(?:de|da|do|from|in|aus|en|à|desde|din|z|ze|з|із|из|fra|från|uit)\s(?-i:[^\W\d_a-zß-ÿ])", re.IGNORECASE
)
_OF_PLACE = re.compile(
    r"(?<![a-z])(?:lugar|place|location|city|ciudad|cidade|ort|ville|lieu|luogo|local)(?![a-z])", re.IGNORECASE
)
_PLACED = re.compile(
    r"^\S+(?:\s\S+)?\s?[:–—-]\s(?P<name>\S+(?:\s\S+){1,3})$|^(?P<first>\S+(?:\s\S+){1,2}?)\s?[،,]\s?\S+$"
)
"""A place and a name in a script without capitals: "القاهرة - منى الشريف", "কবির হোসেন, ঢাকা"."""


def lone_name(page: Page, headline: Element | None, sites: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are all of a line between headline and text, () for none.

    They begin with given names, and the text does not speak of whom they name.

    Args:
        page: the page.
        headline: the article's, None where there is none.
        sites: what the site is called, which may stand beside the names.
    """
    for element in _near(headline):
        names = _names_of_line(text_of(element, _MAX_LINE + 1), sites)
        if (
            names
            and _stands_alone(element)
            and not (_is_linked(element) or is_of_picture(element) or stands_elsewhere(element))
        ):
            return () if is_subject(page, names) else names
    return ()


def is_subject(page: Page, names: Sequence[str]) -> bool:
    """Tell whether an article is about these people: its title or its text names them, and not as reporters."""
    known = any(words(name) in words(page.title) for name in names)
    return known or are_spoken_of(names, _prose(page))


def _prose(page: Page) -> Iterator[Element]:
    return (one for one in page.tree.iter("p") if len(text_of(one, _MAX_LINE + 1)) > _MAX_LINE)


def _near(headline: Element | None) -> Iterator[Element]:
    """Yield the short elements after a headline, up to its text."""
    kinds = " or ".join(f"self::{kind}" for kind in _KINDS)
    after = headline.xpath(f"following::*[{kinds}]") if headline is not None else ()
    for element in islice(after, _MAX_NEAR):
        length = len(element.text or "")
        if length > _LONG or (length > _LONG // 3 and (element.text or "").lstrip()[:1] >= _EAST_ASIAN):
            return
        yield element


def _names_of_line(line: str, sites: Sequence[str]) -> tuple[str, ...]:
    if not 0 < len(line) <= _MAX_LINE:
        return ()
    if (placed := _PLACED.match(line)) and has_no_capitals(line):
        line = placed["name"] or placed["first"]
    parts = [part for one in COMMA.split(line) if not _is_beside(part := FOR.sub("", one), sites)]
    said = [PLACE.sub("", half) for part in parts for half in AND.split(part)]
    return tuple(said) if said and all(map(_is_full, said)) else ()


def _is_beside(part: str, sites: Sequence[str]) -> bool:
    """Tell whether a part of a line is what stands beside a reporter's name: for whom, as what, the site."""
    return bool(FOR_WHOM.match(part) or _FROM.match(part) or PRESS_ROLE.search(part)) or is_generic(part, sites)


def _is_full(name: str) -> bool:
    full = _FULL[0] <= len(name.split()) <= _FULL[1] and split_names(name) == [name]
    return full and is_proper(name) and is_person(name) and bears_given_name(name)


def _stands_alone(element: Element) -> bool:
    """Tell whether what follows a line is text, a date or a role in a newsroom, and not what else its bearer is."""
    if is_listed(element):
        return False
    beside = element.getnext()
    line = text_of(beside, _LONG + 1) if beside is not None else ""
    if beside is not None and _OF_PLACE.search(names_of(beside, "class")):
        return True
    return not 0 < len(line) <= _LONG or any(map(str.isdigit, line)) or bool(PRESS_ROLE.search(line))


def _is_linked(element: Element) -> bool:
    """Tell whether a line is a link: those are topics, unless it is one to a mailbox."""
    links = [*element.iter("a"), *islice(element.iterancestors("a"), 1)]
    return any(not (link.get("href") or "mailto:").startswith("mailto:") for link in links)
