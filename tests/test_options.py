"""When digests come and quiet hours end, in the chat's zone and over changes of the clock; whose word holds."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.options import Choices, Length, Mode, Options, Picture, Quiet, Schedule, choices_of, document_of, effective

KYIV = ZoneInfo("Europe/Kyiv")


def utc(text: str) -> datetime:
    """Return a moment written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "after", "comes"),
    [
        (Schedule(), "2026-01-10 05:59", "2026-01-10 06:00"),  # winter: UTC+2
        (Schedule(), "2026-01-10 06:00", "2026-01-11 06:00"),
        (Schedule(), "2026-07-10 05:00", "2026-07-11 05:00"),  # summer: UTC+3
        (Schedule(), "2026-03-28 07:00", "2026-03-29 05:00"),  # the night in which the clock is put forward
        (Schedule(), "2026-10-24 07:00", "2026-10-25 06:00"),  # and back
        (Schedule((3 * 60 + 30,)), "2026-03-28 12:00", "2026-03-29 01:30"),  # 03:30 is not there: 04:30 it is
        (Schedule((3 * 60 + 30,)), "2026-10-24 12:00", "2026-10-25 00:30"),  # 03:30 is there twice: the first
        (Schedule((3 * 60 + 30,)), "2026-10-25 00:30", "2026-10-26 01:30"),  # and only the first
        (Schedule(weekdays_only=True), "2026-01-09 07:00", "2026-01-12 06:00"),  # Friday to Monday
        (Schedule((8 * 60, 20 * 60)), "2026-01-10 07:00", "2026-01-10 18:00"),
        (Schedule(every_hours=6), "2026-01-10 03:00", "2026-01-10 04:00"),  # 06:00 in Kyiv
        (Schedule(every_hours=6), "2026-01-10 16:00", "2026-01-10 22:00"),  # midnight in Kyiv
    ],
)
def test_a_digest_comes_by_the_clock_on_the_wall(schedule: Schedule, after: str, comes: str) -> None:
    """Daily, on weekdays or each so many hours in Kyiv, whatever is done to the clocks there."""
    assert schedule.next_after(utc(after), KYIV) == utc(comes)


@pytest.mark.parametrize(
    ("quiet", "at", "covered"),
    [
        (Quiet(22 * 60, 7 * 60), "2026-01-10 20:00", True),
        (Quiet(22 * 60, 7 * 60), "2026-01-10 04:59", True),
        (Quiet(22 * 60, 7 * 60), "2026-01-10 05:00", False),
        (Quiet(13 * 60, 14 * 60), "2026-01-10 11:30", True),
        (Quiet(13 * 60, 14 * 60), "2026-01-10 12:00", False),
        (Quiet(), "2026-01-09 22:00", False),
    ],
)
def test_quiet_hours_may_span_midnight(quiet: Quiet, at: str, covered: bool) -> None:
    """22:00 to 07:00 covers both sides of midnight; equal ends cover nothing."""
    assert quiet.covers(utc(at), KYIV) is covered


def test_quiet_hours_end_in_the_morning() -> None:
    """The end is the next moment at which the clock shows it."""
    assert Quiet(22 * 60, 7 * 60).ends_after(utc("2026-01-10 21:00"), KYIV) == utc("2026-01-11 05:00")


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-10-24 22:00", "2026-10-25 00:30"),  # 03:30 in summer time, the first
        ("2026-10-25 01:10", "2026-10-25 01:30"),  # 03:10 in winter time, which is quiet again: 03:30, the second
        ("2026-10-25 01:30", "2026-10-26 01:30"),
        ("2026-03-28 22:00", "2026-03-29 01:30"),  # 03:30 is not there: 04:30 it is
    ],
)
def test_quiet_hours_that_are_there_twice_end_twice(at: str, ends: str) -> None:
    """In the hour that a clock put back shows again, news waits until it ends there, not for a day."""
    assert Quiet(22 * 60, 3 * 60 + 30).ends_after(utc(at), KYIV) == utc(ends)


def test_a_subscription_speaks_before_its_chat_and_the_chat_before_the_bot() -> None:
    """Each says what it says; the rest is inherited, an explicit "no" included."""
    chat = Choices(mode=Mode.DIGEST, silent=True, length=Length.HEADLINE)
    own = Choices(silent=False, with_words=("war",))
    assert effective() == Options()
    assert effective(chat, own) == Options(mode=Mode.DIGEST, silent=False, length=Length.HEADLINE, with_words=("war",))


def test_choices_are_stored_and_found_again() -> None:
    """What is stored says the same; a value that nobody understands is one choice less, not an error."""
    choices = Choices(schedule=Schedule((60,), weekdays_only=True), quiet=Quiet(1, 2, silent=True), languages=("uk",))
    document = document_of(choices)
    assert choices_of(document | {"folders": ["A"]}) == choices
    assert choices_of(document | {"length": "endless"}) == choices


def test_a_picture_chosen_in_old_days_is_a_preview() -> None:
    """What was stored as yes or no is understood, and written back as it is called now."""
    assert choices_of({"picture": True}).picture is Picture.PREVIEW
    assert choices_of({"picture": False}).picture is Picture.OFF
    assert choices_of({"picture": "photo"}).picture is Picture.PHOTO
    assert choices_of({"picture": "nonsense"}).picture is None
    assert document_of(choices_of({"picture": True})) == {"picture": "preview"}
