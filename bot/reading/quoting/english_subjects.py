"""Whose words an English verb of speech reports."""

from bot.reading.quoting.english_verbs import FEW, EnglishVerbs
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS, is_adverb

FARTHEST_VERB = 45
"""Words before a quotation among which its verb is looked for."""

# Quotations of one sentence that lean on one another.
_LONGEST_CHAIN = 8
_FARTHEST_NOUN = 8
# Words of a role between "quoted" and the name: "quoted the Kremlin’s chief spokesman Dmitri Peskov".
_BEFORE_NAME = 6


_SOURCES = frozenset({"according", "in", "by"})


class EnglishSubjects(EnglishVerbs):
    """The subjects of the verbs of speech in one sentence."""

    def _subject_of(self, verb: int) -> Phrase | None:
        """Return the subject of the verb at this index, whatever the order."""
        low = self.tokens[verb].low
        index = self._over_auxiliaries(verb - 1)
        if self._inverted(index) and low not in self.words.participles:
            return self._speaker_after(verb)
        inserted = self._inserted(verb)
        if inserted is not None:
            return inserted
        before = self.tokens[index]
        if index < verb - 1 and before.text == ",":
            parenthesis = self._said_between(index)
            if parenthesis is not None:
                return parenthesis
        if self.words.has("conjunctions", before.low):
            return self._coordinated(index)
        if low in self.words.participles:
            return self._quoted_by_somebody(verb) or self._leaning(index)
        if low in self.words.bare and verb and self.tokens[verb - 1].low == "to":
            return self._controlled(verb - 2) or self._used_to(verb - 2) or self._clause_subject(verb - 2)
        if index and self.tokens[index - 1].low == "whose":
            return Phrase(PhraseKind.ROLE, index - 1, index)  # "Smith, whose office said"
        phrase = self.reader.ending(index)
        if phrase is not None and phrase.kind is PhraseKind.THING:
            return None
        return phrase or self._clause_subject(index)

    def _inserted(self, verb: int) -> Phrase | None:
        """Return Smith in "The plan, said Smith, was"."""
        if self.tokens[verb - 1].text != "," or not self._inverted_verb(verb):
            return None
        phrase = self._speaker_after(verb)
        if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.last + 1 >= len(self.tokens):
            return None
        return phrase if self.tokens[phrase.last + 1].text == "," else None

    def _said_between(self, comma: int) -> Phrase | None:
        """Return "she" in "Her office, she said, had asked four times and received"."""
        if not self.is_verb(comma - 1):
            return None
        phrase = self.reader.ending(comma - 2)
        if phrase is None or phrase.kind not in {PhraseKind.NAME, PhraseKind.PRONOUN} or not phrase.first:
            return None
        return phrase if self.tokens[phrase.first - 1].text == "," else None

    def _quoted_by_somebody(self, participle: int) -> Phrase | None:
        """Return Smith in "Reuters quoted Smith as saying"."""
        if self.tokens[participle - 1].low != "as":
            return None
        phrase = self.reader.ending(participle - 2)
        if phrase is None or phrase.kind is PhraseKind.THING or not phrase.first:
            return None
        before = self.tokens[max(0, phrase.first - _BEFORE_NAME) : phrase.first]
        return phrase if any(self.words.has("citing", token.low) for token in before) else None

    def _used_to(self, index: int) -> Phrase | None:
        """Return Smith in "as Smith used to say", "Smith, the mayor, went on to say"."""
        if index < 1 or not self.words.has("before_to", self.tokens[index].low):
            return None
        phrase = self.reader.ending(self._over_auxiliaries(index - 1))
        told = phrase is not None and phrase.kind is PhraseKind.ROLE and self.tokens[index].low == "used"
        named = phrase is not None and phrase.kind in {PhraseKind.NAME, PhraseKind.PRONOUN}
        return phrase if named or told else None

    def _controlled(self, index: int) -> Phrase | None:
        """Return Smith in "the tape led Smith to say"."""
        if index >= 0 and self.tokens[index].kind == "C":
            named = self.reader.name_ending(index)
            if named is not None and named.first and self.tokens[named.first - 1].low in {"to", "for"}:
                return named  # "it fell to Smith to say"
        phrase = self.reader.ending(index) if index >= 0 and self.tokens[index].kind in {"C", "w"} else None
        if phrase is None or phrase.kind not in {PhraseKind.NAME, PhraseKind.PRONOUN} or not phrase.first:
            return None
        return phrase if self.words.has("control_verbs", self.tokens[phrase.first - 1].low) else None

    def _speaker_after(self, verb: int) -> Phrase | None:
        index = verb + 1
        while index < len(self.tokens) and (
            is_adverb(self.tokens[index]) or self.tokens[index].low in {"also", "then", "back"}
        ):
            index += 1
        phrase = self.reader.starting(index)
        return None if phrase is None or phrase.kind is PhraseKind.THING else phrase

    def _coordinated(self, conjunction: int) -> Phrase | None:
        """Return the subject for the second verb of "Smith shook his head and said"."""
        return self._clause_subject(conjunction - 1)

    def _clause_subject(self, last: int) -> Phrase | None:
        start = self.reader.clause_start(last + 1)
        subject = self.reader.subject_before(start, last) if start <= last else None
        if start and (subject is None or self._is_verb_first(start)):
            earlier = self._speaker_of_clause_before(start)
            return earlier or subject
        return subject

    def _is_verb_first(self, start: int) -> bool:
        index = start + 1 if start < len(self.tokens) and self.tokens[start].text in COMMAS else start
        return index < len(self.tokens) and self.is_verb(index)

    def _speaker_of_clause_before(self, start: int) -> Phrase | None:
        """Return who spoke the quotation that a leaning clause follows: "…," Smith said, adding …."""
        index = start
        if index < len(self.tokens) and self.tokens[index].text in COMMAS:
            index += 1
        if index < len(self.tokens) and self.tokens[index].low in self.words.finite:
            return self._speaker_after(index)
        quotation = start - 1
        if quotation < 0 or self.tokens[quotation].kind != "q":
            return None
        if quotation not in self.spoken_before:
            self.spoken_before[quotation] = None  # a chain that comes back here, or is longer than any sentence, ends
            if len(self.chain) < _LONGEST_CHAIN:
                self.chain.append(quotation)
                self.spoken_before[quotation] = self._leading(quotation) or self._before(quotation)
                self.chain.pop()
        return self.spoken_before[quotation]

    def _leaning(self, index: int) -> Phrase | None:
        """Return who a participle leans on: "with Smith saying", "Trump slammed her, calling"."""
        token = self.tokens[index]
        if token.text in COMMAS or is_adverb(token):
            return self._with_somebody(index) or self._told_before(index) or self._clause_subject(index - 1)
        if self.words.has("documents", token.low):
            return None  # "with a sign saying “…”": nobody says it
        beside = self._described_after(index)
        if beside is not None:
            return beside
        phrase = self.reader.ending(index)
        if (
            phrase is not None
            and phrase.kind is PhraseKind.NAME
            and phrase.first
            and self.words.has("perceiving", self.tokens[phrase.first - 1].low)
        ):
            return phrase
        if phrase is None and token.kind == "C":
            return self.reader.starting(index)
        if (
            phrase is not None
            and phrase.kind is not PhraseKind.THING
            and phrase.first == self.reader.clause_start(index)
        ):
            return phrase
        return self._clause_subject(index)

    def _described_after(self, last: int) -> Phrase | None:
        """Return "a man" in "interrupted by a man shouting" and "an aide" in "with an aide saying"."""
        for index in range(last - 1, max(0, last - 2 * FEW), -1):
            if self.tokens[index].low in {"by", "with"}:
                phrase = self.reader.starting(index + 1)
                return phrase if phrase and phrase.last == last and phrase.kind is PhraseKind.ROLE else None
        return None

    def _with_somebody(self, comma: int) -> Phrase | None:
        """Return Smith in "…, with Smith, a fellow Republican, saying"."""
        start = self.reader.clause_start(comma)
        for index in range(comma - 1, start, -1):
            if self.tokens[index].low == "with" and self.tokens[index - 1].text in COMMAS:
                phrase = self.reader.starting(index + 1)
                named = phrase is not None and phrase.kind is PhraseKind.NAME
                return phrase if named and phrase and self.tokens[phrase.last + 1].text in COMMAS else None
        return None

    def _told_before(self, comma: int) -> Phrase | None:
        """Return the experts in "The tower should be listed, UNESCO experts said last year, saying"."""
        if self.tokens[comma].text not in COMMAS:
            return None
        start = self.reader.comma_before(comma) + 1
        phrase = self.reader.starting(start) if start else None
        if phrase is None or phrase.kind is not PhraseKind.ROLE or phrase.last + 1 >= comma:
            return None
        return phrase if self.is_verb(phrase.last + 1) else None

    def _leading(self, quotation: int) -> Phrase | None:
        """Read a verb or a name with a colon straight before the quotation: "Smith said: …", "Smith: …"."""
        index = quotation - 1
        if index < 0:
            return None
        if self.tokens[index].text == ":":
            return self._before_colon(index)
        if self.tokens[index].text == "," or self.tokens[index].low == "that":
            index -= 1
        if index < 0 or self.words.has("weak_verbs", self.tokens[index].low):
            return None
        if self.is_verb(index) and not self._follows_quotation(index):
            return self._subject_of(index)
        return None

    def _follows_quotation(self, verb: int) -> bool:
        return verb > 0 and self._inverted(verb - 1)

    def _speech_noun(self, quotation: int) -> Phrase | None:
        """Read whose words they are: "Trump’s claim that “…”", "his promise to “…”"."""
        for index in range(quotation - 1, max(0, quotation - _FARTHEST_NOUN), -1):
            if not self.words.has("speech_nouns", self.tokens[index].low):
                continue
            for position in range(index - 1, max(-1, index - FEW - 1), -1):
                token = self.tokens[position]
                if token.kind == "s":
                    return self.reader.name_ending(position - 1) or self.reader.ending(position - 1)
                if token.low in {"his", "her"}:
                    return Phrase(PhraseKind.PRONOUN, position, position)
        return None

    def _before_colon(self, colon: int) -> Phrase | None:
        run = self.reader.ending(colon - 1)
        start = self.reader.clause_start(colon)
        body = self.words.has("organisation_words", self.tokens[colon - 1].low) and start == colon - 1
        if run is not None and run.kind is PhraseKind.NAME and run.first == start and not body:
            return run
        if self.tokens[start].low == "for":
            concerned = self.reader.starting(start + 1)
            if concerned is not None and concerned.kind is PhraseKind.NAME:
                return concerned
        return self._message_of(start, colon) or self._nearest_verb(colon - 1) or self.reader.subject(start, colon - 1)

    def _message_of(self, start: int, colon: int) -> Phrase | None:
        """Read whose words "Her advice to the minister: “…”" and "Smith’s message was blunt: “…”" lead in."""
        if any(self.is_verb(index) or self.tokens[index].text in COMMAS for index in range(start, colon)):
            return None
        return self._speech_noun(colon)

    def _according(self, index: int) -> Phrase | None:
        two = " ".join(token.low for token in self.tokens[index : index + 2])
        if two == "according to":
            return self.reader.starting(index + 2)
        if self.tokens[index].low in {"in", "by"}:
            return self._view(index + 1)
        return None

    def _view(self, index: int) -> Phrase | None:
        """Read "in the words of Smith", "in her view", "in Smith’s telling"."""
        three = " ".join(token.low for token in self.tokens[index : index + 3])
        if three in {"the words of", "the view of", "the opinion of"}:
            return self.reader.starting(index + 3)
        for position in range(index, min(index + FEW + 2, len(self.tokens))):
            if self.words.has("views", self.tokens[position].low):
                first = self.tokens[index]
                if first.low in {"his", "her"}:
                    return Phrase(PhraseKind.PRONOUN, index, index)
                return self.reader.ending(position - 2) if self.tokens[position - 1].kind == "s" else None
        return None

    def _before(self, quotation: int) -> Phrase | None:
        return self._nearest_verb(quotation - 1)

    def _nearest_verb(self, last: int) -> Phrase | None:
        """Return the subject of the nearest verb of speech before this place, of belief only where no other is."""
        weak: Phrase | None = None
        may_be_verbs = self.words.words["may_be_verbs"]
        for index in range(last, max(-1, last - FARTHEST_VERB), -1):
            if self.tokens[index].text == ";" or (
                weak is not None and self.words.has("contrasts", self.tokens[index].low)
            ):
                break
            according = self._according(index) if self.tokens[index].low in _SOURCES else None
            if according is not None:
                return according
            if self.tokens[index].low not in may_be_verbs:
                continue
            if not self.is_verb(index):
                if self.tokens[index].low in self.words.finite and self._passive(index):
                    agent = self._agent(index)
                    if agent is not None:
                        return agent
                continue
            phrase = self._subject_of(index)
            if phrase is not None and not self.words.has("weak_verbs", self.tokens[index].low):
                return phrase
            weak = weak or phrase
        return weak
