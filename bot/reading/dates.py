"""When an article was published and changed, by the order of evidence: site rule, JSON-LD, meta tags, visible page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from lxml import etree

from bot.reading.countries import clock_of, country_of
from bot.reading.evidence import Thing, clean, values
from bot.reading.moments import Moment, parse_moment, with_year
from bot.reading.page import Page
from bot.reading.relative_dates import relative_moment
from bot.reading.selectors import select
from bot.reading.shown_dates import element_date, shown_dates, texts_near_headline
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
# Numbers of one digit are told apart by what stands between them: "/2024/12/" is December, and not 2 January.
_URL_DATE = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:[/-](?P<m>[01]?\d)[/-](?P<d>[0-3]?\d)|[/-]?(?P<mm>[01]\d)[/-]?(?P<dd>[0-3]\d))(?=\D|$)"
)
_POSTED_AT = re.compile(r"(?:posted|published)\b[^\d]{0,60}\bat (\d{1,2}:\d\d(?: ?[ap]\.?m\b)?)", re.IGNORECASE)
_FUTURE = timedelta(days=2)  # a site's clock may run ahead by a zone; a date beyond that is an event's
_ZONES_APART = timedelta(hours=14)
_QUARTER_HOUR = timedelta(minutes=15)


def published(page: Page, rule: SiteRule | None, things: Iterable[Thing], language: str | None) -> Moment | None:
    """Return when the page's article was published, or None where nothing says so.

    Args:
        page: the page.
        rule: its site's rule; its time zone holds for moments without one.
        things: the article's JSON-LD objects, best first.
        language: the page's language or locale.
    """
    address = url_date(page.url)
    country = country_of(page.url, language)
    zone = rule.zone if rule else clock_of(country)
    language = _regional(language, country)
    stated = _dated(_statements(page, rule, things), language)
    first = next(stated, None)
    if first and _is_exact(first):
        return first
    found = _in_years([first, *stated] if first else [], address)
    if not any(moment.has_time for moment in found):
        found += _shown(page, language, address, zone)
    found = [moment for one in found if (moment := _recent(one)).has_year]
    if not found and address:
        found = [Moment(_midnight(address), has_time=False)]
    return _aware(_best(found), zone) if found else None


def _regional(language: str | None, country: str | None) -> str | None:
    """Return "en-GB" for English without a region on a British site: days come before months there."""
    return f"{language}-{country}" if language and country and language.isalpha() else language


def _shown(page: Page, language: str | None, address: date | None, zone: tzinfo | None) -> list[Moment]:
    """Return what readers see: the first date and others of its day, else one without a year, else "2 hours ago"."""
    texts = list(shown_dates(page))
    moments = list(_dated(texts, language))
    first = next((moment for moment in moments if moment.has_year), None)
    if first:
        same_day = [moment for moment in moments if moment.when.date() == first.when.date()]
        return same_day if any(moment.has_time for moment in same_day) else [*same_day, *_clock(texts, first)]
    if moments or address:
        return [with_year(moment, address) if address else moment for moment in moments[:1]]
    now = datetime.now(zone or UTC)
    relative = (relative_moment(text, now) for text in texts_near_headline(page))
    return [moment for moment in relative if moment][:1]


def _clock(texts: Iterable[str], day: Moment) -> Iterator[Moment]:
    """Yield the moment on a day that a line tells which has the time alone: "Posted by Ann Lee at 8:14 AM"."""
    told = next(filter(None, map(_POSTED_AT.match, texts)), None)
    if told and (moment := parse_moment(f"{day.when.date().isoformat()} {told[1]}")):
        yield moment


def _is_exact(moment: Moment) -> bool:
    """Tell whether nothing that another statement says could make a moment more exact."""
    return moment.has_year and moment.has_time and moment.when.tzinfo is not None


def _dated(texts: Iterable[str], language: str | None) -> Iterator[Moment]:
    """Yield the plausible dates among these texts."""
    return (moment for text in texts if (moment := parse_moment(text, language)) and _plausible(moment))


def _in_years(moments: list[Moment], address: date | None) -> list[Moment]:
    """Return dates with their years where the address or another date tells."""
    hint = address or next((moment.when.date() for moment in moments if moment.has_year), None)
    return [with_year(moment, hint) for moment in moments] if hint else moments


def updated(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> Moment | None:
    """Return when the page says that its article was last changed."""
    texts = [
        *(clean(value) for thing in things for value in values(thing, "dateModified")),
        *_metas(page, _UPDATED_METAS),
    ]
    moments = (moment for text in texts if (moment := parse_moment(text)) and _plausible(moment) and moment.has_time)
    moment = next(moments, None)
    zone = rule.zone if rule else clock_of(country_of(page.url, page.language))
    return _aware(moment, zone) if moment else None


# From the few attributes to their elements: to ask every element for its attribute takes four times as long.
_PUBLISHED = etree.XPath("//@itemprop[. = 'datePublished']/parent::*[not(self::meta)]")


def url_date(url: str) -> date | None:
    """Return the day that an address names ("/2024/12/17/"), or None."""
    found = _URL_DATE.search(url)
    try:
        return date(int(found["y"]), int(found["m"] or found["mm"]), int(found["d"] or found["dd"])) if found else None
    except ValueError:
        return None


def _statements(page: Page, rule: SiteRule | None, things: Iterable[Thing]) -> Iterator[str]:
    if rule:
        yield from (element_date(element) for element in select(page.tree, rule.date)[:1])
    things = list(things)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from (clean(value) for thing in things for value in values(thing, key))
    yield from _metas(page, _PUBLISHED_METAS)
    yield from (element_date(element) for element in _PUBLISHED(page.tree)[:3])
    marked = [element for element in page.tree.iter("time") if element.get("pubdate") is not None]
    yield from (element_date(element) for element in marked[:3])


def _metas(page: Page, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (content for content in page.meta.get(name, ()) if content)


def _best(moments: list[Moment]) -> Moment:
    """Return the first moment, made as exact as the others allow: its time, its zone."""
    first = moments[0]
    timed = (moment for moment in moments if moment.has_time and abs(_days_apart(moment, first)) <= 1)
    if not first.has_time:
        first = next((moment for moment in timed if moment.when.date() == first.when.date()), first)
    if not first.has_time or first.when.tzinfo:
        return first
    zones = (zone for moment in moments if moment.has_time and (zone := _zone_between(first.when, moment.when)))
    zone = next(zones, None)
    return replace(first, when=first.when.replace(tzinfo=zone)) if zone else first


def _days_apart(one: Moment, other: Moment) -> int:
    return (one.when.date() - other.when.date()).days


def _zone_between(local: datetime, stated: datetime) -> timezone | None:
    """Return the zone in which a time without one is the same moment as another that has its zone; None for no zone.

    "15:44" beside "13:44Z" is two hours ahead; real zones lie at quarters of an hour.
    """
    if stated.tzinfo is None:
        return None
    offset = local - stated.astimezone(UTC).replace(tzinfo=None, second=local.second, microsecond=local.microsecond)
    real = abs(offset) <= _ZONES_APART and offset % _QUARTER_HOUR == timedelta(0)
    return timezone(offset) if real else None


def _recent(moment: Moment) -> Moment:
    """Return a moment without a year as the last such day."""
    today = datetime.now(UTC).date()
    dated = with_year(moment, today)
    return with_year(moment, today - timedelta(days=366)) if dated.when.date() > today + _FUTURE else dated


def _aware(moment: Moment, zone: tzinfo | None) -> Moment:
    """Return a moment on the site's clock where it names no zone; days stay as they are written."""
    if zone and moment.when.tzinfo is None:
        return replace(moment, when=moment.when.replace(tzinfo=zone))
    return moment


def _plausible(moment: Moment) -> bool:
    return not moment.has_year or moment.when.replace(tzinfo=None) < datetime.now(UTC).replace(tzinfo=None) + _FUTURE


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - an address names no zone
