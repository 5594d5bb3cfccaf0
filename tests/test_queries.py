"""Queries: what they are made of, and which texts they find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.queries import looks_like_query, parse_query, query_topic
from bot.stems import query_stems, text_stems


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("drone", "Drones fly", True),
        ("drone -football", "Drones over footballs", False),
        ('"North Korea"', "In north Korea", True),
        ('"North Korea"', "North of Korea", False),
        ("North-Korea", "North of Korea", False),
        ("Зеленського", "Зеленський прибув", True),
        ("Зеленський", "слова Зеленського", True),
        ("Киев", "из Киева", True),
        ("Київ", "до Києва", True),
        ("війна", "під час воєн", True),
        ("дрон –футбол", "дрони і футболи", False),
        ("«Північна Корея»", "у Північній Кореї", True),
        ("п’ять", "п'ять людей", True),
        ("Ёлка", "у елки", True),
        ("hare", "", False),
    ],
)
def test_a_query_finds_its_words_in_every_form(query: str, text: str, found: bool) -> None:
    """Words are matched by stem, phrases side by side, and a word after any dash must not be there."""
    assert parse_query(query).matches(text_stems(text)) is found


def test_equal_queries_have_one_key() -> None:
    """Order, case and the kind of quotation marks make no other query."""
    assert query_topic('-B  "c D" a').key == '"c d" a -b'
    assert query_topic('-B  "c D" a') == query_topic("“C d” A —b")


def test_what_only_leaves_out_is_no_query() -> None:
    """Without a word to look for there is no key."""
    assert query_topic("-football").key == ""
    assert query_topic('"" -').key == ""


def test_a_hyphen_inside_a_word_leaves_nothing_out() -> None:
    """ "Covid-19" is a tag as it stands; "drone -football" is a query."""
    assert not looks_like_query("Covid-19")
    assert not looks_like_query("North Korea")
    assert looks_like_query("drone -football")
    assert looks_like_query("“North Korea”")


@settings(deadline=None)  # the first query loads a dictionary
@given(st.text(max_size=80))
def test_a_key_means_the_query_it_was_made_of(text: str) -> None:
    """Whatever was typed, parsing a query's key gives the same key."""
    key = parse_query(text).key
    assert parse_query(key).key == key


@settings(deadline=None)  # the first query loads a dictionary
@given(
    st.lists(st.sampled_from(["дрон", "drone", "Києва", "війни", "football", "Зеленського"]), min_size=1, max_size=4)
)
def test_every_text_that_matches_is_a_candidate(words: list[str]) -> None:
    """The index can leave no match out: a matching text always has one of the query's indexed stems."""
    query = parse_query(" ".join(words))
    stems = text_stems(" ".join(reversed(words)), "uk")
    assert query.matches(stems)
    assert query.index_stems() & set(stems)


def test_stems_are_letters_and_digits_alone() -> None:
    """Nothing in a stem can mean something to a database's full-text syntax."""
    for stem in [*text_stems("it's O'Neil's \"a\" (b) c:* d & e | !f кіт'я 19"), *query_stems("O'Neil:*|")]:
        assert stem.isalnum()
