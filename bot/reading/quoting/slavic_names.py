"""Persons of a Russian or Ukrainian article: runs of capitalized words read in their cases."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.dictionaries import is_in_dictionary
from bot.reading.quoting.cast import Mention, Person, surname_of
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.morphology import (
    NameReading,
    is_first_name,
    is_place,
    may_be_person,
    name_readings,
)
from bot.reading.quoting.names import Run, run_starting
from bot.reading.quoting.slavic_cast import SlavicCast
from bot.reading.quoting.surnames import looks_like_surname
from bot.reading.quoting.tokens import Sentence, Token
from bot.reading.quoting.word_kinds import is_adjective, is_noun, lemma, person_noun

# Characters of a club or a firm in marks between a role and a name.
_LONGEST_CLUB = 24
# "Ольга и Павел Савины"
_OF_BOTH = {"ru": ("ины", "овы", "евы", "ёвы"), "uk": ("іни", "їни", "ови", "еви")}
_AND = frozenset({"и", "й", "та", "і"})
# "восьмилетний Артём"
_OF_AGE = ("летний", "летняя", "річний", "річна")


def persons_in_run(tokens: Sequence[Token], run: Run, words: Lexicon) -> list[tuple[int, int]]:
    """Return the first and last token of each person in a run: "[Иван Иванов] [Ольге Петровой]" are two."""
    given = [
        index for index in range(run.name_first, run.last + 1) if is_first_name(tokens[index].text, words.language)
    ]
    cuts = [after for before, after in pairwise(given) if after - before > 1]
    if not cuts:
        person = person_in_run(tokens, run, words)
        return [person] if person is not None else []
    starts = [run.name_first, *cuts]
    ends = [*(cut - 1 for cut in cuts), run.last]
    parts = [run._replace(name_first=start, last=end) for start, end in zip(starts, ends, strict=True)]
    return [person for part in parts if (person := person_in_run(tokens, part, words)) is not None]


def person_in_run(tokens: Sequence[Token], run: Run, words: Lexicon) -> tuple[int, int] | None:
    """Return the first and last token of the person in a run: "Президент Украины [Владимир Зеленский]".

    A given name with something after it begins the person; without one, what is left after places and organisations.
    """
    given = [index for index in range(run.name_first, run.last) if is_first_name(tokens[index].text, words.language)]
    if given:
        return _given_start(tokens, given, words), _without_bodies(tokens, given[-1] + 1, run.last, words)
    first = run.name_first
    if _qualifies_noun(tokens, run, words):
        return None
    if _is_described(tokens, run, words):
        return run.last, run.last
    while first <= run.last and _is_body(tokens[first], words):
        first += 1
    last = _without_bodies(tokens, first, run.last, words)
    if first > last:
        return None
    small = [_is_small(tokens[index]) for index in range(first, last + 1)]
    alone = all(
        few or may_be_person(tokens[index].text, words.language)
        for index, few in zip(range(first, last + 1), small, strict=True)
    )
    return (first, last) if alone and not all(small) else None


def _qualifies_noun(tokens: Sequence[Token], run: Run, words: Lexicon) -> bool:
    """Tell "Немецкая газета" at the start of a sentence: an adjective of the dictionary and its noun."""
    if run.first or run.last or len(tokens) < 2 or tokens[1].kind != "w":  # noqa: PLR2004 - the adjective and the noun
        return False
    return is_adjective(tokens[0].text, words.language) and is_noun(tokens[1].low, words.language)


def _is_described(tokens: Sequence[Token], run: Run, words: Lexicon) -> bool:
    """Tell "Посетитель Артур" and "Следователь Гаджиев": a noun for a person at the start of a sentence and a name."""
    before = [tokens[index].low for index in range(run.name_first, run.last)]
    described = bool(before) and all(person_noun(low, words.language) is not None for low in before)
    last = tokens[run.last].text
    return described and (
        is_first_name(last, words.language) or (not run.first and looks_like_surname(last, words.language))
    )


def _without_bodies(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> int:
    """Return where the name ends when an agency or a place follows it: "цитирует Путина РИА Новости"."""
    unknown = last == first + 1 and not is_in_dictionary(tokens[first].text, words.language)
    if unknown and not is_in_dictionary(tokens[last].text, words.language) and tokens[last].text[0].isupper():
        return last if not tokens[last].text.isupper() else first  # "Жозеп Боррель", whose surname sounds like a town
    for index in range(first + 1, last + 1):
        if _is_body(tokens[index], words) or (tokens[index].text.isupper() and len(tokens[index].text) > 2):  # noqa: PLR2004 - "А."
            return index - 1
    return last


def _given_start(tokens: Sequence[Token], given: list[int], words: Lexicon) -> int:
    """Return the last given name, or the one before it where both make one double name ("Анна Мария Иванова")."""
    last = given[-1]
    if last - 1 in given:
        both = name_readings((tokens[last - 1].text, tokens[last].text), words.language)
        return last - 1 if both else last
    return last


def _is_small(token: Token) -> bool:
    return token.kind == "w" or token.text == "." or (len(token.text) == 2 and token.text.endswith("."))  # noqa: PLR2004 - "А."


def _is_body(token: Token, words: Lexicon) -> bool:
    latin = token.kind == "C" and token.text[0].isascii() and not token.text.endswith(".")
    return latin or words.has("organisation_words", token.low) or is_place(token.text, words.language)


def parts_of(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    """Return the words of a name."""
    return tuple(token.text for token in tokens[first : last + 1] if token.text != ".")


def gather_slavic(sentences: Sequence[Sentence], texts: Sequence[str], words: Lexicon) -> SlavicCast:
    """Collect the persons of an article: full names whose case is plain first, then the others, then all mentions."""
    del texts
    cast = SlavicCast(words)
    found = list(_found(sentences, words))
    for wanted in (True, False):
        for number, first, last in found:
            _register(cast, sentences[number], first, last, certain=wanted)
    for number, first, last in found:
        _register_single(cast, sentences[number], first, last)
    for number, first, last in found:
        _mention(cast, number, sentences[number], first, last)
    return cast


def _found(sentences: Sequence[Sentence], words: Lexicon) -> Iterator[tuple[int, int, int]]:
    for number, tokens in enumerate(sentences):
        index = 0
        while index < len(tokens):
            run = run_starting(tokens, index, words) if tokens[index].kind == "C" else None
            for person in persons_in_run(tokens, run, words) if run is not None and run.is_name else ():
                yield number, *person
            if run is not None and run.first == run.last and index and words.has("call_signs", tokens[index - 1].low):
                yield number, index, index
            index = run.last + 1 if run is not None else index + 1


def _register(cast: SlavicCast, tokens: Sentence, first: int, last: int, *, certain: bool) -> None:
    parts = parts_of(tokens, first, last)
    if len(parts) < 2:  # noqa: PLR2004 - first name and surname
        return
    if not is_first_name(parts[0], cast.words.language) and (certain or not _roles_before(tokens, first, cast.words)):
        return  # a given name that no dictionary has counts where a role stands before it
    if _register_couple(cast, tokens, first, last):
        return
    found = name_readings(parts, cast.words.language)
    different = {reading.nominative for reading in found}
    if not found or (certain and len(different) > 1) or any(text.lower() in cast.people for text in different):
        return
    before = " ".join(token.low for token in tokens[max(0, first - 2) : first])
    oblique = [reading for reading in found if reading.case != "nomn"] if cast.words.has("according", before) else []
    _add(cast, (oblique or found)[0])  # "по мнению Петра Сидорова" is no Петра


def _register_couple(cast: SlavicCast, tokens: Sentence, first: int, last: int) -> bool:
    """Take "Ольга и Павел Савины" for Ольга Савина and Павел Савин."""
    language = cast.words.language
    if first < 2 or last != first + 1 or not tokens[last].low.endswith(_OF_BOTH[language]):  # noqa: PLR2004 - name, "и"
        return False
    given = (tokens[first - 2].text, tokens[first].text)
    joined = tokens[first - 1].low in _AND and all(is_first_name(name, language) for name in given)
    stem = tokens[last].text[:-1]
    for name in given if joined else ():
        for surname, gender in ((stem, "m"), (f"{stem}а", "f")):
            known = name_readings((name, surname), language)
            reading = next((each for each in known if each.case == "nomn" and each.gender == gender), None)
            if reading is not None and reading.nominative.lower() not in cast.people:
                _add(cast, reading)
    return joined


def _add(cast: SlavicCast, reading: NameReading) -> None:
    parts = reading.nominative.split()
    person = Person(reading.nominative, len(cast.people), reading.gender)
    cast.people[reading.nominative.lower()] = person
    cast.by_surname.setdefault(surname_of(parts), []).append(person)
    if len(parts) > 1:
        cast.by_first_name.setdefault(parts[0].lower(), []).append(person)


def _register_single(cast: SlavicCast, tokens: Sentence, first: int, last: int) -> None:
    """Take a surname alone for a person where it stands in the nominative beside a verb of speech."""
    parts = parts_of(tokens, first, last)
    if len(parts) != 1 or cast.find(parts[0]) is not None:
        return
    beside = {token.low for token in (*tokens[max(0, first - 1) : first], *tokens[last + 1 : last + 2])}
    found = name_readings(parts, cast.words.language)
    if first and cast.words.has("call_signs", tokens[first - 1].low):
        found = (NameReading(parts[0], "nomn", ""),)
    if not found or found[0].case != "nomn":
        return
    if beside & cast.words.finite or _is_introduced_alone(tokens, first, cast.words):
        _add(cast, found[0])


def _is_introduced_alone(tokens: Sentence, first: int, words: Lexicon) -> bool:
    """Tell a name that is all we are told: "фельдшер Лилия", "её муж, Богдан,", "боец с позывным Серко"."""
    place = first - (2 if tokens[first - 1].text == "," and first > 1 else 1)
    before = tokens[place] if place >= 0 else None
    if before is None or before.kind not in {"w", "C"}:
        return False
    if words.has("call_signs", before.low):
        return True
    if not is_first_name(tokens[first].text, words.language):
        return False
    for token in reversed(tokens[max(0, place - 2) : place + 1]):  # "дружина боксера Катерина"
        if token.kind not in {"w", "C"} or words.has("prepositions", token.low):
            break
        if words.has("roles", token.low) or person_noun(token.low, words.language) is not None:
            return True
    return before.low.endswith(_OF_AGE)


def _mention(cast: SlavicCast, number: int, tokens: Sentence, first: int, last: int) -> None:
    person = cast.find(" ".join(parts_of(tokens, first, last)))
    if person is None:
        return
    person.count += 1
    cast.mentions.append(Mention(number, first, person, owner=not _may_be_nominative(tokens, first, last, cast.words)))
    for role in _roles_before(tokens, first, cast.words):
        cast.roles.setdefault(role, []).append((number, person))


def _may_be_nominative(tokens: Sentence, first: int, last: int, words: Lexicon) -> bool:
    return any(reading.case == "nomn" for reading in name_readings(parts_of(tokens, first, last), words.language))


def _roles_before(tokens: Sentence, first: int, words: Lexicon) -> list[str]:
    """Return the roles of the words in front of a name: "министр обороны Украины Алексей Резников"."""
    roles: list[str] = []
    for token in reversed(tokens[max(0, first - 6) : first]):
        if token.kind == "q" and token.end - token.start <= _LONGEST_CLUB:
            continue  # "тренер «Динамо» Иван Иванов"
        if token.kind in {"p", "q"} or words.has("prepositions", token.low):
            break
        low = token.low if words.has("roles", token.low) else lemma(token.low, words.language)
        if words.has("roles", low) or person_noun(low, words.language) is not None:
            roles.append(words.canonical_role(low))
    return roles
