"""What an article is about, as its page says."""

import re
from collections.abc import Iterable

from bot.reading.evidence import Thing, clean, name_of, values
from bot.reading.page import Page
from bot.reading.selectors import select
from bot.reading.sites import SiteRule


def tags(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> tuple[str, ...]:
    """Return the article's topics, each once, as the page writes them."""
    if rule and (found := [clean(element.text_content()) for element in select(page.tree, rule.tags)]):
        return _unique(found)
    for name in ("news_keywords", "article:tag", "keywords"):
        if found := [part for content in page.meta.get(name, ()) for part in _split(content)]:
            return _unique(found)
    return _unique(part for thing in things for value in values(thing, "keywords") for part in _split(name_of(value)))


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,;]", clean(text)) if part.strip()]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        if name:
            seen.setdefault(name.casefold(), name)
    return tuple(seen.values())
