"""A sketch of a story's headline and lead, from which bot.sketches tells whether two stories are the same news."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.models import Article
from bot.reading.words import content_stems, stemmer, stop_words, words_of
from bot.sketches import Sketch
from config import data

LEAD_WORDS = 80
"""Words of the lead that count. Ours: what a news agency says first; what follows is background, alike for days."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s\b")
_NAME = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_GROUPED = re.compile(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)")


class _Forms:
    """Looks words up in rows of forms; a form with * stands for all words that begin so."""

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        self._rows: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        for number, row in enumerate(rows):
            for form in row:
                (self._starts if form.endswith("*") else self._rows).setdefault(form.rstrip("*"), number)
        self._lengths = sorted(set(map(len, self._starts)))

    def row(self, word: str) -> int:
        """Return the number of the row in which a word stands, -1 where in none."""
        found = (self._starts[word[:length]] for length in self._lengths if word[:length] in self._starts)
        return self._rows[word] if word in self._rows else next(found, -1)

    def rows(self, words: Iterable[str]) -> tuple[int, ...]:
        """Return the rows in which some of the words stand."""
        return tuple(sorted({self.row(word) for word in words} - {-1}))


class _Table:
    """What config/events.toml says of a language."""

    def __init__(self, language: str) -> None:
        facts = data.table("events").get(language, {})
        self.known = bool(facts)
        self.numbers = _Forms(facts.get("numbers", ()))
        self.days = _Forms([day] for day in facts.get("days", ()))
        self.negations = _Forms([facts.get("negations", ())])
        self.same = _Forms(facts.get("same", ()))
        self.neutral = _Forms([facts.get("neutral", ())])


def sketch(article: Article) -> Sketch | None:
    """Return an article's sketch; None where it has no headline or no known language."""
    if not article.title or not article.language:
        return None
    return sketch_of(article.title, article.lead or next(iter(article.texts()), ""), article.language)


def sketch_of(title: str, lead: str, language: str) -> Sketch:
    """Return the sketch of a headline and a lead.

    Args:
        title: the headline.
        lead: the first paragraph or the standfirst, "" where there is none.
        language: ISO 639-1.
    """
    title, lead = (_POSSESSIVE.sub("", words) for words in (title, lead))
    table, text = _table(language), f"{title}. {' '.join(lead.split()[:LEAD_WORDS])}"
    title_words, words = words_of(title), words_of(text)
    telling = _telling(title_words, language, table)
    return Sketch(
        language=language,
        title=tuple(telling),
        text=tuple(sorted(set(content_stems(text, language)))),
        title_numbers=_numbers(title, title_words, table),
        numbers=_numbers(text, words, table),
        title_same=tuple(map(table.same.row, telling.values())),
        same=table.same.rows(words),
        names=tuple(sorted(map(stemmer(language), _names(lead)))),
        days=table.days.rows(words),
        title_negates=bool(table.negations.rows(title_words)),
        negates=bool(table.negations.rows(words)),
        known=table.known,
    )


@cache
def _table(language: str) -> _Table:
    return _Table(language)


def _telling(words: Iterable[str], language: str, table: _Table) -> dict[str, str]:
    """Return stems and words of a headline that say what happened; numbers are compared as numbers."""
    stem, idle = stemmer(language), stop_words(language)
    telling = (word for word in words if word not in idle and len(word) > 1 and not word[0].isdigit())
    return {stem(word): word for word in telling if table.numbers.row(word) < 0 and table.neutral.row(word) < 0}


def _numbers(text: str, words: Sequence[str], table: _Table) -> tuple[str, ...]:
    """Return a text's numbers in digits; "6,2" is "6.2" and "3,200" is "3200"."""
    digits = {found.replace(",", ".") for found in _NUMBER.findall(_GROUPED.sub("", text))}
    spelled = {str(number + 1) for number in table.numbers.rows(words)}
    # "One" is an article and a pronoun as often as a number.
    return tuple(sorted(digits | spelled - {"1"}))


def _names(text: str) -> set[str]:
    """Return the capitalised words of a text, in lower case, but those that begin a sentence."""
    found = (word for word in _NAME.finditer(text) if word[0][0].isupper() and not _begins(text, word.start()))
    return {name for word in found for name in words_of(word[0])}


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" «“”\"'")
    return not before or before[-1] in ".!?"
