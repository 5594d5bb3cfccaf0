"""Where a digest begins: with the news, wherever an article tells it, and with people who have been introduced."""

import pytest

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.leaning import Wording
from bot.reading.material import candidates
from bot.reading.openings import leads_on, names_month, only_attributes, tells_when
from bot.reading.summary import summarise

TOLD = (
    "Divers found cracks in four of the nine arches in March, and repairs will cost the county eleven million.",
    "Shops on the eastern bank asked for lower rents until customers can walk across the river once again.",
    "The river rose by two metres last year and the cellars of the town hall stood under water for a week.",
)
NEWS = "On Tuesday evening the council of Harwick voted to close the old bridge for nine months of repairs."


def article(*texts: str | Paragraph, title: str = "Harwick closes its old bridge", language: str = "en") -> Article:
    """Return an article of these paragraphs."""
    paragraphs = tuple(text if isinstance(text, Paragraph) else Paragraph(text) for text in texts)
    return Article(url="", title=title, language=language, paragraphs=paragraphs)


def digest(*texts: str | Paragraph, title: str = "Harwick closes its old bridge", language: str = "en") -> list[str]:
    """Return the summary of an article of these paragraphs and more, too long to be shown whole."""
    return list(summarise(article(*texts, *TOLD, title=title, language=language), budget=330))


def test_a_day_and_a_word_of_the_title_make_a_lead_below_a_scene() -> None:
    """A scene has neither; what has both begins the digest, even after a word that only leads on from the scene."""
    scene = "Anna Hill counts her steps before breakfast, from the door to the rail and back along the water."
    assert digest(scene, NEWS)[0] == NEWS
    then = "Now the council of Harwick has voted to close the old bridge, and ferries will run until the autumn."
    assert digest(scene, then)[0] == then
    assert scene not in digest(scene, then)


def test_what_speaks_to_the_reader_gives_way_to_the_next_fact() -> None:
    """ "If you have …" and the writer's own life are no news; a paragraph with a figure that stands alone is."""
    fact = "A litre of oil now costs 10.40 on average in the shops of the town, three times what it did in 2021."
    for opening in (
        "If you have bought oil lately, you will have noticed that it costs about as much as a good wine.",
        "The boy who came first at my school last summer cannot cook an egg, and nobody ever asked him.",
    ):
        assert digest(opening, fact, title="Why everything is dear")[0] == fact


def test_somebody_at_work_is_a_scene_and_somebodys_work_is_none() -> None:
    """Below an opening that sets a scene, "X bends over …" is more of it, and "X's novel follows …" is a fact."""
    opening = "There is a moment in the middle of the book when nothing happens at all for thirty pages."
    work = "Anna Hill's fifth novel follows a surveyor on foot across a country from which the water has gone."
    scene = "Anna Hill bends over a tray of loaves at the back of the shop, which crackle as they cool down."
    assert digest(opening, work, title="A long walk to nowhere")[0] == work
    assert digest(opening, scene, title="A long walk to nowhere")[0] != scene


def test_a_tease_gives_way_to_the_lead_behind_it() -> None:
    """A first sentence that leans on the second, behind whatever place, is left out where the second has the news."""
    tease = "DUBLIN: They will be dancing for a week. Fiji beat Ireland 27-25 on Saturday in front of 51,000 people."
    assert digest(tease, title="Fiji stun Ireland")[0].startswith("Fiji beat Ireland")


def test_points_on_top_are_the_summary() -> None:
    """A live blog's list of what is known needs no full stops; two such lines are no list."""
    points = ("About 48,000 homes are without power in the west", "A woman has died after a tree fell on her car")
    third = "Winds of 91 miles an hour were recorded on the coast"
    assert digest(*points, third) == [*points, third]
    assert points[1] not in digest(*points)


def test_people_are_introduced_before_their_surnames() -> None:
    """ "Dr Oyelaran" names nobody in full: the sentence that does comes first; an age says who somebody is, too."""
    lead = "The jury in the trial of a lecturer accused of poisoning a rival retired to consider its verdict on Monday."
    full = "Dr Hannah Oyelaran, a chemist of the same university, was found in the laboratory in the spring of 2025."
    short = "Traces of the poison that the lecturer used against his rival were found in the coffee of Dr Oyelaran."
    title = "Jury out in trial of lecturer accused of poisoning rival"
    shown = digest(lead, full, short, title=title)
    assert short not in shown or full in shown
    aged = candidates(article("Anna Hill saw it.", "Hill, 58, is the last midwife.", "Hill is the last midwife."))
    assert [each.nameless for each in aged] == [False, False, True]


