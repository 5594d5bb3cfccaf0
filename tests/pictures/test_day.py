"""The picture of a day: whatever its words, it is drawn, and nothing is cut inside a word or drawn as an empty box."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.drawing import draw_day
from bot.pictures.pen import drawable, font, shortened, wrapped
from bot.pictures.poster import Bar, Headline, Poster

LONG = "Зеленський подякував союзникам за нову систему протиповітряної оборони та розповів про переговори в Брюсселі"
POSTER = Poster(
    heading="Сьогодні",
    day="субота, 28 листопада",
    summary="2 новини",
    stories_title="Головне",
    stories=(Headline(LONG, "Джерело · 19:02"), Headline("Їжак", "Джерело · 10:00")),
    topics_title="Теми",
    topics=(Bar("США", 9, is_followed=True), Bar(LONG, 1)),
    more_topics="і ще 3",
    hours_title="За годинами",
    hours=(0,) * 19 + (2,) + (0,) * 4,
    hour=19,
    footer="19:04 · Europe/Kyiv",
)


def _size(poster: Poster) -> tuple[int, int]:
    with Image.open(BytesIO(draw_day(poster))) as picture:
        assert picture.format == "PNG"
        return picture.size


def test_a_picture_is_as_tall_as_its_day() -> None:
    """More stories and topics make it taller; its sides stay within what Telegram takes."""
    width, height = _size(POSTER)
    fewer = _size(replace(POSTER, stories=POSTER.stories[1:], topics=(), more_topics=""))
    more = _size(replace(POSTER, stories=POSTER.stories[:1] * 5, topics=POSTER.topics * 4))
    assert width == fewer[0] == more[0] == 1080
    assert fewer[1] < height < more[1] < 3_000


@pytest.mark.parametrize("text", ["", "🚀", "слово" * 300, "a\nb", "\u202eabc", "漢字"])
def test_any_words_are_drawn(text: str) -> None:
    """A title in a script that the font does not have leaves its place empty."""
    strange = replace(POSTER, stories=(Headline(text, text),), topics=(Bar(text, 1),), footer=text, day=text)
    assert _size(strange)[0] == 1080


def test_titles_are_wrapped_at_words_and_cut_at_a_word() -> None:
    """Each line is within its width, the last one ends with an ellipsis behind a whole word."""
    face = font(36)
    lines = wrapped(LONG, face, 800, 2)
    assert len(lines) == 2
    assert all(face.getlength(line) <= 800 for line in lines)
    assert lines[-1].endswith("…")
    assert LONG.startswith(" ".join(lines).removesuffix("…"))
    assert LONG[len(" ".join(lines)) - 1] == " "
    assert wrapped("Їжак", face, 800, 2) == ["Їжак"]
    assert shortened("Слово" * 40, face, 200).endswith("…")


def test_every_letter_of_our_languages_has_its_shape() -> None:
    """Cyrillic letters differ from the box that stands for what the font does not have."""
    face = font(40)
    missing = bytes(face.getmask("\uffff"))
    letters = "АБВГҐДЕЄЁЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя№—–«»“”’…·"
    assert all(bytes(face.getmask(letter)) != missing for letter in letters)
    assert drawable(letters) == letters
    assert drawable("Ракета 🚀 летить") == "Ракета летить"
