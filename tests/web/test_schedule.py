"""When to ask again: the servers' own words, back-off, and intervals that fit a feed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.schedule import DAY, HOUR, backoff, freshness, http_date, next_interval, retry_after

NOW = 784_111_777.0  # Sun, 06 Nov 1994 08:49:37 GMT, the RFC's own example


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 10:49:37 +0200",
    ],
)
def test_dates_come_in_all_of_https_forms(text: str) -> None:
    """RFC 9110's three forms, and the offsets that servers write."""
    assert http_date(text) == NOW


@given(st.text())
def test_no_text_breaks_the_dates(text: str) -> None:
    """Nonsense is no date, never an error."""
    assert http_date(text) is None or isinstance(http_date(text), float)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, None),
        ("9" * 15, DAY),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    """Both forms count, a past date is now, a day is the most, nonsense is nothing."""
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_no_retry_after_is_none() -> None:
    """The header may be absent."""
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "Public, MAX-AGE=600, must-revalidate"}, 600),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "max-age=600, max-age=60"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "1000"}, 0),
        ({"cache-control": "max-age=600", "age": "old"}, 600),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "s-maxage=60"}, None),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"expires": "Sun, 06 Nov 1994 09:49:37 GMT"}, 3_600),
        ({"expires": "Sun, 06 Nov 1994 09:49:37 GMT", "date": "Sun, 06 Nov 1994 09:39:37 GMT"}, 600),
        ({"expires": "Sun, 06 Nov 1994 09:49:37 GMT", "date": "rubbish"}, 3_600),
        ({"expires": "Sun, 06 Nov 1994 07:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "Sun, 06 Nov 1994 09:49:37 GMT", "cache-control": "max-age=5"}, 5),
    ],
)
def test_freshness_is_what_rfc_9111_says(headers: dict[str, str], seconds: float | None) -> None:
    """max-age before Expires, Age taken off, no-cache and past dates are stale at once, silence is None."""
    assert freshness(headers, NOW) == seconds


def test_backoff_doubles_and_reaches_a_day() -> None:
    """A minute, two, four …, a day from the twelfth failure on; none without failures."""
    waits = [backoff(failures, jitter=lambda _, high: high) for failures in range(15)]
    assert waits[:4] == [0, 60, 120, 240]
    assert waits[11] < DAY
    assert waits[12] == waits[14] == DAY
    assert backoff(10**9) <= DAY


@given(st.integers(1, 100), st.floats(0, 1))
def test_backoff_stays_within_a_fifth_of_its_step(failures: int, chance: float) -> None:
    """Chance takes up to a fifth off, and never makes it longer."""
    step = min(DAY, 60 * 2.0 ** (failures - 1))
    wait = backoff(failures, jitter=lambda low, high: low + (high - low) * chance)
    assert 0.8 * step <= wait <= step


@given(
    gaps=st.lists(st.floats()).map(tuple),
    unchanged_for=st.floats(0, 1e9),
    fresh_for=st.none() | st.floats(0, 1e9),
    ttl=st.none() | st.floats(0, 1e9),
)
def test_intervals_stay_within_the_operators_bounds(
    gaps: tuple[float, ...], unchanged_for: float, fresh_for: float | None, ttl: float | None
) -> None:
    """Whatever a feed or a server says, a feed is polled between the two settings."""
    interval = next_interval(
        gaps=gaps, unchanged_for=unchanged_for, fresh_for=fresh_for, ttl=ttl, shortest=300, longest=DAY
    )
    assert 300 <= interval <= DAY


def interval(**hints: object) -> float:
    """Return an interval without chance."""
    return next_interval(shortest=300, longest=DAY, jitter=lambda low, _: low, **hints)


def test_intervals_follow_the_feed() -> None:
    """Half the typical gap; a tenth of the quiet time where that is longer; half an hour where nothing is known."""
    assert interval() == HOUR / 2
    assert interval(gaps=(60.0, 60.0, 60.0)) == 300
    assert interval(gaps=(7_200.0, 1.0, 7_200.0)) == HOUR
    assert interval(gaps=(600.0,), unchanged_for=5 * DAY) == DAY / 2
    assert interval(gaps=(600.0,), unchanged_for=365 * DAY) == DAY


def test_hints_delay_a_poll_by_an_hour_at_most() -> None:
    """Cache lifetimes and ttl are honoured up to an hour: servers state days by mistake, and news is late then."""
    assert interval(gaps=(60.0,), fresh_for=900.0) == 900
    assert interval(gaps=(60.0,), ttl=1_800.0, fresh_for=900.0) == 1_800
    assert interval(gaps=(60.0,), ttl=7 * DAY) == HOUR
    assert interval(gaps=(3 * HOUR,), ttl=60.0) == 1.5 * HOUR
