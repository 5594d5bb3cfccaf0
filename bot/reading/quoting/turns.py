"""Whom the phrase that leads in a quotation means, by the sentences before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.reading.quoting.cast import Cast, Mention
from bot.reading.quoting.cues import Cues
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.references import Speaker, asked_first, describes_last, resolve
from bot.reading.quoting.tokens import COMMAS, Sentence

# Sentences behind a question in which its answer goes on.
_ANSWER = 4
# Words from "a reporter" to "asked" and to whom.
_ASKS = 4
_SOME = frozenset({"a", "an", "one", "another"})
_THIRD_PERSON = frozenset({"he", "she", "он", "она", "він", "вона"})


@dataclass(slots=True)
class Spoken:
    """One quotation on its way to a speaker.

    Attributes:
        span: where it stands in its paragraph.
        sentence: the running number of its sentence in the article.
        token: its index in the sentence.
        speaker: who said it, once known.
        attached: a verb of speech leads straight into it or follows it at once.
        sure: False where the speaker is a guess from the clause's subject.
        alone: its sentence holds nothing but quotations.
        unnamed: the sentence says that somebody else, not named, speaks; nobody is to be guessed.
    """

    span: Span
    sentence: int
    token: int
    speaker: Speaker | None = None
    attached: bool = False
    sure: bool = True
    alone: bool = False
    unnamed: bool = False


@dataclass(slots=True)
class Block:
    """One paragraph with its sentences and quotations."""

    text: str
    first_sentence: int
    sentences: list[Sentence]
    spoken: list[Spoken] = field(default_factory=list)


class Turns:
    """Who speaks in a sentence, where the sentences before it have to be known for that."""

    def __init__(self, words: Lexicon, cast: Cast, cues: Callable[[Sentence, Lexicon], Cues]) -> None:
        self.words = words
        self.cast = cast
        self.cues = cues
        self.before: Block | None = None

    def _resolve(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        if phrase.kind is PhraseKind.PRONOUN and tokens[phrase.first].low == "it":
            return self._body_meant(block, sentence)
        opens = phrase.kind is PhraseKind.PRONOUN and sentence == block.first_sentence
        unnamed = self._unnamed_before(phrase, tokens, sentence) if opens else None
        if unnamed is not None:
            return unnamed
        if phrase.kind is not PhraseKind.PRONOUN and sentence > block.first_sentence:
            newcomer = self._newcomer(phrase, tokens, block.sentences[sentence - 1 - block.first_sentence])
            if newcomer:
                return Speaker(None, tokens[phrase.last].text)
        role = self._meant_role(phrase, block, tokens, sentence)
        if role is not None:
            phrase, tokens, sentence = role, block.sentences[sentence - 1 - block.first_sentence], sentence - 1
        else:
            phrase, tokens, sentence = self._questioned(phrase, block, tokens, sentence)
        speaker = resolve(phrase, tokens, block.text, sentence, self.cast, block.first_sentence)
        speaker = self._taken_up(phrase, block, tokens, sentence) or speaker
        person = self.cast.people.get(speaker.name.lower()) if speaker is not None and speaker.name else None
        if person is not None:
            self.cast.spoke.append((sentence, person))
        return speaker

    def _body_meant(self, block: Block, sentence: int) -> Speaker:
        """Return the ministry that the sentence before lets speak for "it" in "“…,” it said in a statement"."""
        offset = sentence - 1 - block.first_sentence
        told = self._told_by(block, offset, sure=True) if offset >= 0 else None
        return told if told is not None and told.is_body else Speaker(None, "it")

    def _newcomer(self, phrase: Phrase, tokens: Sentence, before: Sentence) -> bool:
        """Tell "the lawmaker" and "the Portuguese" behind "One lawmaker said" and "The coach left Smith out."."""
        described = describes_last(phrase, tokens, self.words)
        if not described and (phrase.kind is not PhraseKind.ROLE or tokens[phrase.first].low != "the"):
            return False
        role = self.cues(before, self.words).opening_role()
        if role is None:
            return False
        one = before[role.first].low in _SOME and before[role.last].low == tokens[phrase.last].low
        return one or (described and any(token.kind == "C" for token in before[role.last + 1 :]))

    def _unnamed_before(self, phrase: Phrase, tokens: Sentence, sentence: int) -> Speaker | None:
        """Return "a spokesman" for the "he" that opens a paragraph, where only he has spoken in the one before."""
        if tokens[phrase.first].low not in _THIRD_PERSON or self.before is None or not self.before.spoken:
            return None
        speaker = self.before.spoken[-1].speaker
        if speaker is None or speaker.is_person or speaker.named_as.partition(" ")[0].lower() not in _SOME:
            return None
        first = self.before.first_sentence
        here = range(first, first + len(self.before.sentences))
        named = any(m.person.plausible for number in here for m in self.cast.mentions_in(number))
        return None if named or any(m.token < phrase.first for m in self.cast.mentions_in(sentence)) else speaker

    def _taken_up(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        """Return Smith for "the Rovers coach" behind "Smith admitted that", where nobody is introduced as coach."""
        role = tokens[phrase.last].low
        if phrase.kind is not PhraseKind.ROLE or not self.words.has("stand_ins", role) or self.cast.roles.get(role):
            return None
        if tokens[phrase.first].low != "the" or any(m.token < phrase.first for m in self.cast.mentions_in(sentence)):
            return None
        offset = sentence - block.first_sentence
        source, place = (block, offset - 1) if offset else (self.before, -1)
        if source is None or not source.sentences:
            return None
        place %= len(source.sentences)
        named = {m.person.order for m in self.cast.mentions_in(source.first_sentence + place) if not m.owner}
        told = self._told_by(source, place, sure=True) if len(named) == 1 else None
        if told is None and phrase.named and len(named) == 1:  # "Smith was in form." "…", the Rovers coach said
            first = self.cast.mentions_in(source.first_sentence + place)[0]
            opens = first.person.plausible and self._opens(source.sentences[place], first.token)
            return Speaker(first.person.name, tokens[phrase.last].text, is_person=True) if opens else None
        return told if told is not None and told.is_person else None

    def _opens(self, sentence: Sentence, name: int) -> bool:
        """Tell a name that is its sentence's subject: "Smith was", "LONDON — Smith was", "His opposite, Smith, was"."""
        if not name or sentence[name - 1].text in COMMAS - {","}:
            return True
        head = sentence[: name - 1]
        apposed = sentence[name - 1].text == "," and head[0].low in {"his", "her", "their", "the"}
        return apposed and not any(
            token.kind != "w" or self.words.has("closed_class", token.low) or token.low in self.words.finite
            for token in head[1:]
        )

    def _meant_role(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Phrase | None:
        """Return "the mayor" of the sentence before for "he", where neither that sentence nor his own names anybody."""
        third_person = phrase.kind is PhraseKind.PRONOUN and tokens[phrase.first].low in _THIRD_PERSON
        if not third_person or sentence <= block.first_sentence:
            return None
        if any(m.token < phrase.first for m in self.cast.mentions_in(sentence)):
            return None
        before = block.sentences[sentence - 1 - block.first_sentence]
        named = [m for m in self.cast.mentions_in(sentence - 1) if m.person.plausible or m.person.gender]
        if named:
            gender = "f" if self.words.has("female", tokens[phrase.first].low) else "m"
            led_in = self.words.has("leading_in", before[0].low)
            role = self.cues(before, self.words).opening_role() if led_in else None
            if role is not None and role.first and all(mention.token < role.first for mention in named):
                return role  # "When Smith spoke, the congressman cut him off."
            teller = self._role_that_tells(before, named, tokens[phrase.first].low)
            if teller is not None:
                return teller
            relative = self._owned_relative(before, named)
            if relative is not None:
                return relative
            other = all(m.person.gender not in {"", gender} for m in named)
            return self.cues(before, self.words).relative(tokens[phrase.first].low) if other else None
        role = self.cues(before, self.words).opening_role()
        if role is not None and self._is_somebody_else(before, role, tokens[phrase.first].low):
            return None
        if role is None or before[role.first].low != "the":
            return role
        earlier = range(block.first_sentence, sentence - 1)
        named_here = any(m.person.plausible for number in earlier for m in self.cast.mentions_in(number))
        return None if named_here else role  # "the former senator" is whom the paragraph has just named

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
        """Return "Mrs Smith’s niece" of "Mrs Smith’s niece, who was there, wept.", who then speaks."""
        role = self.cues(sentence, self.words).opening_role() if all(m.owner for m in named) else None
        if role is None or not self.words.has("relations", sentence[role.last].low):
            return None
        return role if any(token.kind == "s" for token in sentence[role.first : role.last]) else None

    def _questioned(
        self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int
    ) -> tuple[Phrase, Sentence, int]:
        """Return the "she" of "Asked by Smith, she denied it." for one of the sentences about her behind it."""
        pronoun = tokens[phrase.first].low
        here = sentence
        while phrase.kind is PhraseKind.PRONOUN and here > max(block.first_sentence, sentence - _ANSWER):
            before = block.sentences[here - 1 - block.first_sentence]
            asked = asked_first(before, self.words)
            opening = next((i for i, token in enumerate(before) if token.text == ","), 0) if asked else 0
            again = next((i for i, token in enumerate(before) if token.low == pronoun and i >= opening), -1)
            if again < 0 or any(m.token < phrase.first for m in self.cast.mentions_in(here)):
                break
            here -= 1
            if asked or self._goes_on(before, again, here):
                return Phrase(PhraseKind.PRONOUN, again, again), before, here
        return phrase, tokens, sentence

    def _goes_on(self, sentence: Sentence, pronoun: int, number: int) -> bool:
        """Tell "In another message, she asked who had told Smith.", of whose "she" the next sentence goes on."""
        opens = not pronoun or sentence[pronoun - 1].text == ","
        mentions = self.cast.mentions_in(number)
        return opens and bool(mentions) and all(mention.token > pronoun for mention in mentions)

    def _is_somebody_else(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "A policeman stopped her.", where "she" goes on, and "His office, he pointed out, is small."."""
        other = "male_words" if self.words.has("female", pronoun) else "female_words"
        return self.words.has(other, sentence[role.last].low) or self._is_his_own(sentence, role, pronoun)

    def _is_his_own(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "His office, he pointed out, is small.": "he" goes on to be whose office it is."""
        owned = self.words.has("owners", sentence[role.first].low)
        body = self.words.has("organisation_words", sentence[role.last].low)
        return owned and (body or any(token.low == pronoun for token in sentence[role.last :]))

    def _told_by(self, block: Block, offset: int, *, sure: bool = False) -> Speaker | None:
        """Return the person whose words or deeds this sentence reports, if it is one."""
        tokens = block.sentences[offset]
        cue = self.cues(tokens, self.words).last_speaker()
        if (
            cue is None
            or cue.phrase is None
            or (sure and not cue.sure)
            or (cue.phrase.kind is PhraseKind.ROLE and not cue.sure)
        ):
            return None
        speaker = self._resolve(cue.phrase, block, tokens, block.first_sentence + offset)
        if speaker is None or speaker.name is None or not (cue.sure or speaker.is_person):
            return None
        return speaker
