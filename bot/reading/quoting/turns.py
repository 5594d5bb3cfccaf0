"""Whom the phrase that leads in a quotation means, by the sentences before it."""

from collections.abc import Sequence

from bot.reading.quoting.cast import Mention
from bot.reading.quoting.meant_roles import THIRD_PERSON, MeantRoles
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.references import Speaker, asked_first, describes_last, resolve
from bot.reading.quoting.spoken import Block
from bot.reading.quoting.tokens import COMMAS, Sentence

# Sentences behind a question in which its answer goes on.
_ANSWER = 4
# Words of "the lean senator" less one.
_LEAN = 2
# Sentences such as "The company said so." in a row that are followed back to whoever is named.
_MOST_LEANING = 20
_SOME = frozenset({"a", "an", "one", "another"})


class Turns(MeantRoles):
    """Who speaks in a sentence, where the sentences before it have to be known for that."""

    def _resolve(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        if phrase.kind is PhraseKind.PRONOUN and tokens[phrase.first].low == "it":
            return self._body_meant(block, sentence) or Speaker(None, "it")
        opens = phrase.kind is PhraseKind.PRONOUN and sentence == block.first_sentence
        unnamed = self._unnamed_before(phrase, block, tokens, sentence) if opens else None
        if unnamed is not None:
            return unnamed
        if phrase.kind is not PhraseKind.PRONOUN and sentence > block.first_sentence:
            newcomer = self._newcomer(phrase, tokens, block.sentences[sentence - 1 - block.first_sentence])
            if newcomer:
                return Speaker(None, tokens[phrase.last].text)
        meant = self._meant_role(phrase, block, tokens, sentence)
        if meant is not None:
            phrase, sentence = meant
            tokens = block.sentences[sentence - block.first_sentence]
        else:
            phrase, tokens, sentence = self._questioned(phrase, block, tokens, sentence)
        speaker = resolve(phrase, tokens, block.text, sentence, self.cast, block.first_sentence)
        speaker = (
            self._body_taken_up(phrase, block, tokens, sentence)
            or self._taken_up(phrase, block, tokens, sentence)
            or speaker
        )
        if speaker is not None and speaker.is_person and self._yields(phrase, speaker, block, sentence):
            return Speaker(None, speaker.named_as)
        person = self.cast.people.get(speaker.name.lower()) if speaker is not None and speaker.name else None
        if person is not None:
            self.cast.spoke.append((sentence, person))
        return speaker

    def _before(self, block: Block) -> Block | None:
        """Return the paragraph before the one that is read; nobody looks farther back than from there."""
        return None if block is self.before else self.before

    def _yields(self, phrase: Phrase, speaker: Speaker, block: Block, sentence: int) -> bool:
        """Tell "The lean senator said" behind "Ray voted no.": not Sen. Smith, of whom the paragraph says nothing."""
        if phrase.kind is not PhraseKind.ROLE or sentence <= block.first_sentence or phrase.last - phrase.first < _LEAN:
            return False
        here = [m for n in range(block.first_sentence, sentence + 1) for m in self.cast.mentions_in(n)]
        near = {m.person.name for m in self.cast.mentions_in(sentence - 1) if m.person.plausible and not m.owner}
        return len(near) == 1 and all(m.person.name != speaker.name for m in here)

    def _body_meant(self, block: Block, sentence: int) -> Speaker | None:
        """Return the ministry that the sentence before lets speak for "it" in "“…,” it said in a statement"."""
        offset = sentence - 1 - block.first_sentence
        source, place = (block, offset) if offset >= 0 else (self._before(block), -1)
        if source is None or not source.sentences:
            return None
        told = self._told_by(source, place % len(source.sentences), sure=True)
        return told if told is not None and told.is_body else None

    def _body_taken_up(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        """Return Dunn Valves for "the company" behind "The maker, Dunn Valves, said", the council for "the council"."""
        noun = tokens[phrase.last].low
        if phrase.last != phrase.first + 1 or tokens[phrase.first].low != "the" or self.words.language != "en":
            return None
        private = self.words.has("companies", noun)
        if phrase.named or not (private or self.words.has("organisation_words", noun)):
            return None
        told = self._body_meant(block, sentence)
        if told is None or told.name is None:
            return None
        called = told.name.lower().split()
        other = any(
            self.words.has("organisation_words", word) and not self.words.has("companies", word) for word in called
        )
        return told if noun in called or (private and not other) else None

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

    def _unnamed_before(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        """Return "a spokesman" for the "he" that opens a paragraph, where only he has spoken in the one before."""
        before = self._before(block)
        if tokens[phrase.first].low not in THIRD_PERSON or before is None or not before.spoken:
            return None
        speaker = before.spoken[-1].speaker
        if speaker is None or speaker.is_person or speaker.named_as.partition(" ")[0].lower() not in _SOME:
            return None
        here = range(before.first_sentence, before.first_sentence + len(before.sentences))
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
        source, place = (block, offset - 1) if offset else (self._before(block), -1)
        if source is None or not source.sentences:
            return None
        place %= len(source.sentences)
        named = self._not_beside(source.sentences[place], self.cast.mentions_in(source.first_sentence + place))
        told = self._told_by(source, place, sure=True) if len(named) == 1 else None
        if told is None and phrase.named and len(named) == 1:  # "Smith was in form." "…", the Rovers coach said
            first = self.cast.mentions_in(source.first_sentence + place)[0]
            opens = first.person.plausible and self._opens(source.sentences[place], first.token)
            return Speaker(first.person.name, tokens[phrase.last].text, is_person=True) if opens else None
        return told if told is not None and told.is_person else None

    def _not_beside(self, sentence: Sentence, mentions: Sequence[Mention]) -> set[int]:
        """Return who is named as more than an owner or, behind the first, in "the wicket of Smith"."""
        return {
            m.person.order
            for place, m in enumerate(mentions)
            if not m.owner and not (place and sentence[m.token - 1].low == "of")
        }

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
        speaker = self._resolved_behind(cue.phrase, block, tokens, block.first_sentence + offset)
        if speaker is None or speaker.name is None or not (cue.sure or speaker.is_person):
            return None
        return speaker

    def _resolved_behind(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        """Resolve the speaker of a sentence that another leans on, which may lean on the one before it, and so on."""
        if self._leaning == _MOST_LEANING:
            return None
        self._leaning += 1
        speaker = self._resolve(phrase, block, tokens, sentence)
        self._leaning -= 1
        return speaker
