"""What a publication is called, in all forms that its page gives."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.reading.evidence import Thing, clean, name_of, resolve, values
from bot.reading.page import Page
from bot.reading.sites import SiteRule

MAX_WORDS = 6
"""Words of a publication's name; some pages put their headline where the name belongs."""


def site_names(page: Page, rule: SiteRule | None, things: Sequence[Thing]) -> tuple[str, ...]:
    """Return the publication's names as the page states them, the best first.

    Args:
        page: the page.
        rule: its site's rule, whose edition's name comes first.
        things: the article's JSON-LD objects, best first.
    """
    own = rule.edition(page.url).site if rule else None
    stated = [name_of(resolve(page, value)) for thing in things for value in values(thing, "publisher")]
    metas = [clean(page.first_meta(name)) for name in ("og:site_name", "application-name", "al:ios:app_name")]
    names = dict.fromkeys((own or "", metas[0], *stated, *metas[1:]))
    return tuple(name for name in names if name and "://" not in name and len(name.split()) <= MAX_WORDS)


def host_names(url: str) -> tuple[str, ...]:
    """Return what an address calls its site: "example.co.uk", "example" and "news.example.co.uk"."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    if host.replace(".", "").isdigit() or "." not in host:
        return (host,) if host else ()
    labels = host.split(".")
    at = max(range(len(labels)), key=lambda place: (len(labels[place]), place), default=0)
    return (".".join(labels[at:]), labels[at], host)
