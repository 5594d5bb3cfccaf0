"""The options of a chat or subscription as a person sees and says them: names, ready values, and words of one's own."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError

from bot.messages.catalogue import Words, sentence
from bot.messages.markup import cut
from bot.options import Length, Mode, Picture, Quiet, Schedule

MOST_WORDS = 20
"""Words or phrases of one filter. Ours."""

_LONGEST_WORD = 50
_SHOWN = 60
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")
_MOST_TIMES = 12
_MOST_PER_HOUR = 3600  # one a second
_LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Field:
    """One thing that can be said.

    Attributes:
        name: of bot.options.Choices.
        title: its name for people, to be translated.
        ready: values that are offered as buttons.
        show: a value in words.
        prompt: how to answer with a value of one's own, to be translated; "" where the ready ones are all there are.
        understand: the value of such an answer, None where it is none.
    """

    name: str
    title: str
    ready: tuple[Any, ...]
    show: Callable[[Any, Words], str]
    prompt: str = ""
    understand: Callable[[str], Any] = lambda _text: None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _show_mode(value: Mode, words: Words) -> str:
    return words.say("at once") if value is Mode.INSTANT else words.say("gathered in a digest")


def _show_schedule(value: Schedule, words: Words) -> str:
    if value.every_hours == 1:
        return words.say("every hour")
    if value.every_hours:
        return words.plural("every {number} hour", "every {number} hours", value.every_hours)
    times = ", ".join(map(_clock, value.minutes))
    return words.say("Monday to Friday, {times}", times=times) if value.weekdays_only else times


def _show_quiet(value: Quiet, words: Words) -> str:
    if value.start == value.end:
        return words.say("none")
    hours = f"{_clock(value.start)}–{_clock(value.end)}"
    return words.say("{hours}, silent", hours=hours) if value.silent else words.say("{hours}, held", hours=hours)


def _show_length(value: Length, words: Words) -> str:
    match value:
        case Length.HEADLINE:
            return words.say("headline only")
        case Length.SHORT:
            return words.say("summary")
    return words.say("full text")


def _show_picture(value: Picture, words: Words) -> str:
    match value:
        case Picture.OFF:
            return words.say("none")
        case Picture.PREVIEW:
            return words.say("large, above the text")
    return words.say("photo with a short text")


def _show_yes(value: bool, words: Words) -> str:
    return words.say("yes") if value else words.say("no")


def _show_limit(value: int, words: Words) -> str:
    if not value:
        return words.say("none")
    return words.plural("{number} message an hour", "{number} messages an hour", value)


def _show_words(value: tuple[str, ...], words: Words) -> str:
    return cut(", ".join(value), _SHOWN) if value else words.say("none")


def _show_languages(value: tuple[str, ...], words: Words) -> str:
    return ", ".join(_language(code, words) for code in value) if value else words.say("all")


def _language(code: str, words: Words) -> str:
    try:
        return Locale.parse(code).get_display_name(words.language) or code
    except (UnknownLocaleError, ValueError):
        return code


def _understand_times(text: str) -> Schedule | None:
    minutes = sorted({int(hour) * 60 + int(minute) for hour, minute in _CLOCK.findall(text)})
    return Schedule(tuple(minutes[:_MOST_TIMES])) if minutes else None


def _understand_quiet(text: str) -> Quiet | None:
    found = [int(hour) * 60 + int(minute) for hour, minute in _CLOCK.findall(text)]
    return Quiet(found[0], found[1]) if len(found) == 2 else None  # noqa: PLR2004  from and until


def _understand_words(text: str) -> tuple[str, ...] | None:
    said = [part.strip()[:_LONGEST_WORD] for part in re.split(r"[,;\n]", text)]
    return tuple(dict.fromkeys(filter(None, said)))[:MOST_WORDS] or None


def _understand_languages(text: str) -> tuple[str, ...] | None:
    codes = [code for code in re.split(r"[\s,;]+", text.lower()) if code]
    known = [code for code in codes if re.fullmatch("[a-z]{2}", code) and _is_language(code)]
    return tuple(dict.fromkeys(known)) if codes and len(known) == len(codes) else None


def _is_language(code: str) -> bool:
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _understand_limit(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0
    return number if 0 < number <= _MOST_PER_HOUR else None


def _hours(start: int, end: int) -> Iterable[Quiet]:
    return (Quiet(start * 60, end * 60), Quiet(start * 60, end * 60, silent=True))


_YES_NO = (True, False)
_WORDS_PROMPT = sentence("Reply to this message with words or phrases, separated by commas.")

FIELDS: tuple[Field, ...] = (
    Field("mode", sentence("News comes"), (Mode.INSTANT, Mode.DIGEST), _show_mode),
    Field(
        "schedule",
        sentence("Time of digests"),
        (
            Schedule(),
            Schedule(weekdays_only=True),
            Schedule((8 * 60, 20 * 60)),
            Schedule((20 * 60,)),
            *(Schedule(every_hours=hours) for hours in (1, 3, 6, 12)),
        ),
        _show_schedule,
        sentence("For other times, reply to this message: 07:30, 19:00"),
        _understand_times,
    ),
    Field(
        "quiet",
        sentence("Quiet hours"),
        (Quiet(), *_hours(22, 7), *_hours(23, 8)),
        _show_quiet,
        sentence("For other hours, reply to this message: 21:30–06:45"),
        _understand_quiet,
    ),
    Field("silent", sentence("Without a sound"), _YES_NO, _show_yes),
    Field("length", sentence("How much"), tuple(Length), _show_length),
    Field("quotes", sentence("Quotes"), _YES_NO, _show_yes),
    Field("picture", sentence("Picture"), tuple(Picture), _show_picture),
    Field("preview", sentence("Link preview"), _YES_NO, _show_yes),
    Field(
        "max_per_hour",
        sentence("Limit"),
        (0, 3, 10, 30),
        _show_limit,
        sentence("For another limit, reply to this message with a number."),
        _understand_limit,
    ),
    Field("with_words", sentence("Wanted words"), ((),), _show_words, _WORDS_PROMPT, _understand_words),
    Field("without_words", sentence("Unwanted words"), ((),), _show_words, _WORDS_PROMPT, _understand_words),
    Field(
        "languages",
        sentence("Languages of sources"),
        ((), ("en",), ("uk",), ("ru",), ("uk", "en")),
        _show_languages,
        sentence("For others, reply to this message with their codes: de, fr"),
        _understand_languages,
    ),
)
