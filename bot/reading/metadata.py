"""All about an article but its body; the order of evidence is site rule, JSON-LD, meta tags, visible page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from bot.reading.authors import authors
from bot.reading.dates import published, updated
from bot.reading.evidence import article_things, clean
from bot.reading.names import unshouted
from bot.reading.page import Page
from bot.reading.selectors import Element
from bot.reading.site_names import host_names, site_names
from bot.reading.sites import SiteRule
from bot.reading.tags import tags
from bot.reading.titles import headline, shown_headlines, variants
from bot.urls import canonical_url, same_site


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
    shown = shown_headlines(page)
    things = article_things(page, variants(page, shown))
    names = (*site_names(page, rule, things), *host_names(page.url))
    site = names[0] if names else None
    language = _language(page, rule)
    moment = published(page, rule, things, language)
    change = updated(page, rule, things)
    writers = tuple(map(unshouted, authors(page, rule, things, names)))
    return Metadata(
        url=address(page),
        title=headline(page, rule, things, names, shown),
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


def _language(page: Page, rule: SiteRule | None) -> str | None:
    """Return the language or locale that is known of a page's edition, or that it states, with hyphens."""
    edition = rule.edition(page.url).language if rule else None
    stated = edition or page.language or page.first_meta("og:locale") or ""
    locale = stated.strip().replace("_", "-")
    # Templates come with "en_US"; where the lang attribute does not say so, only the language is believed.
    return (locale if edition or page.language else locale.replace("en-US", "en")) or None


def address(page: Page) -> str:
    """Return the page's canonical address: what it names itself where that is on the same site, without tracking.

    A page that was read from a file may name any address. A site's front page is no article's address.
    """
    links = (link for link in page.tree.iter("link") if _is_canonical(link) and link.get("href"))
    canonical = next(links, None)
    stated = _absolute(page, page.first_meta("og:url") or "" if canonical is None else canonical.get("href"))
    try:
        return canonical_url(stated if stated != page.url and _is_believable(stated, page.url) else page.url)
    except ValueError:
        return page.url


def _is_canonical(link: Element) -> bool:
    """Tell whether a link names the page's own address: `rel` holds words in any case (HTML, 4.6.7)."""
    return "canonical" in (link.get("rel") or "").lower().split()


def _is_believable(stated: str, url: str) -> bool:
    """Tell whether a page may call itself by an address: one of its own site's, and not the front page's."""
    place = urlsplit(stated)
    front = place.path in {"", "/"} and not place.query and urlsplit(url).path not in {"", "/"}
    return not front and _is_web(stated) and (same_site(stated, url) or not _is_web(url))


def _absolute(page: Page, reference: str) -> str:
    """Return a reference as an address, "" where it is none."""
    try:
        reference = reference.strip()
        absolute = reference if not reference or _is_web(reference) else urljoin(_base(page), reference)
        return absolute if urlsplit(absolute).hostname else ""
    except ValueError:
        return ""


def _base(page: Page) -> str:
    """Return what a page's relative links are relative to: the first <base href> (HTML, 4.2.3), else its address."""
    stated: str = next((href for base in page.tree.iter("base") if (href := base.get("href"))), "")
    return urljoin(page.url, stated.strip())


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"}


def _image(page: Page) -> str | None:
    stated = page.first_meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return _absolute(page, stated or "") or None
