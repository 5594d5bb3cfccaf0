"""Dates and times as machines and people write them, in any language whose month names Babel knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_date_format, get_month_names

from bot.reading.clocks import read_clock

MAX_TEXT = 200
"""Characters of a text that may be a date; longer ones are cut. Ours: the longest date line of the corpus has 90."""

_NEWS_YEARS = range(1990, 2201)  # from the first news pages on; a date near the calendar's end is in no time zone
_ISO = re.compile(
    r"^\D{0,20}?(?P<y>(?:19|20)\d\d)(?P<sep>[-/.]?)(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)(?P<rest>.*)$", re.DOTALL
)
_CJK = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)([./-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$")
_EPOCH = re.compile(r"^(\d{10})(\d{3})?(?:\.\d+)?$")
_WORD = re.compile(r"\d+|[^\W\d_]+", re.UNICODE)
_LINKS = frozenset({"de", "del", "di", "d", "of", "a", "st", "nd", "rd", "th", "er", "º"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that a text states.

    Attributes:
        when: aware where the text names a zone.
        has_time: False where it states only a day; `when` is midnight then.
        has_year: False where the year is missing; `when` has 1904 then, a leap year.
    """

    when: datetime
    has_time: bool = True
    has_year: bool = True


_NO_YEAR = 1904
# A leap year by whose summer times a moment without a year is placed: zones kept other times in 1904, or none.
_YEAR_OF_CLOCKS = 2024
_TOKENS_OF_CTIME = 8


def parse_moment(text: str, language: str | None = None) -> Moment | None:
    """Read a date, with its time and zone where they are stated.

    Args:
        text: ISO 8601, RFC 2822, a Unix time in seconds or milliseconds, or a date in words or numbers.
        language: the text's language or locale ("en-US"), for month names and for the order of day and month.

    Returns:
        None where the text holds no plausible date.
    """
    text = text[:MAX_TEXT].strip()
    if epoch := _EPOCH.match(text):
        return Moment(datetime.fromtimestamp(int(epoch[1]), tz=timezone.utc))  # noqa: UP017 - one style below
    return _compact(text) or _iso(text) or _written(text, language)


def with_year(moment: Moment, hint: date) -> Moment:
    """Return a moment without a year as the one that lies nearest to a date.

    Args:
        moment: any moment; one that has its year is returned as it is.
        hint: a day near to it, such as the one in the page's address.
    """
    if moment.has_year:
        return moment
    years = (hint.year - 1, hint.year, hint.year + 1)
    whens = [when for year in years if (when := _in_year(moment.when, year))]
    nearest = min(whens, key=lambda when: abs((when.date() - hint).days), default=None)
    return Moment(nearest, has_time=moment.has_time) if nearest else moment


def _in_year(when: datetime, year: int) -> datetime | None:
    try:
        return when.replace(year=year)
    except ValueError:  # 29 February
        return None


def _compact(text: str) -> Moment | None:
    found = _COMPACT.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    return _moment(int(year), int(month), int(day), f"{hour}:{minute}:{second or '00'}{zone or ''}")


def _iso(text: str) -> Moment | None:
    found = _ISO.match(text)
    if not found or (not found["sep"] and len(found["m"] + found["d"]) != 4):  # noqa: PLR2004 - YYYYMMDD
        return None
    return _moment(int(found["y"]), int(found["m"]), int(found["d"]), found["rest"])


def _written(text: str, language: str | None) -> Moment | None:
    for parse in (_cjk, _year_first, _named, _numeric):
        if moment := parse(text, language):
            return moment
    return None


def _cjk(text: str, _language: str | None) -> Moment | None:
    return _from_match(_CJK.search(text), text)


def _year_first(text: str, _language: str | None) -> Moment | None:
    return _from_match(_YEAR_FIRST.search(text), text)


def _from_match(found: re.Match[str] | None, text: str) -> Moment | None:
    return _moment(int(found["y"]), int(found["m"]), int(found["d"]), _without(text, found)) if found else None


