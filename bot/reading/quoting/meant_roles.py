"""Whom "he" means where the text has just described somebody and not named him."""

from collections.abc import Callable, Sequence

from bot.reading.quoting.cast import Cast, Mention
from bot.reading.quoting.cues import Cues
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.references import asked_first
from bot.reading.quoting.spoken import Block
from bot.reading.quoting.tokens import COMMAS, Sentence

THIRD_PERSON = frozenset({"he", "she", "он", "она", "він", "вона"})
_OWNERS = {"his": "he", "her": "she"}
_LEADS = frozenset({"what", "when", "that", "because", "as"})
# Words from "a reporter" to "asked" and to whom.
_ASKS = 4
# Words of "a retired chartered accountant".
_LONGEST_ROLE = 5


class MeantRoles:
    """Roles that the sentences before let speak or act."""

    def __init__(self, words: Lexicon, cast: Cast, cues: Callable[[Sentence, Lexicon], Cues]) -> None:
        self.words = words
        self.cast = cast
        self.cues = cues
        self.before: Block | None = None
        self._leaning = 0

    def _meant_role(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> tuple[Phrase, int] | None:
        """Return "the mayor" and its sentence for "he", where nobody named stands between them."""
        if phrase.kind is not PhraseKind.PRONOUN or tokens[phrase.first].low not in THIRD_PERSON:
            return None
        if any(m.token < phrase.first for m in self.cast.mentions_in(sentence)):
            return None
        own = self._own_role(phrase.first, tokens)
        if own is not None:
            return own, sentence
        if sentence <= block.first_sentence:
            return None
        before = block.sentences[sentence - 1 - block.first_sentence]
        role = self._role_before(before, sentence, block, tokens[phrase.first].low)
        return (
            (role, sentence - 1)
            if role is not None
            else self._described_here(block, sentence, tokens[phrase.first].low)
        )

    def _own_role(self, pronoun: int, tokens: Sentence) -> Phrase | None:
        """Return "The chief executive" in "The chief executive, who was new, apologised for what he called “…”"."""
        led = tokens[pronoun - 1].low if pronoun else ""
        opening = tokens[0].low
        hers = opening in _OWNERS and _OWNERS[opening] != tokens[pronoun].low  # "His predecessor …, when she said"
        if not (led == "what" and self.words.has("articles", opening)) and not (hers and led in _LEADS):
            return None
        role = self.cues(tokens[:pronoun], self.words).opening_role()
        return None if role is None or self._is_somebody_else(tokens, role, tokens[pronoun].low) else role

    def _described_here(self, block: Block, sentence: int, pronoun: str) -> tuple[Phrase, int] | None:
        """Return "the chef" for "he" in "I told the chef so. He looked hurt.", in a paragraph that names nobody."""
        numbers = range(block.first_sentence, sentence)
        if any(m.person.plausible for number in numbers for m in self.cast.mentions_in(number)):
            return None
        for number in numbers:
            tokens = block.sentences[number - block.first_sentence]
            for index, token in enumerate(tokens):
                if self.words.has("owners", token.low) or token.low in THIRD_PERSON:
                    return None
                role = self._role_at(index, tokens)
                if role is not None and not self._is_somebody_else(tokens, role, pronoun):
                    return role, number
        return None

    def _role_at(self, index: int, tokens: Sentence) -> Phrase | None:
        """Return "a retired accountant": a role with its article."""
        if not self.words.has("articles", tokens[index].low):
            return None
        for last in range(index + 1, min(index + _LONGEST_ROLE, len(tokens))):
            token = tokens[last]
            if token.kind != "w" or self.words.has("closed_class", token.low):
                return None
            following = tokens[last + 1] if last + 1 < len(tokens) else None
            if self.words.has("roles", token.low) and (following is None or following.kind != "s"):
                body = self.words.has("organisation_words", token.low)
                goes_on = following is not None and self.words.has("roles", following.low)
                if not body and not goes_on:
                    return Phrase(PhraseKind.ROLE, index, last)
        return None

    def _role_before(self, before: Sentence, sentence: int, block: Block, pronoun: str) -> Phrase | None:
        """Return the role that the sentence before is about, for the "he" of this one."""
        named = [m for m in self.cast.mentions_in(sentence - 1) if m.person.plausible or m.person.gender]
        if named:
            gender = "f" if self.words.has("female", pronoun) else "m"
            led_in = self.words.has("leading_in", before[0].low)
            role = self.cues(before, self.words).opening_role() if led_in else None
            if role is not None and role.first and all(mention.token < role.first for mention in named):
                return role  # "When Smith spoke, the congressman cut him off."
            teller = self._role_that_tells(before, named, pronoun)
            if teller is not None:
                return teller
            relative = self._owned_relative(before, named)
            if relative is not None:
                return relative
            other = all(m.person.gender not in {"", gender} for m in named)
            return self.cues(before, self.words).relative(pronoun) if other else None
        role = self.cues(before, self.words).opening_role()
        if role is not None and self._is_somebody_else(before, role, pronoun):
            return None
        if role is None or before[role.first].low != "the":
            return role
        earlier = range(block.first_sentence, sentence - 1)
        named_here = any(m.person.plausible for number in earlier for m in self.cast.mentions_in(number))
        # "the former senator" is whom the paragraph has just named, "Asked if his side …, the captain" whom it asks
        return None if named_here or asked_first(before, self.words) else role

    def _role_that_tells(self, sentence: Sentence, named: Sequence[Mention], pronoun: str) -> Phrase | None:
        """Return "The officer" of "The officer said he took Smith for another.", who then goes on."""
        if not self.words.has("determiners", sentence[0].low) or any(mention.owner for mention in named):
            return None
        before = [sentence[mention.token - 1] for mention in named if mention.token]
        if any(token.text in COMMAS or self.words.has("conjunctions", token.low) for token in before):
            return None  # "The crowd cheered, and Smith rose.", "A witness who gave his first name, Lee, said"
        cues = self.cues(sentence, self.words)
        role = cues.opening_role()
        if role is None or role.last > min(mention.token for mention in named):
            return None
        told = cues.last_speaker()
        if told is None or not told.sure or told.phrase is None or told.phrase.first != role.first:
            return None
        asks = any(self.words.has("questioned", token.low) for token in sentence[role.last + 1 : role.last + _ASKS])
        return None if asks or self._is_somebody_else(sentence, role, pronoun) else role

    def _owned_relative(self, sentence: Sentence, named: Sequence[Mention]) -> Phrase | None:
        """Return "Mrs Smith’s niece" of "Mrs Smith’s niece, who was there, wept.", not of "Smith’s boss fired him."."""
        role = self.cues(sentence, self.words).opening_role() if all(m.owner for m in named) else None
        if role is None or not any(token.kind == "s" for token in sentence[role.first : role.last]):
            return None
        alone = not any(token.low in {"him", "her"} for token in sentence[role.last :])
        return role if alone or self.words.has("relations", sentence[role.last].low) else None

    def _is_somebody_else(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "A policeman stopped her.", where "she" goes on, and "His office, he pointed out, is small."."""
        other = "male_words" if self.words.has("female", pronoun) else "female_words"
        return self.words.has(other, sentence[role.last].low) or self._is_his_own(sentence, role, pronoun)

    def _is_his_own(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "His office, he pointed out, is small.": "he" goes on to be whose office it is."""
        owner = sentence[role.first].low
        owned = self.words.has("owners", owner) and _OWNERS.get(owner, pronoun) == pronoun
        body = self.words.has("organisation_words", sentence[role.last].low)
        return owned and (body or any(token.low == pronoun for token in sentence[role.last :]))
