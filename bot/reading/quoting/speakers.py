"""Giving each quotation of an article its speaker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.reading.quoting.cast import Cast, Mention
from bot.reading.quoting.cues import Cues
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.references import Speaker, asked_first, resolve
from bot.reading.quoting.tokens import Sentence

# The subject of a clause is taken for the speaker of the partial quotation in it only from this many words on.
_LONG_PART = 5
# No sentence of the news that contrasts two speakers has more.
_FEW_QUOTATIONS = 8
# Sentences behind a question in which its answer goes on.
_ANSWER = 4
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


class Attribution:
    """Goes through the paragraphs in order and remembers who spoke last."""

    def __init__(self, words: Lexicon, cast: Cast, cues: Callable[[Sentence, Lexicon], Cues]) -> None:
        self.words = words
        self.cast = cast
        self.cues = cues
        self.before: Block | None = None

    def attribute(self, blocks: Sequence[Block], spans: Sequence[Sequence[Span]]) -> None:
        """Fill `Block.spoken` for all paragraphs, with the speakers that can be told."""
        for number, block in enumerate(blocks):
            self.before = blocks[number - 1] if number else None
            self._own_cues(block, spans[number])
            self._from_neighbours(block)
            self._from_before(block, self.before)

    def _own_cues(self, block: Block, spans: Sequence[Span]) -> None:
        for offset, tokens in enumerate(block.sentences if spans else ()):
            quotations = [index for index, token in enumerate(tokens) if token.kind == "q"]
            if not quotations:
                continue
            alone = all(token.kind in {"q", "p"} for token in tokens) or self._is_labelled(tokens, quotations[0])
            cues = None if alone else self.cues(tokens, self.words)
            for index in quotations:
                spoken = Spoken(spans[tokens[index].quote], block.first_sentence + offset, index, alone=alone)
                block.spoken.append(spoken)
                if cues is not None:
                    self._own_cue(block, tokens, spoken, cues)
            self._share(block, block.first_sentence + offset)

    def _is_labelled(self, tokens: Sentence, quotation: int) -> bool:
        """Tell "Пряма мова: “…”", whose words are those of whom the text has just named."""
        label = " ".join(token.low for token in tokens[: quotation - 1])
        return quotation > 1 and tokens[quotation - 1].text == ":" and self.words.has("labels", label)

    def _own_cue(self, block: Block, tokens: Sentence, spoken: Spoken, cues: Cues) -> None:
        cue = cues.cue(spoken.token)
        if cue is None:
            return
        spoken.attached, spoken.sure = cue.attached, cue.sure
        if cue.phrase is None:
            spoken.unnamed = True
            return
        speaker = self._resolve(cue.phrase, block, tokens, spoken.sentence)
        long = len(block.text[spoken.span.start : spoken.span.end].split()) >= _LONG_PART
        if cue.sure or (long and speaker is not None and speaker.is_person):
            spoken.speaker = speaker

    def _resolve(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        if phrase.kind is PhraseKind.PRONOUN and tokens[phrase.first].low == "it":
            return self._body_meant(block, sentence)
        unnamed = self._unnamed_before(phrase, block, tokens, sentence)
        if unnamed is not None:
            return unnamed
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

    def _unnamed_before(self, phrase: Phrase, block: Block, tokens: Sentence, sentence: int) -> Speaker | None:
        """Return "a spokesman" for the "he" that opens a paragraph, where only he has spoken in the one before."""
        third_person = phrase.kind is PhraseKind.PRONOUN and tokens[phrase.first].low in _THIRD_PERSON
        if not third_person or sentence != block.first_sentence or self.before is None or not self.before.spoken:
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
        return told if told is not None and told.is_person else None

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
            relative = self._owned_relative(before, named)
            if relative is not None:
                return relative
            other = all(m.person.gender not in {"", gender} for m in named)
            return self.cues(before, self.words).relative(tokens[phrase.first].low) if other else None
        role = self.cues(before, self.words).opening_role()
        if role is not None and self._is_somebody_else(before, role, tokens[phrase.first].low):
            return None
        taken_up = role is not None and before[role.first].low == "the" and sentence - 1 > block.first_sentence
        return None if taken_up else role  # "the former senator" is whom the paragraph has just named

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
            if asked:
                return Phrase(PhraseKind.PRONOUN, again, again), before, here
        return phrase, tokens, sentence

    def _is_somebody_else(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "A policeman stopped her.", where "she" goes on, and "His office, he pointed out, is small."."""
        other = "male_words" if self.words.has("female", pronoun) else "female_words"
        return self.words.has(other, sentence[role.last].low) or self._is_his_own(sentence, role, pronoun)

    def _is_his_own(self, sentence: Sentence, role: Phrase, pronoun: str) -> bool:
        """Tell "His office, he pointed out, is small.": "he" goes on to be whose office it is."""
        owned = self.words.has("owners", sentence[role.first].low)
        body = self.words.has("organisation_words", sentence[role.last].low)
        return owned and (body or any(token.low == pronoun for token in sentence[role.last :]))

    def _share(self, block: Block, sentence: int) -> None:
        """Give the quotations of one sentence without a cue of their own the speaker of the others."""
        here = [spoken for spoken in block.spoken if spoken.sentence == sentence]
        known = next((spoken.speaker for spoken in here if spoken.speaker is not None and spoken.sure), None)
        tokens = block.sentences[sentence - block.first_sentence] if len(here) <= _FEW_QUOTATIONS else []
        for spoken in here:
            open_one = not spoken.unnamed and (spoken.speaker is None or not spoken.sure)
            if known is not None and open_one and not self._contrasted(tokens, spoken, here):
                spoken.speaker = known

    def _contrasted(self, tokens: Sentence, spoken: Spoken, here: Sequence[Spoken]) -> bool:
        """Tell the two halves of "Analysts said it was “…”, while Smith called it “…”"."""
        others = [other.token for other in here if other.speaker is not None and other is not spoken]
        first, last = min([spoken.token, *others]), max([spoken.token, *others])
        return any(self.words.has("contrasts", token.low) for token in tokens[first:last])

    def _from_neighbours(self, block: Block) -> None:
        """Continue a paragraph's speaker; a quotation that opens it takes the next one's."""
        for index, spoken in enumerate(block.spoken):
            if spoken.speaker is None and not spoken.unnamed and not self._answered(block, index):
                spoken.speaker = self._from_sentence_before(block, index)
        for index in range(len(block.spoken) - 2, -1, -1):
            spoken, following = block.spoken[index : index + 2]
            open_one = spoken.speaker is None and spoken.alone
            if open_one and following.attached and not self._answered(block, index):
                spoken.speaker = following.speaker

    def _answered(self, block: Block, index: int) -> bool:
        """Tell a question alone before "“…,” he replied", which somebody else asks."""
        spoken, following = block.spoken[index], block.spoken[index + 1 : index + 2]
        if not spoken.alone or not following or block.text[spoken.span.end - 1] != "?":
            return False
        tokens = block.sentences[following[0].sentence - block.first_sentence]
        near = following[0].sentence == spoken.sentence + 1
        return near and any(self.words.has("answering", token.low) for token in tokens)

    def _from_sentence_before(self, block: Block, index: int) -> Speaker | None:
        spoken = block.spoken[index]
        offset = spoken.sentence - block.first_sentence
        before = block.spoken[index - 1] if index else None
        if before is not None and before.sentence >= spoken.sentence - 1:
            return None if self._names_another(spoken, before.speaker) else before.speaker
        told = self._told_by(block, offset - 1, sure=not spoken.alone) if offset else None
        return told or (before.speaker if before is not None else None)

    def _names_another(self, spoken: Spoken, speaker: Speaker | None) -> bool:
        """Tell whether the quotation's own sentence opens with somebody else, who may be the one that speaks."""
        others = (m for m in self.cast.mentions_in(spoken.sentence) if m.token < spoken.token and not m.owner)
        return not spoken.alone and any(speaker is None or m.person.name != speaker.name for m in others)

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

    def _from_before(self, block: Block, before: Block | None) -> None:
        """Give a paragraph that is all quotation the speaker of the paragraph before."""
        open_ones = [spoken for spoken in block.spoken if spoken.speaker is None and not spoken.unnamed]
        if before is None or not open_ones or not open_ones[0].alone:
            return
        known = self._speaker_at_end(before)
        if known is None:
            return
        for spoken in open_ones:
            if spoken.alone:
                spoken.speaker = known

    def _speaker_at_end(self, block: Block) -> Speaker | None:
        last = block.first_sentence + len(block.sentences) - 1
        if block.spoken and block.spoken[-1].sentence == last:
            return block.spoken[-1].speaker
        told = self._told_by(block, len(block.sentences) - 1, sure=True) if block.sentences else None
        return told or (block.spoken[-1].speaker if block.spoken else None)
