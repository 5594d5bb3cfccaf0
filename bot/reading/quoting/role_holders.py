"""Who "the minister" is: persons by the roles that the text gives them."""

from collections.abc import Collection
from typing import NamedTuple

from bot.reading.quoting.antecedents import nearby
from bot.reading.quoting.cast import Cast, Person
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.phrases import Phrase
from bot.reading.quoting.tokens import Sentence
from bot.reading.quoting.word_kinds import SELF, is_addressee, is_finite_verb, lemma, person_noun

JUST_NOW = 2
"""Sentences back that a text still speaks of."""

_SHORTLY = 3
_OF_COUNTRIES = ("ский", "ская", "цкий", "цкая", "ський", "ська", "цький", "цька", "зький", "зька")
_WHERE, _INTERVIEW = ("в ", "у "), ("интервью", "інтерв’ю", "інтерв'ю")
_ANY_GENDER = ("", "m", "f")


class Place(NamedTuple):
    """Where a phrase stands: the running numbers of its sentence and of its paragraph's first one, and its token."""

    sentence: int
    token: int
    paragraph: int


def introduced(phrase: Phrase, tokens: Sentence, sentence: int, cast: Cast) -> Person | None:
    """Return Smith for "the Vermont senator" where one senator, Smith, has just been mentioned."""
    low = head_word(phrase, tokens, cast.words)
    owned = any(token.kind == "s" for token in tokens[phrase.first : phrase.last])
    if cast.words.language != "en" or tokens[phrase.first].low != "the" or owned:
        return None
    holders = {person.order for number, person in cast.roles.get(low, []) if number <= sentence}
    near = [m.person for m in nearby(cast.mentions, sentence, phrase.first) if m.sentence >= sentence - JUST_NOW]
    fitting = {person.order: person for person in near if person.order in holders}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def head_word(phrase: Phrase, tokens: Sentence, words: Lexicon) -> str:
    """Return "secretary" of "the secretary of state"."""
    for index in range(phrase.first + 1, phrase.last):
        if words.has("prepositions", tokens[index].low):
            return tokens[index - 1].low
    return tokens[phrase.last].low


def holder_of(phrase: Phrase, tokens: Sentence, place: Place, cast: Cast) -> Person | None:
    """Return who was introduced as "the minister" so far, of several the last one named in the paragraph."""
    if cast.words.language != "en":
        return _slavic_holder_of(phrase, tokens, place, cast)
    owned = any(token.kind == "s" for token in tokens[phrase.first : phrase.last])
    if tokens[phrase.first].low not in {"the", "his", "her"} or owned:
        return None
    role = head_word(phrase, tokens, cast.words)
    if tokens[phrase.first].low != "the" and not _is_relative(role, cast.words):
        place = place._replace(sentence=place.sentence, paragraph=max(place.paragraph, place.sentence - _SHORTLY))
        near = {
            mention.person.order for mention in nearby(cast.mentions, *place[:2]) if mention.sentence >= place.paragraph
        }
        holder = _holder(role, place, cast)
        return holder if holder is not None and holder.order in near else None
    return _holder(role, place, cast)


def _is_relative(role: str, words: Lexicon) -> bool:
    """Tell "wife" and "brother": whoever was introduced so stays so, "his lawyer" may be another each time."""
    return words.has("male_words", role) or words.has("female_words", role)


def _slavic_holder_of(phrase: Phrase, tokens: Sentence, place: Place, cast: Cast) -> Person | None:
    role = tokens[phrase.last].low
    if phrase.oblique:  # "по словам депутата"
        role = lemma(role, cast.words.language)
        following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
        alone = following is None or following.kind in {"p", "q"}
        return _slavic_role(role, _role_gender(role, cast.words), place, cast, alone=alone)
    before = tokens[phrase.first - 1].low if phrase.first else ""
    if before.endswith(_OF_COUNTRIES) and phrase.first > 1:  # "подчеркнул французский лидер"
        before = tokens[phrase.first - 2].low
    if before in SELF:
        return _himself(role, phrase.gender or _role_gender(role, cast.words), place, cast)
    if cast.words.has("continuing", before):
        continued = _last_speaker(place.sentence, cast, ("", phrase.gender) if phrase.gender else _ANY_GENDER)
        if continued is not None:
            return continued
    alone = _stands_alone(tokens, phrase, before, cast.words)
    gender = phrase.gender if phrase.gender in {"m", "f"} else _role_gender(role, cast.words)
    return _slavic_role(role, gender, place, cast, alone=alone)


