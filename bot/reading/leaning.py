"""How sentences point back to others, speak of their writer or set a scene: by their words, which are data.

The words are each language's `[summary]`, in config/languages, or in config/summary.toml for those without a file.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from bot.reading.languages import language_table
from bot.reading.spans import enclosed_spans
from config.data import table

ENDS = ".!?…‽。！？।॥۔؟"
CLOSERS = " \"'”’»“)]」』*"
OPENERS = " \"'“‘«„([—–-•…"
UNSPACED = frozenset({"ja", "zh", "th"})
"""Languages whose scripts set no spaces between words."""

_WORD = re.compile(r"[\w'’ʼ-]+")
_START = re.compile(r"[\w’'ʼ-]+(?:[ ,]+[\w’'ʼ-]+){0,3}")
# "Two years earlier": than what?
_RELATIVE = re.compile(
    r"(?:\w+ )?\w+ (?:seconds|minutes|hours?|days?|weeks?|months?|years?) (?:earlier|later|before|after)\b"
    r"|\w+ (?:Minuten|Stunden?|Tage?|Wochen?|Monate?|Jahre?) (?:zuvor|später|danach|davor)\b"
    r"|(?:За|Через) (?:\w+ )?(?:годин\w*|дн\w+|тижн\w+|місяц\w+|рок\w+|рік) (?:до|після) (?:того|цього)\b"
    r"|(?:За|Через) (?:\w+ )?(?:час\w*|дн\w+|недел\w+|месяц\w*|год\w*|лет) (?:до|после) (?:того|этого)\b"
)
# Somebody called by age alone: "The 19-year-old's death", "Der 28-Jährige", "Die 30 Jahre alte Frau", "19-річний".
_AGED = re.compile(
    r"(?:The|A|Der|Die|Das|L[ea]|El|Den|De)? ?\d{1,3}"
    r"(?:[- ]year-old|[- ]?[Jj]ähr|[ -]Jahre alt|-річн|-летн|-летий|-åring|-årig)"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language's `[summary]` says about sentences; the files say what each list means."""

    leaning_starts: frozenset[str]
    leaning_ends: frozenset[str]
    standing_starts: frozenset[str]
    pronouns: frozenset[str]
    hinting_starts: frozenset[str]
    hinting_anywhere: frozenset[str]
    demonstratives: frozenset[str]
    persons: frozenset[str]
    scene_starts: frozenset[str]
    unwanted_starts: frozenset[str]
    unwanted_anywhere: frozenset[str]
    times: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@cache
def phrases_of(language: str | None) -> Phrases:
    """Return the phrases of a language; one without data has none."""
    own = language_table(language, "summary") or table("summary").get(language or "", {})
    names = [name for name in Phrases.__slots__ if name not in {"times", "labels"}]
    labels = chain.from_iterable(language_table(language, "labels").values())
    return Phrases(
        **{name: frozenset(phrase.casefold() for phrase in own.get(name, ())) for name in names},
        times=tuple(own.get("times", ())),
        labels=tuple(f"{label.casefold()}:" for label in labels),
    )


class Wording:
    """The words of one sentence, and what they say of its place among others."""

    def __init__(self, text: str, language: str | None) -> None:
        """Take the sentence apart."""
        self.text = text
        self._language = language
        self._phrases = phrases_of(language)
        self._words = _WORD.findall(text)
        self._lower = [word.casefold() for word in self._words]
        self._beginnings = _beginnings(text)

    @property
    def unwanted(self) -> bool:
        """The sentence is about the page or its pictures, a label's line, or a call."""
        said = self.text.casefold()
        if self._begins(self._phrases.unwanted_starts) or said.startswith(self._phrases.labels):
            return True
        return any(phrase in said for phrase in self._phrases.unwanted_anywhere)

    @property
    def leans(self) -> bool:
        """It begins or ends with words, or has a pronoun, that need another sentence before it."""
        last = self.text[-60:].rstrip(CLOSERS + ENDS).casefold().rsplit(maxsplit=3)[-3:]
        if any(" ".join(last[-count:]) in self._phrases.leaning_ends for count in (1, 2, 3)):
            return True
        if self._points_back() or _RELATIVE.match(self.text):
            return True
        if self._language in UNSPACED:
            return self.text.lstrip(OPENERS).startswith(tuple(self._phrases.leaning_starts))
        return self._begins(self._phrases.leaning_starts) and not self._begins(self._phrases.standing_starts)

    def hints(self, title: str) -> bool:
        """Say whether it has words that often point back: "the company", "in this case", "the 30-year-old".

        Args:
            title: what the reader has seen: a thing that it names may be called "the".
        """
        seen = title.casefold()
        if any(
            phrase in self._phrases.hinting_starts and phrase.split()[-1] not in seen for phrase in self._beginnings
        ):
            return True
        if self._phrases.demonstratives.intersection(self._lower) and self._points_at():
            return True
        return not self._phrases.hinting_anywhere.isdisjoint(self._lower) or _AGED.match(self.text) is not None

    @property
    def sets_scene(self) -> bool:
        """It begins as scenes do."""
        return self._begins(self._phrases.scene_starts)

    @property
    def personal(self) -> bool:
        """It speaks as "I" or "we" outside quotation marks."""
        persons = self._phrases.persons
        if persons.isdisjoint(self._lower):
            return False
        unquoted = self.text
        for start, end in reversed(enclosed_spans(unquoted)):
            unquoted = unquoted[:start] + unquoted[end:]
        # The US is not us.
        return any(w.casefold() in persons for w in _WORD.findall(unquoted) if len(w) == 1 or not w.isupper())

    def _begins(self, phrases: frozenset[str]) -> bool:
        return not phrases.isdisjoint(self._beginnings)

    def _points_back(self) -> bool:
        """Say whether a pronoun stands before any name that it could mean."""
        pronouns = self._phrases.pronouns
        if pronouns.isdisjoint(self._lower):
            return False
        for place, (word, lower) in enumerate(zip(self._words, self._lower, strict=True)):
            if lower in pronouns:
                return True
            if place and word[0].isupper():
                return False
        return False

    def _points_at(self) -> bool:
        """Say whether a demonstrative stands before anything but a time: "this bag", not "this week"."""
        return any(
            word in self._phrases.demonstratives and not following.startswith(self._phrases.times)
            for word, following in pairwise(self._lower)
        )


def leans(text: str, language: str | None) -> bool:
    """Say whether a sentence needs the one before it to be understood."""
    return Wording(text, language).leans


def _beginnings(text: str) -> list[str]:
    """Return the first word, the first two, three and four words of a sentence, in lower case."""
    found = _START.match(text.lstrip(OPENERS))
    if not found:
        return []
    words = found.group().casefold().replace("’", "'").replace(",", " ").split()
    return [" ".join(words[:count]) for count in range(1, len(words) + 1)]
