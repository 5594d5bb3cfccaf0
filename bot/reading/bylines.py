"""Who a page visibly names as its article's author: by-line elements, author links, "By …" lines."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from bot.reading.author_links import leads_to_author
from bot.reading.bearers import bears_given_name
from bot.reading.by_words import by_words
from bot.reading.byline_signs import (
    BY,
    BY_ALONE,
    LEAD,
    may_tell,
    tells,
    who_reports,
    without_place,
)
from bot.reading.byline_text import MAX_LINE, byline_text
from bot.reading.evidence import words
from bot.reading.name_words import AGENCY_NAMES
from bot.reading.names import is_generic, is_nobody, is_person, is_proper, split_names
from bot.reading.other_people import is_long, is_of_staff, is_of_teaser, names_editors
from bot.reading.page import Page
from bot.reading.selectors import Element, names_of, text_of

_KINDS = (
    "h1", "a", "span", "div", "p", "address", "li", "ul", "strong", "em", "section", "h2", "h3", "h4", "footer", "b",
    "cite", "i", "font", "small", "dt", "dd", "td",
)  # fmt: skip
_PICTURES_BEHIND = re.compile(
    r"^\s*[,|/–-]?\s*\(?(?:foto|photo|bild|ilustr|illustr|video|graf|фото|відео|видео)", re.IGNORECASE
)
_OTHERS_BEFORE = re.compile(
    r"(?:review|fact[- ]check|edit|translat|illustrat|produc|approv)ed by\s*:?\s*$"
    r"|(?:übersetzt|redigiert|geprüft|bearbeitet) von\s*$|(?:traduit|relu|édité|vérifié) par\s*$"
    r"|(?:traducido|revisado|editado|verificado) por\s*$|(?:tradotto|revisionato) da\s*$",
    re.IGNORECASE,
)
_PICTURES_BEFORE = re.compile(
    r"(?:^|[^\w])(?:fotos?|fot[oó]gra[fv]\w*|photos?|photograph\w*|portraits?|pictures|bild(?:er)?|illustrat\w+|video|фото(?:граф\w*)?|відео|видео)\s*(?::|by|von|par|de|di)?\s*$",
    re.IGNORECASE,
)
_NAME_PART = re.compile(r"(?:^|[-_ ])(?:name|fn)(?![a-z])|[a-z]Name(?![a-z])")

_TEXT_PARAGRAPHS = 4  # after so many, a by-line near the headline is past
_MAX_LOOKED_AT = 300  # elements that may be by-lines; more are a forum's
_SHORT_ARTICLE = 500  # characters of a teaser
_LONG = 120  # characters of a paragraph of text
_MAX_BUTTONS = 5
_HEADLINE_WORDS = 4
_MAX_TEXTS = 20  # of one button
_MAX_BEFORE = 30


def visible_authors(page: Page) -> Iterator[tuple[str, ...]]:
    """Yield the names in the by-line nearest to the headline, then in one that ends the article, then in any below it.

    () stands for none. What nobody asks for is not looked for: below a text stand many other by-lines.

    Args:
        page: the page.
    """
    heading = heading_of(page)
    said = by_words(page.language)
    near, text, below = _around_text(page, heading, said)
    home = _holder_of(heading, "article")
    yield _first_names(_inside(_holder_of(heading, "main"), islice(near, _MAX_LOOKED_AT)), home, said)
    ends = list(islice(below, _MAX_LOOKED_AT))
    yield _first_names(_inside(_common(heading, text) if home is None else home, ends), home, said, below=True)
    yield _first_names(ends, home, said, below=True)


def _common(one: Element | None, other: Element | None) -> Element | None:
    """Return the nearest element around both, None where one is missing."""
    if one is None or other is None:
        return None
    around = set(other.iterancestors())
    return next((above for above in one.iterancestors() if above in around), None)


def _inside(holder: Element | None, elements: Iterable[Element]) -> Iterator[Element]:
    return (one for one in elements if holder is None or holder in one.iterancestors())


def _first_names(
    elements: Iterable[Element], home: Element | None, said: re.Pattern[str], *, below: bool = False
) -> tuple[str, ...]:
    for element in islice(elements, _MAX_LOOKED_AT):
        if not tells(element, said) or _is_foreign(element, home):
            continue
        names = [name for name in _names(element, said) if not (is_generic(name, ()) or is_nobody(name))]
        others = names and below and (names_editors(element) or is_of_staff(element))
        if names and not (others or is_of_teaser(element, names)):
            return tuple(names)
    return ()


def heading_of(page: Page) -> Element | None:
    """Return the headline's element: the <h1> that <title> repeats, else the first with text, else a lower heading.

    Args:
        page: the page; a lower heading counts only where <title> repeats it.
    """
    shown = [(h1, text) for h1 in page.tree.iter("h1") if (text := words(text_of(h1, 200)))]
    title = words(page.title)
    if shown:
        return next((h1 for h1, text in shown if text in title), shown[0][0])
    lower = ((heading, words(text_of(heading, 200))) for heading in islice(page.tree.iter("h2", "h3"), _MAX_BEFORE))
    return next((heading for heading, text in lower if len(text.split()) > 2 and text in title), None)  # noqa: PLR2004 - no name


def _holder_of(element: Element | None, *tags: str) -> Element | None:
    """Return the nearest element of these tags around an element."""
    return next(element.iterancestors(*tags), None) if element is not None else None


def _is_foreign(element: Element, home: Element | None) -> bool:
    """Tell whether an element is in another <article> than the headline, as teasers are."""
    own = _holder_of(element, "article")
    if own is None or own is home:
        return False
    return (
        home is not None or len(text_of(own, 20 * _SHORT_ARTICLE)) <= _SHORT_ARTICLE
    )  # raw text is mostly white space


def _around_text(
    page: Page, heading: Element | None, said: re.Pattern[str]
) -> tuple[Iterator[Element], Element | None, Iterator[Element]]:
    """Return what may be a by-line by its place.

    Returns:
        What stands between headline and text and then what stands before (nearest first); a paragraph of the text;
        what is below.
    """
    text: Element | None = None
    before: list[Element] = []
    after: list[Element] = []
    below: Iterator[Element] = iter(())
    paragraphs = 0
    headline_seen = False
    elements = page.tree.iter(*_KINDS)
    for element in elements:
        tag = element.tag
        if tag == "h1" or element is heading:
            headline_seen = headline_seen or bool(text_of(element, 40))
        elif tag == "p" and headline_seen:
            paragraphs += is_long(element.text or "")
            if paragraphs >= _TEXT_PARAGRAPHS:
                text, below = element, chain((element,), elements)
                break
        (after if headline_seen else before).append(element)
    # Where there is no headline, the first by-line of the page is likelier its article's than the last.
    above = islice(_telling(reversed(before) if headline_seen else before, said), _MAX_BEFORE)
    return chain(_telling(after, said), above), text, _telling(below, said)


def _telling(elements: Iterable[Element], said: re.Pattern[str]) -> Iterator[Element]:
    return (one for one in elements if may_tell(one, said))


def _names(element: Element, said: re.Pattern[str]) -> list[str]:
    """Return the names in a by-line: its links to authors' pages, its parts, or its text."""
    if stated := _stated(element):
        return _proper(name for text in stated for name in split_names(text))
    line = byline_text(element)
    if not line and element.tag == "a":
        return _pictured(element)
    if not line or len(line) > MAX_LINE:
        return []
    if _is_label(element, line, said):
        return _labelled(element)
    if reporting := who_reports(line):
        return _proper(split_names(reporting))
    bare = without_place(said.sub("", line, count=1))
    written = _proper(split_names(bare))
    if not written and (pressed := _on_buttons(element)):
        return pressed
    linked, pictured = _linked(_line_of(element))
    others = (*pictured, *_headlines(element)) if len(written) > 1 else pictured
    written = [name for name in written if name not in others]
    told = (bare != line or bool(BY.match(line))) and bool(written) and not set(linked) & set(written)
    if linked and not told and not set(linked) < set(written):
        return linked
    marked = [part for part in element.iter("a", "span", "div", "p") if part is not element and _is_name_part(part)]
    parts = _proper(name for part in marked for name in split_names(text_of(part, MAX_LINE)))
    if own := _said(element, parts):
        return own
    if parts and set(parts) < set(written) and AGENCY_NAMES.issuperset(set(written) - set(parts)):
        return written
    return parts or _listed(element, line, said) or written


