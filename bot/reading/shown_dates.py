"""What a page shows its readers as dates, for pages that state none for machines."""

import re
from collections.abc import Iterator
from itertools import islice

from bot.reading.comments import heads_comments
from bot.reading.evidence import clean
from bot.reading.moments import MAX_TEXT
from bot.reading.page import Page
from bot.reading.selectors import Element, following, line_of, names_of

_ELSEWHERE = frozenset({"nav", "footer", "form"})
_COMMENT = re.compile(r"(?<![a-z])comments?(?![a-z])", re.IGNORECASE)
_KINDS = (
    "time",
    "span",
    "div",
    "p",
    "li",
    "td",
    "em",
    "strong",
    "small",
    "abbr",
    "b",
    "i",
    "font",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "dd",
)
_HEADINGS = frozenset({"h2", "h3", "h4"})
_DATE_CLASS = re.compile(
    r"date|time(?!r|line)|publish|datum|fecha|tarih|(?<![a-z])(?:dat[ao]|pvm)(?![a-z])", re.IGNORECASE
)
# It begins with one set of characters: a search leaps from one digit to the next.
_LOOKS_DATED = re.compile(
    r"[\d年년](?:(?<=[年년])|[./-]\d{1,2}[./-]\d|(?<=1)9\d\d|(?<=2)0\d\d|\d?[:.]\d\d|\.?\s+[^\W\d]{3,})"
)
_ISO_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_CHANGED = re.compile(
    r"^\W*(?:(?:last|zuletzt|[uú]ltim[aoă]|dernière|останн[єя]|последнее|ostatnia|senast|sist|sidst|laatst\w*|viimeksi"
    r"|son|poslední|posledná|legutóbb|article|story|page|artikel|beitrag) )?"
    r"(?:updat|modif|edited|aktuali|geändert|actuali|atuali|mise? à jour|aggiorn|оновл|обновл|змін|измен|відредаг"
    r"|отредакт|uppdat|ändrad|oppdat|endret|opdat|ændret|zaktual|bijgewerkt|gewijzigd|güncel|päivit|muokattu|upraveno|změněno"
    r"|upravené|frissít|módosít|актуализ|ažur|更新|最終更新|最后更新|수정|업데이트)",
    re.IGNORECASE,
)
# Places in the order of belief: near the headline 0 to 2, below 3 to 5.
_IN_MARGIN, _ABOVE, _CHANGES, _RANKS = 6, 7, 8, 9
_LIMIT = 12
_LENGTH = 120
_TEXT_PARAGRAPHS = 2
_NEAR = 40  # elements after the headline
_UNSEEN = frozenset({"script", "style"})
_SHORT = 40  # characters of "Updated: yesterday, 14:30"


def element_date(element: Element) -> str:
    """Return the text of an element that shows a date: its `datetime` attribute or exact title, or its words."""
    title = element.get("title") or ""
    exact = element.get("datetime") or element.get("content") or (title if _ISO_MOMENT.match(title) else "")
    return clean(exact or " ".join(element.itertext()))[:MAX_TEXT]


def shown_dates(page: Page) -> Iterator[str]:
    """Yield the texts that may hold the article's date, the likeliest first; a last resort.

    First comes what stands between headline and text, then <time> elements below, elements named for dates, other
    short lines, and margins; last what stands above the headline, which may be today's date. What says that it was
    changed comes after all that does not.

    Args:
        page: the page.
    """
    texts: tuple[list[str], ...] = tuple([] for _ in range(_RANKS))
    headline_seen = next(page.tree.iter("h1"), None) is None
    paragraphs = 0
    elsewhere: dict[Element, bool] = {}
    for element in page.tree.iter("h1", *_KINDS):
        if paragraphs and element.tag in _HEADINGS and heads_comments(line_of(element)):
            break
        headline_seen = headline_seen or element.tag == "h1"
        paragraphs += element.tag == "p" and len(element.text or "") > _LENGTH
        if not _is_dated(element) or _stands_elsewhere(element, elsewhere):
            continue
        text = _whole_date(element)
        if len(text) <= _LENGTH:
            near = headline_seen and paragraphs < _TEXT_PARAGRAPHS
            texts[_rank(element, text, near=near) if headline_seen else _ABOVE].append(text)
    yield from (text for group in texts for text in group[:_LIMIT])


def _is_dated(element: Element) -> bool:
    behind = element[-1].tail if len(element) else ""  # "Posted by <a>Ann Lee</a> on March 28, 2019"
    own = f"{element.text or ''} {behind or ''}"
    if element.tag in _HEADINGS and not _DATE_CLASS.search(names_of(element, "class")):
        return False
    return bool(element.tag == "time" and element.get("datetime")) or bool(_LOOKS_DATED.search(own))


def _stands_elsewhere(element: Element, known: dict[Element, bool]) -> bool:
    """Tell whether an element or one around it is elsewhere; those around are most often known from the last one."""
    for one in (element, *element.iterancestors()):
        if one not in known:
            known[one] = _is_elsewhere(one)
        if known[one]:
            return True
    return False


def _is_elsewhere(element: Element) -> bool:
    """Tell whether an element is a margin's, a form's or a comment's, and does not hold the whole page."""
    aside = element.tag in _ELSEWHERE or bool(_COMMENT.search(names_of(element, "class", "id")))
    return aside and next(element.iter("h1"), None) is None


def _rank(element: Element, text: str, *, near: bool) -> int:
    if _CHANGED.search(text):
        return _CHANGES
    if any(above.tag == "aside" for above in element.iterancestors()):
        return _IN_MARGIN
    listed = next(element.iterancestors("li"), None) is not None
    exact = element.tag == "time" or (near and bool(_YEAR.search(text) and _CLOCK.search(text)))
    kind = 0 if exact and not listed else 1 if _DATE_CLASS.search(names_of(element, "class")) else 2
    return kind if near and not _is_linked(element) else 3 + kind


def _is_linked(element: Element) -> bool:
    """Tell whether an element is part of a link to another article: one with a heading or a longer text."""
    link = next(element.iterancestors("a"), None)
    return link is not None and len(line_of(link)) > _LENGTH // 3


def _whole_date(element: Element) -> str:
    """Return an element's date, with the time that stands beside it in an element of its own."""
    text = element_date(element)
    around = element.getparent()
    if _CLOCK.search(text) or not _YEAR.search(text) or around is None:
        return text
    whole = clean(" ".join(around.itertext()))
    return whole if len(whole) <= _LENGTH and _CLOCK.search(whole) and not _CHANGED.search(whole) else text


def texts_near_headline(page: Page) -> Iterator[str]:
    """Yield the short texts between the headline and the text.

    Args:
        page: the page.
    """
    headline = next(page.tree.iter("h1"), None)
    behind = following(headline, "*") if headline is not None else ()
    for element in islice((one for one in behind if one.tag not in _UNSEEN), _NEAR):
        own = clean(element.text)
        if element.tag == "p" and len(own) > _LENGTH:
            return
        if 0 < len(own) <= _SHORT and next(element.iterancestors("a", "li", "nav"), None) is None:
            yield own
