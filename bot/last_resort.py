"""The last resort: a process that was told to end and has not after some seconds is ended, whatever holds it."""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

SECONDS = 9.0
"""From SIGTERM to the last resort. Ours: a process has ten, and ends in six where nothing hangs (bot.ending)."""

STATUS = 75
"""Of a process that was ended so: EX_TEMPFAIL of sysexits.h. What it left is taken up by the next one."""

_SAYING_SECONDS = 0.5  # a log that nobody reads, or a lock on it, must not hold the end
_MOST_NAMED = 20
_OURS = Path(__file__).parent

log = logging.getLogger(__name__)


class LastResort:
    """Ends the process some seconds after it was told to end, from a thread that waits for nothing else.

    Args:
        loop: whose tasks are named then.
        seconds: from the word to the end.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, seconds: float = SECONDS) -> None:
        self._loop = loop
        self._seconds = seconds
        self._told = threading.Event()
        self._before: list[Callable[[], None]] = []
        # Started now: a signal may come amid the start of another thread, whose lock this one's start would wait for.
        threading.Thread(target=self._wait, name="last resort", daemon=True).start()

    def before(self, call: Callable[[], None]) -> None:
        """Let something be called before the end, in the thread of the last resort; it must not wait."""
        self._before.append(call)

    def begin(self) -> None:
        """Count from now, if nobody has begun yet; may be called by a signal handler."""
        self._told.set()

    def _wait(self) -> None:
        self._told.wait()
        time.sleep(self._seconds)
        try:
            for call in self._before:
                call()
            saying = threading.Thread(target=self._say, name="last words", daemon=True)
            saying.start()
            saying.join(_SAYING_SECONDS)
        finally:
            os._exit(STATUS)

    def _say(self) -> None:
        held = _named("tasks", _tasks(self._loop)), _named("threads", _threads())
        log.critical("the end was cut short after %g s; still open: %s; %s", self._seconds, *held)
        logging.shutdown()


def _named(kind: str, held: Iterable[str]) -> str:
    names = list(islice(held, _MOST_NAMED))
    return f"{kind}: {', '.join(names) or 'none'}"


def _tasks(loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    for task in asyncio.all_tasks(loop):
        yield f"{task.get_name()} {_place(_innermost(task.get_coro()))}"


def _threads() -> Iterator[str]:
    frames = sys._current_frames()
    for thread in threading.enumerate():
        if thread.name not in {"last resort", "last words"}:
            yield f"{thread.name} {_place(frames.get(thread.ident or 0))}"


def _innermost(waiting: Any) -> FrameType | None:
    """Return the frame in which a coroutine waits: of those awaited the last that is of ours, or the last of all."""
    frame = ours = None
    while waiting is not None:
        frame = getattr(waiting, "cr_frame", None) or getattr(waiting, "ag_frame", None) or frame
        if frame is not None and Path(frame.f_code.co_filename).is_relative_to(_OURS):
            ours = frame
        waiting = getattr(waiting, "cr_await", None) or getattr(waiting, "ag_await", None)
        if type(waiting).__name__ == "async_generator_asend" and frame is not None:  # which does not say of what
            waiting = getattr(frame.f_locals.get("self"), "gen", None)  # of a context manager: contextlib's name
    return ours or frame


def _place(frame: FrameType | None) -> str:
    if frame is None:
        return "at its end"
    code = frame.f_code
    return f"in {code.co_qualname} ({Path(code.co_filename).name}:{frame.f_lineno})"
