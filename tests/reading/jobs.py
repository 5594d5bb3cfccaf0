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
    """Prepare without end, once somebody has read our number from the pipe that GATE names."""
    Path(os.environ["GATE"]).write_text(str(os.getpid()), encoding="ascii")
    signal.pause()


def meet(pipe: Path, mode: str) -> None:
    """Open one end of a pipe, which somebody else must open at the other end at the same time."""
    pipe.open(mode).close()


def double(number: int) -> int:
    """Return twice the number."""
    return number * 2


def process_id() -> int:
    """Return the worker's own process id."""
    return os.getpid()


def parent_id() -> int:
    """Return the process id of the process that the worker was forked from."""
    return os.getppid()


MUCH = 100_000_000
_loaded: list[bytes] = []


def load_much() -> None:
    """Prepare by taking memory and writing all of it."""
    _loaded.append(b"x" * MUCH)


def loaded() -> int:
    """Return how much was loaded."""
    return sum(map(len, _loaded))


def own_bytes() -> int:
    """Return the memory that the worker shares with nobody."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Private_"))


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
