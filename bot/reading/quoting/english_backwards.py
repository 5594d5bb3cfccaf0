"""English noun phrases read backwards from a verb."""

import re

from bot.reading.quoting.english_between import BetweenReader
from bot.reading.quoting.english_clauses import DEEPEST
from bot.reading.quoting.english_phrases import LONGEST_PHRASE
from bot.reading.quoting.ministries import LISTING, in_ministry
from bot.reading.quoting.names import run_ending
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS

# "Smith, D-Calif., said": a party and a state.
_PARTY = re.compile(r"[DIR]-[A-Z]")
_CLAUSE_OPENERS = frozenset({"as", "after", "before", "since", "until"})


class PhraseReader(BetweenReader):
    """Noun phrases of one sentence by their first or last token."""

    def ending(self, last: int, depth: int = 0) -> Phrase | None:
        """Read the phrase that ends at this token: "[Smith, the mayor,] said"."""
        if last < 0 or depth > DEEPEST:
            return None
        token = self.tokens[last]
        if token.text == ")":
            return self.ending(self._opening_bracket(last) - 1, depth + 1)
        if token.text in COMMAS:
            return self._across_commas(last, depth)
        if self.words.has("times", token.low):
            return self._before_time(last, depth)
        if self.words.has("subject_pronouns", token.low):
            return Phrase(PhraseKind.PRONOUN, last, last)
        if token.kind == "s":
            return self.ending(last - 1, depth + 1)  # "a friend of Smith’s said"
        if token.kind == "C" or token.text == ".":
            return self._name_ending(last, depth)
        if token.low in {"who", "that", "which"} and last > 0:
            return self._antecedent(last, depth)
        if token.kind == "w" and not self._closed_class(token.low):
            return self._description_ending(last, depth)
        return None

    def _antecedent(self, last: int, depth: int) -> Phrase | None:
        noun = last - (2 if self.tokens[last - 1].text in COMMAS else 1)
        described = self._described_name(last - 1) if noun < last - 1 else None
        if described is not None:
            return described
        if self.tokens[last].low == "who" and noun >= 0 and self.words.has("roles", self.tokens[noun].low):
            first = noun - 1 if noun and self.words.has("determiners", self.tokens[noun - 1].low) else noun
            return Phrase(PhraseKind.ROLE, first, noun)  # "sold it to an editor who said"
        phrase = self._author(noun) or self.ending(noun, depth + 1)
        if phrase is None and self.tokens[last].low == "who" and noun >= 0 and self.tokens[noun].kind == "w":
            return Phrase(PhraseKind.ROLE, noun, noun)  # "at trolls who called it"
        return phrase

    def _described_name(self, comma: int) -> Phrase | None:
        """Return Smith in "formed around Ann Smith, the party’s chairwoman, who told"."""
        start = self.comma_before(comma)
        if start < 1 or self.tokens[start - 1].kind != "C" or not self.words.has("roles", self.tokens[comma - 1].low):
            return None
        named = self.name_ending(start - 1) if self.words.has("determiners", self.tokens[start + 1].low) else None
        return named if named is not None and named.name_last > named.name_first else None

    def _author(self, last: int) -> Phrase | None:
        """Return Smith in "a note from Smith that read"."""
        named = self.name_ending(last) if last >= 0 and self.tokens[last].kind == "C" else None
        if named is None or named.first < 2 or self.tokens[named.first - 1].low not in {"from", "by"}:  # noqa: PLR2004
            return None
        return named if self.words.has("documents", self.tokens[named.first - 2].low) else None

    def _opening_bracket(self, last: int) -> int:
        for index in range(last - 1, max(-1, last - 12), -1):
            if self.tokens[index].text == "(":
                return index
        return last

    def _before_time(self, last: int, depth: int) -> Phrase | None:
        """Step over "on Tuesday", "last week"."""
        index = last - 1
        while index >= 0 and (
            self.tokens[index].kind == "n"
            or self.tokens[index].low in {"on", "last", "this", "late", "early", "in", "the", "earlier"}
        ):
            index -= 1
        return self.ending(index, depth + 1)

    def _name_ending(self, last: int, depth: int) -> Phrase | None:
        run = run_ending(self.tokens, last, self.words)
        if run is None:  # "Analysts at Dunn said"
            return Phrase(PhraseKind.ROLE, last, last) if self.words.has("roles", self.tokens[last].low) else None
        if run.first == last and self.words.has("documents", self.tokens[last].low):
            return Phrase(PhraseKind.THING, last, last)  # "a T-shirt"
        phrase = self._name(run) if run.is_name else Phrase(PhraseKind.ROLE, run.first, run.last)
        phrase = self._owned_body(run) or phrase
        return self._in_context(self._reach_determiner(phrase), depth)

    def name_ending(self, last: int) -> Phrase | None:
        """Read a name alone, whatever stands before it."""
        run = run_ending(self.tokens, last, self.words)
        return self._name(run) if run is not None and run.is_name else None

    def _reach_determiner(self, phrase: Phrase) -> Phrase:
        if (
            phrase.kind is PhraseKind.ROLE
            and phrase.first
            and self.words.has("determiners", self.tokens[phrase.first - 1].low)
        ):
            return Phrase(phrase.kind, phrase.first - 1, phrase.last, named=phrase.named, gender=phrase.gender)
        return phrase

    def _in_context(self, phrase: Phrase, depth: int) -> Phrase | None:
        """Look at what stands before a phrase: a preposition makes it part of a longer one."""
        before = phrase.first - 1
        if phrase.kind is PhraseKind.NAME and before >= 0:
            before = self._before_determiner(before)
        if before > 1 and self.tokens[before].kind == "s" and phrase.first == phrase.last:
            before = self._before_determiner(self._owner_start(before - 1))  # "in the People’s Daily"
        if before < 1:
            return phrase
        token = self.tokens[before]
        if token.low in {"and", "&"} and phrase.kind is PhraseKind.NAME:
            return self._joined_backwards(phrase, before, depth)
        if token.low in _CLAUSE_OPENERS and (not depth or self._first_part(before)):
            return phrase  # "as Smith said" opens a clause, and so does "It fell after Smith, the mayor, said"
        if self.words.has("prepositions", token.low) and token.kind == "w":
            return self._attached(phrase, before, depth)
        return phrase

    def _owner_start(self, last: int) -> int:
        run = run_ending(self.tokens, last, self.words)
        return run.first - 1 if run is not None else last

    def _first_part(self, index: int) -> bool:
        """Tell whether no comma stands before this token in its clause."""
        return all(token.text not in COMMAS for token in self.tokens[self.clause_start(index) : index])

    def _joined_backwards(self, phrase: Phrase, conjunction: int, depth: int) -> Phrase | None:
        first = run_ending(self.tokens, conjunction - 1, self.words)
        if first is None or not first.is_name:
            return phrase
        opening = self.tokens[first.first - 1] if first.first else None
        if opening is not None and opening.low == "of":  # "a bench of Smith and Jones said"
            return self._attached(phrase, first.first - 1, depth)
        if (
            opening is not None
            and opening.kind != "q"
            and opening.text not in COMMAS
            and opening.low not in {"both", "but", "and"}
        ):
            return phrase
        return Phrase(PhraseKind.NAME, first.first, phrase.last, first.name_first, phrase.name_last, named=True)

    def _attached(self, phrase: Phrase, preposition: int, depth: int) -> Phrase | None:
        """Read "a spokesman for [Trump]" and "Smith of [Ohio]"."""
        if not depth and self.tokens[preposition].low == "with" and self.tokens[preposition - 1].text in COMMAS:
            return phrase  # "the office denied it, with an aide saying"
        if preposition and self.words.has("postposed", self.tokens[preposition - 1].low):
            preposition -= 1  # "a source close to the family"
        head = self.ending(preposition - 1, depth + 1) if preposition else None
        if head is None:
            return None
        if head.kind is PhraseKind.ROLE:
            if self.tokens[preposition].low == "from" and phrase.kind is PhraseKind.NAME and not self._speaks(head):
                return phrase  # "a rebuke from Smith, who said"
            return Phrase(
                PhraseKind.ROLE, head.first, phrase.last, named=head.named or phrase.named, gender=head.gender
            )
        if (
            head.kind is PhraseKind.THING
            and phrase.kind is PhraseKind.NAME
            and self.tokens[preposition].low in {"from", "by", "of"}
        ):
            return phrase
        return head

    def _speaks(self, phrase: Phrase) -> bool:
        return self.words.has("roles", self.head_word(phrase))

    def _description_ending(self, last: int, depth: int) -> Phrase | None:
        first = last
        while (
            first > 0
            and last - first < LONGEST_PHRASE
            and (self._inside_description(first - 1) or self._inside_ministry(first - 1))
        ):
            first -= 1
            if self.words.has("determiners", self.tokens[first].low):
                break
        low = self.tokens[last].low
        known = self.words.has("roles", low) or self.words.has("documents", low)
        if not known and not self.words.has("determiners", self.tokens[first].low):
            return None
        phrase = self._plain(first)
        if phrase is None or phrase.last != last:
            return self._owner(first, last, depth)
        return self._in_context(phrase, depth) if phrase.kind is not PhraseKind.NAME else phrase

    def _owner(self, first: int, last: int, depth: int) -> Phrase | None:
        named = any(
            token.kind == "C" and not self.words.has("determiners", token.low)
            for token in self.tokens[first : last + 1]
        )
        kind = PhraseKind.ROLE if self.words.has("roles", self.tokens[last].low) else PhraseKind.THING
        return self._in_context(Phrase(kind, first, last, named=named), depth)

    def _inside_description(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind in {"C", "s", "n"}:
            return not self.words.has("times", token.low)
        if token.kind != "w":
            return False
        if self.words.has("determiners", token.low):
            return True
        return not self._closed_class(token.low) and not self._verb_like(index, token.low)

    def _inside_ministry(self, index: int) -> bool:
        """Tell the "and" of "a Department for Business and Trade spokesman"."""
        return self.tokens[index].low in LISTING and in_ministry(self.tokens, index, self.words)

    def _across_commas(self, comma: int, depth: int) -> Phrase | None:
        """Step back over what stands between commas: "Smith, the mayor of Ohio, said"."""
        end = comma
        for _ in range(DEEPEST):
            start = self.comma_before(end)
            if start < 0:
                break
            name = self._apposition(start + 1, end - 1) if end == comma else None
            if name is not None:
                return name
            candidate = (
                self.ending(start - 1, depth + 2) if start > 0 and self.tokens[start - 1].text not in COMMAS else None
            )
            if (
                candidate is not None
                and candidate.kind is not PhraseKind.THING
                and not self._introduces(candidate)
                and not self._place_after_place(candidate)
                and _PARTY.match(self.tokens[candidate.first].text) is None
            ):
                return self._described_by(candidate, depth) or candidate
            end = start
        return self.subject(self.clause_start(comma), comma - 1)

    def _described_by(self, role: Phrase, depth: int) -> Phrase | None:
        """Return Ross for the role in "Ross, president of Dunn Corp., a maker of valves, said"."""
        if role.kind is not PhraseKind.ROLE or role.first < 2 or self.tokens[role.first - 1].text != ",":  # noqa: PLR2004
            return None
        last = role.first - 2
        if last > 1 and self.tokens[last].kind == "n" and self.tokens[last - 1].text == ",":
            last -= 2  # "Emma, 34, a teacher from Leeds, said"
        phrase = self.ending(last, depth + 2) if self.tokens[last].kind == "C" else None
        return phrase if phrase is not None and phrase.kind is PhraseKind.NAME else None

    def _apposition(self, first: int, last: int) -> Phrase | None:
        """Return the name when a full name alone stands between the commas: "the mayor, Ann Smith, said"."""
        phrase = self._plain(first) if first <= last else None
        if phrase is None or phrase.kind is not PhraseKind.NAME or first < 2:  # noqa: PLR2004 - a head and a comma
            return None
        if phrase.last != last and not self._placed(phrase.last + 1, last):
            return None
        before = self.tokens[first - 2]
        if self._is_beside(first - 2):
            return None
        if self.words.has("others", before.low) and phrase.name_last > phrase.name_first:
            return phrase
        known = before.kind == "w" and self.words.has("roles", before.low)
        if phrase.name_last > phrase.name_first:
            if self._is_served(phrase, first - 2):
                return None
            return phrase if known or self._described(first - 2) else None
        return phrase if known and self._owned(first - 2) else None

    def _described(self, last: int) -> bool:
        """Tell whether the words up to here describe a person: "the lawyer for Ross", "Ross’s running mate"."""
        if self.tokens[last].kind == "w" and self._owned(last):
            return True
        head = self.ending(last)
        return head is not None and head.kind is PhraseKind.ROLE and self.words.has("roles", self.head_word(head))
