"""The headline, without the site's name."""

import re
from collections.abc import Iterable

from bot.reading.evidence import Thing, clean, values, words
from bot.reading.page import Page
from bot.reading.selectors import select_first
from bot.reading.sites import SiteRule

_SEPARATOR = re.compile(r"\s+(?:[|\-–—·•:*»«›/~]|\|\|)+\s+|\s*\|\s*|--")


def headline(page: Page, rule: SiteRule | None, things: Iterable[Thing], names: Iterable[str]) -> str:
    """Return the article's headline.

    Args:
        page: the page.
        rule: its site's rule, whose title selectors come first.
        things: the article's JSON-LD objects, best first.
        names: what the site is called, to be stripped.
    """
    if rule and (found := select_first(page.tree, rule.title)):
        return clean(found[0].text_content())
    candidates = [*(clean(v) for t in things for v in values(t, "headline")), clean(page.first_meta("og:title"))]
    candidates += [clean(page.first_meta("twitter:title")), *shown_headlines(page), page.title]
    return next((text for candidate in candidates if (text := strip_site(candidate, names))), "")


def shown_headlines(page: Page) -> list[str]:
    """Return the texts of the page's <h1> elements."""
    return [text for element in list(page.tree.iter("h1"))[:5] if (text := clean(element.text_content()))]


def strip_site(title: str, names: Iterable[str]) -> str:
    """Take a site's name, behind or before a separator, off a title."""
    known = {words(name) for name in names} - {""}
    while parts := list(_SEPARATOR.finditer(title)):
        if words(title[parts[-1].end() :]) in known:
            title = title[: parts[-1].start()]
        elif words(title[: parts[0].start()]) in known:
            title = title[parts[0].end() :]
        else:
            break
    return title.strip()
