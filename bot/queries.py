"""Keyword queries: `drone -football "North Korea"`. All words must be there, those after a minus must not.

Words are matched by stem (bot.stems), phrases as stems side by side. There are no regular expressions: a stranger's
pattern could keep a processor busy for hours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.models import Topic, TopicKind
from bot.stems import query_stems, words_in

MAX_QUERY_LENGTH = 200
"""Characters of a query. Ours: a line on a phone held sideways; it also keeps the key within the store's index."""

MAX_TERMS = 10
"""Words and phrases of one query. Ours: more would match nothing."""

_DASHES = "-–—−"
_PART = re.compile(rf'(?P<no>(?<!\S)[{_DASHES}])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several in a row.

    Attributes:
        words: as written, in lower case.
        excluded: whether it must not be there.
    """

    words: tuple[str, ...]
    excluded: bool = False

    def stems(self) -> tuple[frozenset[str], ...]:
        """Return, for each word, the stems that stand for it."""
        return tuple(query_stems(word) for word in self.words)

    def __str__(self) -> str:
        """Return the term as it is written in a query."""
        text = " ".join(self.words)
        return ("-" if self.excluded else "") + (f'"{text}"' if len(self.words) > 1 else text)


@dataclass(frozen=True, slots=True)
class Query:
    """What a text must have, and what it must not.

    Attributes:
        terms: each once, in the order written.
    """

    terms: tuple[Term, ...]

    @property
    def required(self) -> tuple[Term, ...]:
        """What must be there."""
        return tuple(term for term in self.terms if not term.excluded)

    @property
    def key(self) -> str:
        """The form in which equal queries are equal; parsing it gives the query again."""
        return " ".join(sorted(map(str, self.terms), key=lambda text: (text.startswith("-"), text)))

    def index_stems(self) -> frozenset[str]:
        """Return the stems one of which every matching text has: those of the query's most telling word."""
        choices = [stems for term in self.required for stems in term.stems()]
        # The longest word is rare in most texts: few texts then make the query a candidate.
        return max(choices, key=lambda stems: min(map(len, stems)), default=frozenset())

    def matches(self, stems: Sequence[str]) -> bool:
        """Tell whether a text, given by its stems in order, is one that the query looks for."""
        present = set(stems)
        return bool(self.required) and all(_occurs(term, stems, present) != term.excluded for term in self.terms)


@lru_cache(maxsize=20_000)
def parse_query(text: str) -> Query:
    """Read a query; anything is one, at worst without terms.

    Args:
        text: as typed; typographic quotation marks and dashes serve too, and a mark that is not closed closes itself.
    """
    terms = []
    for part in _PART.finditer(text.translate(_QUOTES)):
        words = tuple(words_in(part["phrase"] or part["word"] or ""))
        if words:
            terms.append(Term(words, excluded=part["no"] is not None))
    return Query(tuple(dict.fromkeys(terms))[:MAX_TERMS])


def query_topic(text: str) -> Topic:
    """Return the Topic of a query; its key is "" where nothing is looked for."""
    query = parse_query(text[: 2 * MAX_QUERY_LENGTH])
    return Topic(TopicKind.QUERY, query.key if query.required else "", " ".join(text.split()))


def looks_like_query(text: str) -> bool:
    """Tell whether somebody wrote a query where a tag could stand: a phrase in marks, or a word to leave out."""
    even = text.translate(_QUOTES)
    return '"' in even or any(part["no"] for part in _PART.finditer(even) if part["word"])


def _occurs(term: Term, stems: Sequence[str], present: set[str]) -> bool:
    wanted = term.stems()
    if not all(choices & present for choices in wanted):
        return False
    if len(wanted) == 1:
        return True
    places = range(len(stems) - len(wanted) + 1)
    return any(all(stems[at + step] in choices for step, choices in enumerate(wanted)) for at in places)
