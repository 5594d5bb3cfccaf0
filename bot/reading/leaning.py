"""How sentences point back to others, speak of their writer or set a scene: by their words, which are data."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from bot.reading.lazily import Lazily
from bot.reading.mentions import given_names
from bot.reading.phrases import COMPARING, phrases_of
from bot.reading.remembered import Remembered
from bot.reading.spans import enclosed_spans

ENDS = ".!?…‽。！？।॥۔؟"
CLOSERS = " \"'”’»“)]」』*"
OPENERS = " \"'“‘«„([—–-•…"
UNSPACED = frozenset({"ja", "zh", "th"})
"""Languages whose scripts set no spaces between words."""
# The verb is second, whatever comes first: "In Berlin haben die Forscher …".
_VERB_SECOND = frozenset({"de", "lb"})

_WORD = re.compile(r"[\w'’ʼ-]+")
_START = re.compile(r"[\w’'ʼ-]+(?:[ ,]+[\w’'ʼ-]+){0,3}")
# "Two years earlier": than what?
_RELATIVE = re.compile(
    r"(?:\w+ )?[\w-]+ (?:seconds|minutes|hours?|days?|weeks?|months?|years?) (?:earlier|later|before|after)\b"
    r"|\w+ (?:Minuten|Stunden?|Tage?|Wochen?|Monate?|Jahre?) (?:zuvor|später|danach|davor)\b"
    r"|(?:За|Через) (?:\w+ )?(?:годин\w*|дн\w+|тижн\w+|місяц\w+|рок\w+|рік) (?:до|після) (?:того|цього)\b"
    r"|(?:За|Через) (?:\w+ )?(?:час\w*|дн\w+|недел\w+|месяц\w*|год\w*|лет) (?:до|после) (?:того|этого)\b"
)
# Somebody called by age alone: "The 19-year-old's death", "Der 28-Jährige", "Die 30 Jahre alte Frau", "19-річний".
_AGED = re.compile(
    r"(?:The|A|Der|Die|Das|L[ea]|El|Den|De)? ?\d{1,3}"
    r"(?:[- ]year-old|[- ]?[Jj]ähr|[ -]Jahre alt|-річн|-летн|-летий|-åring|-årig)"
)

# "The 1991 film": told of before, however exactly.
_DATED = re.compile(r"\b[Tt]he (?:19|20)\d\d (\w+)")

# "In his last game before retirement, Daniel Okafor headed …": the pronoun points forward. In "Wer seine Heizung
# tauscht, …" it stands for anybody.
_FORWARD = re.compile(
    r"(?:Wer|Кто|Хто|Whoever) |[А-ЯІЇЄҐ][\w’'ʼ-]+ \d\d[,–—] |"
    r"(?:In|At|On|After|Before|During|With|Despite|For|From) h(?:is|er) [^,A-Z]{3,60}, [A-Z][\w’'-]+ [A-Z]"
)
# "Im August soll sie wieder öffnen": in a German main clause the pronoun behind the verb means somebody told of before.
_BEHIND_VERB = re.compile(
    r"(?!(?:Wenn|Als|Weil|Ob|Dass|Da|Wer|Was|Wie|Bevor|Nachdem|Obwohl|Während|Sobald|Solange|Damit|Falls)\b)[A-ZÄÖÜ\d]"
    r"[^,;:()„\"“–—?]{2,70}? (?!(?:und|oder|aber|als|wie|denn|dass|sowie|bis|vor|auf|neben|mit|von|bei|nach|zu|an|für"
    r"|über|unter|gegen|ohne|um|in|hinter|zwischen|durch|seit|aus) )[a-zäöüß]+ (?:er|sie|ihm|ihn|ihnen) "
)
# "Of 140 patients, 31 …": who had them counted?
_SHARE = re.compile(r"Of (?:the |these |those )?[\d,]+ ")
# "Killing two of them", at the end.
_OF_THEM = re.compile(r", (?:\w+ ){1,3}of them\W*$")

# "Das Land zahlt", "Das neue Gesetz gilt": an article, where "Das zahlt das Land" points back.
_ARTICLE = re.compile(r"Das (?:[a-zäöüß]+e )?[A-ZÄÖÜ][\w-]+ ")
# "As part of its efforts, it launched": neither says what "it" is.
_ITS_IT = re.compile(r"[A-Z][a-z]*(?: [a-z][\w’'-]*)* (?:its|their|his|her) [^,A-Z]*, (?:it|they|he|she) ")
# "Three of them were sold": of whom?
_SOME_OF_THEM = re.compile(r"(?:[\w’'-]+ ){1,2}(?:of them|von ihnen|davon|і?з них|из них) ", re.IGNORECASE)
_SUCH_AS = frozenset({"as", "a", "an", "that"})
# The noun is the second or the third word; shorter ones are prepositions more often than things.
_THIRD, _NOUN = 3, 4
# Between an article and its noun stand two adjectives at most, in so many characters.
_APART = 40


def _folded(part: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces, in lower case; most are one and nothing else."""
    return (part.casefold(),) if part.isalpha() else tuple([word.casefold() for word in _WORD.findall(part)])


