"""All about an article but its body; the order of evidence is site rule, JSON-LD, meta tags, visible page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bot.reading.authors import authors
from bot.reading.dates import published, updated
from bot.reading.evidence import article_things, clean
from bot.reading.page import Page
from bot.reading.site_names import host_names, site_names
from bot.reading.sites import SiteRule
from bot.reading.tags import tags
from bot.reading.titles import headline, shown_headlines
from bot.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article beside the text; the fields are those of bot.models.Article.

    Attributes:
        description: the editors' own summary for search engines and shares, or None.
    """

    url: str
    title: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_has_time: bool = True
    updated: datetime | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    image: str | None = None
    description: str | None = None


def read_metadata(page: Page, rule: SiteRule | None) -> Metadata:
    """Read a page's metadata; what it does not say stays empty.

    Args:
        page: the page.
        rule: its site's rule, or None.
    """
    things = article_things(page, (clean(page.first_meta("og:title")), *shown_headlines(page), page.title))
    names = site_names(page, rule, things)
    known = (*names, *host_names(page.url))
    edition = rule.edition(page.url).language if rule else None
    language = edition or page.language
    moment = published(page, rule, things, language)
    change = updated(page, rule, things)
    writers = authors(page, rule, things, known)
    return Metadata(
        url=address(page),
        title=headline(page, rule, things, known),
        authors=writers,
        published=moment.when if moment else None,
        published_has_time=moment.has_time if moment else True,
        updated=change.when if change else None,
        language=(language or "").partition("-")[0].lower() or None,
        tags=tags(page, rule, things, names[0] if names else None, writers),
        site=names[0] if names else None,
        image=_image(page),
        description=clean(page.first_meta("description", "og:description", "twitter:description")) or None,
    )


def address(page: Page) -> str:
    """Return the page's canonical address: what it names itself where that is on the same site, without tracking.

    A page that was read from a file may name any address. A site's front page is no article's address.
    """
    links = page.tree.xpath("//link[@rel='canonical']/@href")
    stated = _absolute(page, links[0] if links else page.first_meta("og:url") or "")
    place = urlsplit(stated)
    front = place.path in {"", "/"} and not place.query and urlsplit(page.url).path not in {"", "/"}
    believed = place.scheme in {"http", "https"} and (_same_site(stated, page.url) or not _is_web(page.url))
    return canonical_url(stated if believed and not front else page.url)


def _absolute(page: Page, reference: str) -> str:
    try:
        return urljoin(page.url, reference.strip()) if reference else ""
    except ValueError:
        return ""


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"}


def _same_site(url: str, other: str) -> bool:
    """Tell whether one host is the other's, or its subdomain ("m.", "amp.", "www.")."""
    one, two = ((urlsplit(place).hostname or "").removeprefix("www.") for place in (url, other))
    return bool(one and two) and (one == two or one.endswith(f".{two}") or two.endswith(f".{one}"))


def _image(page: Page) -> str | None:
    stated = page.first_meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return _absolute(page, stated or "") or None
