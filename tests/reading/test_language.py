"""The language of a text by its content."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.language import _identifier, detect

ENGLISH = (
    "The bridge over the Quiet River was opened to traffic on Tuesday after nine years of repairs. Mayor Ann Lee "
    "said that the school buses were the first to cross it, and that no limits on weight remained. Carriers "
    "promised to bring back the cancelled routes from Monday. The crossing was built in 1961 and closed after a "
    "crack had been found in one of its pillars. Since then people of the left bank have needed an hour more to "
    "reach the market, the hospital and the railway station. The contractor put off the end of the work twice "
    "last year."
)
UKRAINIAN = (
    "Міст через річку Тихоплинну відкрили для руху у вівторок після дев'яти років ремонту. Міська голова Олена "
    "Верба розповіла, що першими ним проїхали шкільні автобуси, а обмежень за вагою більше немає. Перевізники "
    "обіцяють повернути скасовані маршрути з понеділка. Переправу збудували 1961 року та закрили, коли в опорі "
    "знайшли тріщину. Відтоді мешканці лівого берега витрачали на годину більше, щоб дістатися до ринку, лікарні "
    "та вокзалу. Торік підрядник двічі переносив завершення робіт."
)
RUSSIAN = (
    "Мост через реку Тихоплынную открыли для движения во вторник после девяти лет ремонта. Глава города Елена "
    "Верба рассказала, что первыми по нему проехали школьные автобусы, а ограничений по весу больше нет. "
    "Перевозчики обещают вернуть отмененные маршруты с понедельника. Переправу построили в 1961 году и закрыли, "
    "когда в опоре нашли трещину. С тех пор жители левого берега тратили на час больше, чтобы добраться до рынка,"
    " больницы и вокзала. В прошлом году подрядчик дважды переносил окончание работ."
)
TEXTS = {"en": ENGLISH, "uk": UKRAINIAN, "ru": RUSSIAN}
LENGTH = 101


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 10_000))
def test_any_hundred_characters_tell(code: str, start: int) -> None:
    """Any stretch of more than 100 characters of English, Ukrainian or Russian is known as what it is."""
    text = TEXTS[code]
    at = start % (len(text) - LENGTH + 1)
    assert detect(text[at : at + LENGTH]) == code


@pytest.mark.parametrize("hint", ["en", "uk", "ru", "de-DE", "", "xx", None])
@pytest.mark.parametrize("code", sorted(TEXTS))
def test_content_beats_what_the_page_says(code: str, hint: str | None) -> None:
    """A wrong `lang` attribute, as many sites have, misleads nobody."""
    assert detect(TEXTS[code], hint) == code


def test_quoted_words_of_another_language_do_not_turn_a_text() -> None:
    """A Ukrainian text that quotes Russian stays Ukrainian, an English one that names «Правда» English."""
    assert detect(f"{UKRAINIAN} «Вы же понимаете, это было ошибкой», сказав він.") == "uk"
    assert detect(f"{RUSSIAN} «Ми ще повернемося, їдьте», говорится в записи.") == "ru"
    assert detect(f"{ENGLISH} The daily «Українська правда» reported it first.") == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "I går kväll visades “The Return of the King and the War with the Ring” på nytt i stadens enda biograf. "
            "Den har varit stängd sedan branden för två år sedan. Många av besökarna hade väntat länge på kvällen.",
            "sv",
        ),
        (
            "Gisteren werd de brug over de rivier na negen jaar weer geopend. De burgemeester las voor uit „Faust“ van "
            "Goethe: „Da steh ich nun, ich armer Tor, und bin so klug als wie zuvor“, en dat vond niet iedereen mooi.",
            "nl",
        ),
    ],
)
def test_a_title_in_english_or_german_does_not_make_the_text_so(text: str, code: str) -> None:
    """Frequent words of another language that stand in a title or a quotation do not decide."""
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Brücke wurde am Dienstag nach neun Jahren für den Verkehr geöffnet, sagte die Bürgermeisterin.", "de"),
        ("Le pont a été rouvert mardi à la circulation après neuf ans de travaux, a déclaré la maire.", "fr"),
        ("El puente se abrió al tráfico el martes tras nueve años de obras, dijo la alcaldesa.", "es"),
        ("Most otwarto dla ruchu we wtorek po dziewięciu latach remontu, powiedziała burmistrzyni.", "pl"),
        ("Мост беше открит за движение във вторник след девет години ремонт, каза кметът на града.", "bg"),
        ("Мост быў адкрыты для руху ў аўторак пасля дзевяці гадоў рамонту, сказала кіраўніца горада.", "be"),
        ("Η γέφυρα άνοιξε την Τρίτη μετά από εννέα χρόνια", "el"),
        ("九年间一直在维修的大桥星期二通车了", "zh"),
        ("九年間修理されていた橋が火曜日に開通した", "ja"),
        ("구 년간 수리 중이던 다리가 화요일에 개통되었다", "ko"),
    ],
)
def test_other_languages(text: str, code: str) -> None:
    """Languages without data of ours are known too, by script or by the model."""
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "hint", "expected"), [("", None, None), ("12:30", "uk-UA", "uk"), ("Video", "nb-NO", "no")]
)
def test_too_short_to_tell(text: str, hint: str | None, expected: str | None) -> None:
    """A text without enough letters is in the language that the page names, or in none."""
    assert detect(text, hint) == expected


@given(st.text(max_size=200), st.none() | st.text(max_size=8))
@settings(deadline=None)
def test_any_text_and_hint(text: str, hint: str | None) -> None:
    """Whatever the text, there is a two-letter code or None."""
    code = detect(text, hint)
    assert code is None or len(code) == 2


def test_corpus_pages_in_our_languages(shared: Path) -> None:
    """Every stretch of 200 characters of the corpus's Russian and of some English pages is known."""
    wrong = []
    for name, code in {"ru-Kommersant": "ru", "ua-Pravda": "ru", "us-APNews": "en", "uk-TheMirror": "en"}.items():
        truth = json.loads((shared / "corpus" / "pages" / f"{name}.json").read_text(encoding="utf-8"))
        text = " ".join(truth["paragraphs"])[:6000]
        cuts = pairwise(range(0, len(text), 200))
        wrong += [(name, text[start:end]) for start, end in cuts if detect(text[start:end]) != code]
    assert wrong == []


def test_the_models_of_all_scripts_share_their_automaton() -> None:
    """The 40 MB that find n-grams are held once, whatever scripts a reader has met."""
    latin, cyrillic = _identifier(""), _identifier("cyrillic")
    assert latin.tk_nextmove is cyrillic.tk_nextmove
    assert set(cyrillic.nb_classes) < set(latin.labels)
