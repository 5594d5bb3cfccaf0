"""Lines that are no part of any article, by their words: calls, notices, pointers to other pages.

The words are data: `[boilerplate]` of config/languages/*.toml, and config/boilerplate.toml for further languages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.reading.languages import known_languages, language_table
from bot.reading.phrase_search import Anywhere
from bot.reading.sentences import is_sentence
from bot.reading.spans import enclosed_spans
from config.data import table

# Longer blocks are prose that happens to name a newsletter.
_MAX_START = 320
_MAX_ANYWHERE = 420
# As the phrases are written; the dot is what casefold leaves of a Turkish İ beside its i.
_PLAIN = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u0307": ""}
# Characters by which a line's start is looked up.
_FIRST = 3
_DECORATION = ' (•·–—-*►▶→>#|“”"«»[](【】_'
_TRAILING = " :.!…»>)]-–—#*"
# With words that a sentence of an article may have too, a call is shorter, ends as no sentence does, or says "we".
_SHORT = 45
_OPENING_MARKS = "“„«\"”'‘"
_SINGLE = re.compile(r"['‘].{1,200}?[,.!?…]['’]\s")
_SYMBOLS = re.compile(r"^\W+")  # "📲 Clique aqui"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that give a line away: as the whole of it, at its start, or anywhere in it.

    Attributes:
        whole: as the whole line.
        starts: at its start, by their first characters; under each of these the short ones too.
        short_starts: those at its start that have fewer.
        anywhere: wherever they stand.
        plain_starts: those starts with which no sentence of an article begins.
        plain_anywhere: those phrases that no sentence of an article has.
        doubtful: phrases that sentences of articles have too, with the words by which a line of their language speaks
            to its readers, or of those who publish it.
        links: with these a link begins that is a call.
        pointers: with these a label begins before a link to another page.
    """

    whole: frozenset[str]
    starts: Mapping[str, tuple[str, ...]]
    short_starts: tuple[str, ...]
    anywhere: Anywhere
    plain_starts: tuple[str, ...]
    plain_anywhere: tuple[str, ...]
    doubtful: Mapping[str, re.Pattern[str]]
    links: tuple[str, ...]
    pointers: tuple[str, ...]

    def begin(self, line: str) -> bool:
        """Say whether a line begins with one of the starts."""
        return line.startswith(self.starts.get(line[:_FIRST], self.short_starts))


class Verdict(Enum):
    """What a line's words say of it."""

    TEXT = "text"
    DOUBTFUL = "doubtful"
    BOILERPLATE = "boilerplate"


def is_boilerplate(text: str) -> bool:
    """Say whether a line is a call, a notice or a pointer to other pages, in any language that has data."""
    return judge(text) is Verdict.BOILERPLATE


def judge(text: str, *, heading: bool = False) -> Verdict:
    """Judge a line by its words.

    Args:
        text: the line.
        heading: it is a heading, which may be short and name whatever the article is about.

    Returns:
        BOILERPLATE for a call, a notice or a pointer to other pages; DOUBTFUL for a sentence with words that such lines
        begin with and articles have too ("Written by Ann Hill, the film …"), which its markup may tell.
    """
    if len(text) > _MAX_ANYWHERE:
        return Verdict.TEXT
    said = _as_phrases_are(text)
    bare = said.lstrip(_DECORATION)
    if bare and not bare[0].isalnum():
        bare = _SYMBOLS.sub("", bare)
    if not any(map(str.isalnum, bare)):
        return Verdict.BOILERPLATE
    phrases = _phrases()
    if bare.rstrip(_TRAILING) in phrases.whole:
        return Verdict.BOILERPLATE
    begins = len(text) <= _MAX_START and (phrases.begin(bare) or (bare is not said and phrases.begin(said)))
    if begins and _is_begun_by_quotation(text):
        begins = False
    if not begins and not phrases.anywhere.is_in(said):
        return Verdict.TEXT
    if begins and (bare.startswith(phrases.plain_starts) or said.startswith(phrases.plain_starts)):
        return Verdict.BOILERPLATE
    if not begins and (heading or text[-1] == "?") and not any(phrase in said for phrase in phrases.plain_anywhere):
        return Verdict.TEXT  # or a question of an interview
    return _judge_doubtful(text, said, phrases, begins=begins)


def _as_phrases_are(text: str) -> str:
    said = text.casefold()
    if not said.isascii():
        for mark, plain in _PLAIN.items():
            said = said.replace(mark, plain)
    return said


def begin_calls(link: str) -> bool:
    """Say whether a link's words are a call: "Book a demo"."""
    return link.casefold().startswith(_phrases().links)


def begin_pointers(label: str) -> bool:
    """Say whether a label's words point to other pages: "More football"."""
    return label.casefold().startswith(_phrases().pointers)


def _judge_doubtful(text: str, said: str, phrases: _Phrases, *, begins: bool) -> Verdict:
    """Judge a line that has a telling phrase, though perhaps one that sentences of articles have too."""
    if len(text) < _SHORT or not is_sentence(text) or any(phrase in said for phrase in phrases.plain_anywhere):
        return Verdict.BOILERPLATE
    for start, end in reversed(enclosed_spans(said)):
        said = said[:start] + said[end:]  # whom somebody quoted speaks to is not the reader
    if any(address.search(said) for phrase, address in phrases.doubtful.items() if phrase in said):
        return Verdict.BOILERPLATE
    return Verdict.DOUBTFUL if begins else Verdict.TEXT


def _is_begun_by_quotation(text: str) -> bool:
    """Say whether a line goes on behind the quotation that it begins with: "“Follow us,” the officer said"."""
    if text[0] not in _OPENING_MARKS:
        return False
    spans = enclosed_spans(text)
    return _SINGLE.match(text) is not None or (bool(spans) and spans[0][0] == 0 < spans[0][1] < len(text))


@cache
def _phrases() -> _Phrases:
    tables = boilerplate_tables()
    starts, anywhere = _all("starts", tables), _all("anywhere", tables)
    short = tuple(phrase for phrase in starts if len(phrase) < _FIRST)
    by_first = groupby(sorted(set(starts).difference(short)), key=itemgetter(slice(_FIRST)))
    doubtful = {
        phrase.casefold(): _any_word(language.get("address", ()))
        for language in reversed(tables)
        for phrase in language.get("doubtful", ())
    }
    return _Phrases(
        whole=frozenset(_all("whole", tables)),
        starts={first: (*same, *short) for first, same in by_first},
        short_starts=short,
        anywhere=Anywhere.of(anywhere),
        plain_starts=tuple(phrase for phrase in starts if phrase not in doubtful),
        plain_anywhere=tuple(phrase for phrase in anywhere if phrase not in doubtful),
        doubtful=doubtful,
        links=_all("links", tables),
        pointers=_all("pointers", tables),
    )


def boilerplate_tables() -> list[Mapping[str, Any]]:
    """Return the lists of phrases of each language, and of those that have no file of their own."""
    return [*(language_table(code, "boilerplate") for code in known_languages()), *table("boilerplate").values()]


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of these words, for none where there are none."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b")


def _all(key: str, tables: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase.casefold() for language in tables for phrase in language.get(key, ())))
