"""The interface's translations are complete and fit for use."""

import io
import re
import string
from collections.abc import Iterator
from importlib.resources import files

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogueMessage
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.messages.catalogue import interface_languages, language_names, words_in
from handlers import menu

KEYWORDS = {"say": None, "sentence": None, "plural": (1, 2)}
TRANSLATED = [code for code in interface_languages() if code != "en"]


def sentences_in_code() -> set[str | tuple[str, ...]]:
    """Return every sentence that the code says, plural ones as (one, many)."""
    found: set[str | tuple[str, ...]] = set()
    for package in ("bot", "handlers"):
        rows = extract_from_dir(str(files(package)), method_map=[("**.py", "python")], keywords=KEYWORDS)
        # The playground's `say` prints lines of the demo, which is in English. Nothing in reading speaks to people,
        # and Babel takes its `sentence[0]` for a call.
        others = ("playground", "reading")
        found.update(message for file, _line, message, _, _ in rows if message and not file.startswith(others))
    return found


def catalogue(language: str) -> Catalog:
    """Return a language's catalogue."""
    source = files("bot.messages").joinpath("locale", f"{language}.po").read_text(encoding="utf-8")
    return read_po(io.StringIO(source), locale=language)


def entries(language: str) -> Iterator[CatalogueMessage]:
    """Yield the sentences of a catalogue."""
    return (message for message in catalogue(language) if message.id)


def braces(text: str) -> set[str]:
    """Return the names in a sentence's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_interface_speaks_english_ukrainian_and_russian() -> None:
    """The three languages of the product are there, English first, each under its own name."""
    assert interface_languages() == ("en", "ru", "uk")
    assert language_names() == {"en": "English", "ru": "Русский", "uk": "Українська"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    """Each sentence in the code has a translation, and no catalogue holds a sentence that nobody says."""
    translated = {message.id for message in entries(language) if all(_forms(message))}
    assert translated == sentences_in_code()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_braces(language: str) -> None:
    """A translation names the same values as its sentence, so that none is lost and none is unknown."""
    for message in entries(language):
        wanted = braces(message.id if isinstance(message.id, str) else message.id[1])
        for form in _forms(message):
            assert braces(form) == wanted, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_commands(language: str) -> None:
    """A translation names the same commands as its sentence, untranslated, since Telegram knows only those."""
    for message in entries(language):
        source = message.id if isinstance(message.id, str) else message.id[1]
        for form in _forms(message):
            assert _commands(form) == _commands(source), message.id


@pytest.mark.parametrize(
    ("language", "one", "few", "many"),
    [("uk", "підписка", "підписки", "підписок"), ("ru", "подписка", "подписки", "подписок")],
)
def test_counts_take_three_forms(language: str, one: str, few: str, many: str) -> None:
    """One, few and many take their own endings: 21 and 101 as 1, but 11 and 0 as 5."""
    numbers = {0: many, 1: one, 2: few, 5: many, 11: many, 21: one, 101: one, 112: many, 122: few}
    said = [
        words_in(language).plural("{number} topic followed", "{number} topics followed", number) for number in numbers
    ]
    assert said == [f"{number} {form}" for number, form in numbers.items()]


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_to_the_typography(language: str) -> None:
    """Quotes are «…», apostrophes ’, dashes with spaces are long; straight marks stand in a search's syntax alone."""
    for message in entries(language):
        for form in _forms(message):
            syntax = 'drone -football "' in str(message.id)
            assert not re.search(r"[“”„'`]|\.\.\.| [-–] " if syntax else r"[“”„\"'`]|\.\.\.| [-–] ", form), form
            assert form.count("«") == form.count("»"), form


@pytest.mark.parametrize(
    ("language", "polite"), [("uk", r"\b(Ви|Вам|Вас|Ваш\w*)\b"), ("ru", r"\b(Вы|Вам|Вас|Ваш\w*)\b")]
)
def test_people_are_addressed_in_one_way(language: str, polite: str) -> None:
    """Politely, without the capital of a letter to one person: a group may read it."""
    for message in entries(language):
        for form in _forms(message):
            for found in re.finditer(polite, form):
                begins = not form[: found.start()].strip() or form[: found.start()].rstrip()[-1] in ".:;!?✓"
                assert begins, form


@pytest.mark.parametrize(("asked", "given"), [("uk", "uk"), ("ru-RU", "ru"), ("en_GB", "en"), ("xx", "en"), ("", "en")])
def test_a_client_language_finds_its_catalogue(asked: str, given: str) -> None:
    """A client's code with a region finds its language; an unknown one gets English."""
    assert words_in(asked).language == given


def test_every_command_of_the_menu_is_described_in_every_language() -> None:
    """The command menu has a line for each command, short enough for Telegram (256 characters)."""
    assert {"help", "read", "subscribe", "unsubscribe", "subscriptions", "sources", "recent", "add"} <= set(menu())
    for language in interface_languages():
        for description in menu().values():
            assert 3 <= len(words_in(language).say(description)) <= 256


def _forms(message: CatalogueMessage) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _commands(text: str) -> list[str]:
    words = (word.strip(".,:;()") for word in text.split())
    return sorted(word for word in words if word.startswith("/"))
