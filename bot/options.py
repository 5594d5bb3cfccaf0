"""What a chat or a subscription can say about how news comes: when, how much of it, and which of it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, TypeAdapter

MINUTES_OF_DAY = 24 * 60

_SUNDAY_AND_SATURDAY = (5, 6)
_DAYS_AHEAD = 8  # a week, and today


class Mode(StrEnum):
    """When news comes."""

    INSTANT = "instant"
    DIGEST = "digest"


class Length(StrEnum):
    """How much of a story is shown."""

    HEADLINE = "headline"
    SHORT = "short"
    FULL = "full"


class Picture(StrEnum):
    """How a story's lead picture is shown."""

    OFF = "off"
    PREVIEW = "preview"  # large, above the text, as a link's preview
    PHOTO = "photo"  # as a photo, the text being its caption


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a digest comes, by the clock on the chat's wall.

    Attributes:
        minutes: minutes after midnight, each of 0 to 1,439; 480 is 08:00.
        weekdays_only: not on Saturdays and Sundays.
        every_hours: in place of `minutes`: each so many hours from midnight on; 0 for none.
    """

    minutes: tuple[int, ...] = (8 * 60,)
    weekdays_only: bool = False
    every_hours: int = 0

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first of its moments after an aware one.

        A time that a change to summer time leaves out comes as much later as the clock jumps; one that is there twice
        comes the first time (PEP 495, fold=0).
        """
        today = moment.astimezone(zone).date()
        days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
        kept = [day for day in days if not (self.weekdays_only and day.weekday() in _SUNDAY_AND_SATURDAY)]
        moments = [_at(datetime.combine(day, time()), minute, zone) for day in kept for minute in self._of_a_day()]
        return min(one for one in moments if one > moment)

    def _of_a_day(self) -> tuple[int, ...]:
        return tuple(range(0, MINUTES_OF_DAY, self.every_hours * 60)) if self.every_hours > 0 else self.minutes


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which a chat wants its peace.

    Attributes:
        start: minutes after midnight by the chat's clock.
        end: the same; before `start` for hours that span midnight, equal for none at all.
        silent: news comes without a sound; otherwise it is held, and comes as one message at the end.
    """

    start: int = 0
    end: int = 0
    silent: bool = False

    def covers(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Say whether a moment falls into these hours."""
        local = moment.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def ends_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return when they end next, after a moment that they cover."""
        local = moment.astimezone(zone)
        today = local.replace(hour=self.end // 60, minute=self.end % 60, second=0, microsecond=0)
        if local.fold and today > local:  # a clock put back shows this hour again, which is quiet again (PEP 495)
            return today.astimezone(_UTC)
        return Schedule((self.end,)).next_after(moment, zone)


@dataclass(frozen=True, slots=True)
class Options:
    """How news comes, completely.

    Attributes:
        mode: at once, or gathered in digests.
        schedule: when a digest comes.
        quiet: hours of peace.
        silent: without a sound, always.
        length: how much of a story is shown.
        quotes: whether a story's key quotes are shown.
        picture: how its lead picture is shown.
        preview: whether Telegram's preview of its page is shown; a picture goes before it.
        max_per_hour: messages in any hour; what is more comes as one message. 0 for no limit.
        with_words: only stories with one of these words or phrases; none for all.
        without_words: no story with one of these.
        languages: only of sources in these languages (ISO 639-1); none for all.
    """

    mode: Mode = Mode.INSTANT
    schedule: Schedule = Schedule()
    quiet: Quiet = Quiet()
    silent: bool = False
    length: Length = Length.SHORT
    quotes: bool = True
    picture: Picture = Picture.OFF
    preview: bool = False
    max_per_hour: int = 0
    with_words: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def _picture_of(stored: Any) -> Any:
    """Return what a choice means that was stored when a picture was shown as a preview or not at all."""
    return {True: Picture.PREVIEW, False: Picture.OFF}[stored] if isinstance(stored, bool) else stored


@dataclass(frozen=True, slots=True)
class Choices:
    """What a chat or a subscription says itself; None is left to the chat, and by the chat to the bot. As `Options`."""

    mode: Mode | None = None
    schedule: Schedule | None = None
    quiet: Quiet | None = None
    silent: bool | None = None
    length: Length | None = None
    quotes: bool | None = None
    picture: Annotated[Picture, BeforeValidator(_picture_of)] | None = None
    preview: bool | None = None
    max_per_hour: int | None = None
    with_words: tuple[str, ...] | None = None
    without_words: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None

    def made(self) -> dict[str, Any]:
        """Return what is chosen here, by name."""
        return {name: value for name in CHOICE_NAMES if (value := getattr(self, name)) is not None}


CHOICE_NAMES = tuple(one.name for one in fields(Choices))
_CHOICES: TypeAdapter[Choices] = TypeAdapter(Choices)
NO_CHOICES = Choices()


def effective(*choices: Choices) -> Options:
    """Return the options that result: the bot's own, then each of these over those before it (chat, subscription)."""
    options = Options()
    for one in choices:
        options = replace(options, **one.made())
    return options


def choices_of(document: Any) -> Choices:
    """Return the choices in a stored document, which may hold other things; what is not understood is not chosen."""
    known = {name: document[name] for name in CHOICE_NAMES if name in document}
    if not known:
        return NO_CHOICES
    try:
        return _CHOICES.validate_python(known)
    except ValueError:
        return Choices(**{name: value for name in known if (value := _single(name, known[name])) is not None})


def document_of(choices: Choices) -> dict[str, Any]:
    """Return what is stored of choices."""
    document: dict[str, Any] = _CHOICES.dump_python(choices, mode="json", exclude_none=True)
    return document


def _single(name: str, value: Any) -> Any:
    try:
        return getattr(_CHOICES.validate_python({name: value}), name)
    except ValueError:
        return None


def _at(midnight: datetime, minute: int, zone: ZoneInfo) -> datetime:
    wall = (midnight + timedelta(minutes=minute)).replace(tzinfo=zone)
    return wall.astimezone(_UTC)


_UTC = ZoneInfo("UTC")
