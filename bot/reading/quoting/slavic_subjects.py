"""Whose words a Russian or Ukrainian verb of speech reports."""

from bot.reading.quoting.morphology import is_body
from bot.reading.quoting.names import run_starting
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.slavic_persons import SlavicPersons
from bot.reading.quoting.tokens import COMMAS, Token
from bot.reading.quoting.word_kinds import is_adjective, is_finite_verb, is_gerund, is_noun, lemma, person_noun

FARTHEST = 25
"""Words from a verb of speech among which its subject is looked for."""

_COMPARING = ("сравн", "порівн", "уподоб", "уподіб")
_HARD_STOPS = frozenset({".", ";", ":", "!", "?", "…"})
# Names of companies and papers in quotation marks are shorter than this, in characters.
_LONGEST_BODY = 32
# Words of "співорганізаторка акції".
_LONGEST_OFFICE = 5


class SlavicSubjects(SlavicPersons):
    """The subjects of the verbs of speech in one sentence."""

    def _is_verb(self, index: int) -> bool:
        low = self.tokens[index].low
        listed = low in self.words.finite or low in self.words.participles or self.words.has("citing", low)
        return listed or index in self.placed_verbs

    def _said(self, index: int) -> Phrase | None:
        """Return whose words the verb, or the "по словам", at this token reports."""
        according = self._according(index)
        if according is not None:
            return according
        low = self.tokens[index].low
        if self.words.has("impersonal", low):
            return self._document_owner(index + 1)
        if not self._is_verb(index):
            return None
        if self.words.has("citing", low):
            cited = self._cited(index + 1)
            if cited is not None:
                return cited
        leaning = low in self.words.participles or (index in self.placed_verbs and self._is_gerund(low))
        gender = "" if leaning else verb_gender(low)
        if leaning:
            return self._left_subject(index - 1, gender)
        left = None if self._inverts(index) else self._left_subject(index - 1, gender)
        other = left or self._right_subject(index + 1, gender) or self._left_subject(index - 1, gender)
        return other or (self._body_before(index - 1) if gender == "p" else None)

    def _is_gerund(self, low: str) -> bool:
        return low not in self.words.finite and is_gerund(low, self.words.language)

    def _inverts(self, verb: int) -> bool:
        """Tell whether the subject is to be looked for after the verb: "…, — сказал X", "как сообщил X"."""
        index = verb - 1
        while index >= 0 and (
            self.words.has("auxiliaries", self.tokens[index].low) or self.words.has("inverting", self.tokens[index].low)
        ):
            index -= 1
        return index < 0 or self.tokens[index].kind in {"q", "p"}

    def _according(self, index: int) -> Phrase | None:
        if index < 0 or self.tokens[index].kind not in {"w", "C"}:
            return None
        two = " ".join(token.low for token in self.tokens[index : index + 2])
        three = " ".join(token.low for token in self.tokens[index : index + 3])
        if self.words.has("own_words", three):
            return Phrase(PhraseKind.PRONOUN, index + 1, index + 1)
        if self.words.has("according", two):
            return self._cited(index + 2)
        if (
            self.words.has("according", self.tokens[index].low)
            and not self._commented(index)
            and index + 1 < len(self.tokens)
            and self.tokens[index + 1].kind == "C"
        ):
            return self._person_at(index + 1, nominative=False)
        return None

    def _commented(self, index: int) -> bool:
        """Tell "сравнила слова Иванова с «…»", where she speaks, from "приводит слова Иванова"."""
        before = self.tokens[index - 1].low if index else ""
        if before.startswith(_COMPARING):
            return True
        listed = before in self.words.finite or self.words.has("citing", before)
        return not listed and bool(before) and is_finite_verb(before, self.words.language)

    def _cited(self, first: int) -> Phrase | None:
        """Read a name in an oblique case: "по словам министра Ивана Иванова", "цитирует Зеленского"."""
        index = first
        while index < len(self.tokens) and index - first < FARTHEST // 2:
            token = self.tokens[index]
            if token.kind == "q" or token.text in _HARD_STOPS or (token.text in COMMAS and index > first):
                break
            person = self._person_at(index, nominative=False) or self._foreigner(index) if token.kind == "C" else None
            if person is not None:
                return person
            index = self._past_run(index)
        return self._cited_otherwise(first, index)

    def _cited_otherwise(self, first: int, past: int) -> Phrase | None:
        """Read "по словам депутата," and "по данным Минфина," where no name stands."""
        if first >= len(self.tokens):
            return None
        token = self.tokens[first]
        if token.kind == "C":
            plain = lemma(token.low, self.words.language)
            body = is_body(token.text, self.words.language) or any(
                self.words.has("organisation_words", word) for word in (token.low, plain)
            )
            return (
                Phrase(PhraseKind.ROLE, first, first, named=True, oblique=True) if body and past == first + 1 else None
            )
        for index in range(first, min(past, first + 2)):  # an adjective may stand before it
            role = lemma(self.tokens[index].low, self.words.language)
            known = self.words.has("roles", role) or person_noun(role, self.words.language) is not None
            if known and self.tokens[index].kind == "w":
                return Phrase(PhraseKind.ROLE, index, index, oblique=True)
        return None

    def _document_owner(self, first: int) -> Phrase | None:
        """Read "говорится в заявлении МИД": the named owner of the document."""
        for index in range(first, min(first + 8, len(self.tokens))):
            token = self.tokens[index]
            if token.kind == "q" or token.text in _HARD_STOPS or token.text in COMMAS:
                return None
            if self.words.has("possessives", token.low):
                return Phrase(PhraseKind.PRONOUN, index, index)
            if token.kind == "C" and index > first + 1:
                person = self._person_at(index, nominative=False)
                if person is not None:
                    return person
                run = run_starting(self.tokens, index, self.words)
                if run is not None:
                    return Phrase(PhraseKind.ROLE, index, run.last, named=True)
        return None

    def _right_subject(self, first: int, gender: str) -> Phrase | None:
        """Read the subject after a verb, over what stands between: "сказал журналистам в Киеве Иван Иванов"."""
        index, role, body, unknown = first, None, None, None
        while index < len(self.tokens) and index - first < FARTHEST:
            token = self.tokens[index]
            if self._is_speech(token) or token.text in _HARD_STOPS or (token.text in COMMAS and index > first):
                break
            if self.words.has("conjunctions", token.low) and token.low not in {"и", "й", "та", "і"}:
                break
            if self.words.has("subject_pronouns", token.low):
                return Phrase(PhraseKind.PRONOUN, index, index)
            person = self._person_at(index, nominative=True, gender=gender) if token.kind == "C" else None
            if person is not None:
                return person
            if role is None and self._is_role(index, first - 1):
                role = Phrase(PhraseKind.ROLE, index, index, gender=gender)
            if body is None and token.low in {"в", "у"} and gender == "p":
                body = self._body(index + 1)
            unknown = unknown or self._known_only(index)
            index = self._past_run(index)
        return (
            self._apposed(role, index, gender) or self._apposed_trade(first, index, gender) or role or body or unknown
        )

    def _is_speech(self, token: Token) -> bool:
        """Tell a quotation from the short name of a company or a paper in marks, which may stand before a name."""
        return token.kind == "q" and token.end - token.start > _LONGEST_BODY

    def _apposed(self, role: Phrase | None, comma: int, gender: str) -> Phrase | None:
        """Prefer the name in "рассказал директор компании, Иван Иванов"."""
        if (
            role is None
            or comma + 1 >= len(self.tokens)
            or self.tokens[comma].text not in COMMAS
            or self.tokens[comma + 1].kind != "C"
        ):
            return None
        return self._person_at(comma + 1, nominative=True, gender=gender)

    def _apposed_trade(self, first: int, comma: int, gender: str) -> Phrase | None:
        """Prefer the name in "рассказала соорганизатор акции, историк Мария Заяц", whatever stands before the comma."""
        trade = comma + 1
        if trade + 1 >= len(self.tokens) or self.tokens[comma].text != "," or comma - first > _LONGEST_OFFICE:
            return None
        if comma == first or any(token.kind != "w" for token in self.tokens[first:comma]):
            return None
        if person_noun(self.tokens[trade].low, self.words.language) is None or not self._is_role(trade, trade):
            return None
        name = next(
            (i for i in range(trade + 1, min(trade + 4, len(self.tokens))) if self.tokens[i].kind != "w"), trade
        )
        return self._person_at(name, nominative=True, gender=gender) if self.tokens[name].kind == "C" else None

    def _body(self, first: int) -> Phrase | None:
        """Read the office in "заявили в МИД", "сообщили в пресс-службе президента"."""
        for index in range(first, min(first + 4, len(self.tokens))):
            if self.tokens[index].kind == "C":
                run = run_starting(self.tokens, index, self.words)
                if run is None:
                    return None
                return Phrase(PhraseKind.ROLE, first, self._noun_behind(index, run.last), named=True)
            if self.tokens[index].kind != "w":
                return None
        return None

    def _noun_behind(self, index: int, last: int) -> int:
        """Return where "Державній митній службі" ends: an adjective in capitals waits for its noun."""
        if index < last or not is_adjective(self.tokens[index].text, self.words.language):
            return last
        for position in range(index + 1, min(index + 4, len(self.tokens))):
            low = self.tokens[position].low
            if is_noun(low, self.words.language):
                return position
            if not is_adjective(low, self.words.language):
                break
        return last

    def _body_before(self, last: int) -> Phrase | None:
        """Read the office in "В Кремле заявили"."""
        for index in range(last, max(-1, last - FARTHEST // 2), -1):
            if self.tokens[index].kind == "q" or self.tokens[index].text in COMMAS:
                return None
            if self.tokens[index].low in {"в", "у"}:
                return self._body(index + 1)
        return None

    def _left_subject(self, last: int, gender: str) -> Phrase | None:
        """Read the nearest person or pronoun in the nominative before a verb, in its clause."""
        index, role, unknown = last, None, None
        while index >= 0 and last - index < FARTHEST:
            token = self.tokens[index]
            if self._is_speech(token) or token.text in {";", ":", "!", "?"}:
                break
            if token.text in COMMAS and role is not None and role.first == last:
                break  # "На вопрос Сидоровой, …, офицер ответил": the clause has its subject
            if self.words.has("subject_pronouns", token.low):
                return Phrase(PhraseKind.PRONOUN, index, index)
            if token.kind == "C":
                start = self._run_start(index)
                person = self._person_at(start, nominative=True, gender=gender)
                if person is not None and person.last <= last and not self._after_preposition(person.first):
                    return person
                unknown = unknown or (self._known_only(start) if start == index else None)
                index = start
            if role is None and self._is_role(index, last + 1) and not self._after_preposition(index):
                role = Phrase(PhraseKind.ROLE, index, index, gender=gender)
            index -= 1
        return role or unknown


def verb_gender(verb: str) -> str:
    """Return "m", "f", "p" (plural) or "" as the ending of a past tense tells."""
    stem = verb.removesuffix("ся").removesuffix("сь")
    if stem.endswith("ла"):
        return "f"
    if stem.endswith("ли"):
        return "p"
    return "m" if stem.endswith(("л", "в")) else ""
