"""Moments in the reader's words and zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_timedelta

from bot.messages.catalogue import Words


def moment(when: datetime, words: Words, zone: ZoneInfo, now: datetime, *, has_time: bool = True) -> str:
    """Say when something was published.

    Args:
        when: the moment; a naive one is shown on its own clock.
        words: the reader's language.
        zone: the reader's time zone.
        now: the present, aware.
        has_time: False where only the day is known.

    Returns:
        "5 minutes ago" within the hour, "19:02" today, "27 Dec, 19:02" this year, "27 Dec 2024, 19:02" before.
    """
    local = when.astimezone(zone) if when.tzinfo else when
    today = now.astimezone(zone)
    age = now - when if when.tzinfo else timedelta(days=1)
    if has_time and timedelta() <= age < timedelta(hours=1):
        return format_timedelta(-age, granularity="minute", add_direction=True, locale=words.locale)
    if has_time and local.date() == today.date():
        return clock(when, zone)
    day = _day(local, words, with_year=local.year != today.year)
    return f"{day}, {clock(when, zone)}" if has_time else day


def clock(when: datetime, zone: ZoneInfo) -> str:
    """Return the time of day as a news list shows it: "19:02"."""
    local = when.astimezone(zone) if when.tzinfo else when
    return local.strftime("%H:%M")


def day_heading(when: datetime, words: Words, zone: ZoneInfo) -> str:
    """Return a day as a heading of a news list: "28 December"."""
    return str(format_skeleton("MMMMd", when.astimezone(zone), locale=words.locale))


def full_day(when: datetime, words: Words, zone: ZoneInfo) -> str:
    """Return a day with its weekday's whole name: "Saturday, November 28".

    CLDR has no pattern of these two alone, and the nearest one shortens the weekday.
    """
    weekday = format_date(when.astimezone(zone), "EEEE", locale=words.locale)
    return f"{weekday}, {day_heading(when, words, zone)}"


def _day(local: datetime, words: Words, *, with_year: bool) -> str:
    if with_year:
        return str(format_date(local, "medium", locale=words.locale))
    return str(format_skeleton("MMMd", local, locale=words.locale))
