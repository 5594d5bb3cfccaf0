"""All about an article but its body; the order of evidence is site rule, JSON-LD, meta tags, visible page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bot.reading.authors import authors
from bot.reading.dates import published, updated
from bot.reading.evidence import Thing, article_things, clean, name_of, values
from bot.reading.page import Page
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
    site = site_name(page, rule, things)
    edition = rule.edition(page.url).language if rule else None
    language = edition or page.language
    moment = published(page, rule, things, language)
    change = updated(page, rule, things)
    writers = authors(page, rule, things)
    return Metadata(
        url=address(page),
        title=headline(page, rule, things, [site or ""]),
        authors=writers,
        published=moment.when if moment else None,
        published_has_time=moment.has_time if moment else True,
        updated=change.when if change else None,
        language=(language or "").partition("-")[0].lower() or None,
        tags=tags(page, rule, things, site, writers),
        site=site,
        image=_image(page),
        description=clean(page.first_meta("description", "og:description", "twitter:description")) or None,
    )


def site_name(page: Page, rule: SiteRule | None, things: tuple[Thing, ...]) -> str | None:
    """Return the publication's name, or None where only the domain tells it."""
    if rule and (name := rule.edition(page.url).site):
        return name
    publishers = (name_of(value) for thing in things for value in values(thing, "publisher"))
    return clean(page.first_meta("og:site_name")) or next(filter(None, publishers), None)


def address(page: Page) -> str:
    """Return the page's canonical address: what it names itself where that is on the same site, without tracking."""
    links = page.tree.xpath("//link[@rel='canonical']/@href")
    stated = urljoin(page.url, links[0].strip()) if links else ""
    return canonical_url(stated if stated and _same_site(stated, page.url) else page.url)


def _same_site(url: str, other: str) -> bool:
    one, two = (urlsplit(place).hostname or "" for place in (url, other))
    return one.endswith(two.removeprefix("www.")) or two.endswith(one.removeprefix("www."))


def _image(page: Page) -> str | None:
    stated = page.first_meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return urljoin(page.url, stated) if stated else None
