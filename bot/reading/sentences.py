"""Cutting text into sentences: at a mark that ends one, unless what stands around the mark says otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.reading.languages import language_table
from bot.reading.spans import enclosed_spans
from config.data import table

# Longer dotted tokens than these are words; "т.зв", "u.s.a" and "i.d.r" are not.
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}")
_CLOSERS = "\"'”’»“)]*›」』"
_OPENERS = "\"'“‘«„([‹"
_BULLETS = "•●▪◦‣⁃■►"
_STOPS, _FULL_STOPS = ".!?…‽।॥۔؟", "。！？｡"
# Begins with one of few characters, so that the search leaps from one to the next.
_END = re.compile(
    rf"[{_STOPS}{_FULL_STOPS}\n{_BULLETS}](?:"
    rf"(?<=[{_STOPS}])[{_STOPS}]*[{re.escape(_CLOSERS)}]*(?=\s|$)"
    # The full stops of scripts without spaces need none after them.
    rf"|(?<=[{_FULL_STOPS}])[{_FULL_STOPS}]*[{re.escape(_CLOSERS)}」』）]*"
    rf"|(?<=\n)\n*"
    rf"|(?<=\s[{_BULLETS}])(?=\s))"
)
_LAST_MARK = re.compile(r"[.!?…:;。！？」』।][\"”“»’'）)\]]*$")
_WORD = re.compile(r"[\w’'ʼ.-]*\w")
_LAST_TOKEN = re.compile(r"[^\s(\[«„“\"‘/–—]+$")
# How many characters before and after a mark are looked at.
_BEHIND, _AHEAD = 60, 80
_ROMAN = re.compile(r"[IVXІХ]+\b")
# A sentence with fewer words than this before "р.", "Inc." and their like has hardly begun.
_BEGUN = 3
# With ordinals ("3." for "third"), a number below this and a stop end no sentence; years do.
_YEARS = 1000
# "LA CROSSE, Wis" before "— After a summer …", of a dateline.
_PLACE_AND_STATE = re.compile(r"[A-Z][A-Z .'’-]+, [A-Z][a-zA-Z.]{1,5}")


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """What a language's abbreviations say about the full stop behind them; all in lower case, without that stop.

    Attributes:
        titles: stand before a name and end no sentence (Mr, вул, им).
        before_number: end none before a number (No, ст, Sept).
        units: behind a number, may end one (р, млн, kg); a capital then begins the next.
        may_end: may end one anywhere (etc, U.S, т.д); a capital or a starter then begins the next.
        names_follow: of `may_end`, those that names in capitals follow (U.S, Inc): only a starter begins the next.
        after_time: capitalized words that follow a.m. and p.m. within a sentence (ET, Monday).
        starters: words that begin sentences and, in capitals, hardly stand within one.
        speech: verbs that attach a speaker to a quotation that ends in its own mark.
        ordinals: a number and a stop may be an ordinal ("3." reads "third").
        abbreviations: all of them.
    """

    titles: frozenset[str]
    before_number: frozenset[str]
    units: frozenset[str]
    may_end: frozenset[str]
    names_follow: frozenset[str]
    after_time: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]
    ordinals: bool
    abbreviations: frozenset[str]


@cache
def rules_for(language: str | None) -> SentenceRules:
    """Return the rules of a language; one without a table gets the common abbreviations of its neighbours."""
    own = language_table(language, "sentences")
    data = own or table("abbreviations")

    def words(name: str) -> frozenset[str]:
        return frozenset(word.casefold() for word in data.get(name, ()))

    lists = ("titles", "before_number", "units", "may_end", "names_follow")
    return SentenceRules(
        abbreviations=frozenset().union(*map(words, lists)),
        titles=words("titles"),
        before_number=words("before_number"),
        units=words("units"),
        may_end=words("may_end"),
        names_follow=words("names_follow"),
        after_time=words("after_time"),
        starters=words("starters"),
        speech=words("speech"),
        # In these languages "3." reads "third"; elsewhere a number may end a sentence.
        ordinals=language in {"de", "da", "no", "nb", "nn", "is", "fi", "cs", "sk", "hu", "et", "lv", "sl", "hr", "lb"},
    )


def is_sentence(text: str) -> bool:
    """Say whether a text ends as sentences do, or as those that lead on (":", ";")."""
    return _LAST_MARK.search(text) is not None


def split(text: str, language: str | None) -> list[str]:
    """Cut a text into its sentences, each verbatim and without the white space around it.

    A quotation or a parenthesis within a sentence is not cut, whatever marks it holds; a line break always cuts.

    Args:
        text: one paragraph or more.
        language: ISO 639-1; None where unknown.
    """
    return [text[start:end] for start, end in spans(text, language)]


def spans(text: str, language: str | None) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends in a text; nothing but white space stands between."""
    cuts = [0, *_cuts(text, rules_for(language)), len(text)]
    pieces = (_stripped(text, start, end) for start, end in pairwise(cuts))
    return [(start, end) for start, end in pieces if start < end]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _cuts(text: str, rules: SentenceRules) -> Iterator[int]:
    enclosed: list[tuple[int, int]] | None = None
    begin, nearest = 0, 0
    for match in _END.finditer(text):
        bullet = match.group() in _BULLETS
        start, at = (match.start() - 1, match.start()) if bullet else match.span()
        if at == len(text):
            return
        if enclosed is None:
            enclosed = enclosed_spans(text)
        while nearest < len(enclosed) and enclosed[nearest][1] <= at:
            nearest += 1
        if nearest < len(enclosed) and enclosed[nearest][0] < start:
            continue
        if bullet or _ends(text, begin, match, rules):
            yield at
            begin = at


