"""Ukrainian and Russian names in the nominative; words are remembered, so that a page costs a few lookups."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.dictionaries import is_in_dictionary, parses
from bot.reading.quoting.lexicon import lexicon
from bot.reading.quoting.surnames import by_ending, looks_like_surname

REMEMBERED_WORDS = 20_000
PERSONAL = ("Name", "Surn", "Patr")
_CASES = ("nomn", "gent", "accs", "datv", "ablt", "loct")
GENDERS = {"masc": "m", "femn": "f"}
# Last letters of men's given names that no case changes, and of women's that one does.
_UNCHANGING = {"ru": frozenset("еиоуюэ"), "uk": frozenset("еєиіуюэ")}
_OF_WOMEN = frozenset("аяьовєї")
_JUNIOR = re.compile(r"-(?:младш|старш|молодш)\w+$")
# Names are short; a longer run is a headline.
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a word.

    Attributes:
        nominative: the word in the nominative singular, spelt as a name.
        case: pymorphy's name of the case the word stands in.
        gender: "m", "f" or "" where the word has either.
        kind: "Name", "Surn", "Patr", "Geox", "Orgn", "Abbr" or "" for other words.
    """

    nominative: str
    case: str
    gender: str
    kind: str


@lru_cache(REMEMBERED_WORDS)
def readings(word: str, language: str) -> tuple[Reading, ...]:
    """Return the readings of a capitalized word; those as a personal name alone where there are any."""
    found = [reading for parse in parses(word, language) if (reading := _reading(parse, word)) is not None]
    personal = tuple(reading for reading in found if reading.kind in PERSONAL)
    return personal + _listed(word, found, language) if personal else _listed(word, found, language) or tuple(found)


def _listed(word: str, found: Sequence[Reading], language: str) -> tuple[Reading, ...]:
    """Return the readings of a given name that the dictionary takes for another word ("Володимир", a town)."""
    known = lexicon(language).words
    listed: list[Reading] = []
    for gender, names in (("m", known["male_names"]), ("f", known["female_names"])):
        if word.lower().replace("’", "'") in names:
            cases = _CASES if _never_changes(word, gender, language) else ("nomn",)
            listed += [Reading(word, case, gender, "Name") for case in cases]
        listed += [
            Reading(reading.nominative, reading.case, gender, "Name")
            for reading in found
            if reading.kind not in PERSONAL and reading.case != "nomn" and reading.nominative.lower() in names
        ]
    return tuple(listed)


def _never_changes(given: str, gender: str, language: str) -> bool:
    """Tell "Ги" and "Кейт", foreign given names that are the same in every case."""
    ending = given[-1].lower()
    return ending in _UNCHANGING[language] if gender == "m" else ending not in _OF_WOMEN


