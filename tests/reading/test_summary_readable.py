"""Every sentence of a summary is a whole one, and is readable without the rest of the article."""

import pytest

from bot.models import Article, Paragraph
from bot.reading.facts import Facts, Told
from bot.reading.leaning import Wording
from bot.reading.material import candidates
from bot.reading.pieces import without_time
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


@pytest.mark.parametrize(
    ("dateline", "language"),
    [
        ("Lindenau, 3. März 2026.", "de"),
        ("Тернопіль, 5 березня.", "uk"),
        ("Нижний Тагил, 2 марта 2026 года.", "ru"),
        ("KIRKBY, March 4.", "en"),
    ],
)
def test_place_and_day_before_a_press_release_are_no_sentence(dateline: str, language: str) -> None:
    """What they stand before is the lead; a sentence that has a place and a day stays one."""
    told = "The works of Lindenau have opened a tower that keeps the warmth of summer for 9,000 homes."
    found = candidates(article(f"{dateline} {told}", title="A tower", language=language))
    assert [candidate.fit for candidate in found] == [False, True]
    assert not found[1].pointing.leans


def test_an_entry_of_a_live_blog_is_shown_without_its_time() -> None:
    """What happened at 13:40 is a sentence of its own; "3.50 Euro" is no time."""
    texts = (
        "A storm has left 60,000 homes without power in the north and closed all bridges over the Tarn.",
        "13:40 The railway cancels all trains of the day and tells passengers not to travel to the north.",
        "12:30 Uhr: Schools in four counties close early and ask parents to collect children by two.",
    )
    shown = summarise(article(*texts, title="Storm closes bridges over the Tarn"))
    assert shown == (texts[0], texts[1][6:], texts[2][11:])
    assert without_time("3.50 Euro is the fare.") == ("", "3.50 Euro is the fare.")


def test_a_short_article_of_questions_is_shown_with_them() -> None:
    """ "Up to 130 dollars a year" tells nothing without what was asked."""
    texts = (
        "From January every home in the country needs a meter for its water.",
        "Who pays?",
        "The companies that sell it, for years.",
        "How much?",
        "Up to 130 dollars a year for a family.",
    )
    assert summarise(article(*texts, title="What the water law means for homes")) == texts


def test_a_short_answer_is_not_shown_without_its_question() -> None:
    """In a summary nobody has read what was asked."""
    found = candidates(article("All homes need meters.", "Who pays?", "The companies that sell water.", title="Water"))
    assert found[-1].pointing.leans


def test_a_pronoun_may_point_forward() -> None:
    """ "In his last game, Daniel Okafor …" names him at once; "In his last game he …" does not."""
    told = "In his last game before retirement, {} headed in a corner to win the cup for Wexley Rovers."
    assert not Wording(told.format("Daniel Okafor"), "en").leans
    assert Wording(told.format("the striker"), "en").leans


def test_a_lead_that_answers_a_scene_stands_behind_it() -> None:
    """ "Yet moss …" is the news, and is understood by the sentence before it alone."""
    texts = (
        "It grows on roofs and between stones, and most people scrape it off.",
        "Yet moss takes up to 40 percent of fine dust from the air of a street, biologists of Hale found in a test.",
        "Anna Hill and her team put up 60 walls of plants and compared what was before them and behind.",
        "Once all is dry the effect falls to a quarter, and walls have to be watered on 90 days of each year.",
        "The town will put plants on three of its stops by autumn and pays 90 dollars for each square metre.",
    )
    found = summarise(article(*texts, title="Moss takes more fine dust from the air than thought"), budget=300)
    assert found[:2] == texts[:2]


def test_what_smells_is_a_scene() -> None:
    """Reports like to begin with a smell; the news is further down."""
    assert Wording("At half past five platform six of Brussels smells of coffee and wet wool.", "en").sets_scene
    assert Wording("В приёмной пахнет свежей краской, и на стуле спит кот.", "ru").sets_scene


def test_the_head_of_an_item_is_shown_with_what_it_heads() -> None:
    """ "Ask for a certificate of its health" tells nothing without "1. The battery."."""
    texts = (
        "Prices of used electric cars have fallen by a quarter in a year.",
        "1. The battery.",
        "Ask for a certificate of its health.",
        "2. The tyres.",
        "Electric cars are heavy and wear them out in 30,000 kilometres.",
    )
    assert summarise(article(*texts, title="What to check before you buy a used electric car")) == texts


def test_a_question_below_the_lead_is_no_lead_that_comes_late() -> None:
    """An explainer's subheads have the title's words; what its first paragraph tells is the news all the same."""
    texts = (
        "З квітня українці можуть лікувати зуби коштом держави. Угоди підписали з 1 900 клініками в усіх областях.",
        "Хто має право на безкоштовне лікування?",
        "Діти до 18 років, вагітні, пенсіонери та ветерани, і всі вони записуються через застосунок клініки.",
        "Скільки коштує безкоштовна стоматологія?",
        "На цей рік у бюджеті для неї передбачено 4,6 мільярда гривень, тобто близько 900 гривень на людину.",
    )
    shown = summarise(
        article(*texts, title="Безкоштовна стоматологія: хто що може отримати", language="uk"), budget=300
    )
    assert shown[0] == "З квітня українці можуть лікувати зуби коштом держави."


def test_who_does_something_is_anybody() -> None:
    """The pronoun of "Wer seine Heizung tauscht" points at nobody before."""
    assert not Wording("Wer seine alte Heizung tauscht, bekommt bis zu 70 Prozent der Kosten zurück.", "de").leans
    assert Wording("Heute tauscht seine Firma alte Heizungen und bekommt dafür Geld.", "de").leans


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("На них государство потратит в этом году 900 миллионов рублей.", "ru"),
        ("На ньому зібрали 38 тонн вторсировини за рік.", "uk"),
        ("Из них 200 миллионов даст банк.", "ru"),
    ],
)
def test_pronouns_behind_prepositions_lean(text: str, language: str) -> None:
    """ "They will get 900 million" says nothing alone, in whatever case they stand."""
    assert Wording(text, language).leans


def test_a_german_pronoun_behind_the_verb_leans() -> None:
    """ "Im August soll sie öffnen" does not tell what; behind prepositions it may mean what stands beside it."""
    assert Wording("Im August soll sie als freie Schule wieder öffnen, mit zunächst 31 Kindern.", "de").leans
    assert Wording("Beim Durchleuchten fielen ihnen 41 Kisten auf.", "de").leans
    assert Wording("Seither fuhren die Kinder mit dem Bus in die Stadt.", "de").leans
    assert not Wording("Ein Läufer nach dem anderen tauchte vor ihm auf.", "de").leans
    assert not Wording("Die Polizei nahm einen Mann fest, als er über die Grenze wollte.", "de").leans


def test_a_number_with_a_hyphen_compares_too() -> None:
    """ "Forty-four years later" than what?"""
    assert Wording("Forty-four years later, Tom Askew has visited 2,107 lighthouses.", "en").leans
