"""What a sentence tells that has not been told: figures, names, and words that are not forms of those before."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, repeat

from bot.reading.languages import language_table
from bot.reading.lazily import Lazily
from bot.reading.leaning import CLOSERS, ENDS, OPENERS
from bot.reading.mentions import CAPITALIZED_NOUNS, given_names
from bot.reading.phrases import phrases_of
from bot.reading.spans import enclosed_spans, has_marks
from bot.reading.words import stems_of, stop_words

_FIGURE = re.compile(r"\d(?<!\w\d)\d*(?:[.,:]\d+)*")
# These only give a rank.
_RANK = re.compile(r"(?:No\. |Nr\. |№ ?)(\d+)")
# Halves of a match or a year are when, not how much.
_HALF = re.compile(
    r"\b(?:first|second|ersten?|zweiten?|перш\w+|друг\w+|перв\w+|втор\w+) (half|halves|hälfte|половин\w+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'ʼ]*")
_DAYS = 31
# Words that begin alike are forms or compounds of one: "Militäreinsatz", "Militäroperation"; "vecinos", "vecinales".
_ALIKE, _SHORT_ALIKE, _SHORT = 6, 5, 7
# Names are inflected: "Москва", "в Москве".
_NAME, _LONG_NAME, _LONG = 5, 7, 8


class Facts:
    """What one sentence, or a title, tells; each kind is taken down when it is first asked for."""

    def __init__(self, text: str, parts: Iterable[str], language: str | None) -> None:
        """Take a sentence.

        Args:
            text: the sentence, or a title.
            parts: the text cut at white space.
            language: ISO 639-1.
        """
        self._text = text
        self._parts = parts
        self._language = language

    @Lazily
    def words(self) -> tuple[str, ...]:
        """The beginnings of its content words."""
        stems = stems_of(self._parts, self._language)
        parts = chain.from_iterable(map(str.split, stems, repeat("-")))
        return tuple(dict.fromkeys([part[:_SHORT_ALIKE] if len(part) <= _SHORT else part[:_ALIKE] for part in parts]))

    @Lazily
    def figures(self) -> frozenset[str]:
        """Its figures, as written, but for ranks, and its words for numbers."""
        written = set(_FIGURE.findall(self._text))
        if written:
            written.difference_update(_RANK.findall(self._text))
        spelled = phrases_of(self._language).numbers.intersection(self._folded)
        if spelled and (half := _HALF.search(self._text)):
            spelled = spelled.difference(half.group().casefold().split())
        return spelled | written

    @Lazily
    def names(self) -> frozenset[str]:
        """The beginnings of its names."""
        return frozenset(_names(self._plain, self._language))

    @Lazily
    def mentioned(self) -> frozenset[str]:
        """The beginnings of all its words, as names are written down."""
        return frozenset(map(_name, self._folded))

    @Lazily
    def quotations(self) -> tuple[str, ...]:
        """What it quotes, of more than one word, in lower case, without the marks."""
        if not has_marks(self._text):
            return ()
        spans = (self._text[start + 1 : end - 1] for start, end in enclosed_spans(self._text))
        return tuple(quoted for span in spans if " " in (quoted := span.casefold().strip(CLOSERS + ENDS)))

    @property
    def reported(self) -> bool:
        """It names somebody and says that something was said."""
        return not _speech(self._language).isdisjoint(self._folded) and bool(self.names)

    @property
    def cased(self) -> bool:
        """Its script has capitals, so that names can be told."""
        return self._text.lower() != self._text or self._text.upper() != self._text

    @Lazily
    def _plain(self) -> list[str]:
        return _WORD.findall(self._text.lstrip(OPENERS))

    @Lazily
    def _folded(self) -> list[str]:
        return list(map(str.casefold, self._plain))


def _names(words: list[str], language: str | None) -> Iterable[str]:
    """Yield the beginnings of words that are names: capitals within a sentence; in German only acronyms and people."""
    stops = stop_words(language)
    for place, word in enumerate(words):
        if not word[0].isupper() or word.casefold() in stops:
            continue
        acronym = len(word) > 1 and word[1:2].isupper()
        if language in CAPITALIZED_NOUNS:
            person = word.casefold() in given_names() and words[place + 1 : place + 2] and words[place + 1][0].isupper()
            if not acronym and not person:
                continue
        elif not place and not acronym:
            following = words[1:2]
            if not following or not following[0][0].isupper():
                continue
        yield _name(word.casefold())


class Told:
    """What a title and the chosen sentences have told."""

    def __init__(self, *first: Facts) -> None:
        """Begin with these."""
        self._words: set[str] = set()
        self._figures: set[str] = set()
        self._mentioned: set[str] = set()
        for told in first:
            self.add(told)

    def add(self, told: Facts) -> None:
        """Add what a sentence tells."""
        self._words.update(told.words)
        self._figures |= told.figures
        self._mentioned |= told.mentioned

    def mention(self, skipped: Iterable[Facts]) -> None:
        """Take the names of sentences that are not shown for told, and nothing else that they tell."""
        for facts in skipped:
            self._mentioned |= facts.mentioned

    def brings(self, told: Facts) -> bool:
        """Say whether a sentence has a figure or a name that has not been told; of scripts without capitals, always."""
        return self.counts(told) or not told.names <= self._mentioned or not told.cased

    def counts(self, told: Facts) -> bool:
        """Say whether a sentence has a figure that has not been told."""
        return not told.figures <= self._figures

    def measures(self, told: Facts) -> bool:
        """Say whether a sentence has a figure that has not been told and is no day of a month."""
        return any(not (figure.isdecimal() and int(figure) <= _DAYS) for figure in told.figures - self._figures)

    def old(self, told: Facts) -> float:
        """Return the share of a sentence's words that have been told, in whatever form."""
        return self.shares(told) / max(5, len(told.words))

    def shares(self, told: Facts) -> int:
        """Return how many of a sentence's words have been told, in whatever form."""
        return sum(word in self._words for word in told.words)


def _name(word: str) -> str:
    return word[:_LONG_NAME] if len(word) >= _LONG else word[:_NAME]


@cache
def _speech(language: str | None) -> frozenset[str]:
    return frozenset(language_table(language, "sentences").get("speech", ()))
