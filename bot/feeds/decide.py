"""What one reading of a feed means: which entries are new, which changed, which are pushed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.feed_values import ChangedEntry, Decision, KnownFeed, NewEntry, NewReason
from bot.feeds.recognize import Sighting, recognize
from bot.models import Entry

ARCHIVE_AGE = timedelta(days=2)
"""An unseen entry that is older than the newest known one by more than this is old news that the site shows again. News
sites publish late by hours (embargoes, corrected clocks), not by days."""
CLOCK_SLACK = timedelta(days=1)
"""How far into the future a date may lie and still count as the newest: time zones given wrong, not years."""
WHOLE_MINUTE = timedelta(minutes=1)
"""Feeds state whole seconds and headline lists whole minutes: news of this minute seems older than it is."""
MAX_KEYS = 12
"""Identity keys kept of one entry: three at first, and some changes of guid, address or text."""


def decide(known: KnownFeed, entries: Iterable[Entry], now: datetime, *, cap: int) -> Decision:
    """Compare a feed's document with what is known of the feed.

    Each piece of news is pushed once in its life: an entry is known by its guid, its URL or its text, whichever stays
    the same (see bot.feeds.recognize). Never pushed: what a feed shows when it is first read, what is far older than
    what it showed before, and more than `cap` at once.

    Args:
        known: the feed's past.
        entries: of the document, in its order, which is taken to be newest first.
        now: an aware moment.
        cap: stories pushed from one reading, at most; the newest are chosen.
    """
    sightings = recognize(known.entries, entries)
    fresh = _each_once(sighting for sighting in sightings if sighting.known is None)
    span = _span(known, now)
    new = _oldest_first([_judged(sighting, known, span) for sighting in fresh])
    kept = _capped(new, cap)
    return Decision(
        new=tuple(kept),
        changed=tuple(_changed(sightings)),
        added_keys=tuple(_added_keys(known, sightings)),
        seen=tuple(dict.fromkeys(sighting.known.id for sighting in sightings if sighting.known)),
        left_out=sum(1 for entry in kept if entry.reason is NewReason.CAPPED),
    )


def _each_once(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Drop what the document shows twice under one guid or URL, or with one text at one moment."""
    seen: set[object] = set()
    kept = []
    for sighting in sightings:
        keys = sighting.keys
        names = {keys.guid, keys.url, (keys.text, sighting.entry.published)} - {""}
        if seen.isdisjoint(names):
            kept.append(sighting)
        seen |= names
    return kept


@dataclass(frozen=True, slots=True)
class _Span:
    """From when to when the known entries are; None where none is dated."""

    oldest: datetime | None
    newest: datetime | None


def _span(known: KnownFeed, now: datetime) -> _Span:
    moments = [entry.published for entry in known.entries if entry.published]
    credible = (moment for moment in moments if moment <= now + CLOCK_SLACK)
    return _Span(min(moments, default=None), max(credible, default=None))


def _judged(sighting: Sighting, known: KnownFeed, span: _Span) -> NewEntry:
    return NewEntry(
        entry=sighting.entry,
        keys=sighting.keys.all,
        text_key=sighting.keys.text,
        reason=_reason(sighting.entry.published, known, span),
    )


def _reason(published: datetime | None, known: KnownFeed, span: _Span) -> NewReason:
    if known.first_read is None:
        return NewReason.BACKLOG
    if published is None:
        # An empty document came first, and what an undated one shows now may be of any age.
        return NewReason.NEWS if known.entries else NewReason.BACKLOG
    if published + WHOLE_MINUTE <= known.first_read and _is_beyond(published, known.first_read, span.oldest):
        return NewReason.BACKLOG
    return NewReason.ARCHIVE if span.newest and published < span.newest - ARCHIVE_AGE else NewReason.NEWS


def _is_beyond(published: datetime, first_read: datetime, oldest: datetime | None) -> bool:
    """Tell whether an entry from before the first reading was merely not shown then: older than all that was shown.

    One from amid those that were shown came late, and is news for two days.
    """
    return oldest is None or published < oldest or published < first_read - ARCHIVE_AGE


def _oldest_first(new: list[NewEntry]) -> list[NewEntry]:
    new = new[::-1]
    if all(entry.entry.published for entry in new):
        new.sort(key=lambda entry: entry.entry.published or datetime.min.replace(tzinfo=UTC))
    return new


def _capped(new: list[NewEntry], cap: int) -> list[NewEntry]:
    news = [position for position, entry in enumerate(new) if entry.push]
    surplus = set(news[: max(0, len(news) - cap)])
    return [
        replace(entry, reason=NewReason.CAPPED) if position in surplus else entry for position, entry in enumerate(new)
    ]


def _changed(sightings: Iterable[Sighting]) -> Iterable[ChangedEntry]:
    seen: set[int] = set()
    for sighting in sightings:
        known = sighting.known
        if known is None or known.id in seen:
            continue
        seen.add(known.id)
        if known.text_key != sighting.keys.text:
            yield ChangedEntry(known.id, sighting.entry, sighting.keys.text)


def _added_keys(known: KnownFeed, sightings: Iterable[Sighting]) -> Iterable[tuple[int, str]]:
    taken = {key for entry in known.entries for key in entry.keys}
    for sighting in sightings:
        if sighting.known is None:
            continue
        room = MAX_KEYS - len(sighting.known.keys)
        added = sorted(sighting.keys.all - taken)[: max(0, room)]
        taken.update(added)
        yield from ((sighting.known.id, key) for key in added)