_COLON = re.compile(":")
_FOLDED = Remembered(_folded)


class Wording:
    """The words of one sentence, and what they say of its place among others."""

    def __init__(self, text: str, language: str | None) -> None:
        """Take a sentence, of this language (ISO 639-1)."""
        self.text = text
        self._language = language
        self._phrases = phrases_of(language)
        self._beginnings = beginnings(text) if _first(text.split(maxsplit=1)) in self._phrases.firsts else []

    @Lazily
    def _telling(self) -> frozenset[str]:
        return self._phrases.telling.intersection(_WORD.findall(self._said))

    @Lazily
    def _said(self) -> str:
        return self.text.casefold()

    @property
    def unwanted(self) -> bool:
        """The sentence is about the page or its pictures, a label's line, or a call."""
        if self._begins(self._phrases.unwanted_starts) or self._said.startswith(self._phrases.labels):
            return True
        return self._phrases.unwanted_anywhere.is_in(self._said)

    @property
    def leans(self) -> bool:
        """It begins or ends with words, or has a pronoun, that need another sentence before it."""
        if f" {self.text[-60:].rstrip(CLOSERS + ENDS)}".casefold().endswith(self._phrases.endings):
            return not self._counts_out()
        if self._telling and (self._points_back() or self._compares()):
            return True
        if _SOME_OF_THEM.match(self.text) or _ITS_IT.match(self.text):
            return True
        if self._language in UNSPACED:
            return self.text.lstrip(OPENERS).startswith(tuple(self._phrases.leaning_starts))
        if self._language in _VERB_SECOND and _ARTICLE.match(self.text) is not None:
            return False
        return self._begins(self._phrases.leaning_starts) and not self._begins(self._phrases.standing_starts)

    def _counts_out(self) -> bool:
        """Say whether it ends with some of those whom it has told of: "held six women, killing two of them"."""
        found = _OF_THEM.search(self.text)
        numbers = self._phrases.numbers
        return found is not None and any(
            word in numbers or word.isdecimal() for word in _words(self.text[: found.start()])
        )

    def hints(self, title: str) -> bool:
        """Say whether it has words that often point back: "the company", "in this case", "the 30-year-old".

        Args:
            title: what the reader has seen: a thing that it names may be called "the".
        """
        return self.hints_anyhow or bool(self.things_told(title))

    @property
    def hints_anyhow(self) -> bool:
        """It has words that often point back to more than a thing that another sentence could name."""
        if self._telling and self._points_at():
            return True
        if not self._phrases.hinting_anywhere.isdisjoint(self._telling):
            return True
        if _AGED.match(self.text) is not None or _SHARE.match(self.text) is not None:
            return True
        return self._says_hinting()

    def _says_hinting(self) -> bool:
        """Say whether it has one of the hinting words; looked for where it has the one by which each is known."""
        by_word = self._phrases.hinting_by_word
        return any(any(map(self._said.__contains__, by_word[word])) for word in ("", *self._telling) if word in by_word)

    def things_told(self, title: str) -> frozenset[str]:
        """Return the things that it speaks of as told before ("the company"), and that the title does not name.

        Looked for where sentences begin, and behind an opening clause ("In 2017, the team …"); in German, where the
        subject may stand anywhere, in the whole sentence.
        """
        if self._phrases.things.isdisjoint(self._telling):
            return frozenset()
        said = title.casefold()
        behind = self._pairs() if self._language in _VERB_SECOND else self._behind_commas()
        dated = (f"the {thing}" for thing in _DATED.findall(self.text))
        phrases = self._phrases.hinting_starts.intersection(chain(self._beginnings, behind, dated))
        return frozenset(thing for thing in (phrase.split()[-1] for phrase in phrases) if thing not in said)

    def things_introduced(self, before: Callable[[], str]) -> frozenset[str]:
        """Return the thing with which it begins as with one told before ("The grant"), where a sentence has told it so.

        Args:
            before: returns what stands above it, in lower case: "a grant", "a large grant" tells of a thing.
        """
        if not self._begins(self._phrases.definite):
            return frozenset()
        nouns = [word for word in self._beginnings[-1].split()[1:_THIRD] if len(word) >= _NOUN]
        above = before() if nouns else ""
        return frozenset(islice((noun for noun in nouns if self._introduces(noun, above)), 1))

    def _introduces(self, noun: str, above: str) -> bool:
        at = above.find(noun)
        while at >= 0:
            whole = not above[at + len(noun) : at + len(noun) + 1].isalnum()
            if whole and not self._phrases.indefinite.isdisjoint(above[max(0, at - _APART) : at].split()[-_THIRD:]):
                return True
            at = above.find(noun, at + 1)
        return False

    def _behind_commas(self) -> Iterator[str]:
        """Yield the first words behind each comma, as `_beginnings` does."""
        for part in self.text.split(", ")[1:]:
            yield from beginnings(part)

    def _pairs(self) -> Iterator[str]:
        return map(" ".join, pairwise(map(str.casefold, _WORD.findall(self.text))))

    @property
    def sets_scene(self) -> bool:
        """It begins as scenes do, with words of the data, of which a star is anybody's given name; or it smells."""
        starts = self._phrases.scene_starts
        if self._begins(starts) or any(map(self._said.__contains__, self._phrases.scene_words)):
            return True
        first, second = (*self._beginnings, "", "")[:2]
        return first != "" and f"{first} *" in starts and second.removeprefix(first).strip() in given_names()

    @property
    def opens_scene(self) -> bool:
        """As an article's first sentence it sets a scene, speaks to the reader or tells what the writer has seen."""
        if self.sets_scene or self._begins(self._phrases.opening_scenes):
            return True
        return not self._phrases.first_person.isdisjoint(self._telling) and self._says(self._phrases.first_person)

    @property
    def personal(self) -> bool:
        """It speaks as "I" or "we" outside quotation marks."""
        persons = self._phrases.persons
        return not persons.isdisjoint(self._telling) and self._says(persons)

    def _says(self, persons: frozenset[str]) -> bool:
        """Say whether one of these words stands outside quotation marks; the US is not us."""
        unquoted = self.text
        for start, end in reversed(enclosed_spans(unquoted)):
            unquoted = unquoted[:start] + unquoted[end:]
        return any(w.casefold() in persons for w in _WORD.findall(unquoted) if len(w) == 1 or not w.isupper())

    def _begins(self, phrases: frozenset[str]) -> bool:
        return not phrases.isdisjoint(self._beginnings)

    def _points_back(self) -> bool:
        """Say whether a pronoun stands before any name that it could mean; a day ("On Monday, his …") is none."""
        pronouns = self._phrases.pronouns
        if pronouns.isdisjoint(self._telling):
            return False
        if self._language == "de" and _BEHIND_VERB.match(self.text) is not None:
            return True
        for place, word in enumerate(_WORD.findall(self.text)):
            if word.casefold() in pronouns:
                return _FORWARD.match(self.text) is None
            named = word[0].isupper() if place else _is_title(word) or self.text[0] in OPENERS
            if named and not word.casefold().startswith(self._phrases.times):
                return False
        return False

    def _compares(self) -> bool:
        """Say whether it begins with a time that is told from another ("Two years earlier")."""
        return not COMPARING.isdisjoint(self._telling) and _RELATIVE.match(self.text) is not None

    def _points_at(self) -> bool:
        """Say whether a demonstrative stands before anything but a time: "this bag", not "this week"."""
        demonstratives = self._phrases.demonstratives
        if demonstratives.isdisjoint(self._telling):
            return False
        return any(
            word in demonstratives
            and not following.startswith(self._phrases.times)
            and not (word == "such" and following in _SUCH_AS)
            for word, following in pairwise(map(str.casefold, _WORD.findall(self.text)))
        )


