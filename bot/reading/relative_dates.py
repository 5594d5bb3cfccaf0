"""Dates that are told from today: "today, 14:30", "вчора", "2 hours ago"."""

import re
from datetime import UTC, datetime, timedelta

from bot.reading.moments import Moment

_TODAY = (
    r"today|сьогодні|сегодня|heute|aujourd['’]hui|hoy|oggi|dziś|dzisiaj|hoje|vandaag|i ?dag|dnes|bugün|tänään|astăzi"
    r"|azi|danas|днес|денес|σήμερα|šiandien|šodien|täna|avui|hôm nay|hari ini|今日|本日|今天|오늘"
)
_YESTERDAY = (
    r"yesterday|вчора|вчера|gestern|hier|ayer|ieri|wczoraj|ontem|gisteren|i ?går|včera|dün|eilen|tegnap|jučer|juče|χθες"
    r"|vakar|eile|ahir|hôm qua|kemarin|昨日|昨天|어제"
)
_DAY = re.compile(
    rf"^\W*(?:\w+:?\s+)?(?:(?P<today>{_TODAY})|(?P<yesterday>{_YESTERDAY}))(?![^\W\d_])"
    r"(?P<rest>\W*(?:[^\W\d]{1,3}\W+){0,2}(?:\d\d?[:.]\d\d.{0,12})?)$",
    re.IGNORECASE,
)
_CLOCK_TIME = re.compile(r"(\d{1,2})[:.](\d\d)")
_BEFORE_NUMBER = r"vor|il y a|hace|há|fa|för|for|før|před|pred|prije|pre|prieš|pirms|πριν(?: από)?|преди|acum|cách đây"
_BEHIND_UNIT = (
    r"ago|тому|назад|fa|atrás|geleden|temu|sedan|siden|sitten|tagasi|önce|ezelőtt|în urmă|trước|(?:yang )?lalu"
)
_NUMBER_AND_UNIT = r"(?P<number>\d{1,2})\s*(?P<unit>[^\W\d_]+)\.?"
_LEAD = r"^\W*(?:[^\W\d]+:?\s+){0,2}?"
_AGO = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LEAD}{_NUMBER_AND_UNIT}\s+(?:{_BEHIND_UNIT})\b",
        rf"{_LEAD}(?:{_BEFORE_NUMBER})\s+{_NUMBER_AND_UNIT}\W*$",
        rf"{_LEAD}(?P<number>\d{{1,2}})\s(?P<unit>perce|órája|napja)\b",
        r"^\W*(?P<number>\d{1,2})\s*(?P<unit>[分小時时天日분시일][鐘钟間间时時간]?)\s?[前전]",
    )
)
# "год" begins the Ukrainian hours, and is a year in Russian ("2 года назад") and Bulgarian ("преди 2 години").
_YEARS_AGO = re.compile(r"(?:преди\s+\d+\s*год|\d\s*года?\s+назад\b)", re.IGNORECASE)
# How the words of the units begin.
_MINUTES = ("min", "хв", "мин", "perc", "dak", "dk", "λεπτ", "phút", "menit", "分", "분")
_HOURS = (
    "hour", "hr", "hrs", "год", "час", "stund", "std", "heure", "hora", "hores", "or", "uur", "uren", "godz", "tim",
    "tun", "saat", "hod", "sat", "ώρ", "ór", "val", "giờ", "jam", "小", "時", "时", "시",
)  # fmt: skip
_DAYS = (
    "day", "дн", "ден", "tag", "jour", "dia", "día", "dies", "giorn", "dag", "dni", "dny", "dní", "dzi", "päiv", "päev",
    "gün", "den", "dan", "zi", "nap", "ημέρ", "μέρ", "dien", "ngày", "hari", "天", "日", "일",
)  # fmt: skip


def relative_moment(text: str, now: datetime) -> Moment | None:
    """Read "today, 14:30", "вчора" or "2 hours ago" as seen at a moment.

    Args:
        text: what a page shows.
        now: when it was fetched, on the clock of the site.

    Returns:
        A moment with a time only where the text gives one to the minute; None for other texts.
    """
    if day := _DAY.match(text):
        return _on_day(now - timedelta(days=bool(day["yesterday"])), day["rest"])
    if _YEARS_AGO.search(text):
        return None
    found = (pattern.match(text) for pattern in _AGO)
    return next((moment for ago in found if ago and (moment := _ago(int(ago["number"]), ago["unit"], now))), None)


def _on_day(when: datetime, rest: str) -> Moment:
    clock = _CLOCK_TIME.search(rest)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:  # noqa: PLR2004 - clock
        return Moment(when.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0))
    return Moment(_midnight(when), has_time=False)


def _ago(number: int, unit: str, now: datetime) -> Moment | None:
    word = unit.lower()
    if word.startswith(_MINUTES):
        return Moment(_elapsed(now, timedelta(minutes=number)).replace(second=0, microsecond=0))
    if word == "d" or word.startswith(_DAYS):
        return Moment(_midnight(now - timedelta(days=number)), has_time=False)
    if word == "h" or word.startswith(_HOURS):
        return Moment(_midnight(_elapsed(now, timedelta(hours=number))), has_time=False)
    return None


def _elapsed(now: datetime, since: timedelta) -> datetime:
    """Return the moment so long ago, on the clock of `now`; Python subtracts by the clock, as if none was ever set."""
    return (now.astimezone(UTC) - since).astimezone(now.tzinfo)


def _midnight(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0, microsecond=0)
