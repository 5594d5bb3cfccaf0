"""Ukrainian and Russian words looked up by our own code: the answers are pymorphy3's."""

from typing import Any

import pymorphy3
import pytest

from bot.dictionaries import inflected, is_in_dictionary, parses

WORDS = {
    "ru": (
        "стали", "Вовка", "ёлками", "елками", "пасечнику", "Зеленского", "Погрибниченко", "младшего", "апелляционную",
        "по-русски", "по-моему", "человек-паук", "Буркина-Фасо", "как-то", "псевдокошкой", "наилучшая", "А.", "РИА",
        "XVI", "Smith", "12", "-", "", "бутявками", "Александровной", "в", "или",
    ),
    "uk": (
        "стали", "об'єднання", "пасічникові", "Зеленського", "ґанку", "ганку", "Київські", "молодшого", "щонайкраща",
        "по-українськи", "вагон-ресторан", "Шепітька", "сьогодні", "Михайлівною", "ДСНС", "Smith", "-", "", "й",
    ),
}  # fmt: skip


def _told(parse: Any) -> tuple[str, str, str, bool]:
    return parse.word, str(parse.tag), parse.normal_form, parse.is_known


@pytest.mark.parametrize("language", WORDS)
def test_same_as_pymorphy(language: str) -> None:
    """Each word has the readings, in their order, and the forms that pymorphy3 finds by its own code."""
    plain = pymorphy3.MorphAnalyzer(lang=language)
    for word in WORDS[language]:
        found, expected = parses(word, language), plain.parse(word)
        assert [_told(parse) for parse in found] == [_told(parse) for parse in expected]
        assert is_in_dictionary(word, language) == plain.word_is_known(word)
        for mine, theirs in zip(found, expected, strict=True):
            for wanted in (("nomn",), ("nomn", "femn"), ("ablt", "plur")):
                straight = theirs.inflect(set(wanted))
                assert inflected(mine, *wanted) == (straight and straight.word)


def test_nameless_letter() -> None:
    """A letter that Python has no name for gives no readings instead of an error."""
    assert parses("\U00017000", "ru") == ()
