"""The picture of a day: its top stories, its topics as bars, its hours as columns."""

from io import BytesIO

from bot.pictures.pen import (
    ACCENT,
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    MUTED,
    PALE_TEAL,
    REGULAR,
    STRONG,
    TEAL,
    TRACK,
    WHITE,
    WIDTH,
    Sheet,
    drawable,
    font,
    shortened,
    wrapped,
)
from bot.pictures.poster import Bar, Headline, Poster

_INNER = WIDTH - 2 * MARGIN
_TITLE_LINES = 2
_NUMBER_WIDTH = 78
_LABEL_WIDTH = 330
_COUNT_WIDTH = 64
_BAR = 30
_COLUMNS_HEIGHT = 130
_HOURS = 24
_MARKED_HOURS = (0, 6, 12, 18)


def draw_day(poster: Poster) -> bytes:
    """Return the picture of a day as a PNG of 1,080 pixels' width.

    It takes up to a tenth of a second of the processor.
    """
    sheet = Sheet()
    _head(sheet, poster)
    _stories(sheet, poster)
    _topics(sheet, poster)
    _hours(sheet, poster)
    sheet.text(MARGIN, drawable(poster.footer), font(24), MUTED)
    sheet.y += 24 + 52
    written = BytesIO()
    sheet.finished().save(written, "PNG", compress_level=6)
    return written.getvalue()


def _head(sheet: Sheet, poster: Poster) -> None:
    sheet.box(0, WIDTH, 286, INK)
    sheet.box(0, WIDTH, 10, ACCENT, down=286)
    sheet.text(MARGIN, drawable(poster.heading).upper(), font(28, BOLD), "#E9A98F", down=58)
    day = shortened(drawable(poster.day), font(68, BOLD), _INNER)
    sheet.text(MARGIN, day, font(68, BOLD), WHITE, down=100)
    sheet.text(MARGIN, drawable(poster.summary), font(34), "#C9CCD6", down=200)
    sheet.y += 286 + 10 + 56


def _section(sheet: Sheet, title: str) -> None:
    sheet.text(MARGIN, drawable(title).upper(), font(26, BOLD), ACCENT)
    sheet.y += 54


def _stories(sheet: Sheet, poster: Poster) -> None:
    if not poster.stories:
        return
    _section(sheet, poster.stories_title)
    for number, story in enumerate(poster.stories, 1):
        _story(sheet, number, story)
    sheet.y += 30


def _story(sheet: Sheet, number: int, story: Headline) -> None:
    face, left = font(36, MEDIUM), MARGIN + _NUMBER_WIDTH
    sheet.text(MARGIN, str(number), font(60, BOLD), PALE_TEAL, down=-12)
    for line in wrapped(drawable(story.title), face, WIDTH - MARGIN - left, _TITLE_LINES):
        sheet.text(left, line, face, INK)
        sheet.y += 46
    about = shortened(drawable(story.about), font(26), WIDTH - MARGIN - left)
    sheet.text(left, about, font(26), MUTED, down=4)
    sheet.y += 26 + 38


def _topics(sheet: Sheet, poster: Poster) -> None:
    if not poster.topics:
        return
    _section(sheet, poster.topics_title)
    most = max(bar.count for bar in poster.topics)
    for bar in poster.topics:
        _bar(sheet, bar, most)
    if poster.more_topics:
        sheet.text(MARGIN, drawable(poster.more_topics), font(26), MUTED)
        sheet.y += 40
    sheet.y += 36


def _bar(sheet: Sheet, bar: Bar, most: int) -> None:
    face = font(30, STRONG if bar.is_followed else REGULAR)
    sheet.text(MARGIN, shortened(drawable(bar.label), face, _LABEL_WIDTH - 24), face, INK, down=-3)
    left, whole = MARGIN + _LABEL_WIDTH, _INNER - _LABEL_WIDTH - _COUNT_WIDTH
    sheet.box(left, whole, _BAR, TRACK, round_by=_BAR / 2)
    colour = TEAL if bar.is_followed else PALE_TEAL
    sheet.box(left, max(whole * bar.count / most, _BAR), _BAR, colour, round_by=_BAR / 2)
    sheet.text(WIDTH - MARGIN, str(bar.count), font(30, BOLD), INK, anchor="ra", down=-3)
    sheet.y += 54


def _hours(sheet: Sheet, poster: Poster) -> None:
    _section(sheet, poster.hours_title)
    most, step = max(*poster.hours, 1), _INNER / _HOURS
    for hour, count in enumerate(poster.hours):
        height = max(round(_COLUMNS_HEIGHT * count / most), 6)
        colour = ACCENT if hour == poster.hour else TEAL if count else TRACK
        sheet.box(MARGIN + hour * step + 4, step - 8, height, colour, down=_COLUMNS_HEIGHT - height, round_by=5)
    sheet.y += _COLUMNS_HEIGHT + 14
    for hour in _MARKED_HOURS:
        sheet.text(MARGIN + hour * step + 4, f"{hour:02}:00", font(22), MUTED)
    sheet.y += 22 + 52
