"""English noun phrases that may be speakers, read forwards from a place in a sentence."""

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run, run_starting
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS, Sentence, is_adverb

LONGEST_PHRASE = 14
"""Tokens of one phrase; what is longer is a list or hostile."""


# Characters of the title of a work, with its marks.
_LONGEST_TITLE = 40


class ForwardReader:
    """Noun phrases of one sentence by their first token."""

    def __init__(self, tokens: Sentence, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words

    def starting(self, first: int) -> Phrase | None:
        """Read the phrase that begins at this token: "[the FBI director, James Comey], said"."""
        if first >= len(self.tokens):
            return None
        token = self.tokens[first]
        if self.words.has("subject_pronouns", token.low):
            return Phrase(PhraseKind.PRONOUN, first, first)
        office = self.words.has("roles", token.low) or self.words.has("titles", token.low)  # "acting", "retired"
        if token.kind == "w" and token.low.endswith(("ing", "ed")) and not office:
            return None  # "“…,” drawing cheers"
        phrase = self._plain(first)
        if phrase is None or phrase.kind is PhraseKind.NAME:
            return self._after_dateline(phrase) or self._joined_forwards(phrase)
        return self._two_offices(phrase) or self._apposed(self._with_complements(phrase, 0))

    def _two_offices(self, phrase: Phrase) -> Phrase | None:
        """Return the name in "co-founder and CEO Ann Smith"."""
        conjunction = phrase.last + 1
        if phrase.kind is not PhraseKind.ROLE or self.words.has("articles", self.tokens[phrase.first].low):
            return None
        if conjunction + 2 >= len(self.tokens) or self.tokens[conjunction].low != "and":
            return None
        name = self._plain(conjunction + 1)
        if name is None or name.kind is not PhraseKind.NAME or name.name_last <= name.name_first:
            return None
        office = [token.low for token in self.tokens[conjunction + 1 : name.name_first]]
        if not any(self.words.has("roles", low) or self.words.has("titles", low) for low in office):
            return None
        return Phrase(PhraseKind.NAME, phrase.first, name.last, name.name_first, name.name_last, named=True)

    def _plain(self, first: int) -> Phrase | None:
        """Read determiner, adjectives, nouns and names without complements."""
        index, run, owner, lower = first, None, None, -1
        while index < len(self.tokens) and index - first < LONGEST_PHRASE:
            token = self.tokens[index]
            found = run_starting(self.tokens, index, self.words) if token.kind == "C" else None
            if found is not None:
                run, index = found, found.last + 1
            elif token.kind == "s":
                owner, run = run, None
                index += 1
            elif token.kind == "q" and index == first + 1 and self._is_title_of_work(index):
                index += 1
            elif (
                run is not None
                and token.kind == "w"
                and not self._leads_to_noun(index)
                and not self._qualifies(run, index)
            ):
                if index == run.last + 1 == first + 2 and self._is_made_of(first):
                    return Phrase(PhraseKind.THING, first, index)
                break
            elif index > first and self._ends_role(index):
                break
            elif (token.kind in {"w", "n"} or self.words.has("determiners", token.low)) and self._inside(index, first):
                lower = index if token.kind == "w" else lower
                index += 1
            else:
                break
        return self._finished(first, index - 1, run, owner, lower)

    def _ends_role(self, index: int) -> bool:
        """Tell "conceded" of "England’s coach conceded" and "visibly winced" from "a clerk named Smith"."""
        low = self.tokens[index].low
        if not (low.endswith("ed") or is_adverb(self.tokens[index])) or self.words.has("calling", low):
            return False
        return self.words.has("roles", self.tokens[index - 1].low)

    def _is_made_of(self, first: int) -> bool:
        """Tell "A HOLIDAY jet" and "a Boeing jet": an article, one capitalized word and a noun."""
        noun = self.tokens[first + 2].low
        if self.tokens[first].low not in {"a", "an"} or self._closed_class(noun) or noun.endswith("ed"):
            return False
        return not self._verb_like(first + 2, noun) and not self.words.has("common_verbs", noun)

    def _is_title_of_work(self, quotation: int) -> bool:
        """Tell "Midnight Harbor" in "the “Midnight Harbor” star"."""
        following = self.tokens[quotation + 1] if quotation + 1 < len(self.tokens) else None
        token = self.tokens[quotation]
        short = token.end - token.start <= _LONGEST_TITLE
        return short and following is not None and self.words.has("celebrities", following.low)

    def _qualifies(self, run: Run, index: int) -> bool:
        """Tell "Democratic" in "his Democratic challenger": a people or a party that says what kind of noun follows."""
        single = run.first == run.last and self.words.has("adjectives", self.tokens[run.last].low)
        if not single or not run.first or not self.words.has("determiners", self.tokens[run.first - 1].low):
            return False
        low = self.tokens[index].low
        return not self._closed_class(low) and not self._verb_like(index, low) and not low.endswith("ed")

    def _leads_to_noun(self, index: int) -> bool:
        """Tell whether a noun that may speak follows a name: "Clinton campaign spokesman", not "Clinton won"."""
        for position in range(index, min(index + 4, len(self.tokens))):
            token = self.tokens[position]
            if any(self.words.has(name, token.low) for name in ("roles", "documents", "stand_ins")):
                return True
            if token.low.endswith("ers") and self.words.has("roles", token.low[:-1]):
                return True  # "Scotch whisky distillers"
            if token.kind != "w" or self._verb_like(position, token.low) or self._closed_class(token.low):
                return False
            if token.low.endswith("ed") or self.words.has("common_verbs", token.low):
                return False
        return False

    def _inside(self, index: int, first: int) -> bool:
        low = self.tokens[index].low
        if self.words.has("determiners", low):
            return index == first or self.tokens[index - 1].low in {"all", "both", "one"}
        if any(
            self.words.has(name, low) for name in ("prepositions", "conjunctions", "auxiliaries", "subject_pronouns")
        ):
            return False
        if self.words.has("subordinators", low) or low in {"who", "that", "which"}:
            return False
        return self.words.has("roles", low) or not self._verb_like(index, low)

    def _verb_like(self, index: int, low: str) -> bool:
        if low in self.words.participles:
            return index > 0 and not self.words.has("determiners", self.tokens[index - 1].low)
        return low in self.words.finite and low not in self.words.nounlike and index > 0

    def _finished(self, first: int, last: int, run: Run | None, owner: Run | None, lower: int) -> Phrase | None:
        if last < first:
            return None
        named = (run is not None and run.is_name) or (owner is not None and owner.is_name)
        if run is not None and run.first == last > first and self.words.has("documents", self.tokens[last].low):
            return Phrase(PhraseKind.THING, first, last)  # "a T-shirt"
        if run is not None and self.tokens[last].kind == "n" and self.words.has("documents", self.tokens[run.last].low):
            return Phrase(PhraseKind.THING, first, last)  # "Section 4"
        if run is not None and run.last > lower and run.last == last and run.is_name:
            people = run.first == run.last and self.words.has("adjectives", self.tokens[last].low)
            if run.first and not people and self._is_one_of(run):
                return Phrase(PhraseKind.ROLE, run.first - 1, last, named=True)
            return Phrase(PhraseKind.ROLE, first, last, named=True) if people else self._name(run)
        if lower < 0 and run is None:
            return None
        low = self.tokens[lower if lower > (run.last if run else -1) else last].low
        if owner is not None and owner.is_name and not self.words.has("roles", low):
            return self._name(owner, first, last)
        if self.words.has("documents", low) and not self.words.has("roles", low):
            return Phrase(PhraseKind.THING, first, last)
        return Phrase(PhraseKind.ROLE, first, last, named=named, gender=self._role_gender(low))

    def _is_one_of(self, run: Run) -> bool:
        """Tell "one Nationals MP", whose name the text does not give."""
        office = self.tokens[run.last]
        led = self.tokens[run.first - 1].low in {"a", "an", "one", "another"}
        return led and office.text.isupper() and self.words.has("short_offices", office.low)

    def _role_gender(self, low: str) -> str:
        return "m" if self.words.has("male_words", low) else "f" if self.words.has("female_words", low) else ""

    def _name(self, run: Run, first: int = -1, last: int = -1) -> Phrase:
        gender = "m" if run.male else "f" if run.female else ""
        first, last = (run.first if first < 0 else first), max(last, run.last)
        return Phrase(PhraseKind.NAME, first, last, run.name_first, run.last, named=True, gender=gender)

    def _after_dateline(self, phrase: Phrase | None) -> Phrase | None:
        """Read the mayor's name in "said Larch, Colo., Mayor Ann Keller"."""
        if phrase is None or phrase.last + 4 >= len(self.tokens) or self.tokens[phrase.last + 1].text != ",":
            return None
        state = run_starting(self.tokens, phrase.last + 2, self.words)
        comma = state.last + 1 if state is not None else len(self.tokens)
        if comma < len(self.tokens) and self.tokens[comma].text == ".":
            comma += 1
        if comma + 1 >= len(self.tokens) or self.tokens[comma].text != ",":
            return None
        run = run_starting(self.tokens, comma + 1, self.words)
        return self._name(run) if run is not None and run.titled and run.is_name else None

    def _joined_forwards(self, phrase: Phrase | None) -> Phrase | None:
        """Take "Smith and Jones" as one."""
        if (
            phrase is None
            or phrase.last + 2 >= len(self.tokens)
            or self.tokens[phrase.last + 1].low not in {"and", "&"}
        ):
            return phrase
        second = run_starting(self.tokens, phrase.last + 2, self.words)
        if second is None or not second.is_name or not self._verb_soon(second.last + 1):
            return phrase
        return Phrase(PhraseKind.NAME, phrase.first, second.last, phrase.name_first, second.last, named=True)

    def _verb_soon(self, index: int) -> bool:
        if index >= len(self.tokens):
            return True
        token = self.tokens[index]
        return token.low in self.words.finite or token.text in {",", "."} or self.words.has("auxiliaries", token.low)

    def _with_complements(self, phrase: Phrase, depth: int) -> Phrase:
        """Take in "of the agency", "for Trump" after a description."""
        index = phrase.last + 1
        if (
            depth > 2  # noqa: PLR2004
            or index + 1 >= len(self.tokens)
            or self.tokens[index].low not in {"of", "for", "at", "with", "from", "in", "to", "on"}
        ):
            return phrase
        inner = self._plain(index + 1)
        if inner is None:
            return phrase
        if inner.kind is PhraseKind.NAME and self.tokens[index + 1].low == "charge":
            return inner  # "Special Agent in Charge James Smith"
        longer = Phrase(phrase.kind, phrase.first, inner.last, named=phrase.named or inner.named, gender=phrase.gender)
        if (
            phrase.kind is PhraseKind.THING
            and inner.kind is PhraseKind.NAME
            and (self.tokens[index].low in {"from", "of"} or inner.last > inner.name_last)
        ):
            return inner  # "a statement from Ross", "a post on Ross’s page"
        if self.tokens[index].low == "on":
            return phrase
        return self._with_complements(longer, depth + 1)

    def _apposed(self, phrase: Phrase) -> Phrase:
        """Prefer the name in "the director, James Comey,"."""
        index = phrase.last + 1
        if phrase.kind is not PhraseKind.ROLE or index + 1 >= len(self.tokens) or self.tokens[index].text not in COMMAS:
            return phrase
        index = self._past_office(index + 1) - 1
        run = run_starting(self.tokens, index + 1, self.words)
        if run is None or not run.is_name or (run.last == run.name_first and not self._has_owner(phrase)):
            return phrase
        behind = self._past_place(run.last + 1)
        after = self.tokens[behind] if behind < len(self.tokens) else None
        if (
            after is not None
            and after.text not in {",", ".", "—", "–", "(", ";"}
            and after.low not in self.words.finite
        ):
            return phrase
        gender = "m" if run.male else "f" if run.female else phrase.gender
        return Phrase(PhraseKind.NAME, phrase.first, run.last, run.name_first, run.last, named=True, gender=gender)

    def _past_place(self, index: int) -> int:
        """Step over "of Iowa" in "Her colleague, Jo Smith of Iowa, said"."""
        if index + 2 >= len(self.tokens) or self.tokens[index].low not in {"of", "from"}:
            return index
        place = run_starting(self.tokens, index + 1, self.words)
        return place.last + 1 if place is not None and self.tokens[place.last + 1 : place.last + 2] else index

    def _past_office(self, index: int) -> int:
        """Step over "former state" in "Lutz’s attorney, former state Sen. Bill Tagg, said"."""
        position = index
        while position + 1 < len(self.tokens) and position < index + 3 and self.tokens[position].kind == "w":
            low = self.tokens[position].low
            if not (self.words.has("titles", low) or self.words.has("adjectives", low)):
                break
            position += 1
        return position if self.tokens[position].kind == "C" else index

    def _has_owner(self, phrase: Phrase) -> bool:
        """Tell "his wife" and "Smith’s wife": one name is enough to tell who that is."""
        inside = self.tokens[phrase.first : phrase.last + 1]
        return self.words.has("roles", inside[-1].low) and any(
            token.kind == "s" or self.words.has("owners", token.low) for token in inside
        )

    def _closed_class(self, low: str) -> bool:
        return self.words.has("closed_class", low)