def _himself(role: str, gender: str, place: Place, cast: Cast) -> Person | None:
    """Return the player for "сам хоккеист" behind what his coach said of him: not who has just spoken."""
    last = cast.spoke[-1][1] if cast.spoke else None
    holders = {person.order: person for number, person in cast.roles.get(role, []) if number <= place.sentence}
    near = {m.person.order: m.person for m in nearby(cast.mentions, *place[:2])}
    for persons in (holders, near):
        fitting = [p for p in persons.values() if p is not last and p.gender in {"", gender or p.gender}]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _stands_alone(tokens: Sentence, role: Phrase, before: str, words: Lexicon) -> bool:
    """Tell "сказал министр на встрече" and "министр сказал" from "сказал министр обороны Польши"."""
    following = tokens[role.last + 1 : role.last + 3]
    if following and _is_verb(following[0].low, words):
        return True
    ended = not following or following[0].kind in {"p", "q"} or words.has("behind_role", following[0].low)
    ended = ended or following[0].text[:1].isascii()  # "сказал астроном N+1": whom he told
    ended = ended or is_addressee(following[0].low, words.language)
    two = " ".join(token.low for token in following)
    ended = ended or (two.startswith(_WHERE) and two.endswith(_INTERVIEW))
    verb = _is_verb(before, words) or any(
        token.low in words.finite for token in tokens[max(0, role.first - 4) : role.first]
    )
    return verb and (ended or words.has("behind_role", two))


def _is_verb(low: str, words: Lexicon) -> bool:
    return low in words.finite or is_finite_verb(low, words.language)


def _slavic_role(role: str, gender: str, place: Place, cast: Cast, *, alone: bool) -> Person | None:
    """Return who "the minister" is; where nobody was introduced so, the only fitting person named shortly before.

    The last holds where the role stands alone and is one with which a text takes up a person again ("каже депутат"),
    not one that brings in somebody new ("рассказал очевидец", "каже депутат від опозиції").
    """
    role = cast.words.canonical_role(role)
    fitting = ("", gender) if gender else _ANY_GENDER
    if any(person.gender in fitting for _, person in cast.roles.get(role, [])):
        return _holder(role, place, cast, fitting)
    listed = cast.words.has("roles", role)
    if not alone or (listed and not cast.words.has("definite_roles", role)) or cast.words.has("newcomers", role):
        return None
    back = _SHORTLY if listed else JUST_NOW
    subjects = [  # in the nominative: others are only spoken of
        m
        for m in nearby(cast.mentions, place.sentence, place.token)
        if m.sentence >= place.sentence - back and m.person.gender in fitting and not m.owner
    ]
    if cast.words.has("children", role):  # "пояснює дівчинка" is not the headmistress
        at_work = {person.order for holders in cast.roles.values() for _, person in holders}
        subjects = [m for m in subjects if m.person.order not in at_work]
        if not subjects:
            return None
    near = {m.person.order: m.person for m in subjects if m.sentence == subjects[-1].sentence}
    if not near:
        return _last_speaker(place.sentence, cast, fitting)
    return next(iter(near.values())) if len(near) == 1 else None


def _last_speaker(sentence: int, cast: Cast, genders: Collection[str] = _ANY_GENDER) -> Person | None:
    """Return who goes on in "додав чиновник"."""
    if not cast.spoke:
        return None
    number, person = cast.spoke[-1]
    newer = [m for m in nearby(cast.mentions, sentence, 0) if m.sentence > number and not m.owner]
    if newer and newer[-1].person is not person:
        return None  # somebody else has come in between
    return person if number >= sentence - JUST_NOW and person.gender in genders else None


def _role_gender(role: str, words: Lexicon) -> str:
    """Return "f" for a word that means women only, "m" for one that means men only, else ""."""
    if words.has("women", role) or person_noun(role, words.language) == "f":
        return "f"
    return "m" if words.has("men", role) or _has_feminine(role, words) else ""


def _has_feminine(role: str, words: Lexicon) -> bool:
    """Tell "підприємець", beside which Ukrainian has "підприємиця" for women."""
    stem = role.removesuffix("ець").removesuffix("ик")
    feminine = (f"{role}ка", f"{stem}иця", f"{role}иня")
    return words.language == "uk" and any(words.has("roles", word) for word in feminine)


def _holder(role: str, place: Place, cast: Cast, genders: Collection[str] = _ANY_GENDER) -> Person | None:
    known = [person for number, person in cast.roles.get(role, []) if number <= place.sentence]
    holders = {person.order: person for person in known if person.gender in genders}
    if len(holders) == 1:
        return next(iter(holders.values()))
    near = [m for m in nearby(cast.mentions, *place[:2]) if m.sentence >= place.paragraph and m.person.order in holders]
    last = {m.person.order: m.person for m in near if m.sentence == near[-1].sentence}
    if len(last) > 1:  # "Sen. Dole and Sen. Ray met": who of them goes on speaking
        return _last_speaker(place.sentence, cast, genders) if cast.spoke and cast.spoke[-1][1].order in last else None
    return next(iter(last.values()), None)
