"""Who a sentence speaks of without saying who that is: surnames whose bearers were named before."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.reading.languages import language_table
from bot.reading.phrases import phrases_of
from bot.reading.words import stop_words
from config.data import table

# Of the scripts that have capitals: Latin, Greek, Cyrillic.
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x530))))
_NAME = re.compile(rf"[{_CAPITALS}](?<!\w\w)[\w’'ʼ-]*[^\W\d_{_CAPITALS}]")
_RUN = re.compile(rf"{_NAME.pattern}(?:[ -]{_NAME.pattern})*")
_WORD = re.compile(r"[\w’'ʼ-]+")
# Given names that no list of names has, since they are as often something else.
_NAMES_TOO = frozenset({"will"})
# Names have cases there, which change so many last letters; what is left has so many at least.
_INFLECTED, _ENDING, _SURNAME = frozenset({"uk", "ru"}), 2, 4
# In Iceland people are called by their given names, and these follow.
_PATRONYMS = ("dóttir", "dóttur", "son", "sonar")
# Common nouns have capitals there, so that capitals tell no names.
CAPITALIZED_NOUNS = frozenset({"de", "lb"})


def mentions(
    sentences: Sequence[str], title: str, tags: Iterable[str], language: str | None
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return for each sentence the surnames that it names alone after an earlier one named them in full, and those
    that it names in full itself.

    Args:
        sentences: those of an article in order.
        title: what a reader has seen above them.
        tags: the article's; of one word, they are places and things.
        language: ISO 639-1.
    """
    known = {_bare(word) for word in _WORD.findall(title)}.union(tags)
    idle, patronymic = _idle_words(language), language == "is"
    people: set[str] = set()
    each = [_named(text, idle, patronymic, people) for text in sentences]
    # The last words of runs of capitalized words are the surnames of people named in full. Somebody may be so only
    # later, as where a standfirst or a scene comes first.
    met = set(people)
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for text, (single, full) in zip(sentences, each, strict=True):
        alone = met.intersection(single).difference(full, known)
        if language in _INFLECTED:  # "Сорокиной" is Сорокина
            alone |= {name for name in met - full - known if any(_is_form(run, name) for run in single)}
        if language in CAPITALIZED_NOUNS:  # else only who begins a sentence is surely a person
            alone = {name for name in alone if name in people or text.startswith(name + " ")}
        found.append((frozenset(alone), full))
        met |= full
    return found


def _named(text: str, idle: frozenset[str], patronymic: bool, people: set[str]) -> tuple[Sequence[str], frozenset[str]]:
    """Return the capitalized words that stand alone in a sentence, and the names of whom it names in full.

    Args:
        text: the sentence.
        idle: words that are no part of a name.
        patronymic: people are called by their given names.
        people: takes the names of who is surely a person.
    """
    single: list[str] = []
    full: set[str] = set()
    for run in _RUN.findall(text):
        name = _without_idle(run, idle) if " " in run else run
        if " " not in name:
            single.append(_bare(name) if name[-1] == "s" else name)
            continue
        names = _names(name, patronymic)
        full.update(names)
        if _is_person(name):
            people.update(names)
    return single, frozenset(full)


def portrays(text: str, named: str, language: str | None) -> bool:
    """Say whether a sentence names somebody in full and reports nothing that is said, as the story of one person does.

    Only in a language whose words of reporting are known: `speech` of its `[sentences]`, `according` of its `[quotes]`.

    Args:
        text: the sentence.
        named: words that name whom the news is about.
        language: ISO 639-1.
    """
    speech, according = _reporting(language)
    people = [run for run in _RUN.findall(text) if " " in run and _is_person(run)] if speech else []
    if not people or any(_surname(run) in named for run in people):
        return False
    said = text.casefold()
    return speech.isdisjoint(_WORD.findall(said)) and not any(map(said.__contains__, according))


@cache
def _reporting(language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of reporting of a language, and those that tell who said it."""
    speech = language_table(language, "sentences").get("speech", ())
    return frozenset(speech), tuple(language_table(language, "quotes").get("according", ()))


@cache
def _idle_words(language: str | None) -> frozenset[str]:
    """Return the words of a language that are no part of a name, even where they begin one, and courtesies."""
    return (stop_words(language) - given_names() - _NAMES_TOO) | phrases_of(language).courtesies


def _without_idle(run: str, idle: frozenset[str]) -> str:
    """Take off what has its capital from the sentence's beginning, and courtesies: "But Smith", "Mr Smith"."""
    first, _, rest = run.partition(" ")
    return _without_idle(rest, idle) if rest and first.casefold() in idle else run


def _surname(run: str) -> str:
    return _bare(run.rsplit(maxsplit=1)[-1])


def _is_form(word: str, name: str) -> bool:
    """Say whether a word is a case of a surname: it begins like it, but for the ending."""
    kept = len(name) - _ENDING
    return kept >= _SURNAME and word[:kept] == name[:kept] and abs(len(word) - len(name)) <= _ENDING


def _names(run: str, patronymic: bool) -> Sequence[str]:
    """Return the names by which somebody may be called alone: the surname, and the given one."""
    words = run.split()
    if patronymic or words[0].casefold() in given_names() or words[-1].endswith(_PATRONYMS):
        return _bare(words[-1]), words[0]
    return (_bare(words[-1]),)


def _is_person(run: str) -> bool:
    """Say whether a given name stands before the surname, or a daughter's name; before that may stand what they are."""
    return run.endswith(_PATRONYMS[:2]) or not given_names().isdisjoint(run.casefold().split()[:-1])


@cache
def given_names() -> frozenset[str]:
    """Return the given names of config/given_names.toml, in lower case."""
    return frozenset(" ".join(map(str, table("given_names").values())).split())


def _bare(word: str) -> str:
    return word.removesuffix("s").rstrip("'’") if word[-2:] in {"'s", "’s"} else word