def _stated(element: Element) -> list[str]:
    """Return what microdata state in a by-line: its names, or all the authors that stand side by side with it."""
    if hidden := [meta.get("content") or "" for meta in element.iter("meta") if meta.get("itemprop") == "name"]:
        return hidden
    around = element.getparent() if element.get("itemprop") == "author" else None
    beside = islice(around, _MAX_BEFORE) if around is not None else ()
    authors = [byline_text(one) for one in beside if one.get("itemprop") == "author"]
    return authors if len(authors) > 1 else []


def _headlines(element: Element) -> list[str]:
    """Return the headlines of other articles by somebody in their by-line, which open below their name."""
    texts = (text_of(link, MAX_LINE) for link in element.iter("a") if not leads_to_author(link.get("href") or ""))
    return [text for text in texts if len(text.split()) >= _HEADLINE_WORDS and not bears_given_name(text)]


def _pictured(link: Element) -> list[str]:
    """Return whom the portrait shows that is all of a link to an author's page."""
    names = [name for picture in islice(link.iter("img"), 1) for name in split_names(picture.get("alt") or "")]
    return names if all(map(is_person, names)) and any(map(bears_given_name, names)) else []


def _is_label(element: Element, line: str, introducing: re.Pattern[str]) -> bool:
    """Tell whether an element is no more than what introduces a name beside it: "<b>Text:</b> <i>Ann Lee</i>"."""
    said = BY_ALONE.match(line) or BY.match(line) or introducing.match(line)
    around = element.getparent()
    alone = said is not None and said.end() >= len(line) and around is not None
    starts = alone and byline_text(around).lstrip(" |").startswith(line)
    return starts and len(text_of(around, MAX_LINE + 1)) <= MAX_LINE


