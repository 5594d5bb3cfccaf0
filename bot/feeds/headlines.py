"""A plain headline list ("19:02 Zelenskyy: …", newest first, times without dates) is a feed like any other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bot.errors import FeedError
from bot.models import Entry, ParsedFeed
from bot.reading.moments import parse_moment, with_year
from bot.reading.page import Page
from bot.reading.selectors import Element, select, text_of
from bot.reading.sites import HeadlineRule, SiteRule, rule_for

MAX_HEADLINES = 500
"""Headlines read from one page. Ours: ten times the longest list known."""

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
_TITLE_LIMIT = 500
_SLACK = timedelta(minutes=10)  # how far a site's clock may be ahead of ours


@dataclass(frozen=True, slots=True)
class _Row:
    """A headline with its clock time, and the day heading above it."""

    title: str
    url: str
    hour: int
    minute: int
    day: str


def read_headline_page(body: bytes, url: str, now: datetime, charset: str | None = None) -> ParsedFeed:
    """Read the headline list of a page whose site has a rule; for a reading worker.

    Args:
        body: the page.
        url: where it was found; decides the rule.
        now: an aware moment, from which times without dates are counted back.
        charset: the Content-Type header's.

    Raises:
        FeedError: no rule says where a list is, or none is there.
        ReadingError: the document is no web page.
    """
    rule = rule_for(url)
    if rule is None or rule.headlines is None:
        raise FeedError(url=url)
    return _read(Page.parse(body, url, charset=charset), rule, rule.headlines, now)


def read_headlines(html: bytes | str, url: str, rule: SiteRule, now: datetime) -> ParsedFeed:
    """Read a page's headline list.

    Args:
        html: the page.
        url: where it was found; relative links start there.
        rule: says where the list is and which clock the site is on.
        now: an aware moment, from which times without dates are counted back.

    Raises:
        FeedError: the rule has no list, or none is on the page.
        ReadingError: the document is no web page.
    """
    if rule.headlines is None:
        raise FeedError(url=url)
    return _read(Page.parse(html, url), rule, rule.headlines, now)


def _read(page: Page, rule: SiteRule, where: HeadlineRule, now: datetime) -> ParsedFeed:
    edition = rule.edition(page.url)
    rows = list(_rows(page, where))
    if not rows:
        raise FeedError(url=page.url)
    moments = _moments(rows, rule.zone, now, edition.language)
    entries = tuple(
        Entry(guid="", url=row.url, title=row.title, published=moment)
        for row, moment in zip(rows, moments, strict=True)
    )
    return ParsedFeed(title=edition.site or "", site_url=page.url, language=edition.language, entries=entries)


def _rows(page: Page, where: HeadlineRule) -> Iterator[_Row]:
    """Yield the headlines in document order; what has no time or no link is an advertisement or a heading."""
    days = set(select(page.tree, [where.day])) if where.day else set()
    day, seen = "", set[str]()
    for element in select(page.tree, [where.item, *([where.day] if where.day else [])])[: 2 * MAX_HEADLINES]:
        if element in days:
            day = text_of(element, 100)
        elif (row := _row(element, where, page.url, day)) and row.url not in seen:
            seen.add(row.url)
            yield row


def _row(item: Element, where: HeadlineRule, base: str, day: str) -> _Row | None:
    clocks, links = select(item, [where.time]), select(item, [where.link])
    clock = _CLOCK.search(text_of(clocks[0], 50)) if clocks else None
    title = text_of(links[0], _TITLE_LIMIT) if links else ""
    address = _absolute(base, links[0].get("href")) if links else None
    if clock is None or not title or address is None:
        return None
    return _Row(title, address, int(clock[1]), int(clock[2]), day)


def _absolute(base: str, href: str | None) -> str | None:
    try:
        url = urljoin(base, (href or "").strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _moments(rows: list[_Row], zone: ZoneInfo, now: datetime, language: str | None) -> Iterator[datetime]:
    """Give each time its day: the list runs backwards in time, and a heading sets the day anew."""
    latest, heading = now + _SLACK, ""
    for row in rows:
        stated = _day(row.day, now.astimezone(zone).date(), language) if row.day != heading else None
        heading = row.day
        day = stated or latest.astimezone(zone).date()
        earlier = () if stated else (day - timedelta(days=1),)
        moment = _latest_not_after(latest, _candidates(row, (day, *earlier), zone)) or _at(row, day, zone)
        yield moment
        latest = moment


def _candidates(row: _Row, days: tuple[date, ...], zone: ZoneInfo) -> list[datetime]:
    """Return what a clock time can mean; where clocks are set back, an hour comes twice (`fold`, PEP 495)."""
    return [_at(row, day, zone, fold) for day in days for fold in (1, 0)]


def _at(row: _Row, day: date, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, row.hour, row.minute, tzinfo=zone, fold=fold)


def _latest_not_after(limit: datetime, candidates: list[datetime]) -> datetime | None:
    # Compared as timestamps: two moments of one zone compare by their clocks, which a change of time turns round.
    fitting = [moment for moment in candidates if moment.timestamp() <= limit.timestamp()]
    return max(fitting, key=datetime.timestamp, default=None)


def _day(text: str, today: date, language: str | None) -> date | None:
    """Return the day of a heading; one without a year is the last such day that is not after tomorrow."""
    stated = parse_moment(text, language)
    if stated is None:
        return None
    return with_year(stated, today + timedelta(days=1)).when.date()
