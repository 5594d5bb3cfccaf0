"""A chat's day, as words and as what its picture says."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.messages.catalogue import words_in
from bot.messages.days import ToldStory, poster_of, render_day
from bot.messages.reader import Reader

_KYIV = ZoneInfo("Europe/Kyiv")
_NOW = datetime(2026, 11, 28, 18, 52, tzinfo=_KYIV)


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("en", "Saturday, November 28", "Today, Saturday, November 28"),
        ("uk", "Субота, 28 листопада", "Сьогодні, субота, 28 листопада"),
        ("ru", "Суббота, 28 ноября", "Сегодня, суббота, 28 ноября"),
    ],
)
def test_a_day_has_its_weekdays_whole_name(language: str, heading: str, sentence: str) -> None:
    """The picture's heading begins with a capital; after "Today" the weekday is written as its language does."""
    reader = Reader(words_in(language), _KYIV, _NOW)
    stories = [ToldStory(1, "A heron lands", "https://example.com/heron", "The Post", _NOW, 1)]
    assert poster_of(stories, [], reader).day == heading
    assert f"<b>{sentence}</b>" in render_day(stories, [], reader).html
