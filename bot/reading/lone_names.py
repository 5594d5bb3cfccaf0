"""A line between headline and text that is nothing but names, with no word, class or date to tell what they are."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.reading.bearers import bears_given_name, is_called
from bot.reading.beside_names import with_those_beside
from bot.reading.biographies import are_spoken_of
from bot.reading.byline_signs import stands_elsewhere
from bot.reading.byline_text import text_before
from bot.reading.dated_names import is_listed, leads_to_topic
from bot.reading.evidence import words
from bot.reading.name_words import AND, BRACKETS, COMMA, EMPLOYER, FOR, FOR_WHOM, PLACE, PRESS_ROLE, REST
from bot.reading.names import has_no_capitals, is_full_name, is_generic, split_names
from bot.reading.other_people import is_long
from bot.reading.page import Page
from bot.reading.portraits import has_portrait, is_of_picture
from bot.reading.selectors import Element, following, names_of, text_of

_KINDS = ("p", "div", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "li", "td", "a")
_MAX_NEAR = 100  # elements after the headline
_MAX_LINE = 80
_LONG = 120  # characters of a paragraph of text
_STANDFIRST = 1  # long lines between a headline and a by-line
_PLACE_AT_END = re.compile(r"(?<=\w)\s?[/|]\s?[^\W\d_a-zß-ÿ][\w-]+$")  # "Zehra Polat / İstanbul"
_ENDS = frozenset(".!?।。")  # of a sentence, such as a caption
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
        names = _names_of(element, sites)
        if not names or not _stands_alone(element, sites) or _is_topic(element):
            continue
        if not (is_of_picture(element) or stands_elsewhere(element)):
            names = with_those_beside(element, names[0]) if len(names) == 1 else names
            return () if is_subject(page, names) else names
    return ()


def is_subject(page: Page, names: Sequence[str]) -> bool:
    """Tell whether an article is about these people: its title or its text names them, and not as reporters."""
    known = any(words(name) in words(page.title) for name in names)
    return known or are_spoken_of(names, _prose(page))


def _prose(page: Page) -> Iterator[Element]:
    long = (one for one in page.tree.iter("p") if len(text_of(one, _MAX_LINE + 1)) > _MAX_LINE)
    return (one for one in long if next(one.iterancestors("figure", "figcaption"), None) is None)


def _near(headline: Element | None) -> Iterator[Element]:
    """Yield the short elements after a headline, up to its text."""
    after = following(headline, *_KINDS) if headline is not None else ()
    long = 0
    for element in islice(after, _MAX_NEAR):
        long += is_long((element.text or "").lstrip())
        if long > _STANDFIRST:
            return
        yield element


def _names_of(element: Element, sites: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are all of an element, as one line or in an element each."""
    line = text_of(element, _MAX_LINE + 1)
    if " " not in line or len(line) > _MAX_LINE or line[-1] in _ENDS:
        return ()
    leaves = [text_of(leaf) for leaf in element.iter("span", "a") if len(leaf) == 0 and text_of(leaf)]
    if len(leaves) > 1 and " ".join(leaves) == line and all(_is_full(leaf, element) for leaf in leaves):
        return tuple(leaves)
    if (placed := _PLACED.match(line)) and has_no_capitals(line):
        line = placed["name"] or placed["first"]
    line = _PLACE_AT_END.sub("", REST.sub("", BRACKETS.sub("", line)))
    parts = [part for one in COMMA.split(line) if not _is_beside(part := FOR.sub("", one), sites)]
    said = [_without_role(PLACE.sub("", half)) for part in parts for half in AND.split(part)]
    return tuple(said) if said and all(_is_full(name, element) for name in said) else ()


def _without_role(name: str) -> str:
    """Return "Ann Lee" for "Ann Lee Deputy Content Editor"."""
    if not PRESS_ROLE.search(name):
        return name
    names = split_names(name)
    role = name.removeprefix(names[0]) if len(names) == 1 else ""
    return names[0] if role != name and PRESS_ROLE.search(role) else name


def _is_beside(part: str, sites: Sequence[str]) -> bool:
    """Tell whether a part of a line is what stands beside a reporter's name: for whom, as what, the site."""
    return bool(FOR_WHOM.match(part) or _FROM.match(part) or PRESS_ROLE.search(part)) or is_generic(part, sites)


def _is_full(name: str, element: Element) -> bool:
    """Tell whether a name is a person's in full, which its given name, a portrait or a link beside it says."""
    if not is_full_name(name):
        return False
    links = (link.get("href") or "" for link in _links(element))
    told = (
        bears_given_name(name)
        or has_portrait(element, name)
        or any(is_called(one, name, in_full=True) for one in links)
    )
    return told and split_names(name) == [name]  # what takes longest comes last


def _stands_alone(element: Element, sites: Sequence[str]) -> bool:
    """Tell whether no word leads to a line, and what follows is text, a date or a role in a newsroom, no other role."""
    if is_listed(element) or any(map(str.isalpha, text_before(element))):
        return False
    beside = element.getnext()
    line = text_of(beside, _LONG + 1) if beside is not None else ""
    offices = any(is_generic(part, sites) or EMPLOYER.search(part) for part in COMMA.split(line))
    if offices or (beside is not None and _OF_PLACE.search(names_of(beside, "class"))):
        return True
    return not 0 < len(line) <= _LONG or any(map(str.isdigit, line)) or bool(PRESS_ROLE.search(line))


def _links(element: Element) -> list[Element]:
    return [*element.iter("a"), *islice(element.iterancestors("a"), 1)]


def _is_topic(element: Element) -> bool:
    """Tell whether a line is a link to a topic, or to another story."""
    return any(leads_to_topic(link) for link in _links(element))
