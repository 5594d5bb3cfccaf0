"""What is well and what is not, as the parts of the house say it; served by whoever asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that does not work now.

    Attributes:
        reason: for the operator, without secrets.
        since: when it began.
    """

    reason: str
    since: datetime


class Health:
    """Collects troubles and notes by part: "telegram", "database", "push", "updates".

    Args:
        clock: the present moment.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._troubles: dict[str, Trouble] = {}
        self._notes: dict[str, str] = {}

    @property
    def ok(self) -> bool:
        """Return True while no part has trouble."""
        return not self._troubles

    @property
    def troubles(self) -> Mapping[str, Trouble]:
        """Return the troubles by part."""
        return dict(self._troubles)

    @property
    def notes(self) -> Mapping[str, str]:
        """Return what is no trouble and worth knowing: that another process does this part's work."""
        return dict(self._notes)

    def bad(self, part: str, reason: str) -> None:
        """Say that a part has trouble; it began when this was said first."""
        known = self._troubles.get(part)
        self._troubles[part] = Trouble(reason, known.since if known else self._clock())

    def good(self, part: str) -> None:
        """Say that a part works."""
        self._troubles.pop(part, None)

    def note(self, part: str, text: str | None) -> None:
        """Say something of a part, or with None that there is nothing to say any more."""
        if text is None:
            self._notes.pop(part, None)
        else:
            self._notes[part] = text
