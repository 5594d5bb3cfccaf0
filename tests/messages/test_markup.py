"""Text is cut and split by Telegram's measure, and nothing in it can break the markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.markup import cut, escape, quoted, split, utf16_length


def test_lengths_are_counted_in_utf16_units() -> None:
    """An emoji outside the basic plane counts two, as Telegram counts it."""
    assert utf16_length("aї😀") == 4


def test_escape_neutralizes_markup_and_disguises() -> None:
    """Angle brackets, ampersands and quotes are escaped; direction overrides and zero-width characters are dropped."""
    assert escape('<b>&"\u202eabc\u200b\x07') == "&lt;b&gt;&amp;&quot;abc"


def test_escape_keeps_joined_emoji() -> None:
    """The joiner inside an emoji is part of what people see."""
    assert escape("👩\u200d🚀") == "👩\u200d🚀"


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "We go", "“We go”"),
        ("uk", "Ми йдемо", "«Ми йдемо»"),
        ("ru", "Мы идём", "«Мы идём»"),
        ("uk", "Я був на «Азові»", "„Я був на «Азові»“"),
        ("en", "He said “go” and went", "‘He said “go” and went’"),
        (None, "We go", "“We go”"),
        ("de", "Wir gehen", "“Wir gehen”"),
    ],
)
def test_a_quote_stands_between_the_marks_of_its_language(language: str | None, text: str, shown: str) -> None:
    """«…» in Ukrainian and Russian; the other marks around a text that has these; the text itself is never changed."""
    assert quoted(text, language) == shown


def test_a_cut_text_ends_at_a_word() -> None:
    """A text that is too long ends with an ellipsis after a whole word."""
    assert cut("one two three", 9) == "one two…"
    assert cut("short", 9) == "short"


@given(st.text(max_size=300), st.integers(2, 100))
def test_cut_never_passes_the_limit(text: str, limit: int) -> None:
    """Whatever the text, the result fits, and no character is cut in two."""
    result = cut(text, limit)
    assert utf16_length(result) <= limit
    result.removesuffix("…").encode("utf-16", "surrogatepass")


@given(st.lists(st.text(min_size=1, max_size=200), max_size=8), st.integers(8, 120))
def test_split_loses_nothing(blocks: list[str], limit: int) -> None:
    """Every part fits the limit, and all words are there in their order."""
    texts = split(blocks, limit)
    assert all(utf16_length(text) <= limit for text in texts)
    assert "".join("".join(texts).split()) == "".join("".join(blocks).split())
