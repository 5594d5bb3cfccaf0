"""Who is in an article: full names, what they are called later, and where each is mentioned."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.reading.quoting.lexicon import Lexicon


@dataclass(slots=True)
class Person:
    """Somebody named in full at least once, or a single name that stands for itself.

    Attributes:
        name: the full name as first written.
        order: where the first mention is, counted in mentions.
        gender: "m", "f" or "".
        count: how often the full name or its surname stands in the text.
        plausible: a known first name or a title says that this is a person.
    """

    name: str
    order: int
    gender: str = ""
    count: int = 0
    plausible: bool = True


class Mention(NamedTuple):
    """One place where a person is named: the running number of the sentence and the token; `owner` for "Smith’s"."""

    sentence: int
    token: int
    person: Person
    owner: bool = False


@dataclass(slots=True)
class Cast:
    """All persons of an article."""

    words: Lexicon
    people: dict[str, Person] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)
    by_first_name: dict[str, list[Person]] = field(default_factory=dict)
    by_first_surname: dict[str, list[Person]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    roles: dict[str, list[tuple[int, Person]]] = field(default_factory=dict)
    spoke: list[tuple[int, Person]] = field(default_factory=list)
    asking: dict[int, Person] = field(default_factory=dict)
    mothers: dict[str, Person] = field(default_factory=dict)
    unclear: set[tuple[str, str]] = field(default_factory=set)
    protagonists: dict[str, tuple[int, Person] | None] = field(default_factory=dict)

    def full_name(self, name: str, *, gender: str = "", oblique: bool = False) -> str:
        """Return the full name that a surname or first name stands for here, or the name itself."""
        person = self.find(name, gender=gender, oblique=oblique)
        return person.name if person else name

    def find(self, name: str, *, gender: str = "", oblique: bool = False) -> Person | None:
        """Return the person of this name: exactly, by surname, or by an unambiguous first name.

        Args:
            name: as written.
            gender: "m" or "f" where the context tells, else "".
            oblique: the name stands in a case other than the nominative (of no meaning in English).
        """
        del oblique
        low = name.lower()
        exact = self.people.get(low)
        if " " in name:
            return exact or self._by_parts(name.split())
        bearers, called_so = self.by_surname.get(low), self.by_first_name.get(low)
        found = self._best(bearers, gender) if bearers else None
        if found is not None and exact is not None and not gender and exact.count > found.count:
            return exact  # "Mr Smith", of whom the text tells more than of his sister "Ann Smith"
        found = found or (self._best(called_so, gender) if called_so else None) or exact
        if found is None and low in self.by_first_surname:
            return self._best(self.by_first_surname[low], gender)
        return found

    def mentions_in(self, sentence: int) -> list[Mention]:
        """Return the mentions in the sentence of this running number."""
        first = bisect_left(self.mentions, sentence, key=lambda mention: mention.sentence)
        last = bisect_right(self.mentions, sentence, key=lambda mention: mention.sentence)
        return self.mentions[first:last]

    def as_subject(self, description: str, *, cited: bool = False) -> str:
        """Return a description as it is called where it speaks.

        Args:
            description: as written.
            cited: it stands behind "according to" and not behind "in" (of no meaning in English).
        """
        del cited
        return description

    def _by_parts(self, parts: list[str]) -> Person | None:
        """Find "Hillary Rodham Clinton" for "Hillary Clinton" and the other way round."""
        surname, first = surname_of(parts), parts[0].lower().rstrip(".")
        for person in self.by_surname.get(surname, []):
            if person.name.split()[0].lower() == first:
                return person
            if person.name.lower().endswith(" " + " ".join(parts).lower()):
                return person  # "García Márquez"
        return None

    def _best(self, people: list[Person], gender: str) -> Person | None:
        if len(people) < 2:  # noqa: PLR2004 - nobody to choose from
            return people[0] if people and _may_be(people[0], gender) else None
        fitting = [person for person in people if not gender or person.gender in {"", gender}] or people
        plain = [person for person in fitting if not _has_suffix(person.name, self.words)] or fitting
        return max(plain, key=lambda person: (person.count, -person.order), default=None)


def _may_be(person: Person, gender: str) -> bool:
    return not gender or person.gender in {"", gender}


def surname_of(parts: Sequence[str]) -> str:
    """Return the lower-case surname, leaving out "Jr" and numbers."""
    kept = [part for part in parts if part.lower().strip(".,") not in {"jr", "sr", "ii", "iii", "iv"}]
    return kept[-1].lower() if kept else parts[-1].lower()


def _has_suffix(name: str, words: Lexicon) -> bool:
    return words.has("suffixes", name.rsplit(maxsplit=1)[-1].lower().rstrip("."))
