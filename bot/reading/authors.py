"""Who wrote an article."""

import re
from collections.abc import Iterable

from bot.reading.evidence import Thing, clean, name_of, resolve, values
from bot.reading.page import Page
from bot.reading.selectors import select
from bot.reading.sites import SiteRule

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")


def authors(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> tuple[str, ...]:
    """Return the authors' names, one each."""
    if rule and (found := [clean(element.text_content()) for element in select(page.tree, rule.authors)]):
        return tuple(dict.fromkeys(filter(None, found)))
    for thing in things:
        if names := [name for value in values(thing, "author", "creator") if (name := name_of(resolve(page, value)))]:
            return tuple(dict.fromkeys(names))
    for meta in _METAS:
        if names := [content for content in page.meta.get(meta, ()) if content and not re.match("https?:", content)]:
            return tuple(dict.fromkeys(names))
    return ()
