"""Where an English clause begins and what its subject is."""

from bot.reading.quoting.english_phrases import ForwardReader
from bot.reading.quoting.names import Run, run_ending
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS, is_adverb

DEEPEST = 8
"""Phrases inside one another, and parts of one clause, that are looked at."""

# A dateline: "LONDON, Nov 3 (Reuters) -"; shorter capitals are an office.
_SHORTEST_DATELINE, _LONGEST_DATELINE = 4, 12
# "the ruling centre-right Dunn Party"
_WORDS_OF_TRADE = 3
# Characters of one word in marks, with these.
_LONGEST_ATTRIBUTE = 16
_STOPS = frozenset({";", ":"})


class ClauseReader(ForwardReader):
    """Clauses of one sentence by any of their tokens."""

    def clause_start(self, index: int) -> int:
        """Return where this token's clause begins: after a quotation, a semicolon, or at the sentence's start."""
        for position in range(min(index, len(self.tokens)) - 1, -1, -1):
            token = self.tokens[position]
            if (token.kind == "q" and not self._is_attributive(position)) or token.text in _STOPS:
                return position + 1
        return self._past_dateline(index)

    def _is_attributive(self, quotation: int) -> bool:
        """Tell a word in marks before a noun: "has hit out at ‘miserable’ diners"."""
        token, following = self.tokens[quotation], self.tokens[quotation + 1 : quotation + 2]
        if token.end - token.start > _LONGEST_ATTRIBUTE or not quotation or not following or following[0].kind != "w":
            return False
        before, after = self.tokens[quotation - 1].low, following[0].low
        led = self.words.has("prepositions", before) or self.words.has("determiners", before)
        return led and not self._closed_class(after) and after not in self.words.finite and not after.endswith("ed")

    def _past_dateline(self, before: int) -> int:
        """Return where the sentence begins behind "BRUSSELS (Reuters) -"."""
        if not self.tokens[0].text.isupper() or len(self.tokens[0].text) < _SHORTEST_DATELINE:
            return 0
        for index in range(1, min(before, _LONGEST_DATELINE, len(self.tokens))):
            if self.tokens[index].text in COMMAS - {","}:
                return index + 1
        return 0

    def subject(self, first: int, last: int) -> Phrase | None:
        """Read the subject of a clause, stepping over its opening adverbs and adjuncts."""
        index = first
        for _ in range(DEEPEST):
            index = index if index <= last and self._opens_adjunct(index) else self._past_adverbs(index)
            if index > last:
                return None
            if not self._opens_adjunct(index):
                return self.starting(index)
            comma = next((i for i in range(index, last + 1) if self.tokens[i].text in COMMAS), -1)
            if comma < 0:
                return None
            index = comma + 1
        return None

    def comma_before(self, index: int) -> int:
        """Return the last comma before this token in its clause, outside brackets, or -1."""
        depth = 0
        for position in range(index - 1, -1, -1):
            token = self.tokens[position]
            if token.text in {")", "("}:
                depth += 1 if token.text == ")" else -1
            if token.kind == "q" or token.text in _STOPS:
                return -1
            if token.text in COMMAS and depth <= 0:
                return position
        return -1

    def _opens_adjunct(self, index: int) -> bool:
        low = self.tokens[index].low
        if self.words.has("prepositions", low) or self.words.has("subordinators", low) or low.endswith("ing"):
            return True
        return low in {"next", "thanks"} and index + 1 < len(self.tokens) and self.tokens[index + 1].low == "to"

    def subject_before(self, first: int, last: int) -> Phrase | None:
        """Read the subject of the nearest part between commas that opens with one and goes on with a verb."""
        end = last + 1
        while end > first:
            comma = self.comma_before(end)
            start = max(first, comma + 1)
            phrase = self._opening_subject(start, last)
            if phrase is not None:
                return phrase
            if comma < first:
                break
            end = comma
        return self.subject(first, last)

    def _opening_subject(self, start: int, last: int) -> Phrase | None:
        index = start
        while index <= last and (
            self.words.has("conjunctions", self.tokens[index].low) or is_adverb(self.tokens[index])
        ):
            index += 1
        phrase = self.starting(index) if index <= last else None
        if phrase is None or phrase.kind not in {PhraseKind.NAME, PhraseKind.PRONOUN} or phrase.last >= last:
            return None
        following = self.tokens[phrase.last + 1]
        verb = (
            following.kind == "w"
            and not self.words.has("prepositions", following.low)
            and following.low not in {"and", "or", "who"}
        )
        return phrase if verb else None

    def _past_adverbs(self, index: int) -> int:
        while index < len(self.tokens) and self._opens_clause(index):
            index += 1
        return index

    def _opens_clause(self, index: int) -> bool:
        token = self.tokens[index]
        if token.text in COMMAS or token.kind == "n" or self.words.has("times", token.low):
            return True
        if token.kind == "C":
            comma = index + 1 < len(self.tokens) and self.tokens[index + 1].text == ","
            opening = self.words.has("conjunctions", token.low) or self.words.has("adverbs", token.low)
            return opening or (comma and token.low.endswith("ly"))
        return self.words.has("conjunctions", token.low) or self.words.has("auxiliaries", token.low) or is_adverb(token)

    def _owned(self, last: int) -> bool:
        """Tell whether "his", "her" or a possessive stands before the lower-case words that end here."""
        owner = self.tokens[self._owner_of(last)]
        return owner.kind == "s" or self.words.has("owners", owner.low)

    def _is_beside(self, last: int) -> bool:
        """Tell "beside his wife" in "Smith, beside his wife, Ann, said": she is there and does not speak."""
        index = self._owner_of(last)
        owner = self.words.has("owners", self.tokens[index].low)
        return owner and index > 0 and self.words.has("beside", self.tokens[index - 1].low)

    def _owner_of(self, last: int) -> int:
        index = last
        while index > 0 and self._inside_plain(index):
            index -= 1
        return index

    def _inside_plain(self, index: int) -> bool:
        """Tell words that owners stand before: "his [Labour shadow]"."""
        token = self.tokens[index]
        return (token.kind == "w" and not self._closed_class(token.low)) or self.words.has("adjectives", token.low)

    def _owned_body(self, run: Run) -> Phrase | None:
        """Read "California Cattlemen’s Association" as one name."""
        owner = run.first - 2
        if owner < 0 or self.tokens[owner + 1].kind != "s" or not self._is_body(run):
            return None
        whose = run_ending(self.tokens, owner, self.words)
        if whose is None:
            return None
        return Phrase(PhraseKind.NAME, whose.first, run.last, whose.first, run.last, named=True)

    def _is_body(self, run: Run) -> bool:
        return self.words.has("organisation_words", self.tokens[run.last].low)

    def _before_determiner(self, last: int) -> int:
        """Step over "the" and "the opposition" before a name."""
        index = last
        while (
            index > 0
            and last - index < _WORDS_OF_TRADE
            and self._inside_plain(index)
            and not self._named_by_trade(index)
        ):
            index -= 1
        return index - 1 if self.words.has("determiners", self.tokens[index].low) else last

    def _named_by_trade(self, index: int) -> bool:
        low = self.tokens[index].low
        return self.words.has("roles", low) and not self.words.has("organisation_words", low)
