"""Whether a delivery goes now, is held for later, or is not wanted at all, by what its chat and subscriptions say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.wanted import is_wanted
from bot.options import Mode, Options, effective
from bot.store import Chat, Delivery, DeliveryState, Mark, Store

FOLD_AFTER = timedelta(hours=1)
"""Ours: news that has waited longer, for whatever reason, comes as one message with what else has waited so long."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What becomes of a delivery.

    Attributes:
        delivery: which.
        options: what holds for it.
        mark: why it does not go now; None where it does.
    """

    delivery: Delivery
    options: Options
    mark: Mark | None = None


class Sorter:
    """Sorts claimed deliveries.

    Args:
        store: knows what a chat got in the last hour.
        zone_of: the time zone of a chat.
        clock: the present moment.
    """

    def __init__(self, store: Store, zone_of: Callable[[Chat], ZoneInfo], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._zone_of = zone_of
        self._clock = clock

    async def sort(self, claimed: Sequence[Delivery]) -> list[Sorted]:
        """Return what becomes of each, in the same order; asks the database only for chats with an hourly limit."""
        now = self._clock()
        sorted_ones = [place(one, now, self._zone_of(one.chat)) for one in claimed]
        limited = {one.delivery.chat.id for one in sorted_ones if one.mark is None and one.options.max_per_hour}
        if not limited:
            return sorted_ones
        # Not what was sent later than now, while the clock went wrong: its hour would be waited for.
        sent = await self._store.deliveries.sent_moments(limited, since=now - _HOUR, until=now)
        return [_limited(one, sent.get(one.delivery.chat.id, ())) for one in sorted_ones]

    def is_silent(self, options: Options, chat: Chat) -> bool:
        """Say whether a message comes without a sound now."""
        quiet = options.quiet
        return options.silent or (quiet.silent and quiet.covers(self._clock(), self._zone_of(chat)))


def place(delivery: Delivery, now: datetime, zone: ZoneInfo) -> Sorted:
    """Return what becomes of a delivery, its chat's hourly limit not considered."""
    options = chosen_options(delivery)
    if delivery.notice:
        return _held(delivery, options, _quiet_until(options, now, zone))
    if not delivery.choices:
        return Sorted(delivery, options, _ended(delivery, DeliveryState.CANCELLED, "no longer followed"))
    if not is_wanted(delivery, options):
        return Sorted(delivery, options, _ended(delivery, DeliveryState.SKIPPED, "not wanted"))
    return _held(delivery, options, _wait_until(delivery, options, now, zone))


def chosen_options(delivery: Delivery) -> Options:
    """Return what holds for a delivery.

    Where two subscriptions bring the same story, it comes by one that wants it, and by the more eager of those.
    """
    said = [effective(delivery.chat.choices, own) for own in delivery.choices]
    if len(said) < 2:  # noqa: PLR2004  nothing to choose from
        return said[0] if said else effective(delivery.chat.choices)
    return min(said, key=lambda one: (not is_wanted(delivery, one), one.mode is Mode.DIGEST))


def _wait_until(delivery: Delivery, options: Options, now: datetime, zone: ZoneInfo) -> datetime | None:
    if options.mode is Mode.DIGEST:
        # From when the story was there, not from now: a digest that should have come while we were away comes at once.
        due = options.schedule.next_after(delivery.created_at or now, zone)
        return _quiet_until(options, due, zone) or due
    if quiet := _quiet_until(options, now, zone):
        return quiet
    return now if delivery.created_at and delivery.created_at < now - FOLD_AFTER else None


def _quiet_until(options: Options, moment: datetime, zone: ZoneInfo) -> datetime | None:
    quiet = options.quiet
    return quiet.ends_after(moment, zone) if not quiet.silent and quiet.covers(moment, zone) else None


def _limited(one: Sorted, sent: Sequence[datetime]) -> Sorted:
    most = one.options.max_per_hour
    if one.mark is not None or not most or len(sent) < most:
        return one
    return _held(one.delivery, one.options, sorted(sent)[-most] + _HOUR)


def _held(delivery: Delivery, options: Options, until: datetime | None) -> Sorted:
    if until is None:
        return Sorted(delivery, options)
    held = Mark(delivery.id, DeliveryState.HELD, delivery.message_ids, not_before=until, attempted=False)
    return Sorted(delivery, options, held)


def _ended(delivery: Delivery, state: DeliveryState, why: str) -> Mark:
    return Mark(delivery.id, state, delivery.message_ids, why, attempted=False)
