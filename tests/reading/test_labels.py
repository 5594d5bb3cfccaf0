"""Labelled paragraphs."""

import pytest

from bot.models import Paragraph, ParagraphKind
from bot.reading.labels import Line, label_paragraphs, read_label, without_outer_quotes

BODY, QUOTE, SOURCE = ParagraphKind.BODY, ParagraphKind.QUOTE, ParagraphKind.SOURCE
DETAILS, REFERENCE, BACKGROUND = ParagraphKind.DETAILS, ParagraphKind.REFERENCE, ParagraphKind.BACKGROUND
HEADING = ParagraphKind.HEADING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Source: the ministry on Telegram", Paragraph("the ministry on Telegram", SOURCE)),
        ("Джерело: міністерство", Paragraph("міністерство", SOURCE)),
        ("Источник: министерство", Paragraph("министерство", SOURCE)),
        ("Details: It rained.", Paragraph("It rained.", DETAILS)),
        ("Деталі: Йшов дощ.", Paragraph("Йшов дощ.", DETAILS)),
        ("Детали: Шёл дождь.", Paragraph("Шёл дождь.", DETAILS)),
        ("For reference: The law is old.", Paragraph("The law is old.", REFERENCE)),
        ("Довідка: Закон старий.", Paragraph("Закон старий.", REFERENCE)),
        ("Справка: Закон старый.", Paragraph("Закон старый.", REFERENCE)),
        ("Що передувало: Було інше.", Paragraph("Було інше.", BACKGROUND)),
        ("Передісторія: Було інше.", Paragraph("Було інше.", BACKGROUND)),
        ("Предыстория: Было иначе.", Paragraph("Было иначе.", BACKGROUND)),
        ("Напомним: было иначе.", Paragraph("было иначе.", BACKGROUND)),
        ("Нагадаємо, було інше.", Paragraph("Нагадаємо, було інше.", BACKGROUND)),
        ('Quote from Ann Hill: "We will."', Paragraph("We will.", QUOTE, "Ann Hill")),
        ('Quote: "We will."', Paragraph("We will.", QUOTE)),
        ("Пряма мова Зеленського: «Так і буде».", Paragraph("Так і буде", QUOTE, "Зеленського")),
        ('Прямая речь Умерова: "Так и будет."', Paragraph("Так и будет.", QUOTE, "Умерова")),
        ('Дослівно: "Так і буде."', Paragraph("Так і буде.", QUOTE)),
        ("Дословно: «Так и будет»", Paragraph("Так и будет", QUOTE)),
        ("Sources say: it may rain.", Paragraph("Sources say: it may rain.", BODY)),
        ("The source: a river.", Paragraph("The source: a river.", BODY)),
        ("It rained.", Paragraph("It rained.", BODY)),
    ],
)
def test_a_label_gives_its_paragraph_a_kind_and_is_taken_off(text: str, expected: Paragraph) -> None:
    """Labels in English, Ukrainian and Russian; a name in the label is the speaker, as written."""
    assert label_paragraphs([Line(text)]) == (expected,)


def test_a_label_alone_holds_for_the_list_after_it() -> None:
    """Every bullet below "Background:" is background; the paragraph behind the list is not."""
    lines = [Line("Background:"), Line("One.", "li"), Line("Two.", "li"), Line("After.")]
    assert label_paragraphs(lines) == (
        Paragraph("One.", BACKGROUND),
        Paragraph("Two.", BACKGROUND),
        Paragraph("After."),
    )


def test_a_background_alone_holds_for_the_paragraphs_after_it() -> None:
    """Without a list, the paragraphs up to the next heading or label are background."""
    lines = [Line("Що передувало:"), Line("Раз."), Line("Два."), Line("Далі", "h2"), Line("Три.")]
    assert [paragraph.kind for paragraph in label_paragraphs(lines)] == [BACKGROUND, BACKGROUND, HEADING, BODY]


def test_another_label_alone_holds_for_one_paragraph() -> None:
    """ "Details:" on a line of its own belongs to the next paragraph only."""
    lines = [Line("Details:"), Line("One."), Line("Two.")]
    assert label_paragraphs(lines) == (Paragraph("One.", DETAILS), Paragraph("Two."))


def test_bullets_after_a_label_with_words_belong_to_it() -> None:
    """A background that begins on the label's line goes on in its list."""
    lines = [Line("Background: Before that:"), Line("One.", "li"), Line("Two.")]
    assert [paragraph.kind for paragraph in label_paragraphs(lines)] == [BACKGROUND, BACKGROUND, BODY]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('"We will."', "We will."),
        ("“We will.”", "We will."),
        ("«Так і буде».", "Так і буде"),
        ("„So ist es.“", "So ist es."),
        ("«He said «no» twice»", "He said «no» twice"),
        ('"He said "no" twice"', 'He said "no" twice'),
        ('"We will," she said. "Soon."', '"We will," she said. "Soon."'),
        ("«Так», – сказала вона. «Скоро».", "«Так», – сказала вона. «Скоро»."),
        ("We will.", "We will."),
        ('"', '"'),
        ("", ""),
    ],
)
def test_only_marks_around_the_whole_text_are_taken_off(text: str, bare: str) -> None:
    """Two quotations in one paragraph keep their marks."""
    assert without_outer_quotes(text) == bare


def test_a_name_counts_only_where_the_label_quotes() -> None:
    """ "Details of the law:" is a sentence, not a label."""
    assert read_label("Details of the law: none") is None