def test_answers_need_their_questions() -> None:
    """Below lines that ask, a sentence without a word of the title leans; long ones may only point back."""
    asked = [Paragraph(f"{word} is covered?", ParagraphKind.HEADING) for word in ("What", "Who", "Where")]
    answer = "Plastic, steel and aluminium that hold between 150 millilitres and three litres of a drink."
    found = candidates(article(NEWS, *(text for head in asked for text in (head, Paragraph(answer + head.text[:3])))))
    assert [each.leans for each in found if each.text.startswith("Plastic")] == [True, True, True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das teilte die Polizei am Montag mit."),
        ("uk", "Про це повідомила пресслужба."),
        ("ru", "Об этом сообщило издательство."),
        ("en", "The news was first reported by a local paper."),
    ],
)
def test_who_told_the_news_is_not_the_news(language: str, text: str) -> None:
    """Such a sentence is never added, unless it is long enough to tell more."""
    assert only_attributes(text, language)
    assert not only_attributes(text + " " + text * 3, language)


def test_words_that_only_lead_on() -> None:
    """A lead behind "Then" stands alone, behind "But" with a day, and behind a pronoun never."""
    assert leads_on("Then Anna Hill rose at the far post, and Harwick were in the third round.", "en")
    assert leads_on("But on Friday the council of Harwick voted for the bridge.", "en")
    assert not leads_on("But the council of Harwick voted for the bridge.", "en")
    assert not leads_on("Then she rose at the far post.", "en")
    assert leads_on("Nun ist klar: Das Freibad öffnet im Mai.", "de")
    assert tells_when("Цього тижня уряд виділив гроші.", "uk")
    assert not tells_when("Серед загиблих немає дітей.", "uk")


def test_das_is_an_article_before_a_noun() -> None:
    """ "Das Land zahlt" begins anew, "Das zahlt das Land" points back; so do "three of them"."""
    assert not Wording("Das Land Hessen zahlt im März.", "de").leans
    assert not Wording("Das neue Gesetz gilt im März.", "de").leans
    assert Wording("Das zahlt das Land Hessen.", "de").leans
    assert Wording("Три з них придбав Лувр.", "uk").leans
    assert Wording("Three of them were sold.", "en").leans


def test_a_first_word_may_be_a_name_by_its_capitals() -> None:
    """A pronoun behind "НАБУ", or behind somebody's name and age, means those."""
    assert not Wording("Довженко-Центр завершив реставрацію стрічки й покаже її в грудні.", "uk").leans
    assert not Wording("Рябинину 67, и он последний почтальон на озере.", "ru").leans
    assert Wording("Зимой он слушает лёд.", "ru").leans


def test_a_last_sentence_is_not_torn_from_its_paragraph() -> None:
    """What continues a paragraph that is not shown, without a word of the news, ends no digest."""
    torn = "Last winter's harvest was much better. Prices in the south have fallen by 45 percent since January."
    shown = summarise(article(NEWS, TOLD[0], torn), budget=300)
    assert not any(text.startswith("Prices") for text in shown)


def test_the_month_of_publication_dates_a_lead() -> None:
    """ "In November the town adopted …" is news in November, and no news of another year."""
    assert names_month("В ноябре город утвердил план.", 11, "ru")
    assert names_month("У листопаді місто затвердило план.", 11, "uk")
    assert not names_month("В ноябре 1991 года город утвердил план.", 11, "ru")
    assert not names_month("The town adopted a plan in November.", 10, "en")
    assert not names_month("The town adopted a plan in November.", 11, "xx")


def test_a_dated_lead_is_not_idle() -> None:
    """A first sentence without a word of the title is still the lead where it tells a day, a name and a figure."""
    lead = "On Monday the players of Anna Hill lost 2-3 at home after extra time, and a record series came to its end."
    later = "On Wednesday the Magpies will play in the north, where they have not won since the spring of the year."
    assert digest(lead, later, title="Magpies beaten for the first time")[0] == lead


def test_below_a_scene_what_is_near_and_counts_comes_before_a_day_far_down() -> None:
    """The sentence that says who did what may have no day, and what happened on Sunday may be something else."""
    scene = "Imagine the square at seven in the morning, when somebody pulls his belts tight and says: do not wait."
    news = "The veteran of 29 years is the first in the country to have run 42 kilometres on two artificial limbs."
    dated = "On Sunday 6,400 runners went to the start, twice as many as in the year before, and two of them gave up."
    between = (
        "Doctors had told him to look for a goal that he would reach, and nobody believed that he could run.",
    ) * 2
    title = "Veteran without legs finishes the race"
    assert digest(scene, news, *between, dated, title=title)[0] == news
