"""A plain headline list ("19:02 Zelenskyy: …", newest first, times without dates) is a feed like any other."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import FeedError, ReadingError
from bot.feeds.assemble import MAX_TITLE, web_url
from bot.feeds.telegram import is_channel_page, read_channel
from bot.models import Entry, ParsedFeed
from bot.reading.dates import url_date
from bot.reading.moments import parse_moment, with_year
from bot.reading.page import Page
from bot.reading.selectors import Element, select, text_of
from bot.reading.sites import HeadlineRule, SiteRule, rule_for

MAX_HEADLINES = 500
"""Headlines read from one page. Ours: ten times the longest list known."""

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
_CLOCK_LENGTH = 50
_HEADING_LENGTH = 100
_SKEW = timedelta(minutes=15)  # how far a site's clock may be ahead of ours
# A headline a little newer than the one above it was put there by an editor; no day has passed between them.
_OUT_OF_ORDER = timedelta(minutes=30)
_HEADING_LANGUAGES = ("en", "uk", "ru")  # where a rule names no edition
_QUIET = timedelta(hours=12)  # without headlines: doubtful where another reading of the time is at hand


def read_headline_page(body: bytes, url: str, now: datetime, charset: str | None = None) -> ParsedFeed:
    """Read a page that lists news, by its site's rule or as a Telegram channel's public page; for a reading worker.

    Args:
        body: the page.
        url: where it was found; decides the rule.
        now: an aware moment, from which times without dates are counted back.
        charset: the Content-Type header's.

    Raises:
        FeedError: no rule says where a list is, or none is there.
    """
    if is_channel_page(url):
        return read_channel(body, url, charset=charset)
    rule = rule_for(url)
    if rule is None:
        raise FeedError(url=url)
    return read_headlines(body, url, rule, now, charset=charset)


def read_headlines(
    html: bytes | str, url: str, rule: SiteRule, now: datetime, *, charset: str | None = None
) -> ParsedFeed:
    """Read a page's headline list.

    A headline's day is that of the heading above it, else the one in its own address, else it follows from the order:
    the latest moment with that time on the site's clock which is not later than the headline above.

    Args:
        html: the page.
        url: where it was found; relative links start there.
        rule: says where the list is and which clock the site is on.
        now: an aware moment, from which times without dates are counted back.
        charset: the Content-Type header's.

    Raises:
        FeedError: the rule has no list, or none is on the page.
    """
    if rule.headlines is None:
        raise FeedError(url=url)
    try:
        page = Page.parse(html, url, charset=charset)
    except ReadingError as error:
        raise FeedError(url=url) from error
    edition = rule.edition(url)
    entries = tuple(_entries(page, rule.headlines, _Calendar(rule.zone, now, edition.language)))
    if not entries:
        raise FeedError(url=url)
    title = edition.site or urlsplit(url).hostname or ""
    return ParsedFeed(title=title, site_url=url, language=edition.language, entries=entries)


def _entries(page: Page, where: HeadlineRule, calendar: "_Calendar") -> Iterator[Entry]:
    """Yield the headlines in document order; what has no time or no link is an advertisement."""
    days = set(select(page.tree, [where.day])) if where.day else set()
    seen: set[str] = set()
    for element in select(page.tree, filter(None, (where.item, where.day)))[: 2 * MAX_HEADLINES]:
        if element in days:
            calendar.turn_to(text_of(element, _HEADING_LENGTH))
            continue
        clock, title, url = _row(element, where, page.url)
        if clock is not None and title and url and url not in seen:
            seen.add(url)
            yield Entry(guid="", url=url, title=title, published=calendar.moment(clock, url))


def _row(item: Element, where: HeadlineRule, base: str) -> tuple[time | None, str, str]:
    clocks, links = select(item, [where.time]), select(item, [where.link])
    clock = _CLOCK.search(text_of(clocks[0], _CLOCK_LENGTH)) if clocks else None
    title, href = (text_of(links[0], MAX_TITLE), links[0].get("href") or "") if links else ("", "")
    return time(int(clock[1]), int(clock[2])) if clock else None, title, web_url(href, base)


class _Calendar:
    """Gives times of day their days, going down the list."""

    def __init__(self, zone: ZoneInfo, now: datetime, language: str | None) -> None:
        self._zone = zone
        self._language = language
        self._tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        self._above = (now + _SKEW).timestamp()
        self._day: date | None = None

    def turn_to(self, heading: str) -> None:
        """Take a day heading ("28 December"); one that names no day ("Yesterday") leaves the days to the order."""
        languages = dict.fromkeys((self._language, *_HEADING_LANGUAGES))
        moments = (parse_moment(heading, language) for language in languages)
        stated = next((moment for moment in moments if moment), None)
        self._day = with_year(stated, self._tomorrow).when.date() if stated else None

    def moment(self, clock: time, url: str) -> datetime:
        """Return the moment of the next headline, by its time and address."""
        day = self._day or url_date(url)
        moment = self._on(day, clock) if day else self._in_order(clock)
        self._above = min(self._above, moment.timestamp())
        return moment

    def _on(self, day: date, clock: time) -> datetime:
        readings = self._readings(day, clock)
        return next((moment for moment in readings if moment.timestamp() <= self._above), readings[0])

    def _in_order(self, clock: time) -> datetime:
        newest = datetime.fromtimestamp(self._above, self._zone).date() + timedelta(days=1)
        readings = [moment for back in range(4) for moment in self._readings(newest - timedelta(days=back), clock)]
        strict = next(moment for moment in readings if moment.timestamp() <= self._above)
        if self._above - strict.timestamp() <= _QUIET.total_seconds():
            return strict
        return next(m for m in readings if m.timestamp() <= self._above + _OUT_OF_ORDER.total_seconds())

    def _readings(self, day: date, clock: time) -> list[datetime]:
        """Return what a clock time can mean on a day, the latest first.

        Where clocks are set back an hour comes twice (`fold`, PEP 495). Moments of one zone are compared as
        timestamps everywhere here: as they are, they compare by their clocks, which a change of time turns round.
        """
        local = datetime.combine(day, clock, self._zone)
        return sorted((local.replace(fold=1), local.replace(fold=0)), key=datetime.timestamp, reverse=True)