def _reading(parse: Any, word: str) -> Reading | None:
    tag = parse.tag
    case = "loct" if tag.case == "loc2" else "gent" if tag.case == "gen2" else tag.case
    if case not in _CASES or tag.number == "plur" or tag.gender == "neut" or tag.POS not in {"NOUN", "ADJF"}:
        return None
    kind = next((name for name in ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr") if name in tag.grammemes), "")
    if kind == "" and tag.animacy == "inan" and tag.POS == "NOUN" and parse.is_known:
        return None
    wanted = {"nomn"} if tag.POS == "NOUN" else {"nomn", tag.gender or "masc"}
    straight = parse if case == "nomn" else parse.inflect(wanted)
    if straight is None:
        return None
    return Reading(_spelt(straight.word, word), case, GENDERS.get(tag.gender, ""), kind)


def _spelt(straight: str, written: str) -> str:
    """Give a lower-case word the capitals of a name: "ляйен-шмидт" → "Ляйен-Шмидт"."""
    if written.isupper() and len(written) > 1:
        return straight.upper()
    straight = straight.replace("'", "’") if "’" in written else straight
    return "-".join(part[:1].upper() + part[1:] for part in straight.split("-"))


@dataclass(frozen=True, slots=True)
class NameReading:
    """A whole name understood in one case and gender."""

    nominative: str
    case: str
    gender: str


@lru_cache(REMEMBERED_WORDS)
def name_readings(parts: tuple[str, ...], language: str) -> tuple[NameReading, ...]:
    """Return the ways to read a name whose words agree in case and gender, the nominative first.

    Args:
        parts: the name's words as written; particles and initials stay as they are.
        language: "ru" or "uk".
    """
    if not 0 < len(parts) <= _LONGEST_NAME:
        return ()
    after_given = is_first_name(parts[0], language) and len(parts) > 1
    each = [_part_readings(part, language, surname=after_given and index > 0) for index, part in enumerate(parts)]
    if not each[0] and _unknown_before_surname(parts, language):
        each[0] = tuple(Reading(text, case, gender, "") for text, case, gender in by_ending(parts[0], language))
    found: dict[tuple[str, str, str], NameReading] = {}
    for case in _CASES:
        for gender in _genders_of(each):
            words = _agreeing(each, case, gender)
            if words is not None:
                text = " ".join(words)
                found.setdefault((text, case, gender), NameReading(text, case, gender))
    return tuple(found.values()) or _by_first_name(parts, each)


def _unknown_before_surname(parts: Sequence[str], language: str) -> bool:
    """Tell "Деян" of "Деян Станич": a given name that no dictionary has."""
    if len(parts) != 2 or not _cyrillic(parts[0]) or is_in_dictionary(parts[0], language):  # noqa: PLR2004
        return False
    return looks_like_surname(parts[1], language) or any(r.kind == "Surn" for r in readings(parts[1], language))


def _by_first_name(parts: Sequence[str], each: Sequence[Sequence[Reading]]) -> tuple[NameReading, ...]:
    """Put the given name alone into the nominative, where the surname looks like one that never changes."""
    if len(parts) < 2 or not all(part[-1:] not in "аяыйюь" for part in parts[1:]):  # noqa: PLR2004 - name and surname
        return ()
    known = [reading for reading in each[0] if reading.kind == "Name"]
    return tuple(
        NameReading(" ".join([reading.nominative, *parts[1:]]), reading.case, reading.gender) for reading in known
    )


def _part_readings(part: str, language: str, *, surname: bool = False) -> tuple[Reading, ...]:
    if part.endswith(".") or part[:1].islower() or not _cyrillic(part):
        return tuple(Reading(part, case, "", "") for case in _CASES)
    younger = _JUNIOR.search(part)
    if younger is not None:
        plain = _part_readings(part[: younger.start()], language, surname=surname)
        return tuple(_with_suffix(plain, younger[0][1:], language))
    found = readings(part, language)
    if (
        language == "ru" and part.endswith("ой") and (surname or not is_in_dictionary(part, language))
    ):  # "Ланской" is a man's surname as well as a woman's in the genitive
        found = (*found, Reading(part, "nomn", "m", "Surn"))
    if not found and not surname and _is_plural_adjective(part, language):
        return ()
    if surname and part.endswith("е") and found and all(reading.case == "loct" for reading in found):
        found = (*found, *(Reading(part, case, "", "Surn") for case in _CASES))  # "Ги Буше", not only "о Буше" for Буш
    known = is_in_dictionary(part, language)
    if any(reading.kind in PERSONAL for reading in found) and (known or not surname):
        return (*found, *_of_women(part, found, language))
    if not (surname or looks_like_surname(part, language)) or (known and _is_oblique(found)):
        return found
    endings = tuple(Reading(text, case, gender, "Surn") for text, case, gender in by_ending(part, language))
    if found and all(reading.kind == "Name" for reading in found):
        return (*endings, *found)  # a guess: "Шарлотте Кадье" has a surname that never changes
    return (*found, *endings) if found and found[0].kind not in {"Geox", "Orgn", "Abbr"} else endings


def _of_women(part: str, found: Sequence[Reading], language: str) -> Iterator[Reading]:
    """Yield "Мамонтова" as a woman's surname where the dictionary has it as the genitive of a man's only."""
    if {reading.gender for reading in found} == {"m"}:  # "Йолани Варги": surnames in -а are men's and women's
        yield from (replace(r, gender="f") for r in found if r.kind == "Surn" and r.nominative[-1] in "ая")
    if all(reading.gender == "m" and reading.kind == "Surn" for reading in found) and looks_like_surname(
        part, language
    ):
        for text, case, gender in by_ending(part, language):
            if gender == "f":
                yield Reading(text, case, gender, "Surn")


def _is_oblique(found: Sequence[Reading]) -> bool:
    """Tell "Геофизической", a word of the dictionary that stands for no name in this case."""
    return bool(found) and all(reading.case != "nomn" and not reading.kind for reading in found)


def _with_suffix(plain: Sequence[Reading], suffix: str, language: str) -> Iterator[Reading]:
    """Yield the readings that agree with "младшего" in "Фетисова-младшего", with it in the nominative."""
    for parse in parses(suffix, language):
        gender = GENDERS.get(parse.tag.gender)
        straight = parse.inflect({"nomn", parse.tag.gender}) if gender is not None else None
        if straight is None:
            continue
        for reading in plain:
            if reading.case == parse.tag.case and reading.gender in {"", gender}:
                yield replace(reading, nominative=f"{reading.nominative}-{straight.word}", gender=gender or "")


def _is_plural_adjective(part: str, language: str) -> bool:
    """Tell "Київські" of "Київські електромережі"."""
    likeliest = next(iter(parses(part, language)), None)
    return likeliest is not None and likeliest.tag.POS == "ADJF" and likeliest.tag.number == "plur"


def _cyrillic(part: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in part)


def _genders_of(each: Sequence[Sequence[Reading]]) -> tuple[str, ...]:
    """Return the genders in order of likelihood: a first name decides, else the dictionary's first reading."""
    for part in each:
        known = [reading.gender for reading in part if reading.kind == "Name" and reading.gender]
        if known:
            return tuple(dict.fromkeys(known))
    first = [reading.gender for part in each for reading in part if reading.gender]
    return tuple(dict.fromkeys([*first, "m", "f"]))


def _agreeing(each: Sequence[Sequence[Reading]], case: str, gender: str) -> list[str] | None:
    words: list[str] = []
    for part in each:
        fitting = next((r.nominative for r in part if r.case == case and r.gender in {"", gender}), None)
        if fitting is None:
            return None
        words.append(fitting)
    return words


def is_first_name(word: str, language: str) -> bool:
    """Tell whether a capitalized word is a given name in any case."""
    return any(reading.kind == "Name" for reading in readings(word, language))


def is_place(word: str, language: str) -> bool:
    """Tell whether a capitalized word can only be a place or an organisation."""
    kinds = {reading.kind for reading in readings(word, language)}
    return bool(kinds & {"Geox", "Orgn", "Abbr"}) and not kinds & set(PERSONAL)


def is_body(word: str, language: str) -> bool:
    """Tell whether a capitalized word is an organisation: "Минфина", "ДСНС"."""
    return any(parse.is_known and {"Orgn", "Abbr"} & parse.tag.grammemes for parse in parses(word, language)[:1])


@lru_cache(REMEMBERED_WORDS)
def office_nominative(description: str, language: str, *, cited: bool = False) -> str:
    """Put a description's first noun and the adjectives before it into the nominative.

    From the locative, "Кремле", "Державній митній службі", or, cited, from the genitive.
    """
    cases = {"gent"} if cited else {"loct", "loc2"}
    done, rest = "", description
    while rest:
        first, space, rest = rest.partition(" ")
        parse = next((parse for parse in parses(first, language) if parse.tag.case in cases), None)
        straight = parse.inflect({"nomn"}) if parse is not None and not first.isupper() else None
        if parse is None or straight is None:
            return done + first + space + rest if done else description
        done += (_spelt(straight.word, first) if first[0].isupper() else straight.word) + space
        if parse.tag.POS != "ADJF":
            break
    return done + rest


@lru_cache(REMEMBERED_WORDS)
def may_be_person(word: str, language: str) -> bool:
    """Tell whether a capitalized word standing alone may be a surname: known as one, or not known at all."""
    if not _cyrillic(word):
        return False
    found = readings(word, language)
    if any(reading.kind in PERSONAL for reading in found):
        return True
    if looks_like_surname(word, language) and not is_place(word, language):
        return True
    return not is_in_dictionary(word, language) and not is_place(word, language) and not word.isupper()
