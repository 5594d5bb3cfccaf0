"""Whom a whole English sentence speaks of: who speaks last in it, and whom it describes without a name."""

from bot.reading.quoting.cues import Cue
from bot.reading.quoting.english_others import EnglishOthers
from bot.reading.quoting.phrases import Phrase, PhraseKind

# Words of "Her reply?" and of "One of the early investors".
_SHORT = 6


class EnglishSentences(EnglishOthers):
    """What one sentence hands on to the next."""

    def last_speaker(self) -> Cue | None:
        """Return who speaks last in a sentence without quotations: "Smith said the plan was bad."."""
        if [token.low for token in self.tokens[:3]] == ["this", "is", "from"]:
            return Cue(self.reader.starting(3))
        if self._asks_for_answer():
            return Cue(Phrase(PhraseKind.PRONOUN, 0, 0))
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.is_verb(index) and not self.words.has("weak_verbs", self.tokens[index].low):
                phrase = self._subject_of(index)
                if phrase is not None and not self._is_no_source(phrase):
                    return Cue(phrase)
        subject = self.reader.subject(0, len(self.tokens) - 1)
        return Cue(subject, sure=False) if subject is not None else None

    def _asks_for_answer(self) -> bool:
        """Tell "Her reply?", whose words follow."""
        if len(self.tokens) > _SHORT or self.tokens[0].low not in {"his", "her"} or self.tokens[-1].text not in "?:":
            return False
        return len(self.tokens) > 2 and self.words.has("speech_nouns", self.tokens[-2].low)  # noqa: PLR2004

    def opening_role(self) -> Phrase | None:
        """Return "the mayor" in "The mayor, who is up for re-election, brought doughnuts."."""
        if [token.low for token in self.tokens[:2]] == ["one", "of"]:
            several = next((i for i, t in enumerate(self.tokens[2:_SHORT], 2) if self._are_people(t.low)), 0)
            return Phrase(PhraseKind.ROLE, 0, several) if several else None
        if self.words.words["roles"].isdisjoint([token.low for token in self.tokens]):
            return None  # most sentences name or describe nobody so
        subject = self.reader.subject(0, len(self.tokens) - 1)
        if subject is None or subject.kind is not PhraseKind.ROLE:
            return None
        low = self.reader.head_word(subject)
        plural = low.endswith("s") and not low.endswith("ss")
        return subject if self.words.has("roles", low) and not plural else None

    def _are_people(self, low: str) -> bool:
        return low.endswith("s") and (self.words.has("roles", low) or self.words.has("roles", low[:-1]))

    def relative(self, pronoun: str) -> Phrase | None:
        """Return "his daughter" for "she" in "His daughter, who found out first, telephoned him."."""
        wanted = "female_words" if pronoun == "she" else "male_words"
        for index in range(1, len(self.tokens) - 1):
            owner = self.tokens[index - 1]
            if not self.words.has(wanted, self.tokens[index].low) or not self.words.has("owners", owner.low):
                continue
            following = self.tokens[index + 1 : index + 3]
            if not any(token.kind == "C" for token in following):
                return Phrase(PhraseKind.ROLE, index - 1, index)
        return None

    def _is_no_source(self, phrase: Phrase) -> bool:
        """Tell "I" in "She laughs when I repeat this." and "the results" in "Smith said the results underlined it"."""
        if phrase.kind is PhraseKind.ROLE and phrase.first and not phrase.named:
            return not self.words.has("roles", self.tokens[phrase.last].low)
        return phrase.kind is PhraseKind.PRONOUN and self.tokens[phrase.first].low in {"i", "we", "you", "it"}
