"""Whom a page names beside its article's author: editors, the whole newsroom, the authors of other articles."""

import re
from collections.abc import Sequence
from itertools import islice

from bot.reading.author_links import leads_to_author
from bot.reading.byline_signs import LEAD
from bot.reading.selectors import Element, text_of

_EDITORS = re.compile(
    r"(?:Redaktion|Redaktør|Redaktör|Redigering|Edit(?:ed|ing)|Editors?|Редактор\w*)(?:\s+by|\s?:)", re.IGNORECASE
)
_EDITORS_DEPTH = 2
_STAFF = re.compile(
    r"^(?:(?:meet |our |unser )?(?:the )?team|(?:our |unsere |nos |nuestros )?(?:columnists|writers|reporters"
    r"|kolumnisten|autoren|chroniqueurs|columnistas|colunistas)|yazarlar|köşe yazarları|колумністи|колумнисты)$",
    re.IGNORECASE,
)
_STAFF_DEPTH = 3
_LONG = 120  # characters of a paragraph of text
_EAST_ASIAN = "\u2e80"  # the first character of these scripts
_TEASER = 300  # characters of a box with another article's headline
_TEASER_DEPTH = 3
_HEADLINE_WORDS = 4
_MAX_IN_BOX = 30  # elements of one kind that are looked at in a small box


def names_editors(element: Element) -> bool:
    """Tell whether a line below a text says who edited it."""
    around = (element, *islice(element.iterancestors(), _EDITORS_DEPTH))
    return any(_EDITORS.match(text_of(one, LEAD)) for one in around)


def is_of_staff(element: Element) -> bool:
    """Tell whether a line below a text is one of a list of all who write for the site: "Meet the team"."""
    heads = (next(iter(one), None) for one in (element, *islice(element.iterancestors(), _STAFF_DEPTH)))
    return any(head is not None and _STAFF.search(text_of(head, LEAD)) for head in heads)


def _leads_to_story(href: str) -> bool:
    """Tell whether an address may be another story's of the same site: networks' and authors' pages are not."""
    return href.startswith("/") and not (href.startswith("//") or leads_to_author(href))


def is_of_teaser(element: Element, names: Sequence[str]) -> bool:
    """Tell whether a by-line stands in a small box with the headline of another article, which is a link."""
    for above in islice(element.iterancestors(), _TEASER_DEPTH):
        if above.tag in {"article", "main", "body"} or len(text_of(above, 20 * _TEASER)) > _TEASER:
            return False
        if any(one.tag == "h1" or is_long(one.text or "") for one in islice(above.iter("h1", "p"), _MAX_IN_BOX)):
            return False
        links = (link for link in islice(above.iter("a"), _MAX_IN_BOX) if _leads_to_story(link.get("href") or ""))
        texts = (text_of(link, _LONG) for link in links)
        if any(len(text.split()) >= _HEADLINE_WORDS and not any(name in text for name in names) for text in texts):
            return True
    return False


def is_long(text: str) -> bool:
    """Tell whether a text is as long as a paragraph; East Asian scripts take a third of the characters."""
    return len(text) > (_LONG // 3 if text[:1] >= _EAST_ASIAN else _LONG)
