"""Every sentence of a summary is a whole one, and is readable without the rest of the article."""

import pytest

from bot.models import Article, Paragraph
from bot.reading.facts import Facts, Told
from bot.reading.leaning import Wording
from bot.reading.material import candidates
from bot.reading.summary import summarise


def article(*texts: str, title: str, language: str = "en") -> Article:
    """Return an article of these paragraphs."""
    return Article(url="", title=title, language=language, paragraphs=tuple(map(Paragraph, texts)))


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("Wie Jana Held, die Mutter von zwei Kindern, Studium und Beruf vereint – und was das kostet.", "de", False),
        ("Wie der Bürgermeister am Montag mitteilte, wird die Brücke für neun Monate gesperrt.", "de", True),
        ("Wie im Vorjahr gewann der Verein aus Ohlau das Turnier in der eigenen Halle.", "de", True),
        ("Bis irgendwann kein Gast mehr da war, den der Wirt hätte bedienen können.", "de", False),
        ("Warum die Gemeinde Lindenau jetzt Strom an ihre Nachbarn verkauft.", "de", False),
        ("Як громада на Поділлі сама збудувала міст, який чекала двадцять років.", "uk", False),
        ("Як повідомила міська рада, міст через річку закриють на дев'ять місяців.", "uk", True),
        ("Почему посёлок на Волге остался без моста и что делать жителям левого берега.", "ru", False),
        ("Как рассказали в мэрии города, мост через реку закроют на девять месяцев.", "ru", True),
    ],
)
def test_a_clause_without_a_main_clause_is_never_shown(text: str, language: str, whole: bool) -> None:
    """Standfirsts like to end in half a sentence; with a main clause behind the comma it is a whole one."""
    assert candidates(article(text, title="Die Brücke", language=language))[0].fit is whole


def test_a_half_of_a_match_is_no_figure() -> None:
    """ "In the second half" says when; half of the members says how many."""
    told = Told()
    for text, language in (
        ("Hill came back in the second half of the match.", "en"),
        ("Zur zweiten Hälfte kehrte Held zurück.", "de"),
        ("У другій половині матчу Коваль повернувся.", "uk"),
    ):
        assert not told.counts(Facts(text, text.split(), language))
    assert told.counts(Facts("Half of the members", ["Half", "of", "the", "members"], "en"))


def test_a_dated_thing_is_a_thing_told_before() -> None:
    """ "The 1991 film" is known only to who has read its name."""
    assert Wording("In the 1991 film, viewers see a man in a pit.", "en").things_told("A killer's house") == {"film"}
    assert not Wording("In the 1991 film, viewers see a man in a pit.", "en").things_told("The film that scared a town")


def test_a_sentence_may_end_with_some_of_those_it_has_counted() -> None:
    """ "Killing two of them" is clear behind "six women"; without a number it points back."""
    assert not Wording("Gary Hill held six women in a pit and attacked them, killing two of them.", "en").leans
    assert Wording("Gary Hill was at the house of the women in the night, killing two of them.", "en").leans


def test_no_summary_begins_with_a_thing_that_it_does_not_name() -> None:
    """Where another sentence can begin, "the company" does not: not everybody knows which."""
    texts = (
        "Nobody on the two banks of the river saw it come.",
        "The company has run ferries from Harwick to seven towns of the coast since 1998 and employs 300 people.",
        "Shops asked the council for lower rents until boats run from Harwick again.",
        "The river rose by two metres in a week and the cellars of the town hall stood under water.",
    )
    title = "Harwick loses its ferries to seven towns of the coast"
    assert texts[1] not in summarise(article(*texts, title=title), budget=150)[:1]
