"""Whom a whole English sentence speaks of: who speaks last in it, and whom it describes without a name."""

from bot.reading.quoting.cues import Cue
from bot.reading.quoting.english_others import EnglishOthers
from bot.reading.quoting.phrases import Phrase, PhraseKind


class EnglishSentences(EnglishOthers):
    """What one sentence hands on to the next."""

    def last_speaker(self) -> Cue | None:
        """Return who speaks last in a sentence without quotations: "Smith said the plan was bad."."""
        if [token.low for token in self.tokens[:3]] == ["this", "is", "from"]:
            return Cue(self.reader.starting(3))
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.is_verb(index) and not self.words.has("weak_verbs", self.tokens[index].low):
                phrase = self._subject_of(index)
                if phrase is not None and not self._is_no_source(phrase):
                    return Cue(phrase)
        subject = self.reader.subject(0, len(self.tokens) - 1)
        return Cue(subject, sure=False) if subject is not None else None

    def opening_role(self) -> Phrase | None:
        """Return "the mayor" in "The mayor, who is up for re-election, brought doughnuts."."""
        if self.words.words["roles"].isdisjoint([token.low for token in self.tokens]):
            return None  # most sentences name or describe nobody so
        subject = self.reader.subject(0, len(self.tokens) - 1)
        if subject is None or subject.kind is not PhraseKind.ROLE:
            return None
        low = self.reader.head_word(subject)
        plural = low.endswith("s") and not low.endswith("ss")
        return subject if self.words.has("roles", low) and not plural else None

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
