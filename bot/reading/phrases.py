"""Words by which a language's sentences point back, speak of their writer or set a scene.

They are each language's `[summary]`, in config/languages, or in config/summary.toml for those without a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bot.reading.languages import language_table
from bot.reading.phrase_search import Anywhere
from config.data import table

COMPARING = frozenset(
    ("earlier", "later", "before", "after", "zuvor", "später", "danach", "davor", "того", "цього", "этого")
)
"""One of these stands wherever a time is told from another ("two years earlier")."""
# What stands between characters of which no word has any.
_WHOLE_WORD = re.compile(r"(?<=[^\w'’ʼ-])[\w'’ʼ-]+(?=[^\w'’ʼ-])")
# Shorter words that begin sentences are too often somebody's name.
_BORDER = 6


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language's `[summary]` says about sentences; the files say what each list means.

    Attributes:
        endings: the leaning ends, each with a space before it.
        firsts: the first words of all starts, and "" for a first word that is not known.
        unwanted_firsts: those of the unwanted ones.
        bare_firsts: those of the clauses that need a main one.
        things: the last words of the starts that hint.
        borders: words that, with a capital, begin a sentence wherever they stand.
        hinting_by_word: the hinting words, by a word that stands wherever they do, "" for none.
        telling: the single words that any of the lists, or a comparison of times, needs anywhere in a sentence.
    """

    leaning_starts: frozenset[str]
    leaning_ends: frozenset[str]
    standing_starts: frozenset[str]
    pronouns: frozenset[str]
    hinting_starts: frozenset[str]
    hinting_anywhere: frozenset[str]
    demonstratives: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    persons: frozenset[str]
    scene_starts: frozenset[str]
    opening_scenes: frozenset[str]
    scene_words: frozenset[str]
    unwanted_starts: frozenset[str]
    unwanted_anywhere: Anywhere
    numbers: frozenset[str]
    bare_starts: frozenset[str]
    bare_unless: frozenset[str]
    subordinate: frozenset[str]
    attributions: frozenset[str]
    courtesies: frozenset[str]
    first_person: frozenset[str]
    leading_on: frozenset[str]
    leading_on_days: frozenset[str]
    news_times: frozenset[str]
    times: tuple[str, ...]
    news_days: tuple[str, ...]
    labels: tuple[str, ...]
    endings: tuple[str, ...]
    firsts: frozenset[str]
    unwanted_firsts: frozenset[str]
    bare_firsts: frozenset[str]
    hinting_by_word: Mapping[str, Sequence[str]]
    telling: frozenset[str]
    things: frozenset[str]
    borders: frozenset[str]


# The lists of the files.
_LISTS = (
    "leaning_starts", "leaning_ends", "standing_starts", "pronouns", "hinting_starts", "hinting_anywhere",
    "demonstratives", "definite", "indefinite", "persons", "scene_starts", "opening_scenes", "scene_words",
    "unwanted_starts", "numbers", "bare_starts", "bare_unless", "subordinate",
    "leading_on", "leading_on_days", "news_times", "attributions", "first_person", "courtesies",
)  # fmt: skip
# A sentence's words are looked at one by one only where one of these is among them.
_ANYWHERE = ("pronouns", "hinting_anywhere", "demonstratives", "persons", "first_person")
_STARTS = ("leaning_starts", "hinting_starts", "scene_starts", "opening_scenes", "scene_words", "unwanted_starts")


@cache
def phrases_of(language: str | None) -> Phrases:
    """Return the phrases of a language; one without data has none."""
    own = language_table(language, "summary") or table("summary").get(language or "", {})
    lists = {name: frozenset(phrase.casefold() for phrase in own.get(name, ())) for name in _LISTS}
    labels = chain.from_iterable(language_table(language, "labels").values())
    hinting = _by_word(frozenset(phrase.casefold() for phrase in own.get("hinting_words", ())))
    things = frozenset(_either(phrase.split()[-1] for phrase in lists["hinting_starts"]))
    return Phrases(
        **lists,
        unwanted_anywhere=Anywhere.of([phrase.casefold() for phrase in own.get("unwanted_anywhere", ())]),
        times=tuple(own.get("times", ())),
        news_days=tuple(own.get("news_days", ())),
        labels=tuple(f"{label.casefold()}:" for label in labels),
        endings=tuple(f" {phrase}" for phrase in lists["leaning_ends"]),
        firsts=_firsts(phrase for name in (*_STARTS, "definite") for phrase in lists[name]),
        unwanted_firsts=_firsts(lists["unwanted_starts"]),
        bare_firsts=_firsts(lists["bare_starts"]),
        things=things,
        borders=frozenset(word.capitalize() for word in _border_words(lists)),
        hinting_by_word=hinting,
        telling=COMPARING.union(things, filter(None, hinting), *(lists[name] for name in _ANYWHERE)),
    )


def _by_word(phrases: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Sort phrases by the longest of their words with a border on both sides, "" for none."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(max(_WHOLE_WORD.findall(phrase), key=len, default=""), []).append(phrase)
    return found


def _either(words: Iterable[str]) -> Iterator[str]:
    """Yield words with a straight apostrophe, as the data have it, and with the other."""
    for word in words:
        yield from (word, word.replace("'", "’"))


def _border_words(lists: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield the words that begin sentences and are hardly anybody's name, nor a pronoun of address."""
    single = (word for word in lists["leaning_starts"] if " " not in word and len(word) >= _BORDER)
    yield from lists["hinting_anywhere"].union(single) - lists["demonstratives"] - lists["pronouns"]


def _firsts(starts: Iterable[str]) -> frozenset[str]:
    return frozenset(["", *(phrase.split()[0] for phrase in starts)])
