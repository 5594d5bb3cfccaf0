"""The time of day that a text states, and the zone that it names."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TIME = re.compile(
    r"(?<!\d)(?<!\d[.:])(\d{1,2})\s?(?:[:.]|h\s?|[時时点點시]\s?)(\d{2})(?![\d.])(?:[:.](\d{2})(?!\d))?(?:[.,]\d{1,9})?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"(?<![\d.:])(\d{1,2})\s?(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
_AFTERNOON = re.compile(r"(?:오후|下午|晚上|午後|午后)\s*$")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−])(\d{1,2})(?::?(\d{2}))?\b")
# What looks like an offset and may be when something ends; a zone has no space before it there.
_END = re.compile(r"[-−](\d{1,2})[:.](\d{2})(?!\d)\s?(?:[ap]\.?m\b\.?)?", re.IGNORECASE)
_LARGEST_OFFSET = 14 * 60  # minutes: Kiritimati's
# Offsets in hours, by the IANA database.
_OFFSETS: Mapping[str, float] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CEST": 2, "MESZ": 2, "EEST": 3, "MSK": 3, "МСК": 3,
    "TRT": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "PKT": 5, "IST": 5.5, "NPT": 5.75, "WIB": 7, "WITA": 8,
    "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "ACDT": 10.5,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
# What people write for the time on the wall, summer or winter.
_WALL_CLOCKS: Mapping[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "CET": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "EET": "Europe/Kyiv",
    "AET": "Australia/Sydney",
    "NZT": "Pacific/Auckland",
}
_ZONE_NAME = re.compile(rf"\b({'|'.join((*_OFFSETS, *_WALL_CLOCKS))})\b")
_ZONE_PLACE = re.compile(
    r"\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Indian)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
)
_ZONE_LENGTH = 30  # characters behind a time in which its zone may stand


def read_clock(text: str, day: datetime) -> time | None:
    """Return the first time of day that a text states, aware where it names a zone; None for none.

    Args:
        text: what stands around a date, without the date.
        day: the date, which tells summer from winter time.
    """
    found = _TIME.search(text)
    minute, second = (int(found[2]), int(found[3] or 0)) if found else (0, 0)
    found = found or _HOUR_ONLY.search(text)
    if not found:
        return None
    hour = _hour(int(found[1]), (found["half"] or "").lower()[:1] or _half_before(text[: found.start()]))
    if hour >= 24 or minute >= 60 or second >= 60:  # noqa: PLR2004 - a clock's
        return None
    behind = text[found.end() + _length_of_end(text, found) :]
    return time(hour, minute, second, tzinfo=_zone(behind[:_ZONE_LENGTH], day))


def _length_of_end(text: str, found: re.Match[str]) -> int:
    """Return how long the end of a span of time is that stands behind its beginning ("10:00-12:00"); 0 for none.

    ISO 8601's "T03:00-05:00" is an offset, as is what stands behind seconds or is earlier than the time before it.
    """
    end = _END.match(text, found.end())
    if not end or text[: found.start()].endswith("T") or found.re is not _TIME:
        return 0
    later = (int(end[1]), int(end[2])) > (int(found[1]), int(found[2]))
    return len(end[0]) if found["half"] or (later and not found[3]) else 0


def _hour(number: int, half: str) -> int:
    """Return the hour of 24; `half` is "a", "p", or "" where the clock has no halves."""
    return number % 12 + 12 * (half == "p") if half else number


def _half_before(text: str) -> str:
    return "p" if _AFTERNOON.search(text) else ""


def _zone(text: str, when: datetime) -> timezone | None:
    if offset := _OFFSET.search(text):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes <= _LARGEST_OFFSET:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    if place := _ZONE_PLACE.search(text):
        return _wall_clock(place[0], when)
    name = _ZONE_NAME.search(text)
    return named_zone(name[1], when) if name else None


def named_zone(name: str, day: datetime) -> timezone | None:
    """Return the zone that a short name ("EEST", "CET") means; None for a name that nobody knows.

    Args:
        name: in capitals.
        day: tells summer from winter time where people write one name for both.
    """
    if wall := _WALL_CLOCKS.get(name):
        return _wall_clock(wall, day)
    return timezone(timedelta(hours=_OFFSETS[name])) if name in _OFFSETS else None


def _wall_clock(place: str, when: datetime) -> timezone | None:
    """Return the offset that clocks of a place show on a day; None for a place that nobody knows."""
    try:
        offset = when.replace(tzinfo=ZoneInfo(place)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "America/Argentina" is a folder of places
        return None
    return timezone(offset) if offset is not None else None