def _ends(text: str, begin: int, match: re.Match[str], rules: SentenceRules) -> bool:
    mark = match.group()
    if mark.isspace() or mark[0] in _FULL_STOPS:
        return True
    following = text[match.end() : match.end() + _AHEAD].lstrip()
    if not following or following[0] in _BULLETS:
        return True
    closed = mark[-1] in _CLOSERS
    if not (following[0].isupper() or _may_begin(following, closed=closed)):
        return False
    if closed:
        return not _attributes(following, rules)
    if mark != ".":
        return True
    return _stop_ends(text[max(begin, match.start() - _BEHIND) : match.start()].lstrip(), following, rules)


def _may_begin(following: str, *, closed: bool) -> bool:
    """Say whether these words can begin a sentence at all."""
    if following[0] in "–—-−" and following[1:2].isspace():
        if closed:
            return False
        following = following[1:].lstrip()
    following = following.lstrip(_OPENERS + "¡¿…. ")
    return bool(following) and not following[0].islower()


def _attributes(following: str, rules: SentenceRules) -> bool:
    """Say whether these words name who spoke the quotation before them (…?" Smith asked)."""
    words = [word.casefold() for word in following.split(maxsplit=5)[:5]]
    return any(word.strip(".,:;") in rules.speech for word in words[1:4]) and words[0] not in rules.starters


def _stop_ends(sentence: str, following: str, rules: SentenceRules) -> bool:
    """Say whether a single full stop ends this sentence."""
    if following[0] in "–—-" and _PLACE_AND_STATE.fullmatch(sentence):
        return False
    last = sentence.rsplit(maxsplit=1)[-1] if sentence else ""
    if len(last) > 1 and last.isalpha() and sentence.endswith(last) and last.casefold() not in rules.abbreviations:
        return True  # a plain word, as before most stops
    found = _LAST_TOKEN.search(sentence)
    if not found:
        return True
    token = found.group()
    before = sentence[: found.start()].rstrip()
    word = _first_word(following)
    starts = word.casefold() in rules.starters
    if token.isdecimal():
        return _number_ends(token, before, following, rules)
    if len(token) == 1 and token.isupper():
        return _initial_ends(before, starts=starts)
    key = token.casefold().strip("'’")
    return _abbreviation_ends(key, before, following, rules, starts=starts)


def _first_word(following: str) -> str:
    found = _WORD.match(following.lstrip(_OPENERS + "–—- "))
    return found.group() if found else ""


def _number_ends(token: str, before: str, following: str, rules: SentenceRules) -> bool:
    if not before:
        return False  # "1." before an item of a list
    return not (rules.ordinals and int(token) < _YEARS and _first_word(following).casefold() not in rules.starters)


def _initial_ends(before: str, *, starts: bool) -> bool:
    """Say whether a capital with a stop is the end of a sentence rather than an initial (J. Smith; plan B. The …)."""
    return starts and bool(before) and not before.endswith(".")


def _abbreviation_ends(key: str, before: str, following: str, rules: SentenceRules, *, starts: bool) -> bool:
    number_follows = following[0].isdigit() or following[0] in "№#" or _ROMAN.match(following) is not None
    if key in rules.before_number and number_follows:
        return False
    if following[0] in "–—" and _ends_in_number(before):
        return False  # a dateline: "10 березня 2026 р. — Фонд …"
    if before.endswith("/") and key not in rules.names_follow:
        return True  # the second half of a unit: 38 м/с
    if key in rules.units and _ends_in_number(before):
        return starts or len(before.split()) >= _BEGUN
    if key in rules.may_end:
        return _may_end_ends(key, following, rules, starts=starts)
    if key in rules.titles:
        return False
    if _ACRONYM.fullmatch(key):
        return starts
    return True


def _ends_in_number(before: str) -> bool:
    return bool(before) and (before[-1].isdigit() or _ROMAN.fullmatch(before.rsplit(maxsplit=1)[-1]) is not None)


def _may_end_ends(key: str, following: str, rules: SentenceRules, *, starts: bool) -> bool:
    if key in rules.names_follow:
        return starts
    return _first_word(following).casefold() not in rules.after_time
