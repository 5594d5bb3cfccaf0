"""A name that stands with nothing but a date or a role at the headline, on pages that mark up no by-line."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import unquote

from bot.reading.bearers import bears_given_name, japanese_surnames
from bot.reading.beside_names import with_those_beside
from bot.reading.byline_signs import BY, names_subject
from bot.reading.bylines import heading_of
from bot.reading.name_words import NEWS_SERVICE, PRESS_ROLE
from bot.reading.names import is_nobody, is_person, is_proper, split_names
from bot.reading.other_people import is_long
from bot.reading.page import Page
from bot.reading.portraits import is_of_picture
from bot.reading.selectors import Element, following, names_of, text_of

_KINDS = ("span", "p", "div", "li", "h4", "h5", "b", "strong", "a", "i", "svg", "img")
_LONG = 120  # characters of a paragraph of text
_SHORT = 50  # characters of a date with its label
_STANDFIRST = 1  # long lines between a headline and a by-line
_MAX_NEAR = 120  # elements after the headline among which a nameless by-line is looked for
_NAME_WORDS = 4
_PARTED = re.compile(r"\s*[,|·•–—]\s*")
_HOLDERS = 4
_ICONS = frozenset({"i", "svg", "img", "span"})
_PERSON = re.compile(r"(?<![a-z])(?:user|author|person|pen|pencil|writer)(?![a-z])", re.IGNORECASE)
_TOPIC = re.compile(
    r"/(?:tags?|topics?|themen?|thema|tem[ae]s?|t[eé]mata|themes?|subjects?|keywords?|search|suche|kategori\w+|categor\w+|sections?)(?:[/=?]|$)"
    r"|[?&]s=",
    re.IGNORECASE,
)
_DEEP = 6  # parts of an address that is a story's
_MANY = 3  # names of a list that are no by-line
_MAX_LISTED = 10
_AFTER_SURNAME = re.compile(r"[\s\u3040-\u30ff\u4e00-\u9fff々]{1,4}$")
_REPORTER = re.compile(
    r"\d分?\s.*(?:记者|記者)[:：\s]+([\u4e00-\u9fff々]{2,4}(?:\s[\u3040-\u30ff\u4e00-\u9fff]{1,3})?)$"
    r"|(?:^|\d\s.*?)([가-힣]{2,4}) (?:기자|특파원)$"
)
_OF_PLACES = frozenset("県市区町村都府")
_WITH_AGENCY = re.compile(r"\s\((?:avec|mit|with|con|com|med|og|et|und|and)\s[^()]{2,30}\)$")  # "Anne Petit (avec AFP)"
_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[:.]\d\d|\d\s+\w+\s+ago\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
)


def dated_name(page: Page, *, known: bool) -> tuple[str, ...]:
    """Return the full name that stands with nothing but a date between headline and text, () for none.

    Some pages name no element for what it is. Links to topics are left out.

    Args:
        page: the page.
        known: take only a name that begins with a given name, since somebody else is stated; a place may stand there.
    """
    headline = heading_of(page)
    if headline is None:
        return ()
    long = 0
    for element in islice(following(headline, *_KINDS), _MAX_NEAR):
        own = _own_text(element)
        long += is_long(own)
        if long > _STANDFIRST:
            return ()
        if reporter := _REPORTER.search(own):
            return (reporter[1] or reporter[2],)
        if names := _told(element, own, page.title, known=known):
            return names
    return ()


def _told(element: Element, own: str, title: str, *, known: bool) -> tuple[str, ...]:
    """Return the names that an element's own text tells, with what stands around it."""
    if "&" in own and (pair := _pair(own)) and _stands_with_date(element, own):
        return pair
    parts = [_unlabelled(part) for part in _PARTED.split(_WITH_AGENCY.sub("", own)) if part]
    name = next(filter(_is_full_name, parts), "")
    if not name or name in title or is_nobody(name) or "label" in names_of(element, "class"):
        return ()
    if len(parts) == 1 and (named := with_roles(element)):
        return named
    if (known and not bears_given_name(name)) or is_listed(element) or _is_topic(element, name):
        return ()
    of_person = own == name and _is_of_person(element)
    dated = _tell_of(name, own, parts) if len(parts) > 1 else _stands_with_date(element, own)
    told = (of_person or dated) and not is_of_picture(element, surely=True)
    return with_those_beside(element, name) if told else ()


def _is_topic(element: Element, name: str) -> bool:
    """Tell whether a name is linked and the address is not its bearer's own: "/publishers/ann-lee", a mailbox."""
    href = unquote(element.get("href") or "") if element.tag == "a" else "mailto:"
    if href.startswith("mailto:"):
        return False
    before = text_of(element.getparent(), _LONG).partition(name)[0]
    labelled = any(map(str.isalpha, before)) and not any(map(str.isdigit, before))  # "Reviewed by", a section
    return labelled or leads_to_topic(element) or not bears_given_name(name)


