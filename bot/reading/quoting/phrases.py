"""What a reader of sentences hands on: noun phrases that may be speakers."""

from dataclasses import dataclass
from enum import StrEnum


class PhraseKind(StrEnum):
    """What a noun phrase is."""

    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may be a speaker.

    Attributes:
        kind: what it is.
        first: index of its first token.
        last: index of its last token.
        name_first: where the bare name begins, for a name.
        name_last: where it ends.
        named: a description that holds a proper name ("a Trump aide").
        gender: "m", "f" or "", from titles and words like "spokeswoman".
        oblique: the context asks for a case other than the nominative ("по словам …").
        known_only: a name only if a person of the article bears it (a surname that is also a common word).
    """

    kind: PhraseKind
    first: int
    last: int
    name_first: int = -1
    name_last: int = -1
    named: bool = False
    gender: str = ""
    oblique: bool = False
    known_only: bool = False
