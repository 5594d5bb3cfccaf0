"""Sketches: when two reports tell the same news, on pairs that were labelled by hand."""

import pytest

from benchmarks.events import Pair, pairs
from bot.reading.sketch import sketch_of
from bot.sketches import same_news

LABELLED = [pair for name in ("development", "final") for pair in pairs(name)]
LEAD = "The government will raise the tax on fuel by 3 cents from June, Finance Minister Anna Berg said on Monday."


def _joined() -> list[Pair]:
    return [pair for pair in LABELLED if same_news(pair.one, pair.other)]


def test_no_two_labelled_pieces_of_distinct_news_are_joined() -> None:
    """Two attacks, two verdicts, a follow-up, a new toll, a match the other way round: hundreds of such pairs."""
    distinct = [pair for pair in LABELLED if not pair.same]
    assert len(distinct) > 300
    assert [pair.one.title for pair in _joined() if not pair.same] == []


def test_half_of_the_labelled_reports_of_one_event_are_joined() -> None:
    """What is not sure is left apart; what agencies write of one event in their own words is found half of the time."""
    same = sum(pair.same for pair in LABELLED)
    assert sum(pair.same for pair in _joined()) >= same / 2


def test_it_makes_no_difference_which_came_first() -> None:
    """The second report joins the first, or the first would have joined the second."""
    assert all(same_news(pair.one, pair.other) == same_news(pair.other, pair.one) for pair in LABELLED)


@pytest.mark.parametrize(
    "other",
    [
        "Government to raise tax on fuel by 5 cents from June",
        "Government not to raise tax on fuel by 3 cents from June",
        "Court stops government's plan to raise tax on fuel by 3 cents from June",
    ],
)
def test_a_headline_that_says_more_is_other_news(other: str) -> None:
    """Another number, a negation, a word that the other report does not have: each is enough."""
    one = sketch_of("Government to raise tax on fuel by 3 cents from June", LEAD, "en")
    assert same_news(one, sketch_of("Tax on fuel: government will raise it by 3 cents in June", LEAD, "en"))
    assert not same_news(one, sketch_of(other, LEAD, "en"))


def test_a_copy_is_known_in_any_language_and_a_paraphrase_only_where_its_words_are() -> None:
    """Agencies' texts are printed everywhere; in a language without a table only those count."""
    title, lead = "Vlada povećava porez na gorivo od lipnja", "Vlada će od lipnja povećati porez na gorivo za 3 centa."
    assert same_news(sketch_of(title, lead, "hr"), sketch_of(title, lead, "hr"))
    assert not same_news(
        sketch_of(title, lead, "hr"), sketch_of("Porez na gorivo raste, kaže vlada u lipnju", lead[:20], "hr")
    )


def test_a_title_that_stands_above_other_news_each_day_joins_nothing() -> None:
    """Too few words say what happened."""
    assert not same_news(sketch_of("Morning briefing", LEAD, "en"), sketch_of("Morning briefing", LEAD, "en"))


def test_reports_in_two_languages_are_not_joined() -> None:
    """A chat that follows a source in each language wants both."""
    assert not same_news(
        sketch_of("Рада ухвалила бюджет на рік", "", "uk"), sketch_of("Рада ухвалила бюджет на рік", "", "ru")
    )
