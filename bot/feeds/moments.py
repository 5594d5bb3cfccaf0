"""Dates as feeds write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from feedparser.datetimes import _parse_date
from feedparser.datetimes.rfc822 import timezone_names

from bot.reading.clocks import named_zone

_NEWS_YEARS = range(1900, 2201)  # a moment near the calendar's ends exists in some zones only
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_RFC822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d):(\d\d) (GMT|UT|Z|[+-]\d{4})",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)", re.ASCII)
_SLASHED = re.compile(r"^(\d{4})/(\d\d?)/(?=\d)", re.ASCII)
_ZONE_AT_END = re.compile(r":\d\d\s+([A-Z]{3,4})$", re.ASCII)


def parse_moment(text: str) -> datetime | None:
    """Return a feed's date as an aware UTC moment.

    The two forms that the standards ask for (RFC 822, RFC 3339) are read here; every other is left to feedparser, which
    takes a date without a zone as UTC. Mended is what it reads wrongly: "EEST" and other names of zones that RFC 822
    does not know (it takes them for UTC), and "2024/05/06" (it gives a day in November).

    Returns:
        None for what is no date.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if match := _RFC822.fullmatch(text):
            day, month, year, hour, minute, second, zone = match.groups()
            numbers = (year, _MONTHS.index(month) // 3 + 1, day, hour, minute, second)
            return _moment([int(number) for number in numbers], zone)
        if match := _ISO.fullmatch(text):
            return _moment([int(number) for number in match.groups()[:6]], match[7])
    except (ValueError, OverflowError):
        pass  # no such day or zone: feedparser may still find a sense in it
    return _in_named_zone(text, utc_moment(_parse_date(_SLASHED.sub(r"\1-\2-", text))))


def _in_named_zone(text: str, moment: datetime | None) -> datetime | None:
    found = _ZONE_AT_END.search(text)
    if moment is None or found is None or found[1].lower() in timezone_names:
        return moment
    zone = named_zone(found[1], moment.replace(tzinfo=None))
    return moment.replace(tzinfo=zone).astimezone(UTC) if zone else moment


def utc_moment(parsed: Any) -> datetime | None:
    """Return feedparser's UTC time tuple as an aware moment; None for none, and for years that no news is from."""
    try:
        year, month, day, hour, minute, second = parsed[:6]
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    return moment if moment.year in _NEWS_YEARS else None


def _moment(numbers: list[int], zone: str) -> datetime | None:
    if numbers[0] not in _NEWS_YEARS:
        return None
    year, month, day, hour, minute, second = numbers
    return datetime(year, month, day, hour, minute, second, 0, _zone(zone)).astimezone(UTC)


@lru_cache(maxsize=128)
def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
