"""What a phrase between commas is: the opening of a clause, a place, a spokesman's client, or no source at all."""

from bot.reading.quoting.english_clauses import ClauseReader
from bot.reading.quoting.names import run_ending
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import COMMAS


class BetweenReader(ClauseReader):
    """Phrases that commas set off in one sentence."""

    def _place_after_place(self, phrase: Phrase) -> bool:
        """Tell Nevada in "in Reno, Nevada,"."""
        comma = phrase.first - 1
        if phrase.kind is not PhraseKind.NAME or comma < 2 or self.tokens[comma].text != ",":  # noqa: PLR2004
            return False
        run = run_ending(self.tokens, comma - 1, self.words)
        return run is not None and run.first > 0 and self.words.has("prepositions", self.tokens[run.first - 1].low)

    def _introduces(self, phrase: Phrase) -> bool:
        """Tell whether the phrase belongs to an opening like "In Ohio," or "Asked about Clinton,"."""
        start = self.clause_start(phrase.first)
        if start >= len(self.tokens):
            return True
        low = self.tokens[start].low
        if start and start + 1 == phrase.first and self.words.has("contrasts", low):
            return False  # "“…,” while Smith, in his review, found it"
        opening = self.words.has("prepositions", low) or self.words.has("subordinators", low) or low.endswith("ing")
        inside = all(token.text not in COMMAS for token in self.tokens[start : phrase.first])
        return opening and inside and start < phrase.first

    def _is_served(self, phrase: Phrase, head: int) -> bool:
        """Tell "Dunn Estates" in "A spokesman for the owner, Dunn Estates, said", who is no spokesman."""
        start = self._owner_of(head)
        if start < 2 or self.tokens[start].low != "the" or self.tokens[start - 1].low != "for":  # noqa: PLR2004
            return False
        return not self.words.has("given_names", self.tokens[phrase.name_first].low)

    def _placed(self, first: int, last: int) -> bool:
        """Tell "of Montana" and "(R-Mont.)" behind a name."""
        low = self.tokens[first].low
        return (low in {"of", "from"} and all(t.kind == "C" for t in self.tokens[first + 1 : last + 1])) or (
            self.tokens[first].text == "(" and self.tokens[last].text == ")"
        )

    def head_word(self, phrase: Phrase) -> str:
        """Return "member" of "a senior member of the alliance"."""
        inside = self.tokens[phrase.first : phrase.last + 1]
        cut = next((i for i, token in enumerate(inside) if self.words.has("prepositions", token.low)), len(inside))
        return inside[cut - 1].low if cut else ""
