"""When to ask again: pure functions from what servers say and how feeds have behaved."""

import math
import random
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

DAY = 86_400.0
HOUR = 3_600.0

# Seconds to wait after the first failure; each further one doubles it.
FIRST_BACKOFF = 60.0


def http_date(text: str) -> float | None:
    """Return an HTTP date (RFC 9110 section 5.6.7, all three forms) as seconds since 1970; None where it is none."""
    try:
        parsed = parsedate_to_datetime(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110 section 10.2.3).

    Args:
        headers: names in lower case.
        now: seconds since 1970.

    Returns:
        Seconds, from 0 to a day, whatever is asked for; None where the header is absent or makes no sense.
    """
    text = headers.get("retry-after", "").strip()
    if _is_number(text):
        return min(float(text), DAY)
    moment = http_date(text) if text else None
    return min(max(0.0, moment - now), DAY) if moment is not None else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16  # noqa: PLR2004 - what a float holds exactly


def _directives(text: str) -> dict[str, str]:
    """Read Cache-Control into its directives; the first of a repeated one counts (RFC 9111 section 4.2.1)."""
    found: dict[str, str] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found


def freshness(headers: Mapping[str, str], now: float) -> float | None:
    """Return how much longer an answer is fresh, by Cache-Control and Expires, less its Age (RFC 9111 section 4.2).

    Args:
        headers: names in lower case.
        now: seconds since 1970, when the answer came.

    Returns:
        Seconds; 0 where it must be asked for again at once (no-cache, no-store, expired); None where the server says
        nothing.
    """
    directives = _directives(headers.get("cache-control", ""))
    if directives.keys() & {"no-cache", "no-store"}:
        return 0.0
    lifetime = _lifetime(directives, headers, now)
    if lifetime is None:
        return None
    age = headers.get("age", "").strip()
    return max(0.0, lifetime - (float(age) if _is_number(age) else 0.0))


def _lifetime(directives: Mapping[str, str], headers: Mapping[str, str], now: float) -> float | None:
    """Return max-age, or Expires less Date; an Expires that is no date has passed already (RFC 9111 section 5.3)."""
    age = directives.get("max-age")
    if age is not None:
        return float(age) if _is_number(age) else 0.0
    if "expires" not in headers:
        return None
    expires = http_date(headers["expires"])
    date = http_date(headers["date"]) if "date" in headers else None
    return max(0.0, expires - (now if date is None else date)) if expires is not None else 0.0


def backoff(
    failures: int,
    *,
    first: float = FIRST_BACKOFF,
    longest: float = DAY,
    jitter: Callable[[float, float], float] = random.uniform,
) -> float:
    """Return how long to leave a host alone after so many failures in a row.

    It doubles from `first` (a minute: 1, 2, 4 … minutes) until it reaches `longest` (a day, at the 12th failure), with
    up to a fifth less by chance so that hosts that went down together are not asked together.

    Args:
        failures: in a row, 1 or more; 0 gives 0.
        first: seconds after the first failure.
        longest: seconds at most.
        jitter: gives a number between two.
    """
    if failures <= 0:
        return 0.0
    doubled = first * 2.0 ** min(failures - 1, 40)
    return min(longest, doubled) * jitter(0.8, 1.0)


def next_interval(
    *,
    gaps: tuple[float, ...] = (),
    unchanged_for: float = 0.0,
    fresh_for: float | None = None,
    ttl: float | None = None,
    shortest: float,
    longest: float,
    jitter: Callable[[float, float], float] = random.uniform,
) -> float:
    """Return when to poll a feed that answers well, in seconds from now.

    A feed is polled about twice in the typical gap between its entries, later when it has been quiet for longer than
    that (a tenth of the quiet time), and never before the server's own hints (Cache-Control and Expires, ttl and
    sy:updatePeriod) allow, as far as those stay within an hour: servers state days by mistake, and news is late then.

    Args:
        gaps: seconds between the feed's latest entries, in any order; may be empty.
        unchanged_for: seconds since it last had something new.
        fresh_for: what freshness() gave for the last answer, or None.
        ttl: seconds that the feed itself asks to be left alone, or None.
        shortest: the operator's poll_interval_min.
        longest: the operator's poll_interval_max.
        jitter: gives a number between two; up to a tenth is added so that polls spread out.
    """
    usual = _median(gaps) / 2 if gaps else HOUR / 2
    wanted = max(usual, unchanged_for / 10)
    hint = min(max(fresh_for or 0.0, ttl or 0.0), HOUR)
    interval = max(wanted, hint) * jitter(1.0, 1.1)
    return min(max(interval, shortest), longest)


def _median(values: tuple[float, ...]) -> float:
    """Return the middle value; the lower one of two, for a feed is better polled early than late."""
    ordered = sorted(value for value in values if math.isfinite(value) and value >= 0)
    return ordered[(len(ordered) - 1) // 2] if ordered else HOUR
