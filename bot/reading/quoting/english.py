"""Which words of an English sentence say who speaks the quotation in it."""

from bot.reading.quoting.cues import Cue
from bot.reading.quoting.english_sentences import EnglishSentences
from bot.reading.quoting.english_subjects import FARTHEST_VERB
from bot.reading.quoting.english_verbs import FEW
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS, is_adverb


class EnglishCues(EnglishSentences):
    """Finds the cues of one sentence."""

    def cue(self, quotation: int) -> Cue | None:
        """Return who speaks the quotation at this token.

        Tried in order: a verb that leads straight into it, what follows it, the nearest verb before it, a cue that ends
        the sentence, a noun of speech with its owner, and at last, not surely, the subject of its clause.
        """
        if self._by_nobody_named(quotation):
            return Cue(None, attached=True)
        if self._accused(quotation):
            return Cue(self._agent_after(quotation) or self._closing(quotation))
        contrasted = self._contrasted(quotation) or self._agent_after(quotation)
        if contrasted is not None:
            return Cue(self._for_thing(contrasted, quotation), attached=True)
        phrase = self._leading(quotation) or self._not_another(self._following(quotation), quotation)
        if phrase is not None:
            return Cue(self._for_thing(phrase, quotation), attached=True)
        before = self._owner_of_claim(quotation) or self._before(quotation)
        phrase = (
            self._opening_source(quotation, before)
            or before
            or self._closing(quotation)
            or self._speech_noun(quotation)
            or self._signed(quotation)
        )
        return Cue(self._for_thing(phrase, quotation)) if phrase is not None else self._doer(quotation)

    def _for_thing(self, phrase: Phrase, quotation: int) -> Phrase:
        """Tell whom "it" means in "what it called “…”, the ministry said" and "Iran condemned what it called “…”"."""
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

    def _not_another(self, phrase: Phrase | None, quotation: int) -> Phrase | None:
        """Prefer Smith in "Smith denied it as “…,” Interfax reported" and before "Jones called it “…”"."""
        if phrase is None or phrase.kind is PhraseKind.PRONOUN or phrase.last + 1 >= len(self.tokens):
            return phrase
        agency = self.tokens[phrase.last + 1].low in {"reported", "reports"}
        if phrase.kind is PhraseKind.ROLE and self.words.has("relaying", self.tokens[phrase.last].low):
            told = self._nearest_verb(quotation - 1)  # "Smith warned of “…,” two people on the call said"
            return told if told is not None and told.kind is PhraseKind.NAME else phrase
        if not agency and not self._begins_another_half(phrase.last + 1, quotation):
            return phrase
        return self._nearest_verb(quotation - 1) or phrase

    def _begins_another_half(self, verb: int, quotation: int) -> bool:
        """Tell "Jones accused him of" in "Smith panned it as “…,” Jones accused him of “…”"."""
        if not self.is_verb(verb) or verb + 1 >= len(self.tokens) or verb <= quotation:
            return False
        following = self.tokens[verb + 1]
        said_more = following.kind in {"w", "C"} and following.low not in {"in", "on", "at", "during", "to", "of"}
        if not said_more or self.words.has("times", following.low) or is_adverb(following):
            return False
        quotations = [i for i in range(verb, len(self.tokens)) if self.tokens[i].kind == "q"]
        between = self.tokens[verb : quotations[0]] if quotations else []
        return bool(between) and not any(token.text in COMMAS for token in between)

    def _contrasted(self, quotation: int) -> Phrase | None:
        """Read the first half of "While Smith called it “…”, Jones said it was “…”"."""
        start = self.reader.clause_start(quotation)
        if not self.words.has("contrasts", self.tokens[start].low) or not self._another_after(quotation):
            return None
        return self._nearest_verb(quotation - 1)

    def _another_after(self, quotation: int) -> bool:
        return any(token.kind == "q" for token in self.tokens[quotation + 1 :])

    def _agent_after(self, quotation: int) -> Phrase | None:
        """Read "was hailed as “…” by Smith"."""
        index = quotation + 1
        if index + 1 >= len(self.tokens) or self.tokens[index].low != "by":
            return None
        for position in range(quotation - 1, max(-1, quotation - FEW - 1), -1):
            named_so = position == quotation - 1 and self.tokens[position].low in self.words.finite
            if named_so or (self.tokens[position].low in self.words.finite and self._passive(position)):
                agent = self.reader.starting(index + 1)
                named = agent is not None and agent.kind is PhraseKind.NAME
                return agent if named or (agent and self.words.has("roles", self.tokens[agent.last].low)) else None
        return None

    def _opening_source(self, quotation: int, phrase: Phrase | None) -> Phrase | None:
        """Return Smith in "According to Smith, the panel will call it “…”", where the verb's subject has no name."""
        if phrase is not None and (phrase.named or phrase.kind is PhraseKind.PRONOUN):
            return None
        source = self._according(self.reader.clause_start(quotation))
        return source if phrase is None or (source is not None and source.kind is PhraseKind.NAME) else None

    def _following(self, quotation: int) -> Phrase | None:
        """Read what follows the quotation: said X; X said; according to X."""
        index = quotation + 1
        while index < len(self.tokens) and self.tokens[index].text in COMMAS:
            index += 1
        if index >= len(self.tokens):
            return None
        according = self._according(index) or self._manner(index)
        if according is not None:
            return according
        if self.tokens[index].low == "as" and index + 1 < len(self.tokens):
            return self._subject_with_verb(index + 1)  # "“…,” as Smith put it"
        if self.tokens[index].low in self.words.participles:
            return None  # "…,” adding that “…”"
        if self.is_verb(index) or self._inverted_verb(index):
            return self._speaker_after(index)
        return self._subject_with_verb(index)

    def _signed(self, quotation: int) -> Phrase | None:
        """Read "“…” – Lee Clark, the manager"."""
        if quotation or len(self.tokens) < 3 or self.tokens[1].text not in COMMAS - {","}:  # noqa: PLR2004 - a name
            return None
        phrase = self.reader.starting(2)
        return phrase if phrase is not None and phrase.kind is PhraseKind.NAME else None

    def _manner(self, index: int) -> Phrase | None:
        """Read "“…” is how Smith put it" and "“…,” came the reply from Smith"."""
        if self.tokens[index].low in {"came", "comes"}:
            source = next((i for i, t in enumerate(self.tokens[index : index + 6], index) if t.low == "from"), -1)
            return self.reader.starting(source + 1) if source > 0 else None
        if self.tokens[index].low not in {"is", "was"} or index + 2 >= len(self.tokens):
            return None
        if self.tokens[index + 1].low in {"how", "all", "what"}:  # "was all Smith would say"
            return self.reader.starting(index + 2)
        return self._message(index + 1)

    def _message(self, first: int) -> Phrase | None:
        """Read whose "“…” was his message" and "“…” was Smith’s verdict on it" is."""
        for noun in range(first + 1, min(first + FEW + 3, len(self.tokens))):
            if self.words.has("speech_nouns", self.tokens[noun].low):
                if self.tokens[first].low in {"his", "her"}:
                    return Phrase(PhraseKind.PRONOUN, first, first)
                owner = next((i for i in range(noun - 1, first, -1) if self.tokens[i].kind == "s"), 0)
                return self.reader.name_ending(owner - 1) if owner else None
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
        if self._overheard(position):
            return phrase
        if self._cites(position):
            cited = self.reader.starting(position + 1)
            return cited if cited is not None else phrase
        if (
            position < len(self.tokens)
            and (self.is_verb(position) or self._ends_as_verb(phrase, position))
            and self.tokens[position].low not in self.words.participles
        ):
            return phrase
        if position + 1 >= len(self.tokens):
            return None
        apposed = self.tokens[position].text == "," and phrase.first < phrase.name_first
        if apposed and self._ends_as_verb(phrase, position + 1):
            return phrase  # "“…,” the commander, Ann Smith, radioed."
        return phrase if self._verb_after_apposition(position) else None

    def _ends_as_verb(self, phrase: Phrase, index: int) -> bool:
        """Tell "radioed" in "“…,” Smith radioed.": a past tense that no list has, behind a name or before an object."""
        token = self.tokens[index]
        if phrase.kind is PhraseKind.PRONOUN:  # "“…,” she captioned it."
            object_behind = self.tokens[index + 1 : index + 2]
            return token.low.endswith("ed") and bool(object_behind) and object_behind[0].low == "it"
        return phrase.kind is PhraseKind.NAME and token.kind == "w" and token.low.endswith("ed")

    def _cites(self, index: int) -> bool:
        """Tell "quoted" in "Reuters quoted Smith as saying" and "Smith was quoted as saying"."""
        if index >= len(self.tokens) or not self.words.has("citing", self.tokens[index].low):
            return False
        return any(token.low == "as" for token in self.tokens[index + 1 : index + 10])

    def _overheard(self, index: int) -> bool:
        """Tell "heard saying" in "Smith can be heard saying on the tape"."""
        if index + 1 >= len(self.tokens) or not self.words.has("perceived", self.tokens[index].low):
            return False
        return self.tokens[index + 1].low in self.words.participles

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
        if token.text not in COMMAS and token.low not in {
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
        for position in range(index + 1, min(index + FARTHEST_VERB, len(self.tokens))):
            if self.tokens[position].kind == "q" or self.tokens[position].text in {":", ";"}:
                return False
            if self.is_verb(position) and self.tokens[position].low in self.words.finite:
                return True
        return False

    def _closing(self, quotation: int) -> Phrase | None:
        """Read a cue that ends the sentence: "It was the “worst attack” in years, Smith said on Monday."."""
        first, last, phrase = self.closing
        if not first <= quotation + 1 <= last:  # until there, the next quotations have the same answer
            last, phrase = self._next_closing(quotation)
            self.closing = quotation + 1, last, phrase
        return phrase

    def _next_closing(self, quotation: int) -> tuple[int, Phrase | None]:
        """Return the place behind the quotation that decides, the sentence's end where none does, and the speaker."""
        for index in range(quotation + 1, len(self.tokens)):
            if self.tokens[index].text in COMMAS or self.tokens[index].kind == "q":
                following = index + 1
                if following < len(self.tokens) and self.tokens[following].kind != "q":
                    phrase = self._according(following) or self._closing_subject(following)
                    if phrase is not None:
                        return index, phrase
            elif self.tokens[index].low == "according":
                return index, self._according(index)
        return len(self.tokens), None

    def _closing_subject(self, index: int) -> Phrase | None:
        if self.tokens[index].text in COMMAS:
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
        if subject is not None and subject.kind is PhraseKind.THING:
            return Cue(None)  # "The latest bulletin rates it as “…”"
        return Cue(subject, sure=False) if subject is not None and subject.kind is PhraseKind.NAME else None

    def _owner_of_claim(self, quotation: int) -> Phrase | None:
        """Return Ray in "Smith rejected Ray’s claim that he was “…”"."""
        owner = self._speech_noun(quotation)
        if owner is None or owner.kind is not PhraseKind.NAME:
            return None
        between = range(owner.last + 1, quotation)
        content = any(self.tokens[index].low in {"that", "as"} for index in between)
        return owner if content and not any(self.is_verb(index) for index in between) else None
