"""What the tests of the reading pool run in its workers; importable by name, as jobs must be."""

import os
import signal
import sys
from pathlib import Path

from bot.errors import NotAnArticle


def nothing() -> None:
    """Prepare nothing."""


def fail_to_prepare() -> None:
    """Fail as a broken installation would."""
    raise ImportError("a library is missing")


def wait_to_be_told() -> None:
    """Prepare for as long as nobody opens the pipe that GATE names."""
    Path(os.environ["GATE"]).open("rb").close()


def get_stuck() -> None:
    """Prepare without end, once somebody has opened the pipe that GATE names."""
    Path(os.environ["GATE"]).open("wb").close()
    signal.pause()


def double(number: int) -> int:
    """Return twice the number."""
    return number * 2


def process_id() -> int:
    """Return the worker's own process id."""
    return os.getpid()


def environment() -> dict[str, str]:
    """Return the worker's environment."""
    return dict(os.environ)


def length(data: bytes) -> int:
    """Return how long the data is."""
    return len(data)


def repeat(text: str, times: int) -> str:
    """Return a long answer."""
    return text * times


def spin() -> None:
    """Never return."""
    while True:
        pass


def leave(code: int) -> None:
    """End the process as a fatal error in C would, without Python's goodbye."""
    os._exit(code)


def segfault() -> None:
    """End the process by SIGSEGV."""
    os.kill(os.getpid(), signal.SIGSEGV)


def allocate() -> int:
    """Take memory until there is none."""
    held = []
    while True:
        held.append(bytearray(10_000_000))


def refuse(url: str) -> None:
    """Raise an error of ours."""
    raise NotAnArticle(url=url)


def stumble() -> None:
    """Raise an error that nobody expects."""
    raise ZeroDivisionError("a bug")


def chatter() -> str:
    """Print to where the answers go."""
    print("noise")  # noqa: T201 (a library that prints is what is imitated)
    sys.stdout.flush()
    return "quiet"


def unpicklable() -> object:
    """Return what cannot cross the border."""
    return lambda: None


def modules() -> set[str]:
    """Return the names of all that the worker has imported."""
    return set(sys.modules)