def _labelled(label: Element) -> list[str]:
    """Return the names in what a label introduces: what it is a term or a cell for, or else all that is around it."""
    beside = label.getnext() if label.tag in {"dt", "td"} else None
    line = byline_text(label.getparent() if beside is None else beside)
    line = line.lstrip(" |").removeprefix(byline_text(label)) if beside is None else line
    return [name for name in _proper(split_names(line)) if " " in name]


def _on_buttons(element: Element) -> list[str]:
    """Return the full names on buttons, which show who that is."""
    buttons = islice(element.iter("button"), _MAX_BUTTONS)
    texts = (" ".join("".join(islice(button.itertext(), _MAX_TEXTS)).split()) for button in buttons)
    names = [name for text in texts if len(text) <= MAX_LINE for name in _proper(split_names(text))]
    return [name for name in names if " " in name and bears_given_name(name)]


def _said(element: Element, parts: Iterable[str]) -> list[str]:
    """Return the names of "By Ann Lee and Bo Chen" where that is one element's own text and the parts are others."""
    own = next((one.text for one in element.iter("span", "p", "div", "li") if BY.match((one.text or "").lstrip())), "")
    said = _proper(split_names(own)) if own else []
    return said if parts and said and set(said).isdisjoint(parts) else []


def _listed(element: Element, line: str, said: re.Pattern[str]) -> list[str]:
    """Return the names where a line is nothing but one element after the other, each a full name."""
    leaves = [text_of(leaf) for leaf in element.iter("span", "a", "li") if len(leaf) == 0 and text_of(leaf)]
    if any(map(said.match, leaves)):
        return []
    full = [leaf for leaf in leaves if " " in leaf and [leaf] == split_names(leaf)]
    if len(leaves) < 2 or " ".join(leaves) != " ".join(line.replace("|", " ").split()):  # noqa: PLR2004 - a list
        return []
    placed = full == leaves[:1] and bears_given_name(leaves[0]) and " " not in leaves[1]  # a place or an office
    return _proper(full) if full == leaves or placed else []


def _is_name_part(part: Element) -> bool:
    return part.get("itemprop") == "name" or (len(part) == 0 and bool(_NAME_PART.search(names_of(part, "class"))))


def _proper(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(is_proper, names)))


def _line_of(element: Element) -> Element:
    """Return what holds a by-line's other authors, while that is no longer than a by-line."""
    holder = element
    for above in element.iterancestors():
        if len(text_of(above, MAX_LINE + 1)) > MAX_LINE or above.tag in {"article", "main", "body"}:
            break
        holder = above
    return holder


def _lead_of(link: Element) -> str:
    """Return what stands right before a link: text, or else the element beside it."""
    beside = link.getprevious()
    if beside is None:
        return (link.getparent().text or "").strip()
    return (beside.tail or "").strip(" .,;|/") or text_of(beside, LEAD)


def _linked(holder: Element) -> tuple[list[str], list[str]]:
    """Return who is linked in a by-line: whose text it is, and whose pictures, translation or review."""
    links = [
        link for link in holder.iter("a") if link.get("rel") == "author" or leads_to_author(link.get("href") or "")
    ]
    named = [(_did_other_work(link), name) for link in links for name in split_names(byline_text(link))]
    writers = _proper(name for took, name in named if not took)
    return writers, [name for took, name in named if took and name not in writers]


def _did_other_work(link: Element) -> bool:
    behind = _PICTURES_BEHIND.match(link.tail or "")
    lead = _lead_of(link)
    return behind is not None or any(pattern.search(lead) for pattern in (_PICTURES_BEFORE, _OTHERS_BEFORE))
