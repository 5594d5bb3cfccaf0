"""What a language's reader of sentences tells: who speaks a quotation."""

from dataclasses import dataclass
from typing import Protocol

from bot.reading.quoting.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Cue:
    """The speaker's phrase for one quotation.

    Attributes:
        phrase: who speaks; None where the sentence says that somebody unnamed does ("Smith was asked, …").
        sure: False for a guess from the clause's subject without a verb of speech.
        attached: the cue stands right beside the quotation.
    """

    phrase: Phrase | None
    sure: bool = True
    attached: bool = False


class Cues(Protocol):
    """Reads one sentence."""

    def cue(self, quotation: int) -> Cue | None:
        """Return who speaks the quotation at this token."""

    def last_speaker(self) -> Cue | None:
        """Return who speaks last in a sentence without quotations."""

    def opening_role(self) -> Phrase | None:
        """Return the subject of the sentence where it is somebody described and not named."""

    def relative(self, pronoun: str) -> Phrase | None:
        """Return "his daughter" for "she": somebody of this gender whom the sentence describes and does not name."""