def runs_together(text: str, language: str | None) -> bool:
    """Say whether a text is two sentences whose border the page has lost: "valid until May However, prices …"."""
    borders, parts = phrases_of(language).borders, text.split()
    if borders.isdisjoint(part.rstrip(",") for part in parts[1:]):
        return False
    return any(word.rstrip(",") in borders and before[-1].islower() for before, word in pairwise(parts))


def may_be_unwanted(texts: Iterable[str], language: str | None) -> bool:
    """Say whether any of these sentences may be unwanted by more than its beginning; few articles have one."""
    said, phrases = "\n".join(map(str.casefold, texts)), phrases_of(language)
    return _holds_label(said, phrases.labels) or phrases.unwanted_anywhere.is_in(said)


def may_open_unwanted(parts: Sequence[str], language: str | None) -> bool:
    """Say whether a sentence, cut at white space, may be unwanted by its beginning."""
    return _first(parts) in phrases_of(language).unwanted_firsts


def _holds_label(said: str, labels: tuple[str, ...]) -> bool:
    """Say whether a text has a label; each ends with a colon, of which a text has few."""
    return any(said.endswith(labels, 0, found.end()) for found in _COLON.finditer(said))


def leans(text: str, language: str | None) -> bool:
    """Say whether a sentence needs the one before it to be understood."""
    return Wording(text, language).leans


def beginnings(text: str) -> list[str]:
    """Return the first word, the first two, three and four words of a sentence, in lower case."""
    found = _START.match(text.lstrip(OPENERS))
    if not found:
        return []
    words = _plain(found.group().casefold()).replace(",", " ").split()
    return [" ".join(words[:count]) for count in range(1, len(words) + 1)]


def _is_title(word: str) -> bool:
    """Say whether a first word is a name by its own capitals: "НАБУ", "Довженко-Центр"."""
    return len(word) > 1 and any(letter.isupper() for letter in word[1:])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _plain(words: str) -> str:
    return words.replace("’", "'")


def _first(parts: Sequence[str]) -> str:
    """Return the first word of a sentence as phrases write it, "" where its first part holds none."""
    words = _FOLDED[parts[0]] if parts else ()
    return _plain(words[0]) if words else ""
