"""The words that carry a text's meaning, brought to one form each, so that repetition is seen through inflection."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any
from urllib.parse import unquote, urlsplit

import Stemmer

from bot.reading.languages import language_table
from bot.reading.remembered import Remembered
from bot.ukrainian import ukrainian_stem

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ-][^\W_]+)*")
# Scripts that put no space between words: pairs of characters stand in for them.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿฀-๿]+")
_AROUND = '.,;:!?…()[]«»„“”"'
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
# An address of fewer words names a section or a number.
_SLUG = 3
_NAMES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sk": "slovak", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip


def words_of(text: str) -> list[str]:
    """Return all words in lower case, in order; pairs of characters where a script sets no spaces."""
    words = _WORD.findall(text.lower().replace("’", "'").replace("ʼ", "'"))
    if not _UNSPACED.search(text):
        return words
    return [part for word in words for part in (_pairs(word) if _UNSPACED.search(word) else (word,))]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


def address_words(url: str) -> str:
    """Return the words of an address's longest part, which often words the headline otherwise; "" where it has few.

    Args:
        url: of the article.
    """
    part = max(unquote(urlsplit(url).path).split("/"), key=len, default="")
    found = [word for word in re.split(r"[-_.+ ]", _EXTENSION.sub("", part)) if word.isalpha()]
    return " ".join(found) if len(found) >= _SLUG else ""


def content_stems(text: str, language: str | None) -> list[str]:
    """Return the stems of a text's words, in order, without stop words and single letters.

    Args:
        text: a sentence or more.
        language: ISO 639-1; a language without a stemmer keeps its word forms.
    """
    return stems_of(text.split(), language)


def stems_of(parts: Iterable[str], language: str | None) -> list[str]:
    """Return what `content_stems` does of a text that is cut at white space: no word has any within."""
    return list(chain.from_iterable(map(_content(language).__getitem__, parts)))


@cache
def _content(language: str | None) -> Remembered[tuple[str, ...]]:
    stops, stem = stop_words(language), stemmer(language)

    def stems(part: str) -> tuple[str, ...]:
        word = part.strip(_AROUND).lower()
        if word.isalnum() and (word.isascii() or _UNSPACED.search(word) is None):  # as most are
            return () if word in stops or (len(word) == 1 and not word.isdigit()) else (stem(word),)
        words = [word for word in words_of(part) if word not in stops and (len(word) > 1 or word.isdigit())]
        return tuple(map(stem, words))

    return Remembered(stems)


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Return the words of a language that say nothing alone: from its own file, else sumy's list, else none."""
    own = language_table(language, "summary").get("stop_words")
    if own is not None:
        return frozenset(own)
    # Not by sumy's own function: its module imports requests and the names of all languages, for a file of words.
    file = files("sumy") / "data" / "stopwords" / f"{_NAMES.get(language or '', 'none')}.txt"
    lines = file.read_text(encoding="utf-8").lower().splitlines() if file.is_file() else []
    return frozenset(line.rstrip() for line in lines if line)


@cache
def stemmer(language: str | None) -> Callable[[str], str]:
    """Return a function that brings a word in lower case to its stem; it remembers the words of the news.

    Snowball's stemmers where there is one. For Ukrainian sumy's: it takes 6 µs a word where a dictionary
    (pymorphy3) takes 45, and tells the same sentences apart.
    """
    name = _NAMES.get(language or "", "")
    if name == "ukrainian":
        return lru_cache(maxsize=100_000)(ukrainian_stem)
    if name in Stemmer.algorithms():
        found: Any = Stemmer.Stemmer(name, 0)  # without its own memory: `_content` remembers
        stem: Callable[[str], str] = found.stemWord
        return stem
    return str
