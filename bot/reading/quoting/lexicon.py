"""The words that finding speakers needs, from the [quotes] table of a language's data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.reading.languages import language_table
from config.data import table as data_table

_VOWELS = "aeiou"
# Of one of these is a word that changes what a capitalized word standing alone is: a name.
_NO_MERE_NAMES = ("titles", "organisation_words", "given_names", "roles", "common_capitals")
_CLOSED_CLASS = ("prepositions", "conjunctions", "auxiliaries", "determiners", "subordinators")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, all lower case.

    Attributes:
        finite: forms of speech verbs that stand with a subject ("said").
        participles: forms that lean on another clause's subject ("saying", "добавив").
        bare: base forms, verbs only after "to" or a modal.
        nounlike: forms of the above that are as often nouns: verbs only right after a subject.
        words: the other lists by their name in the data.
    """

    language: str
    finite: frozenset[str]
    participles: frozenset[str]
    bare: frozenset[str]
    nounlike: frozenset[str]
    words: Mapping[str, frozenset[str]]

    def canonical_role(self, role: str) -> str:
        """Return the word under which a role is kept: Ukrainian "учитель" and "вчитель" are one, so are synonyms."""
        if self.language == "uk" and role.startswith("у"):
            role = "в" + role[1:] if self.has("roles", "в" + role[1:]) else role
        return next((pair.split()[0] for pair in self.words["role_synonyms"] if role in pair.split()), role)

    def has(self, name: str, word: str) -> bool:
        """Tell whether a lower-case word is in the list of this name."""
        return word in self.words[name]


def lexicon(language: str | None) -> Lexicon:
    """Return a language's words; English where the language has none."""
    return _lexicon(language if language and language_table(language, "quotes") else "en")


@cache
def _lexicon(code: str) -> Lexicon:
    table = language_table(code, "quotes")
    finite, participles, bare = _english_forms(table) if code == "en" else _slavic_forms(table)
    lists = {key: frozenset(value) for key, value in table.items() if isinstance(value, list)}
    if code == "en":
        lists |= _with_given_names(lists)
        lists["roles"] |= lists["surname_roles"]
        lists["closed_class"] = frozenset().union(*(lists.get(name, frozenset()) for name in _CLOSED_CLASS))
        lists["phrasal_firsts"] = frozenset(phrase.partition(" ")[0] for phrase in lists["phrasal"])
        lists["may_be_verbs"] = lists["phrasal_firsts"].union(finite, participles, bare, table["nounlike"])
    mere = frozenset().union(*(lists.get(name, frozenset()) for name in _NO_MERE_NAMES))
    lists["no_mere_names"] = frozenset(map(str.lower, mere))
    lists["gendered"] = lists.get("male_words", frozenset()) | lists.get("female_words", frozenset())
    return Lexicon(
        language=code,
        finite=finite,
        participles=participles,
        bare=bare,
        nounlike=frozenset(table.get("nounlike", ())),
        words=_Lists(lists),
    )


def _with_given_names(lists: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Join the language's own names and the long lists of config/given_names.toml; a list's own word decides."""
    given = data_table("given_names")
    male, female = lists["male_names"], lists["female_names"]
    all_male = male | (frozenset(given["male"].split()) - female)
    all_female = female | (frozenset(given["female"].split()) - male)
    return {"male_names": all_male, "female_names": all_female, "given_names": all_male | all_female}


class _Lists(dict[str, frozenset[str]]):
    """Word lists; one that the language leaves out is empty."""

    def __missing__(self, key: str) -> frozenset[str]:
        return frozenset()


def _english_forms(table: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    finite: set[str] = set()
    participles: set[str] = set()
    bare: set[str] = set()
    for entry in table["verbs"]:
        base, *irregular = entry.split()
        bare.add(base)
        finite.add(_third_person(base))
        past = [form for form in irregular if not form.endswith("ing")]
        participles.update([form for form in irregular if form.endswith("ing")] or [_participle(base)])
        finite.update(past or [_past(base)])
    return frozenset(finite), frozenset(participles), frozenset(bare)


def _third_person(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "o")):
        return base + "es"
    return base[:-1] + "ies" if _consonant_y(base) else base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if _consonant_y(base) else base + "ed"


def _participle(base: str) -> str:
    return base[:-1] + "ing" if base.endswith("e") and base[-2] not in "eoy" else base + "ing"


def _consonant_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in _VOWELS


def _slavic_forms(table: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    finite = set(table["present"])
    for masculine in table["past"]:
        finite.update(_past_genders(masculine))
    return frozenset(finite), frozenset(_with_short_forms(table["gerunds"])), frozenset(table.get("bare", ()))


def _past_genders(masculine: str) -> Iterable[str]:
    """Russian and Ukrainian past tense: сказал/сказав, -ла, -ло, -ли, with the reflexive ending kept last."""
    stem, ending = masculine, ""
    for reflexive in ("ся", "сь"):
        if masculine.endswith(reflexive):
            stem, ending = masculine[:-2], reflexive
    yield masculine
    root = stem[:-1] if stem.endswith(("л", "в")) else stem
    vowel_ending = "сь" if ending and "л" in stem[-1:] else ending
    for suffix in ("ла", "ло", "ли"):
        yield root + suffix + vowel_ending
        if ending:
            yield root + suffix + "сь"


def _with_short_forms(gerunds: Iterable[str]) -> Iterable[str]:
    for gerund in gerunds:
        yield gerund
        if gerund.endswith("в"):
            yield gerund + "ши"
