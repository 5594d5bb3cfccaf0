"""What went wrong lately, in words for the operator: no token, no traceback, and never more than a screenful kept."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.logs import redact

MOST_KEPT = 100
"""Incidents kept here until they are written down, and of those written down. Ours: more is what logs are for."""

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that went wrong.

    Attributes:
        at: when; the last time, where it happened several times in a row.
        level: the log record's: "WARNING", "ERROR", "CRITICAL".
        part: who says so: the logger's name.
        words: what happened, in one line.
        times: how often in a row.
    """

    at: datetime
    level: str
    part: str
    words: str
    times: int = 1


class IncidentLog(logging.Handler):
    """Keeps warnings and errors as they are logged, until somebody takes them.

    Args:
        clock: the present moment, aware.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(logging.WARNING)
        self._clock = clock
        self._kept: deque[Incident] = deque(maxlen=MOST_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record; one like the last is only counted."""
        try:
            incident = Incident(self._clock(), record.levelname, record.name, _line(record))
        except Exception:  # a record whose arguments do not fit its words
            self.handleError(record)
            return
        last = self._kept[-1] if self._kept else None
        if last and (last.part, last.words) == (incident.part, incident.words):
            self._kept[-1] = replace(incident, times=last.times + 1)
        else:
            self._kept.append(incident)

    def take(self) -> list[Incident]:
        """Return what is kept, the oldest first, and forget it."""
        taken = list(self._kept)
        self._kept.clear()
        return taken

    def give_back(self, incidents: list[Incident]) -> None:
        """Keep what could not be written down after all."""
        room = MOST_KEPT - len(self._kept)
        self._kept.extendleft(reversed(incidents[-room:] if room else []))


def _line(record: logging.LogRecord) -> str:
    words = record.getMessage()
    if record.exc_info and record.exc_info[1] is not None:
        words += f": {type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
    first = next(iter(words.strip().splitlines()), "")
    return redact(first)[:_LONGEST]
