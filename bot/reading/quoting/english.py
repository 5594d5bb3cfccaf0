"""Which words of an English sentence say who speaks the quotation in it."""

from bot.reading.quoting.cues import Cue
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.phrases import Phrase, PhraseKind, PhraseReader
from bot.reading.quoting.tokens import Sentence, is_adverb

_COMMAS = frozenset({",", "—", "–", "-", "--"})
_FARTHEST_VERB = 45
_FARTHEST_NOUN = 8
_FEW = 3


class EnglishCues:
    """Finds the cues of one sentence."""

    def __init__(self, tokens: Sentence, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.reader = PhraseReader(tokens, words)

    def cue(self, quotation: int) -> Cue | None:
        """Return who speaks the quotation at this token.

        Tried in order: a verb that leads straight into it, what follows it, the nearest verb before it, a cue that ends
        the sentence, a noun of speech with its owner, and at last, not surely, the subject of its clause.
        """
        if self._put_to_somebody(quotation):
            return Cue(None, attached=True)
        phrase = self._leading(quotation) or self._following(quotation)
        if phrase is not None:
            return Cue(self._for_thing(phrase, quotation), attached=True)
        phrase = self._before(quotation) or self._closing(quotation) or self._speech_noun(quotation)
        return Cue(self._for_thing(phrase, quotation)) if phrase is not None else self._doer(quotation)

    def _for_thing(self, phrase: Phrase, quotation: int) -> Phrase:
        """Look for whom "it" stands in "what it called “…”, the ministry said" and "The ministry condemned what it called “…”"."""  # noqa: E501
        if phrase.kind is not PhraseKind.PRONOUN or self.tokens[phrase.first].low not in {"it", "they"}:
            return phrase
        subject = (
            self.reader.subject(self.reader.clause_start(phrase.first), phrase.first - 1) if phrase.first else None
        )
        other = self._closing(quotation) or subject
        return (
            other
            if (other is not None and other.last < phrase.first) or (other and other.first > quotation)
            else phrase
        )

    def last_speaker(self) -> Cue | None:
        """Return who speaks last in a sentence without quotations: "Smith said the plan was bad."."""
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.is_verb(index) and not self.words.has("weak_verbs", self.tokens[index].low):
                phrase = self._subject_of(index)
                if phrase is not None:
                    return Cue(phrase)
        subject = self.reader.subject(0, len(self.tokens) - 1)
        return Cue(subject, sure=False) if subject is not None else None

    def is_verb(self, index: int) -> bool:
        """Tell whether a verb of speech stands here, with a subject of its own or leaning on one."""
        token = self.tokens[index]
        low = token.low
        if token.kind != "w":
            return False
        if low in self.words.participles:
            return True
        previous = self.tokens[index - 1].low if index else ""
        if low in self.words.bare and low not in self.words.finite | self.words.nounlike:
            return previous == "to" or self.words.has("modals", previous) or self.words.has("plural_subjects", previous)
        if low in self.words.nounlike:
            return self._after_subject(index)
        if index + 1 < len(self.tokens) and self.words.has("phrasal", f"{low} {self.tokens[index + 1].low}"):
            return True
        return low in self.words.finite and not self._passive(index)

    def _after_subject(self, index: int) -> bool:
        if index == 0:
            return False
        previous = self.tokens[index - 1]
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if previous.kind == "C":
            noun = following is not None and (
                self.words.has("auxiliaries", following.low) or self.words.has("modals", following.low)
            )
            return not noun and not self.words.has("titles", previous.low)
        if previous.text in {",", ")"}:
            return following is not None and (
                following.kind == "q" or following.text in {",", ":"} or following.low in {"that", "of", "to"}
            )
        return self.words.has("subject_pronouns", previous.low) or previous.low in {
            "who",
            "to",
            "also",
            "has",
            "have",
            "had",
            "would",
        }

    def _passive(self, index: int) -> bool:
        """Tell whether the verb is passive ("was called"); "X was quoted as saying" has its own verb."""
        for position in range(index - 1, max(-1, index - _FEW), -1):
            low = self.tokens[position].low
            if self.words.has("be", low):
                return not self.tokens[index].low.endswith("s")
            if not is_adverb(self.tokens[position]) and low not in {"not", "also", "n't", "been"}:
                return False
        return False

    def _agent(self, index: int) -> Phrase | None:
        """Return who stands after "by": "was described by Smith as"."""
        for position in range(index + 1, min(index + 8, len(self.tokens))):
            if self.tokens[position].kind == "q":
                return None
            if self.tokens[position].low == "by":
                return self.reader.starting(position + 1)
        return None

    def _subject_of(self, verb: int) -> Phrase | None:
        """Return the subject of the verb at this index, whatever the order."""
        low = self.tokens[verb].low
        index = self._over_auxiliaries(verb - 1)
        if self._inverted(index):
            return self._speaker_after(verb)
        before = self.tokens[index]
        if self.words.has("conjunctions", before.low):
            return self._coordinated(index)
        if low in self.words.participles:
            return self._leaning(index)
        if low in self.words.bare and verb and self.tokens[verb - 1].low == "to":
            return self._controlled(verb - 2) or self._clause_subject(verb - 2)
        phrase = self.reader.ending(index)
        if phrase is not None and phrase.kind is PhraseKind.THING:
            return None
        return phrase or self._clause_subject(index)

    def _controlled(self, index: int) -> Phrase | None:
        """Return Smith in "the tape led Smith to say"."""
        phrase = self.reader.ending(index) if index >= 0 and self.tokens[index].kind in {"C", "w"} else None
        if phrase is None or phrase.kind not in {PhraseKind.NAME, PhraseKind.PRONOUN} or not phrase.first:
            return None
        return phrase if self.words.has("control_verbs", self.tokens[phrase.first - 1].low) else None

    def _inverted(self, index: int) -> bool:
        if index < 0 or self.tokens[index].kind == "q":
            return True
        return self.tokens[index].text in _COMMAS and (index == 0 or self.tokens[index - 1].kind == "q")

    def _speaker_after(self, verb: int) -> Phrase | None:
        index = verb + 1
        while index < len(self.tokens) and (
            is_adverb(self.tokens[index]) or self.tokens[index].low in {"also", "then"}
        ):
            index += 1
        phrase = self.reader.starting(index)
        return None if phrase is None or phrase.kind is PhraseKind.THING else phrase

    def _over_auxiliaries(self, index: int) -> int:
        start = index
        while index > 0 and start - index < _FEW + 2:
            token = self.tokens[index]
            if token.kind == "s" and self.words.has("subject_pronouns", self.tokens[index - 1].low):
                index -= 1
                break
            if token.kind != "w" or not (self.words.has("auxiliaries", token.low) or is_adverb(token)):
                break
            index -= 1
        return index

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
        index = start + 1 if start < len(self.tokens) and self.tokens[start].text in _COMMAS else start
        return index < len(self.tokens) and self.is_verb(index)

    def _speaker_of_clause_before(self, start: int) -> Phrase | None:
        """Return who spoke the quotation that a leaning clause follows: "…," Smith said, adding …."""
        index = start
        if index < len(self.tokens) and self.tokens[index].text in _COMMAS:
            index += 1
        if index < len(self.tokens) and self.tokens[index].low in self.words.finite:
            return self._speaker_after(index)
        quotation = start - 1
        if quotation >= 0 and self.tokens[quotation].kind == "q":
            return self._leading(quotation) or self._before(quotation)
        return None

    def _leaning(self, index: int) -> Phrase | None:
        """Return who a participle leans on: "with Smith saying", "Trump slammed her, calling"."""
        token = self.tokens[index]
        if token.text in _COMMAS or is_adverb(token):
            return self._clause_subject(index - 1)
        phrase = self.reader.ending(index)
        if (
            phrase is not None
            and phrase.kind is PhraseKind.NAME
            and phrase.first
            and self.tokens[phrase.first - 1].low == "with"
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

    def _put_to_somebody(self, quotation: int) -> bool:
        """Tell whether the quotation was put to its clause's subject: "When asked, …", "Smith was told: …"."""
        index = quotation - 1
        if index >= 0 and self.tokens[index].text in {",", ":"}:
            index -= 1
        if index < 0 or self.tokens[index].low not in {"asked", "told", "questioned"}:
            return False
        return self._passive(index)

    def _follows_quotation(self, verb: int) -> bool:
        return verb > 0 and self._inverted(verb - 1)

    def _before_colon(self, colon: int) -> Phrase | None:
        run = self.reader.ending(colon - 1)
        start = self.reader.clause_start(colon)
        if run is not None and run.kind is PhraseKind.NAME and run.first == start:
            return run
        return self._nearest_verb(colon - 1) or self.reader.subject(start, colon - 1)

    def _following(self, quotation: int) -> Phrase | None:
        """Read what follows the quotation: said X; X said; according to X."""
        index = quotation + 1
        while index < len(self.tokens) and self.tokens[index].text in _COMMAS:
            index += 1
        if index >= len(self.tokens):
            return None
        according = self._according(index)
        if according is not None:
            return according
        if self.is_verb(index) or self._inverted_verb(index):
            return self._speaker_after(index)
        return self._subject_with_verb(index)

    def _inverted_verb(self, index: int) -> bool:
        low = self.tokens[index].low
        return self.tokens[index].kind == "w" and low in self.words.finite and low not in self.words.nounlike

    def _according(self, index: int) -> Phrase | None:
        two = " ".join(token.low for token in self.tokens[index : index + 2])
        if two == "according to":
            return self.reader.starting(index + 2)
        if self.tokens[index].low == "in":
            return self._view(index + 1)
        return None

    def _view(self, index: int) -> Phrase | None:
        """Read "in the words of Smith", "in her view", "in Smith’s telling"."""
        three = " ".join(token.low for token in self.tokens[index : index + 3])
        if three in {"the words of", "the view of", "the opinion of"}:
            return self.reader.starting(index + 3)
        for position in range(index, min(index + _FEW + 2, len(self.tokens))):
            if self.words.has("views", self.tokens[position].low):
                first = self.tokens[index]
                if first.low in {"his", "her"}:
                    return Phrase(PhraseKind.PRONOUN, index, index)
                return self.reader.ending(position - 2) if self.tokens[position - 1].kind == "s" else None
        return None

    def _subject_with_verb(self, index: int) -> Phrase | None:
        """Read "Smith, who is 60, told reporters" after a quotation."""
        index = self._past_adverb(index)
        phrase = self.reader.starting(index)
        if phrase is None or phrase.kind is PhraseKind.THING:
            return None
        position = self._over_bracket(phrase.last + 1)
        while position < len(self.tokens) and self._adverbial(position):
            position += 1
        if (
            position < len(self.tokens)
            and self.is_verb(position)
            and self.tokens[position].low not in self.words.participles
        ):
            return phrase
        return phrase if position < len(self.tokens) and self._verb_after_apposition(position) else None

    def _past_adverb(self, index: int) -> int:
        return index + 1 if is_adverb(self.tokens[index]) and index + 1 < len(self.tokens) else index

    def _over_bracket(self, index: int) -> int:
        if index < len(self.tokens) and self.tokens[index].text == "(":
            for position in range(index, min(index + 12, len(self.tokens))):
                if self.tokens[position].text == ")":
                    return position + 1
        return index

    def _adverbial(self, index: int) -> bool:
        return self.words.has("auxiliaries", self.tokens[index].low) or is_adverb(self.tokens[index])

    def _verb_after_apposition(self, index: int) -> bool:
        token = self.tokens[index]
        if token.text not in _COMMAS and token.low not in {
            "of",
            "in",
            "from",
            "at",
            "for",
            "with",
            "on",
            "who",
            "during",
        }:
            return False
        for position in range(index + 1, min(index + _FARTHEST_VERB, len(self.tokens))):
            if self.tokens[position].kind == "q" or self.tokens[position].text in {":", ";"}:
                return False
            if self.is_verb(position) and self.tokens[position].low in self.words.finite:
                return True
        return False

    def _before(self, quotation: int) -> Phrase | None:
        return self._nearest_verb(quotation - 1)

    def _nearest_verb(self, last: int) -> Phrase | None:
        """Return the subject of the nearest verb of speech before this place; verbs of belief only where no other is."""  # noqa: E501
        weak: Phrase | None = None
        for index in range(last, max(-1, last - _FARTHEST_VERB), -1):
            if self.tokens[index].text == ";":
                break
            according = self._according(index) if self.tokens[index].low in {"according", "in"} else None
            if according is not None:
                return according
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

    def _closing(self, quotation: int) -> Phrase | None:
        """Read a cue that ends the sentence: "It was the “worst attack” in years, Smith said on Monday."."""
        for index in range(quotation + 1, len(self.tokens)):
            if self.tokens[index].text in _COMMAS or self.tokens[index].kind == "q":
                following = index + 1
                if following < len(self.tokens) and self.tokens[following].kind != "q":
                    phrase = self._according(following) or self._closing_subject(following)
                    if phrase is not None:
                        return phrase
            elif self.tokens[index].low == "according":
                return self._according(index)
        return None

    def _closing_subject(self, index: int) -> Phrase | None:
        if self.tokens[index].text in _COMMAS:
            return None
        phrase = self.reader.starting(index)
        if phrase is None or phrase.kind is PhraseKind.THING:
            return self._speaker_after(index) if self._inverted_verb(index) else None
        position = self._over_bracket(phrase.last + 1)
        while position < len(self.tokens) and self._adverbial(position):
            position += 1
        return phrase if position < len(self.tokens) and self.is_verb(position) else None

    def _doer(self, quotation: int) -> Cue | None:
        """Guess the subject of a long partial quotation's clause: "Trump has railed against “…”"."""
        start = self.reader.clause_start(quotation)
        before = self.tokens[quotation - 1] if quotation > start else None
        if before is None or any(
            self.words.has(name, before.low) for name in ("determiners", "be", "subject_pronouns", "auxiliaries")
        ):
            return None
        subject = self.reader.subject_before(start, quotation - 1)
        return Cue(subject, sure=False) if subject is not None and subject.kind is PhraseKind.NAME else None

    def _speech_noun(self, quotation: int) -> Phrase | None:
        """Read whose words they are: "Trump’s claim that “…”", "his promise to “…”"."""
        for index in range(quotation - 1, max(0, quotation - _FARTHEST_NOUN), -1):
            if not self.words.has("speech_nouns", self.tokens[index].low):
                continue
            for position in range(index - 1, max(-1, index - _FEW - 1), -1):
                token = self.tokens[position]
                if token.kind == "s":
                    return self.reader.ending(position - 1)
                if token.low in {"his", "her"}:
                    return Phrase(PhraseKind.PRONOUN, position, position)
        return None
