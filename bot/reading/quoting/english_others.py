"""Signs that an English sentence quotes somebody else than its subject, often nobody that it names."""

from bot.reading.quoting.english_subjects import EnglishSubjects
from bot.reading.quoting.phrases import PhraseKind

# Words between "rejected" and "claims", and between "claims that" and the quotation.
_FARTHEST_CLAIM = 11
_REPLIES = frozenset({"reply", "answer", "response"})
_ONE_OF_THEM = ["one", "of", "them"]
# Words between "posted" and what a caption says.
_FARTHEST_POST = 20


class EnglishOthers(EnglishSubjects):
    """Quotations in one sentence that its subject does not speak."""

    def _by_nobody_named(self, quotation: int) -> bool:
        return (
            self._put_to_somebody(quotation)
            or self._written(quotation)
            or self._inscribed(quotation)
            or self._rejected(quotation)
            or self._chanted(quotation)
            or self._by_one_of_them(quotation)
            or self._answered_by_nobody(quotation)
        )

    def _put_to_somebody(self, quotation: int) -> bool:
        """Tell whether the quotation was put to its clause's subject: "When asked, …", "Smith was told: …"."""
        index = quotation - 1
        if index >= 0 and self.tokens[index].text in {",", ":"}:
            index -= 1
        if index < 0 or self.tokens[index].low not in {"asked", "told", "questioned"}:
            return False
        return self._passive(index)

    def _accused(self, quotation: int) -> bool:
        """Tell "Smith was accused of “…”", where others say it."""
        index = quotation - 1
        if index < 1 or self.tokens[index].low not in {"of", "as", "a"}:
            return False
        verb = index - 1
        return self.words.has("passives", self.tokens[verb].low) and self._passive(verb)

    def _written(self, quotation: int) -> bool:
        """Tell "Smith held a sign that read “…”": a document leads into the quotation."""
        verb = quotation - 1
        if verb > 0 and (self.tokens[verb].text in {",", ":"} or self.tokens[verb].low == "that"):
            verb -= 1
        if verb < 1 or not self.is_verb(verb) or self.tokens[verb - 1].low == "to":
            return False
        if self.tokens[verb].low in self.words.participles:
            return False
        subject = self.reader.ending(self._over_auxiliaries(verb - 1))
        return subject is not None and subject.kind is PhraseKind.THING

    def _inscribed(self, quotation: int) -> bool:
        """Tell "Smith wore a shirt with the words “…”"."""
        if quotation < 3:  # noqa: PLR2004 - those three words
            return False
        with_what = " ".join(token.low for token in self.tokens[quotation - 3 : quotation])
        if not self.words.has("inscribed", with_what):
            return False
        before = self.tokens[max(0, quotation - _FARTHEST_POST) : quotation]
        return not any(self.words.has("posting", token.low) for token in before)

    def _chanted(self, quotation: int) -> bool:
        """Tell "Smith was greeted with chants of “…”", which a crowd cries."""
        if quotation < 2 or self.tokens[quotation - 1].low != "of":  # noqa: PLR2004 - the chants and "of"
            return False
        return self.words.has("chants", self.tokens[quotation - 2].low)

    def _by_one_of_them(self, quotation: int) -> bool:
        """Tell "One of them called it “…”", whom the sentence does not name."""
        if self.tokens[0].low != "one" or quotation < len(_ONE_OF_THEM):
            return False
        three = [token.low for token in self.tokens[: len(_ONE_OF_THEM)]]
        return three == _ONE_OF_THEM and not any(token.kind == "C" for token in self.tokens[1:quotation])

    def _answered_by_nobody(self, quotation: int) -> bool:
        """Tell "“…,” came the reply", which is not from who asked."""
        following = self.tokens[quotation + 1 : quotation + 4]
        if not following or following[0].low not in {"came", "comes"} or following[-1].low not in _REPLIES:
            return False
        return not any(token.low == "from" for token in self.tokens[quotation + 4 :])

    def _rejected(self, quotation: int) -> bool:
        """Tell "Smith rejected claims that he was “…”", which others made, but not "claims of fraud as “…”"."""
        if self.tokens[quotation - 1].low == "as":
            return False
        for noun in range(quotation - 1, max(0, quotation - _FARTHEST_CLAIM), -1):
            if self.is_verb(noun):
                return False
            if self.words.has("claims", self.tokens[noun].low) and self.tokens[noun + 1].low in {
                "that",
                "of",
                "from",
                "he",
                "she",
            }:
                before = self.tokens[max(0, noun - 4) : noun]
                owned = any(token.kind == "s" or self.words.has("owners", token.low) for token in before)
                return not owned and any(self.words.has("rejecting", token.low) for token in before)
        return False
