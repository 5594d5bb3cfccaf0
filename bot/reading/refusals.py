"""Pages that are no article, or not a whole one: home pages, lists, paywall stubs."""

import re
from urllib.parse import urlsplit

from bot.errors import NotAnArticle, Paywalled
from bot.reading.evidence import all_things, is_article_type, types_of
from bot.reading.page import Page

_LIST = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"))
_HOME = re.compile(r"^/(?:[a-z]{2,3}(?:-[a-z]{2})?/?|index\.\w+|home/?|main/?)?$", re.IGNORECASE)
# Less than this beside a paywall is a teaser; more is worth reading even where the page holds back the rest. Ours.
_STUB = 300
_SHORT = 250
_SHORT_FOR_A_LIST = 1500
_DENSE_SCRIPTS = 2  # a Chinese or Japanese character says as much as three letters


def refuse_unreadable(page: Page, text: str) -> None:
    """Raise where a page is not an article that can be read.

    Args:
        page: the page.
        text: what was found on it.

    Raises:
        NotAnArticle: it is a home page, a list, or has no text.
        Paywalled: it says that it is not free, and only a teaser is on it.
    """
    length = len(text) + _DENSE_SCRIPTS * sum(char > "\u2e80" for char in text[:_STUB])
    if length == 0 and not is_closed(page):
        raise NotAnArticle(url=page.url)
    if length < _STUB and is_closed(page):
        raise Paywalled(url=page.url)
    if is_article(page):
        return
    if _HOME.match(urlsplit(page.url).path) or length < _SHORT or (length < _SHORT_FOR_A_LIST and _is_list(page)):
        raise NotAnArticle(url=page.url)


def is_article(page: Page) -> bool:
    """Say whether a page states that it is an article."""
    if "article" in (page.first_meta("og:type") or "").lower() or page.first_meta("article:published_time"):
        return True
    if any(map(is_article_type, all_things(page))):
        return True
    return next(page.tree.iterfind(".//*[@itemprop='articleBody']"), None) is not None


def _is_list(page: Page) -> bool:
    return any(name in _LIST for thing in all_things(page) for name in types_of(thing))


def is_closed(page: Page) -> bool:
    """Say whether a page states that it is not free to read."""
    if (page.first_meta("article:content_tier") or "").lower() == "locked":
        return True
    return any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in all_things(page))
