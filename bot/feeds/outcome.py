"""What one poll means for the feed's record: when to ask again, what to tell its followers. Pure."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.errors import HttpStatus, QuotewireError
from bot.feed_values import Decision, DueFeed, FeedNotice, FeedState, PollResult
from bot.models import Entry, ParsedFeed
from bot.web.answer import Response
from bot.web.schedule import backoff, freshness, next_interval
from bot.web.websub import advertised

UNREACHABLE_AFTER = timedelta(days=1)
"""How long a feed may fail before its followers are told: sites are down for hours now and then, and come back."""

HUB_INTERVAL = 3_600.0
"""Seconds, at least, between two polls of a feed whose hub brings its news. Ours: what a hub loses is found then."""

_GONE = 410
_GAPS = 20  # between the newest entries: enough for a median, few enough to follow a change of habit


@dataclass(frozen=True, slots=True)
class Intervals:
    """The operator's bounds, in seconds, between two polls of a feed."""

    shortest: float
    longest: float


def unchanged(feed: DueFeed, response: Response, now: datetime, intervals: Intervals) -> PollResult:
    """Return what a poll means that brought the same document, or the word that it is the same (304)."""
    state = _answered(feed.state, response, now, intervals, gaps=(), pushed=feed.pushed)
    return _result(feed, state, response)


def changed(
    feed: DueFeed,
    response: Response,
    parsed: ParsedFeed,
    decision: Decision,
    *,
    now: datetime,
    intervals: Intervals,
    body_hash: str,
) -> PollResult:
    """Return what a poll means that brought a document to read.

    Args:
        feed: as it was claimed.
        response: what the server sent.
        parsed: what the document says.
        decision: what of it is new.
        now: the present moment.
        intervals: the operator's bounds.
        body_hash: by which the same document is known next time.
    """
    hub, self_url = advertised(response.headers, response.url)
    described = replace(
        feed.state,
        body_hash=body_hash,
        title=parsed.title or feed.state.title,
        site_url=parsed.site_url or feed.state.site_url,
        language=(parsed.language or feed.state.language or "").partition("-")[0] or None,
        ttl_seconds=parsed.ttl_seconds,
        hub=hub or parsed.hub,
        self_url=self_url or parsed.self_url,
        first_read=feed.state.first_read or now,
        changed=now if decision.new or decision.changed else feed.state.changed,
    )
    gaps = _gaps(parsed.entries) or _observed_gap(feed.state, decision, now)
    # Where the hub did not bring some news, it is not relied upon until it brings some again.
    pushed = feed.pushed and not decision.new
    state = _answered(described, response, now, intervals, gaps=gaps, pushed=pushed)
    return _result(feed, state, response, decision)


def delivered(feed: DueFeed, decision: Decision, now: datetime) -> PollResult:
    """Return what a document means that a hub has brought; the feed is due as before.

    It may hold the new entries alone, so that what describes the feed stays as the last poll found it.
    """
    changed = now if decision.new or decision.changed else feed.state.changed
    return PollResult(feed.id, replace(feed.state, changed=changed), decision, by_hub=True)


def failed(feed: DueFeed, error: QuotewireError, now: datetime, intervals: Intervals) -> PollResult:
    """Return what a poll means that brought no feed: back off, and tell the followers after a day, or that it ended."""
    state = replace(feed.state, error=_cause(error))
    failures, since = state.failures + 1, state.failing_since or now
    if isinstance(error, HttpStatus) and error.status == _GONE:
        ended = replace(state, polled=now, failures=failures, failing_since=since, ended=True)
        return PollResult(feed.id, ended, notice=FeedNotice.ENDED)
    wait = max(backoff(failures, first=intervals.shortest / 5), float(error.details.get("retry_after") or 0))
    tell = not state.told_unreachable and now - since >= UNREACHABLE_AFTER
    failing = replace(
        state,
        polled=now,
        failures=failures,
        failing_since=since,
        told_unreachable=state.told_unreachable or tell,
        next_poll=now + timedelta(seconds=wait),
    )
    return PollResult(feed.id, failing, notice=FeedNotice.UNREACHABLE if tell else None)


def _answered(
    state: FeedState,
    response: Response,
    now: datetime,
    intervals: Intervals,
    *,
    gaps: tuple[float, ...],
    pushed: bool,
) -> FeedState:
    """Return the record of a feed that works: no failures, and due again when it probably has something new.

    The interval that is kept is free of chance and of the hub, so that neither adds up from poll to poll.
    """
    quiet_since = state.changed or state.first_read or now
    interval = next_interval(
        gaps=gaps or (state.interval_seconds * 2,),
        unchanged_for=(now - quiet_since).total_seconds(),
        fresh_for=freshness(response.headers, now.timestamp()),
        ttl=state.ttl_seconds,
        shortest=intervals.shortest,
        longest=intervals.longest,
        jitter=lambda low, _high: low,
    )
    wait = max(interval, HUB_INTERVAL if pushed else 0.0) * random.uniform(1.0, 1.1)  # noqa: S311 - spreads polls
    return replace(
        state,
        etag=response.validators.etag,
        last_modified=response.validators.last_modified,
        polled=now,
        read=now,
        failures=0,
        failing_since=None,
        told_unreachable=False,
        seconds=_smoothed(state.seconds, response.seconds),
        error="",
        interval_seconds=interval,
        next_poll=now + timedelta(seconds=min(wait, intervals.longest)),
    )


def _cause(error: QuotewireError) -> str:
    return f"{error.code} {error.status}" if isinstance(error, HttpStatus) else error.code


def _smoothed(before: float | None, now: float) -> float:
    """Return how long a server takes: a single slow answer counts a third."""
    return round(now if before is None else before + (now - before) / 3, 3)


def _result(feed: DueFeed, state: FeedState, response: Response, decision: Decision | None = None) -> PollResult:
    return PollResult(
        feed.id,
        state,
        decision or Decision(),
        moved_to=response.moved_to if response.moved_to != feed.url else None,
        notice=FeedNotice.RECOVERED if feed.state.told_unreachable else None,
        host_is_back=feed.state.failures > 0,
    )


def _observed_gap(state: FeedState, decision: Decision, now: datetime) -> tuple[float, ...]:
    """Return how long a feed without dates took to have something new, as far as polls can tell."""
    before = state.changed or state.first_read
    return ((now - before).total_seconds(),) if before and decision.new else ()


def _gaps(entries: Iterable[Entry]) -> tuple[float, ...]:
    moments = sorted((entry.published for entry in entries if entry.published), reverse=True)[: _GAPS + 1]
    return tuple((newer - older).total_seconds() for newer, older in pairwise(moments))
