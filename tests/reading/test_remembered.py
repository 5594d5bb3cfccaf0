"""What a function said of a word is remembered, within bounds."""

from bot.reading.remembered import Remembered


def test_a_word_is_asked_for_once() -> None:
    """A word that comes again is answered without asking the function again."""
    asked: list[str] = []
    remembered = Remembered(lambda word: asked.append(word) or len(word))  # type: ignore[func-returns-value]
    assert [remembered["bridge"], remembered["bridge"]] == [6, 6]
    assert asked == ["bridge"]


def test_a_long_word_is_not_kept() -> None:
    """A page of endless words gets its answers and leaves nothing behind."""
    remembered = Remembered(len)
    assert remembered["x" * 10_000] == 10_000
    assert not remembered


def test_a_full_memory_begins_anew() -> None:
    """However many different words come, only so many are kept, and all are answered."""
    remembered = Remembered(str.upper)
    answers = [remembered[f"w{number}"] for number in range(30_000)]
    assert answers[-1] == "W29999"
    assert len(remembered) <= 12_000
