"""Which words of an English sentence are verbs of speech."""

from bot.reading.quoting.english_backwards import PhraseReader
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.phrases import Phrase
from bot.reading.quoting.tokens import COMMAS, Sentence, is_adverb

FEW = 3
"""Words between those that belong together: adverbs, an article, an adjective."""

_HEARING = frozenset({"heard", "hear", "hears", "saw", "watched"})


class EnglishVerbs:
    """Verbs of speech in one sentence."""

    def __init__(self, tokens: Sentence, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.reader = PhraseReader(tokens, words)
        self.spoken_before: dict[int, Phrase | None] = {}
        self.chain: list[int] = []
        self.closing: tuple[int, int, Phrase | None] = (0, -1, None)

    def is_verb(self, index: int) -> bool:
        """Tell whether a verb of speech stands here, with a subject of its own or leaning on one."""
        token = self.tokens[index]
        low = token.low
        if not self.words.has("may_be_verbs", low):
            return False
        if token.kind != "w":
            return index == 0 and low in self.words.finite and self.words.has("common_starts", low)
        if low in self.words.participles:
            return True
        previous = self.tokens[index - 1].low if index else ""
        if low in self.words.bare and low not in self.words.finite and low not in self.words.nounlike:
            led = previous == "to" or self.words.has("modals", previous) or self.words.has("plural_subjects", previous)
            return led or self._several_before(index) or self._overheard_at(index)
        if low in self.words.bare and self._plural_before(index):
            return True
        if low in self.words.nounlike:
            return self._after_subject(index) and not self._passive(index)
        if self._phrasal(index):
            return True
        return low in self.words.finite and not self._passive(index)

    def _plural_before(self, index: int) -> bool:
        """Tell "call" in "Her rivals call her “…”": a plural before it and its object behind it."""
        if not index or index + 1 >= len(self.tokens):
            return False
        before, after = self.tokens[index - 1], self.tokens[index + 1]
        plural = before.kind == "w" and before.low.endswith("s") and not before.low.endswith(("ss", "us", "is", "’s"))
        return plural and (after.kind == "q" or self.words.has("objects", after.low))

    def _several_before(self, index: int) -> bool:
        """Tell "Prosecutors say" and "The county’s lawyers argue", where the plural opens its clause."""
        previous = self.tokens[index - 1].low if index else ""
        if not previous.endswith("s") or not self.words.has("roles", previous):
            return False
        return self.reader.clause_start(index) >= index - FEW

    def _overheard_at(self, index: int) -> bool:
        """Tell "yell" in "she heard Smith yell"."""
        if not index or self.tokens[index - 1].kind != "C":
            return False
        phrase = self.reader.ending(index - 1)
        return phrase is not None and phrase.first > 0 and self.tokens[phrase.first - 1].low in _HEARING

    def _phrasal(self, index: int) -> bool:
        """Tell "shot back", "put it"."""
        first = self.words.has("phrasal_firsts", self.tokens[index].low)
        if not first or index + 1 >= len(self.tokens):
            return False
        return self.words.has("phrasal", f"{self.tokens[index].low} {self.tokens[index + 1].low}")

    def _after_subject(self, index: int) -> bool:
        if index == 0:
            return False
        if index > 1 and (is_adverb(self.tokens[index - 1]) or self.words.has("inserted", self.tokens[index - 1].low)):
            subject = self.tokens[index - 2]  # "Smith himself posted", "he repeatedly claims"
            return subject.kind == "C" or self.words.has("subject_pronouns", subject.low)
        previous = self.tokens[index - 1]
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if self.tokens[index].low in {"found", "held"} and self.words.has("finders", previous.low):
            return True
        if previous.kind == "C":
            noun = following is not None and (
                self.words.has("auxiliaries", following.low) or self.words.has("modals", following.low)
            )
            return not noun and not self.words.has("titles", previous.low)
        if previous.text in {",", ")"}:
            return following is not None and (
                following.kind == "q"
                or following.text in {",", ":"}
                or following.low in {"of", "to"}
                or self.words.has("objects", following.low)
            )
        return self.words.has("subject_pronouns", previous.low) or previous.low in {
            "who",
            "that",
            "which",
            "to",
            "also",
            "has",
            "have",
            "had",
            "would",
        }

    def _passive(self, index: int) -> bool:
        """Tell whether the verb is passive ("was called", "called by"); "X was quoted as saying" has its own verb."""
        following = self.tokens[index + 1].low if index + 1 < len(self.tokens) else ""
        if following == "by" and self.words.has("passives", self.tokens[index].low):
            return True
        for position in range(index - 1, max(-1, index - FEW), -1):
            low = self.tokens[position].low
            if self._owned_one(position):
                return False
            if self.words.has("be", low):
                return not self.tokens[index].low.endswith("s")
            if not is_adverb(self.tokens[position]) and low not in {"not", "also", "n't", "been"}:
                return False
        return False

    def _owned_one(self, index: int) -> bool:
        """Tell the ending of "a friend of Smith’s" from the "is" of "Smith’s"."""
        if self.tokens[index].kind != "s" or index < 2:  # noqa: PLR2004 - "of" and a name
            return False
        owner = self.reader.name_ending(index - 1)
        return owner is not None and owner.first > 0 and self.tokens[owner.first - 1].low == "of"

    def _agent(self, index: int) -> Phrase | None:
        """Return who stands after "by": "was described by Smith as"."""
        for position in range(index + 1, min(index + 8, len(self.tokens))):
            if self.tokens[position].kind == "q":
                return None
            if self.tokens[position].low == "by":
                return self.reader.starting(position + 1)
        return None

    def _inverted(self, index: int) -> bool:
        if index < 0 or self.tokens[index].kind == "q":
            return True
        return self.tokens[index].text in COMMAS and (index == 0 or self.tokens[index - 1].kind == "q")

    def _over_auxiliaries(self, index: int) -> int:
        start = index
        while index > 0 and start - index < FEW + 2:
            token = self.tokens[index]
            if token.kind == "s" and self.words.has("subject_pronouns", self.tokens[index - 1].low):
                index -= 1
                break
            if token.kind != "w" or not (self.words.has("auxiliaries", token.low) or is_adverb(token)):
                break
            index -= 1
        return index

    def _inverted_verb(self, index: int) -> bool:
        """Tell a verb that stands before its subject: "said Smith", "read a statement from Smith"."""
        low = self.tokens[index].low
        if low in {"read", "reads"}:
            return index + 1 < len(self.tokens) and self.words.has("determiners", self.tokens[index + 1].low)
        if self._phrasal(index):
            return True
        return self.tokens[index].kind == "w" and low in self.words.finite and low not in self.words.nounlike