def _numeric(text: str, language: str | None) -> Moment | None:
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    month_first = (_month_first(language) and found[2] != ".") or second > 12  # noqa: PLR2004 - months
    month, day = (first, second) if month_first and first <= 12 else (second, first)  # noqa: PLR2004 - months
    return _moment(year + 2000 if year < 100 else year, month, day, _without(text, found))  # noqa: PLR2004 - two digits


def _named(text: str, language: str | None) -> Moment | None:
    """Read a date with the month in words: "17 December 2024", "Dec. 17, 2024", "17. Dezember", "17 de mayo"."""
    tokens = [token for token in _WORD.finditer(text) if token[0].casefold() not in _LINKS]
    for at, token in enumerate(tokens):
        month = _month(token[0].casefold(), language)
        if month and (found := _around(tokens, at)):
            day, year, last = found
            rest = text[: min(token.start(), day.start())] + " " + text[last:]
            return _moment(year or _NO_YEAR, month, int(day[0]), rest, has_year=year is not None)
    return None


def _around(tokens: list[re.Match[str]], at: int) -> tuple[re.Match[str], int | None, int] | None:
    """Return the day beside a month's name, the year after them, and where the date ends."""
    before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
    day = next((one for one in (before, after) if one and one[0].isdecimal() and 1 <= int(one[0]) <= 31), None)  # noqa: PLR2004 - days
    if day is None:
        return None
    last = max(day.end(), tokens[at].end())
    for token in tokens[at + 1 : at + 3]:
        if _is_year(token[0]):
            return day, int(token[0]), max(last, token.end())
    # "2024. május 17.", "2024. gada 17. maijs", and C's "Fri May 17 14:30:00 UTC 2024"
    others = [*tokens[max(0, at - 3) : at], *tokens[at + 3 : at + _TOKENS_OF_CTIME]]
    return day, next((int(token[0]) for token in others if _is_year(token[0])), None), last


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in {"19", "20"}  # noqa: PLR2004 - a year's digits


def _moment(year: int, month: int, day: int, rest: str, *, has_year: bool = True) -> Moment | None:
    try:
        when = datetime(year, month, day)  # noqa: DTZ001 - the zone is added where the text names one
    except ValueError:
        return None
    if has_year and year not in _NEWS_YEARS:
        return None
    clock = read_clock(rest, when if has_year else when.replace(year=_YEAR_OF_CLOCKS))
    if clock is None:
        return Moment(when, has_time=False, has_year=has_year)
    midnight = clock.replace(tzinfo=None) == time()  # how systems write a day without a time
    return Moment(datetime.combine(when, clock), not midnight, has_year)


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]


def _month(word: str, language: str | None) -> int | None:
    own = _months(_tongue(language or "en"))
    if found := own.get(word) or _months("en").get(word):
        return found
    cyrillic = "а" <= word[0] <= "я"  # pages in one of the two often date in the other
    return _months("uk").get(word) or _months("ru").get(word) if cyrillic else None


def _tongue(language: str) -> str:
    """Return the language of a locale; pages write "pl-PL" and "pl_PL"."""
    return language.replace("_", "-").partition("-")[0].lower()


_ALSO: Mapping[str, Mapping[str, int]] = {"en": {"sept": 9}, "de": {"jänner": 1, "feber": 2}}


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[str, int]:
    locale = _locale(language)
    names = {}
    for context in ("stand-alone", "format"):
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, context, locale).items():
                word = name.casefold().strip(". ")
                if len(word) > 2 and not word.isdigit():  # noqa: PLR2004 - "M1" and the like
                    names[word] = number
                    names.setdefault(word[:3], number)
    return {**names, **_ALSO.get(language, {})}


@lru_cache(maxsize=64)
def _month_first(language: str | None) -> bool:
    pattern = get_date_format("short", locale=_locale(language or "en-GB")).pattern
    return str(pattern).lower().startswith("m")


def _locale(language: str) -> Locale:
    for name in (language.replace("_", "-"), _tongue(language)):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")
