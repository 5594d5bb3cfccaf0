"""When an article was published and changed, by the order of evidence: site rule, JSON-LD, meta tags, visible page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.reading.evidence import Thing, clean, values
from bot.reading.moments import MAX_TEXT, Moment, parse_moment, with_year
from bot.reading.page import Page
from bot.reading.selectors import Element, select
from bot.reading.sites import SiteRule

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date", "pubdate",
    "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "dcterms.issued", "publish-date", "publish_date", "publication_date", "published_time",
    "cxenseparse:recs:publishtime",
    "citation_publication_date", "citation_online_date", "article.published", "last-published", "rnews:datepublished",
    "og:published_time", "og:pubdate", "published", "publishdate", "timestamp", "cxense:publishtime", "datecreated",
)  # fmt: skip
_UPDATED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified",
    "article:modified", "revision_date", "lastmod",
)  # fmt: skip
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?([01]?\d)[/-]?([0-3]?\d)(?=\D|$)")
_FUTURE = timedelta(days=2)  # a site's clock may run ahead by a zone; a date beyond that is an event's
_ZONES_APART = timedelta(hours=15)
_VISIBLE_LIMIT = 40


def published(page: Page, rule: SiteRule | None, things: Iterable[Thing], language: str | None) -> Moment | None:
    """Return when the page's article was published, or None where nothing says so.

    Args:
        page: the page.
        rule: its site's rule; its time zone holds for moments without one.
        things: the article's JSON-LD objects, best first.
        language: the page's language or locale.
    """
    address = url_date(page.url)
    found: list[Moment] = []
    for text in _statements(page, rule, things):
        moment = parse_moment(text, language)
        if moment and _plausible(moment):
            found.append(moment)
    if not found:
        found = [moment for text in _visible(page) if (moment := parse_moment(text, language)) and _plausible(moment)][
            :1
        ]
    if found:
        return _aware(_best(found, address), rule)
    return Moment(_midnight(address), has_time=False) if address else None


def updated(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> Moment | None:
    """Return when the page says that its article was last changed."""
    texts = [
        *(clean(value) for thing in things for value in values(thing, "dateModified")),
        *_metas(page, _UPDATED_METAS),
    ]
    moments = (moment for text in texts if (moment := parse_moment(text)) and _plausible(moment) and moment.has_time)
    moment = next(moments, None)
    return _aware(moment, rule) if moment else None


def url_date(url: str) -> date | None:
    """Return the day that an address names ("/2024/12/17/"), or None."""
    found = _URL_DATE.search(url)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _statements(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> Iterator[str]:
    if rule:
        yield from (element_date(element) for element in select(page.tree, rule.date)[:1])
    things = list(things)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from (clean(value) for thing in things for value in values(thing, key))
    yield from _metas(page, _PUBLISHED_METAS)
    yield from (
        element_date(element) for element in page.tree.xpath("//*[@itemprop='datePublished'][not(self::meta)]")[:3]
    )
    yield from (element_date(element) for element in page.tree.xpath("//time[@pubdate]")[:3])


def element_date(element: Element) -> str:
    """Return the text of an element that shows a date: its `datetime` attribute, or its words."""
    return clean(element.get("datetime") or element.get("content") or " ".join(element.itertext()))[:MAX_TEXT]


def _metas(page: Page, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (content for content in page.meta.get(name, ()) if content)


def _best(found: list[Moment], address: date | None) -> Moment:
    """Return the first moment, made as exact as the others allow: its year, its time, its zone."""
    hint = address or next((moment.when.date() for moment in found if moment.has_year), None)
    moments = [with_year(moment, hint) if hint else _recent(moment) for moment in found]
    first = moments[0]
    exact = (moment for moment in moments if moment.has_time and moment.when.tzinfo and _near(moment, first))
    timed = (moment for moment in moments if moment.has_time and moment.when.date() == first.when.date())
    if first.has_time and first.when.tzinfo:
        return first
    return next(exact, None) or (first if first.has_time else next(timed, first))


def _near(moment: Moment, other: Moment) -> bool:
    if not other.has_time:
        return abs(moment.when.date() - other.when.date()) <= timedelta(days=1)
    return abs(moment.when.replace(tzinfo=None) - other.when.replace(tzinfo=None)) <= _ZONES_APART


def _recent(moment: Moment) -> Moment:
    today = datetime.now(UTC).date()
    dated = with_year(moment, today)
    return with_year(moment, today - timedelta(days=366)) if dated.when.date() > today + _FUTURE else dated


def _aware(moment: Moment, rule: SiteRule | None) -> Moment:
    if rule and moment.when.tzinfo is None:
        return replace(moment, when=moment.when.replace(tzinfo=rule.zone))
    return moment


def _plausible(moment: Moment) -> bool:
    return not moment.has_year or moment.when.replace(tzinfo=None) < datetime.now(UTC).replace(tzinfo=None) + _FUTURE


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - an address names no zone


_TEASERS = "ancestor::*[self::nav or self::aside or self::footer]"
_DATE_CLASSES = ("date", "time", "published", "datum", "fecha", "data", "pubdate")


def _visible(page: Page) -> Iterator[str]:
    """Yield what the page shows as dates, the likeliest first; a last resort."""
    times = page.tree.xpath(f"//time[@datetime][not({_TEASERS})]")
    yield from (element_date(element) for element in times[:3])
    yield from (element_date(element) for element in page.tree.xpath(f"//time[not(@datetime)][not({_TEASERS})]")[:3])
    by_class = " or ".join(f"contains(@class, '{name}')" for name in _DATE_CLASSES)
    dated = page.tree.xpath(f"//*[{by_class}][not({_TEASERS})]")
    yield from (text for element in dated[:_VISIBLE_LIMIT] if 0 < len(text := element_date(element)) < MAX_TEXT)
