"""What is well and what is not, as the parts of the house say it; served by whoever asks for it."""

from collections.abc import Callable, Iterable, Mapping
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

    Several voices may speak of one part, since a full disk can still be read; it is well when none complains.

    Args:
        clock: the present moment.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._said: dict[str, dict[str, Trouble]] = {}
        self._notes: dict[str, str] = {}

    @property
    def ok(self) -> bool:
        """Return True while no part has trouble."""
        return not self._said

    @property
    def troubles(self) -> Mapping[str, Trouble]:
        """Return the troubles by part: all that is said of it, since the first of that."""
        return {part: _together(said.values()) for part, said in self._said.items()}

    @property
    def notes(self) -> Mapping[str, str]:
        """Return what is no trouble and worth knowing: that another process does this part's work."""
        return dict(self._notes)

    def bad(self, part: str, reason: str, *, voice: str = "") -> None:
        """Say that a part has trouble; it began when this voice said so first."""
        said = self._said.setdefault(part, {})
        said[voice] = Trouble(reason, said[voice].since if voice in said else self._clock())

    def good(self, part: str, *, voice: str = "") -> None:
        """Say that a part works, as far as this voice knows."""
        if said := self._said.get(part):
            said.pop(voice, None)
            if not said:
                del self._said[part]

    def note(self, part: str, text: str | None) -> None:
        """Say something of a part, or with None that there is nothing to say any more."""
        if text is None:
            self._notes.pop(part, None)
        else:
            self._notes[part] = text


def _together(troubles: Iterable[Trouble]) -> Trouble:
    ordered = sorted(troubles, key=lambda one: one.since)
    return Trouble("; ".join(one.reason for one in ordered), ordered[0].since)
