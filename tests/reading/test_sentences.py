"""Sentence splitting: a table of cases, and what holds for any text."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.sentences import spans, split
from bot.reading.spans import enclosed_spans

TABLE = tomllib.loads(Path(__file__).with_name("sentence_cases.toml").read_text(encoding="utf-8"))
CASES = [(language, line) for language, kinds in TABLE.items() for lines in kinds.values() for line in lines]
# Cut otherwise than a reader would, and known: a rule that mends one of them would spoil more than it mends.
KNOWN_WRONG = {
    "It's over. | iPhone owners may apply from Monday.",
    "Blood group A. | Nothing else was noted.",
    "Народився 3 травня 1950 р. в Одесі. | Помер 2020 р. | Похований у Києві.",
    "Ставка зросла на 2 в. п. | Банки підняли тарифи.",
    "Ставка выросла на 2 п. п. | Банки подняли тарифы.",
}

# Texts made of what decides about a cut, so that chance finds odd neighbours.
PIECES = st.sampled_from(
    [
        "Mr",
        "U.S",
        "вул",
        "р",
        "т.д",
        "2024",
        "J",
        "Word",
        "слово",
        "Це",
        "said",
        *'.…?!\n\t «»“”„"()[]—-•。「」।',
        " ",
        ". ",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)
LANGUAGES = st.sampled_from(["en", "uk", "ru", "de", "ja", None])


def test_the_table_is_large_enough() -> None:
    """The measure of splitting rests on at least 300 cases in three languages."""
    assert len(CASES) >= 300
    assert {language for language, _ in CASES} == {"en", "uk", "ru"}


@pytest.mark.parametrize(("language", "line"), CASES)
def test_a_text_is_cut_where_a_reader_would(language: str, line: str) -> None:
    """Each case of the table is cut at its bars and nowhere else."""
    right = split(line.replace(" | ", " "), language) == line.split(" | ")
    assert right == (line not in KNOWN_WRONG)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. Oktober kam Prof. Dr. Ahlers. Er blieb.", ["Am 3. Oktober kam Prof. Dr. Ahlers.", "Er blieb."]),
        (
            "de",
            "»Wir gehen. Sofort«, sagte er. Alle standen auf.",
            ["»Wir gehen. Sofort«, sagte er.", "Alle standen auf."],
        ),
        ("ja", "橋は閉鎖された。船は動いている。", ["橋は閉鎖された。", "船は動いている。"]),
        ("hi", "पुल बंद है। नावें चल रही हैं।", ["पुल बंद है।", "नावें चल रही हैं।"]),
        ("fr", "M. Duval est parti. Mme Roy reste.", ["M. Duval est parti.", "Mme Roy reste."]),
        (
            "de",
            "Die Fa. Ahlers GmbH & Co. KG zahlt z. B. 5 Mio. Euro. Das ist i. d. R. viel.",
            ["Die Fa. Ahlers GmbH & Co. KG zahlt z. B. 5 Mio. Euro.", "Das ist i. d. R. viel."],
        ),
        (
            "fr",
            "Le Pr. Duval est là depuis 5 h. Env. 50 personnes attendent.",
            ["Le Pr. Duval est là depuis 5 h.", "Env. 50 personnes attendent."],
        ),
        (
            "es",
            "EE. UU. votó en contra. El Sr. García, a favor.",
            ["EE. UU. votó en contra.", "El Sr. García, a favor."],
        ),
        (
            "pl",
            "Dr hab. Jan Nowak mieszka przy ul. Długiej. Ma 50 lat.",
            ["Dr hab. Jan Nowak mieszka przy ul. Długiej.", "Ma 50 lat."],
        ),
        (
            "pl",
            "Przyszło ok. 300 osób, m.in. wysłannik ds. Bliskiego Wschodu. Rozmowy trwają.",
            ["Przyszło ok. 300 osób, m.in. wysłannik ds. Bliskiego Wschodu.", "Rozmowy trwają."],
        ),
        (None, "No language. No problem.", ["No language.", "No problem."]),
    ],
)
def test_languages_without_a_table_are_cut_by_the_common_rules(
    language: str | None, text: str, expected: list[str]
) -> None:
    """Ordinals, marks and abbreviations of languages without a file of their own are known well enough."""
    assert split(text, language) == expected


def test_a_line_break_always_cuts() -> None:
    """What stands on two lines is two sentences, whatever marks are open."""
    assert split("The list (of\nthings", "en") == ["The list (of", "things"]


def test_an_unclosed_quotation_does_not_hide_the_rest() -> None:
    """A quotation whose closing mark is missing is cut like any text."""
    assert split("“It was late. We left. Nobody saw us.", "en") == ["“It was late.", "We left.", "Nobody saw us."]


@given(TEXTS, LANGUAGES)
def test_the_sentences_are_the_text(text: str, language: str | None) -> None:
    """Nothing but white space is lost, nothing is added, and the order stays."""
    assert "".join("".join(split(text, language)).split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_spans_are_ordered_and_stripped(text: str, language: str | None) -> None:
    """Spans do not overlap, are not empty, and begin and end with a visible character."""
    found = spans(text, language)
    assert all(end <= following for (_, end), (following, _) in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)


@given(TEXTS)
def test_enclosed_spans_are_ordered(text: str) -> None:
    """Quotations and parentheses are reported outermost only, in order, within the text."""
    found = enclosed_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(end <= following for (_, end), (following, _) in pairwise(found))
