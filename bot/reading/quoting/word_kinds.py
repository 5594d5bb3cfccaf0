"""What kind of word a Ukrainian or Russian word most likely is: a verb, a noun for a person, an adjective."""

from functools import lru_cache
from typing import Any

from bot.dictionaries import parses
from bot.reading.quoting.morphology import GENDERS, PERSONAL, REMEMBERED_WORDS

SELF = frozenset({"сам", "сама"})
"""Before a role: "сам хоккеист"."""


@lru_cache(REMEMBERED_WORDS)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a lower-case word, as a person if it may mean one: "пасічникові" → "пасічник"."""
    found = parses(word, language)
    person = (parse for parse in found if parse.tag.POS == "NOUN" and parse.tag.animacy == "anim")
    likeliest = next(person, next(iter(found), None))
    if likeliest is None:
        return word
    straight = str(likeliest.normal_form)
    return straight.replace("'", "’") if "’" in word else straight


@lru_cache(REMEMBERED_WORDS)
def is_adjective(word: str, language: str) -> bool:
    """Tell whether the dictionary has a word as an adjective and not as a name."""
    found = parses(word, language)
    return any(parse.is_known and parse.tag.POS == "ADJF" for parse in found) and not any(
        set(PERSONAL) & parse.tag.grammemes for parse in found
    )


@lru_cache(REMEMBERED_WORDS)
def is_noun(word: str, language: str) -> bool:
    """Tell whether a lower-case word is most likely a noun."""
    return _is_likely("NOUN", word, language)


@lru_cache(REMEMBERED_WORDS)
def is_finite_verb(word: str, language: str) -> bool:
    """Tell whether a lower-case word is most likely a verb with a subject, and no infinitive."""
    return _is_likely("VERB", word, language)


@lru_cache(REMEMBERED_WORDS)
def is_gerund(word: str, language: str) -> bool:
    """Tell whether a lower-case word is most likely a verb that leans on another: "пошутив"."""
    return _is_likely("GRND", word, language)


@lru_cache(REMEMBERED_WORDS)
def person_noun(word: str, language: str) -> str | None:
    """Return the gender, "m" or "f", of a noun for a person in the nominative singular, and None for other words."""
    likeliest = _likeliest(word, language)
    if likeliest is None or not likeliest.is_known:
        return None
    tag = likeliest.tag
    fitting = tag.POS == "NOUN" and tag.animacy == "anim" and tag.case == "nomn" and tag.number != "plur"
    return GENDERS.get(tag.gender) if fitting else None


@lru_cache(REMEMBERED_WORDS)
def is_addressee(word: str, language: str) -> bool:
    """Tell whether a lower-case word is a person in the dative, whom somebody tells something: "журналистам"."""
    likeliest = _likeliest(word, language)
    if likeliest is None or not likeliest.is_known:
        return False
    return (likeliest.tag.POS, likeliest.tag.animacy, likeliest.tag.case) == ("NOUN", "anim", "datv")


def _is_likely(part_of_speech: str, word: str, language: str) -> bool:
    likeliest = _likeliest(word, language)
    return likeliest is not None and part_of_speech == likeliest.tag.POS


def _likeliest(word: str, language: str) -> Any:
    return next(iter(parses(word, language)), None)
