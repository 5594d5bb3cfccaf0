"""Persons of one Russian or Ukrainian sentence, in the case that the place asks for."""

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.morphology import is_place, name_readings
from bot.reading.quoting.names import run_starting
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.slavic_names import parts_of, persons_in_run
from bot.reading.quoting.tokens import Sentence
from bot.reading.quoting.word_kinds import lemma, person_noun

# A word between a verb and a noun for a person that no list has: "сказал сербский специалист".
_BESIDE = 3


class SlavicPersons:
    """Names and nouns for persons by their first or last token."""

    def __init__(self, tokens: Sentence, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.placed_verbs: set[int] = set()

    def _is_role(self, index: int, verb: int) -> bool:
        """Tell a word for a person: one of the list anywhere in the clause, any other only beside the verb."""
        token = self.tokens[index]
        if self.words.has("roles", self.words.canonical_role(token.low)) or self.words.has("definite_roles", token.low):
            return True
        near = token.kind == "w" and abs(index - verb) <= _BESIDE
        return near and person_noun(token.low, self.words.language) is not None

    def _foreigner(self, index: int) -> Phrase | None:
        """Read two words behind a role that no dictionary knows as a name: "представителя Тэмми Брюс"."""
        run = run_starting(self.tokens, index, self.words)
        if run is None or run.last != index + 1 or not index or run.name_first != index:
            return None
        role = self.words.has("roles", lemma(self.tokens[index - 1].low, self.words.language))
        places = any(is_place(self.tokens[i].text, self.words.language) for i in (index, index + 1))
        return (
            Phrase(PhraseKind.NAME, index, run.last, index, run.last, named=True, oblique=True)
            if role and not places
            else None
        )

    def _past_run(self, index: int) -> int:
        run = run_starting(self.tokens, index, self.words) if self.tokens[index].kind == "C" else None
        return run.last + 1 if run is not None else index + 1

    def _person_at(self, index: int, *, nominative: bool, gender: str = "") -> Phrase | None:
        """Read the person in the run that begins here, in the case that is wanted."""
        run = run_starting(self.tokens, index, self.words)
        if run is None or not run.is_name:
            return None
        persons = persons_in_run(self.tokens, run, self.words)
        named = (self._in_case(person, nominative=nominative, gender=gender) for person in persons)
        return next((phrase for phrase in named if phrase is not None), None)

    def _in_case(self, person: tuple[int, int], *, nominative: bool, gender: str) -> Phrase | None:
        found = name_readings(parts_of(self.tokens, *person), self.words.language)
        if person[0] == person[1] and person[0] and self.words.has("his_people", self.tokens[person[0] - 1].low):
            found = tuple(reading for reading in found if reading.gender != "f")  # "сокамерник Карагаева"
        if nominative:
            found = tuple(reading for reading in found if reading.case == "nomn" and gender in {"", reading.gender})
            if not found:
                return None
        elif found and all(reading.case == "nomn" for reading in found):
            return None
        last = person[1]
        genders = {reading.gender for reading in found}
        return Phrase(
            PhraseKind.NAME,
            person[0],
            last,
            person[0],
            last,
            named=True,
            gender=found[0].gender if nominative and len(genders) == 1 else gender if nominative else "",
            oblique=not nominative,
        )

    def _known_only(self, index: int) -> Phrase | None:
        """Read one capitalized word that is a name only if somebody bears it: "сказав Рибак", "объясняет Гаммер"."""
        token = self.tokens[index]
        if token.kind != "C" or self._after_preposition(index):
            return None
        if index and self.words.has("his_people", self.tokens[index - 1].low):
            return None
        run = run_starting(self.tokens, index, self.words)
        if run is None or run.last != index:
            return None
        return Phrase(PhraseKind.NAME, index, index, index, index, named=True, known_only=True)

    def _run_start(self, index: int) -> int:
        start = index
        for candidate in range(index, max(-1, index - 6), -1):
            run = run_starting(self.tokens, candidate, self.words) if self.tokens[candidate].kind == "C" else None
            if run is None or run.last < index:
                break
            start = candidate
        return start

    def _after_preposition(self, index: int) -> bool:
        return index > 0 and self.words.has("prepositions", self.tokens[index - 1].low)
