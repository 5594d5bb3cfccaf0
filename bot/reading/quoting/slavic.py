"""Which words of a Russian or Ukrainian sentence say who speaks the quotation in it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.reading.quoting.cues import Cue
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.slavic_subjects import FARTHEST, SlavicSubjects
from bot.reading.quoting.tokens import COMMAS, Token
from bot.reading.quoting.word_kinds import SELF, is_finite_verb, is_gerund, is_noun, person_noun

_HE_OR_SHE = frozenset({"он", "она", "він", "вона"})
_FROM = frozenset({"из", "с", "со", "от", "із", "з", "зі", "від"})
_ONE = frozenset({"один", "одна"})
_OF = frozenset({"из", "із", "з"})
# Words between a quotation and the verb behind it.
_LONGEST_WAY = 3


class SlavicCues(SlavicSubjects):
    """Finds the cues of one sentence."""

    def cue(self, quotation: int) -> Cue | None:
        """Return who speaks the quotation at this token, by what leads into it, follows it or ends the sentence."""
        self.placed_verbs = set(self._verbs_by_place(quotation))
        phrase = self._before_colon(quotation) or self._reference(quotation) or self._following(quotation)
        if phrase is not None:
            return Cue(phrase, attached=True)
        phrase = self._before(quotation) or self._closing(quotation) or self._subject_before_colon(quotation)
        return Cue(phrase, attached=self._leads(quotation)) if phrase is not None else None

    def _verbs_by_place(self, quotation: int) -> Iterator[int]:
        """Yield verbs of no list that speak by where they stand: "…», — хмыкает врач", "постановил, что «…»"."""
        verb = quotation + 1
        while verb < len(self.tokens) and (
            self.tokens[verb].text in COMMAS or self.words.has("auxiliaries", self.tokens[verb].low)
        ):
            verb += 1
        if (
            self.tokens[min(quotation + 1, len(self.tokens) - 1)].text in COMMAS
            and quotation + 1 < verb < len(self.tokens) - 1
            and self._may_speak(verb)
            and self._somebody_at(verb + 1)
        ):
            yield verb
        that = quotation - 1
        if that > 1 and self.words.has("that", self.tokens[that].low) and self._may_report(that - 2):
            yield that - 2

    def _may_speak(self, index: int) -> bool:
        token = self.tokens[index]
        return token.kind == "w" and is_finite_verb(token.low, self.words.language)

    def _may_report(self, index: int) -> bool:
        return self._may_speak(index) or is_gerund(self.tokens[index].low, self.words.language)

    def _somebody_at(self, index: int) -> bool:
        """Tell a name, a pronoun or a noun for a person within a few words."""
        return any(
            token.kind == "C" or token.low in _HE_OR_SHE or person_noun(token.low, self.words.language) is not None
            for token in self.tokens[index : index + _LONGEST_WAY + 1]
        )

    def _reference(self, quotation: int) -> Phrase | None:
        """Read "…», — сообщает ТАСС со ссылкой на мэра Ивана Иванова"."""
        for index in range(quotation + 2, min(quotation + FARTHEST // 2, len(self.tokens) - 1)):
            if self.tokens[index].kind == "q":
                return None
            if self.words.has("references", f"{self.tokens[index].low} {self.tokens[index + 1].low}"):
                return self._cited(index + 2)
        return None

    def last_speaker(self) -> Cue | None:
        """Return who speaks last in a sentence: "Об этом сообщил Иванов.", "Иванов запротестовал:"."""
        if len(self.tokens) > 1 and self.tokens[-1].text == ":" and self._may_speak(len(self.tokens) - 2):
            self.placed_verbs = {len(self.tokens) - 2}
        for index in range(len(self.tokens) - 1, -1, -1):
            phrase = self._said(index)
            if phrase is not None:
                return Cue(phrase)
        subject = self._left_subject(len(self.tokens) - 1, "")
        return Cue(subject, sure=False) if subject is not None else None

    def opening_role(self) -> Phrase | None:
        """Return "один из собеседников" and "источник", which "он" then means."""
        for index, (token, following) in enumerate(pairwise(self.tokens)):
            one_of = token.low in _ONE and following.low in _OF
            if one_of or self.words.has("sources", token.low):
                return Phrase(PhraseKind.ROLE, index, index)
        if (
            len(self.tokens) > 1
            and self.tokens[0].low in SELF
            and person_noun(self.tokens[1].low, self.words.language) is not None
        ):
            return Phrase(PhraseKind.ROLE, 1, 1)
        return self._newcomer()

    def _newcomer(self) -> Phrase | None:
        """Return "водитель" of "Водитель грузовика уснул.": somebody who is not told by a name, before the verb."""
        for index, (token, following) in enumerate(pairwise(self.tokens)):
            low = token.low
            if token.kind == "q" or self._may_speak(index):
                return None
            if self._after_preposition(index) or person_noun(low, self.words.language) is None:
                continue
            further = following.text == "," or following.low in _FROM  # "Секретарь из Лидса, проработавшая год,"
            owned = following.kind == "w" and is_noun(following.low, self.words.language)
            known = self.words.has("definite_roles", low)
            new = self.words.has("newcomers", low) or ((owned or (further and not index)) and not known)
            return Phrase(PhraseKind.ROLE, index, index) if new else None
        return None

    def relative(self, pronoun: str) -> Phrase | None:
        """Return nobody, for the same reason."""
        del pronoun
        return None

    def _leads(self, quotation: int) -> bool:
        return quotation > 0 and self.tokens[quotation - 1].text in {":", ","}

    def _before_colon(self, quotation: int) -> Phrase | None:
        """Read a name with a colon straight before the quotation: "Зеленский: «…»"."""
        index = quotation - 1
        if index < 1 or self.tokens[index].text != ":":
            return None
        start = self._run_start(index - 1)
        if start == 0 and self.tokens[index - 1].kind == "C":
            return self._person_at(0, nominative=True)
        return None

    def _subject_before_colon(self, quotation: int) -> Phrase | None:
        """Read "Іваненко незадоволена: «…»", where no verb of speech stands."""
        if quotation < 1 or self.tokens[quotation - 1].text != ":":
            return None
        return self._left_subject(quotation - 2, "")

    def _following(self, quotation: int) -> Phrase | None:
        """Read what follows the quotation: — сказал X; — по словам X; — X сказал."""
        index = quotation + 1
        while index < len(self.tokens) and (
            self.tokens[index].text in COMMAS or self.words.has("auxiliaries", self.tokens[index].low)
        ):
            index += 1
        if index >= len(self.tokens) or index == quotation + 1:
            return None
        for position in range(index, min(index + _LONGEST_WAY, len(self.tokens))):
            if self.tokens[position].kind in {"p", "q"}:
                break
            phrase = self._said(position) if self._reports(position) else None
            if phrase is not None:
                return phrase
        return self._name_then_verb(index)

    def _reports(self, index: int) -> bool:
        return (
            self._is_verb(index)
            or self.words.has("impersonal", self.tokens[index].low)
            or self._according(index) is not None
        )

    def _name_then_verb(self, index: int) -> Phrase | None:
        person = self._person_at(index, nominative=True) if self.tokens[index].kind == "C" else None
        if person is None:
            return None
        following = self.tokens[person.last + 1 : person.last + 4]
        spoken = any(token.low in self.words.finite for token in following)
        return person if spoken or self._signs(index, following) else None

    def _signs(self, index: int, following: Sequence[Token]) -> bool:
        """Tell "«…», — Иван Иванов о выборах": a name behind the dash and no verb."""
        ended = not following or following[0].text in {".", ","} or self.words.has("about", following[0].low)
        return ended and self.tokens[index - 1].text in COMMAS - {","}

    def _before(self, quotation: int) -> Phrase | None:
        for index in range(quotation - 1, max(-1, quotation - 2 * FARTHEST), -1):
            if self.tokens[index].kind == "q" and index < quotation - 1:
                phrase = self._following(index)
                if phrase is not None:
                    return phrase
            phrase = self._said(index)
            if phrase is not None:
                return phrase
        return None

    def _closing(self, quotation: int) -> Phrase | None:
        """Read a cue that ends the sentence: "Это «худшее решение» за годы, сказал Иванов."."""
        for index in range(quotation + 1, min(quotation + 3 * FARTHEST, len(self.tokens) - 1)):
            if self.tokens[index].text in COMMAS and self._reports(index + 1):
                phrase = self._said(index + 1)
                if phrase is not None:
                    return phrase
        return None
