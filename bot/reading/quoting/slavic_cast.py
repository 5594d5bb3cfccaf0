"""Persons of a Russian or Ukrainian article, found by their names in any case."""

from dataclasses import dataclass

from bot.reading.quoting.cast import Cast, Person, surname_of
from bot.reading.quoting.morphology import NameReading, is_first_name, name_readings, office_nominative


@dataclass(slots=True)
class SlavicCast(Cast):
    """Persons under their nominative names."""

    def find(self, name: str, *, gender: str = "", oblique: bool = False) -> Person | None:
        """Return the person whose name this is, in whatever case."""
        known = self.people.get(name.lower())
        if known is not None and " " in name:
            return known
        for reading in self._readings(name, oblique=oblique):
            if gender and reading.gender and reading.gender != gender:
                continue
            person = self._known(reading)
            if person is not None:
                return person
        return known or self._unchanging(name, gender)

    def _unchanging(self, name: str, gender: str) -> Person | None:
        """Return "Шарлотта Кадье" for "Кадье", which a guess of the dictionary takes for a form of another name."""
        bearers = self.by_surname.get(name.lower(), [])
        fitting = [person for person in bearers if not gender or person.gender in {"", gender}]
        return fitting[0] if len(fitting) == 1 else None

    def as_subject(self, description: str, *, cited: bool = False) -> str:
        """Return an office in the nominative: "пресс-службе президента" → "пресс-служба президента"."""
        return office_nominative(description, self.words.language, cited=cited)

    def _known(self, reading: NameReading) -> Person | None:
        exact = self.people.get(reading.nominative.lower())
        parts = reading.nominative.split()
        if exact is not None and len(parts) > 1:
            return exact
        for person in self.by_surname.get(surname_of(parts), []):
            if len(parts) == 1 or person.name.split()[0].lower() == parts[0].lower():
                return person
        if len(parts) == 1 and exact is None:
            named = self.by_first_name.get(parts[0].lower(), [])
            return named[0] if len(named) == 1 and is_first_name(parts[0], self.words.language) else None
        return exact

    def _readings(self, name: str, *, oblique: bool) -> list[NameReading]:
        found = name_readings(tuple(name.split()), self.words.language)
        return sorted(found, key=lambda reading: (reading.case == "nomn") is oblique)

    def full_name(self, name: str, *, gender: str = "", oblique: bool = False) -> str:
        """Return the full name in the nominative."""
        person = self.find(name, gender=gender, oblique=oblique)
        if person is not None:
            return person.name
        found = self._readings(name, oblique=oblique)
        return found[0].nominative if found else name