def leads_to_topic(link: Element) -> bool:
    """Tell whether a link leads to a topic or a story, as far as its address and what is around it say."""
    href = unquote(link.get("href") or "")
    return _TOPIC.search(href) is not None or href.count("/") > _DEEP or names_subject(link)


def is_listed(element: Element) -> bool:
    """Tell whether an element is one of many in a list that are each nothing but a full name: whom a text is about."""
    item = element if element.tag == "li" else next(element.iterancestors("li"), None)
    items = islice(item.getparent(), _MAX_LISTED) if item is not None else ()
    return sum(_is_full_name(text_of(one, _SHORT)) for one in items) >= _MANY


def _own_text(element: Element) -> str:
    """Return the words of an element before its first child; of an icon, what stands behind it."""
    if element.tag == "a":
        return text_of(element, _LONG + 1) if len(list(islice(filter(str.strip, element.itertext()), 2))) == 1 else ""
    return " ".join(((element.tail if _is_icon(element) else element.text) or "").split())


def _is_icon(element: Element) -> bool:
    return element.tag in _ICONS and not (element.text or "").strip() and len(element) == 0


def _is_of_person(element: Element) -> bool:
    """Tell whether an element is an icon that stands for a person."""
    return _is_icon(element) and _PERSON.search(names_of(element, "class", "src", "alt")) is not None


def _pair(line: str) -> tuple[str, ...]:
    """Return the names of a line that is nothing but full names with "&" between them."""
    names = split_names(line)
    full = all(_is_full_name(name) and bears_given_name(name) for name in names)
    return tuple(names) if full and " & ".join(names) == line else ()


def _unlabelled(part: str) -> str:
    """Take off what introduces a name: "Af: Karen Holm"."""
    names = split_names(part) if BY.match(part) else []
    return names[0] if len(names) == 1 else part


def _tell_of(name: str, line: str, parts: Sequence[str]) -> bool:
    """Tell whether all that stands with a name in one line are dates, times and roles: "13 May 2025 | Ann Lee".

    A role alone behind a comma begins a sentence as often.
    """
    others = [part for part in parts if part != name]
    told = [part for part in others if len(part) <= _SHORT and (re.search(r"[\d@]", part) or PRESS_ROLE.search(part))]
    dated = bool(_DATE.search(" ".join(others))) or ("," not in line and any(map(PRESS_ROLE.search, others)))
    dated = dated or all(map(PRESS_ROLE.fullmatch, others))
    return dated and len(told) == len(others)


def with_roles(element: Element) -> tuple[str, ...]:
    """Return the full names in a line or list where each stands with its bearer's role: "Eva Roth" | "reporter"."""
    return tuple(dict.fromkeys(" ".join((one.text or "").split()) for one in _alike(element) if _has_role(one)))


def _alike(element: Element) -> Iterator[Element]:
    """Yield the element and those at its place in its list."""
    item = next(element.iterancestors("li"), None)
    if item is None:
        yield element
        return
    items = islice(item.getparent(), _MAX_LISTED)
    yield from (one for other in items for one in islice(other.iter(element.tag), _MAX_LISTED))


def _has_role(element: Element) -> bool:
    name, beside = " ".join((element.text or "").split()), element.getnext()
    beside = beside.getnext() if beside is not None and beside.tag == "br" else beside
    role = text_of(beside, _SHORT + 1) if beside is not None else ""
    told = PRESS_ROLE.search(role) or NEWS_SERVICE.search(role)
    return 0 < len(role) <= _SHORT and bool(told) and _is_full_name(name)


def _is_full_name(text: str) -> bool:
    parts = text.split()
    if text.startswith(japanese_surnames()):
        return _AFTER_SURNAME.match(text, 2) is not None and _OF_PLACES.isdisjoint(text[2:])
    return 1 < len(parts) <= _NAME_WORDS and split_names(text) == [text] and is_proper(text) and is_person(text)


def _stands_with_date(element: Element, name: str) -> bool:
    """Tell whether a small element around holds the name and a date, and the name is at its start or end."""
    holders = (
        element.iterancestors() if element.tag == "a" or element.tag in _ICONS else (element, *element.iterancestors())
    )
    for around in islice(holders, _HOLDERS):
        line = text_of(around, _LONG + 1)
        if len(line) > _LONG or around.tag in {"a", "figure", "figcaption", "article", "body"}:
            return False
        rest = line.removeprefix(name) if line.startswith(name) else line.removesuffix(name)
        if rest != line and (_DATE.search(rest) or around.find(".//time") is not None or _is_date(around.getnext())):
            return True
    return False


def _is_date(element: Element | None) -> bool:
    """Tell whether an element holds a date and little else."""
    line = text_of(element, _SHORT + 1) if element is not None else ""
    return 0 < len(line) <= _SHORT and bool(_DATE.search(line))
