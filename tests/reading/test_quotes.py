"""Direct speech and its speakers, over short texts of our own in tests/reading/quote_cases."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Article, Paragraph, ParagraphKind
from bot.reading.quotes import find_quotes

_CASES = Path(__file__).parent / "quote_cases"
_MARK = re.compile(r"\{([^}]*)\}")


def _article(language: str, paragraphs: list[str]) -> Article:
    return Article(url="", title="", language=language, paragraphs=tuple(map(Paragraph, paragraphs)))


def _cases() -> Iterator[object]:
    """Yield every case: texts apart by an empty line, a paragraph a line, each quotation behind its {speaker}."""
    for file in sorted(_CASES.glob("*.txt")):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            lines = [line for line in block.strip().splitlines() if not line.startswith("##")]
            if lines:
                yield pytest.param(file.stem[:2], lines, id=f"{file.stem}: {_MARK.sub('', lines[0])[:70]}")


@pytest.mark.parametrize(("language", "lines"), list(_cases()))
def test_each_quotation_gets_its_speaker(language: str, lines: list[str]) -> None:
    """Every quotation is given to whom its braces name: "-" for nobody, "x" where the marks hold no speech."""
    named = [(index, name) for index, line in enumerate(lines) for name in _MARK.findall(line)]
    expected = [(index, None if name == "-" else name) for index, name in named if name != "x"]
    quotes = find_quotes(_article(language, [_MARK.sub("", line) for line in lines]))
    assert [(quote.paragraph, quote.speaker) for quote in quotes] == expected


_PIECES = st.sampled_from([*"\"“”„«»‘’'—–-,.:;!?…()\n", "``", "''", " ", "Ann Smith", "said", "He", "сказал", "Иванов"])


@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", None])
@settings(deadline=None)  # the first text of a language loads its dictionary
@given(texts=st.lists(st.lists(_PIECES | st.text(max_size=6), max_size=40).map("".join), max_size=5))
def test_any_text_gives_verbatim_quotes(language: str | None, texts: list[str]) -> None:
    """Whatever the text, each quote stands in its paragraph word for word, and a speaker is a word or nothing."""
    article = Article(url="", title="", language=language, paragraphs=tuple(map(Paragraph, texts)))
    for quote in find_quotes(article):
        assert quote.text in texts[quote.paragraph]
        assert quote.speaker is None or quote.speaker.strip()


_TOLD = st.sampled_from([
    "The company said it was sorry.", "The maker, Dunn Valves, said so.", "It said the plan was bad.",
    "The agency said so.", "The Rovers coach said Smith was fit.", "Smith was in form.", "He admitted that.",
    "A spokesman said “we had no idea of this,” and left.", "The ministry said.", "Ann Smith said she was out.",
])  # fmt: skip
_SAYING = st.sampled_from([
    "the company said", "it said in a statement", "the Rovers coach said", "he said", "she said", "the agency said",
    "the ministry said on Monday", "a spokesman said", "the senator said", "Smith said",
]).map("“We are very sorry for this,” {}.".format)  # fmt: skip


@settings(deadline=None)
@given(texts=st.lists(st.lists(_TOLD | _SAYING, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4))
def test_whoever_is_meant_by_the_sentences_before_is_looked_for_only_so_far(texts: list[str]) -> None:
    """Paragraphs whose speakers are all known only from those before them are read to the end, quote for quote."""
    said = sum(text.count("“") for text in texts)
    assert len(find_quotes(_article("en", texts))) == said


def test_a_long_row_of_sentences_that_lean_on_one_another_is_followed_only_so_far() -> None:
    """A quotation behind a thousand sentences of "the company" is read, and is nobody's."""
    row = "The company said it was sorry. " * 1000
    [quote] = find_quotes(_article("en", [row + "“We are very sorry for this,” the company said."]))
    assert (quote.text, quote.speaker) == ("We are very sorry for this", None)


def test_a_sentence_of_quotations_that_lean_on_one_another_comes_to_an_end() -> None:
    """Each quotation of a long chain is looked at once; twice for each before it would not end in a lifetime."""
    chain = "with Ann, saying, “so it goes on and on” " * 60
    assert len(find_quotes(_article("en", [chain]))) == 60


def _calls(article: Article) -> int:
    """Return how many functions are called, and generators resumed, to find the article's quotes."""
    count = 0

    def counted(_frame: object, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        find_quotes(article)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("uk", "Пошутив, що «ми йдемо додому зараз», Карагаєва "),
        ("en", "“we go home now,” "),
        ("en", "the “we go home now” of x "),
        ("en", "Ann Smith called it “we go home now” while "),
        ("en", "Ann Smith went “we go home now,” saying "),
        ("en", "Asked by Ann Smith, he said no. “We go home now,” he said. "),
    ],
)
def test_the_work_for_many_quotations_grows_with_their_number(language: str, part: str) -> None:
    """Twice as many quotations in one sentence or paragraph take about twice the calls, not four times."""
    find_quotes(_article(language, [part]))  # what is read once and remembered
    assert _calls(_article(language, [part * 400])) < 2.6 * _calls(_article(language, [part * 200]))


@pytest.mark.parametrize(
    ("language", "label", "speaker"),
    [
        ("en", "Vera Osk, head of Civil Protection", "Vera Osk"),
        ("en", "head of Civil Protection Vera Osk", "Vera Osk"),
        ("en", "President Osk", "Osk"),
        ("en", "the head of the agency, Vera Osk", "Vera Osk"),
        ("uk", "Зеленського", "Володимир Зеленський"),
        ("uk", "голови громади Віри Оськіної", "Віра Оськіна"),
        ("ru", "главы МЧС Веры Оськиной", "Вера Оськина"),
    ],
)
def test_a_label_gives_its_speaker_without_the_role(language: str, label: str, speaker: str) -> None:
    """A role before or behind the name in a quote's label is not part of the name."""
    quote = Paragraph("We are ready.", ParagraphKind.QUOTE, label)
    rest = Paragraph("Президент Володимир Зеленський приїхав до Києва.")
    article = Article(url="", title="", language=language, paragraphs=(quote, rest))
    assert find_quotes(article)[0].speaker == speaker


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@pytest.mark.parametrize("label", [", ", " ", "—"])
def test_a_label_without_a_name_gives_no_empty_speaker(language: str, label: str) -> None:
    """Found by fuzzing: where a label holds no word before its comma, nobody is named."""
    quote = Paragraph("We are ready.", ParagraphKind.QUOTE, label)
    (found,) = find_quotes(Article(url="", title="", language=language, paragraphs=(quote,)))
    assert found.speaker is None or found.speaker.strip()


def test_a_letter_that_python_has_no_name_for() -> None:
    """Found by fuzzing: a Tangut letter in a name, over which the dictionary's library stumbles."""
    paragraphs = (Paragraph("“"), Paragraph("@\U00017000“Анна Гіль“"))
    assert find_quotes(Article(url="", title="", language="uk", paragraphs=paragraphs)) == ()


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_nobody_speaks_in_a_language_that_is_not_known(language: str) -> None:
    """Quotes of other languages are found but given to nobody, since their words would be taken for names."""
    quotes = find_quotes(_article(language, ["„Wir haben lange genug gewartet“, sagte Vera Osk. Dennoch said Kai."]))
    assert [quote.speaker for quote in quotes] == [None]
