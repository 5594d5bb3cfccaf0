"""Giving each quotation of an article its speaker."""

from collections.abc import Sequence

from bot.reading.quoting.cues import Cues
from bot.reading.quoting.marks import Span
from bot.reading.quoting.references import Speaker
from bot.reading.quoting.spoken import Block, Spoken
from bot.reading.quoting.tokens import KIND, Sentence
from bot.reading.quoting.turns import Turns

# The subject of a clause is taken for the speaker of the partial quotation in it only from this many words on.
_LONG_PART = 5
# No sentence of the news that contrasts two speakers has more.
_FEW_QUOTATIONS = 8


class Attribution(Turns):
    """Goes through the paragraphs in order and remembers who spoke last."""

    def attribute(self, blocks: Sequence[Block], spans: Sequence[Sequence[Span]]) -> None:
        """Fill `Block.spoken` for all paragraphs, with the speakers that can be told."""
        for number, block in enumerate(blocks):
            self.before = blocks[number - 1] if number else None
            self._own_cues(block, spans[number])
            self._from_neighbours(block)
            self._from_before(block, self.before)

    def _own_cues(self, block: Block, spans: Sequence[Span]) -> None:
        for offset, tokens in enumerate(block.sentences if spans else ()):
            quotations = [index for index, token in enumerate(tokens) if token[KIND] == "q"]
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
        if quotation < 2 or tokens[quotation - 1].text != ":":  # noqa: PLR2004 - a word and the colon
            return False
        return self.words.has("labels", " ".join(token.low for token in tokens[: quotation - 1]))

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
        before = self._last_said(block, index)
        if before is not None and before.sentence >= spoken.sentence - 1:
            return None if self._names_another(spoken, before.speaker) else before.speaker
        told = self._told_by(block, offset - 1, sure=not spoken.alone) if offset else None
        return told or (before.speaker if before is not None else None)

    def _last_said(self, block: Block, index: int) -> Spoken | None:
        """Return the quotation before, or the one before that in "“…,” the “Midnight Harbor” star tells us. “…”"."""
        if index < 2:  # noqa: PLR2004 - two before it
            return block.spoken[index - 1] if index else None
        earlier, before = block.spoken[index - 2 : index]
        named = before.speaker is not None and before.speaker.name
        short = block.text.count(" ", before.span.start, before.span.end) < _LONG_PART - 2
        return earlier if not named and not before.unnamed and short and earlier.sentence == before.sentence else before

    def _names_another(self, spoken: Spoken, speaker: Speaker | None) -> bool:
        """Tell whether the quotation's own sentence opens with somebody else, who may be the one that speaks."""
        others = (m for m in self.cast.mentions_in(spoken.sentence) if m.token < spoken.token and not m.owner)
        if spoken.alone:
            return False
        return any(speaker is None or m.person.name != speaker.name for m in others)

    def _from_before(self, block: Block, before: Block | None) -> None:
        """Give a paragraph that is all quotation the speaker of the paragraph before."""
        open_ones = [spoken for spoken in block.spoken if spoken.speaker is None and not spoken.unnamed]
        if before is None or not open_ones or not open_ones[0].alone or block.spoken[0].unnamed:
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
