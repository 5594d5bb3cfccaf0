"""The heap of the bot's own process: one for all threads, and no larger than what is in use."""

import asyncio
import ctypes
import sys
from contextlib import suppress

from bot.alarm import Stoppable

_M_ARENA_MAX = -8  # glibc's malloc.h

_MALLINFO2 = (  # malloc.h, since glibc 2.33
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)

EVERY_SECONDS = 3600.0
"""Between two times that free memory is given back. Ours: it takes milliseconds; what gathers in an hour is little."""


def share_heap() -> None:
    """Let all threads that start from now on allocate from one heap; does nothing where there is no glibc.

    Glibc gives each thread a heap of its own. Ours are the database's connections, which mostly wait: what one of them
    allocates others free, and the heaps grow for days around their holes. A week's soak showed it.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system the heap's free pages, those between what is in use too; does nothing where there is no glibc.

    By itself glibc gives back only what is free at the heap's end, which one small thing in use can hold for ever.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class _MallInfo2(ctypes.Structure):
    """Glibc's `struct mallinfo2`, in bytes and numbers of pieces."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _MALLINFO2)


def malloc_in_use() -> int:
    """Return how many bytes are allocated by malloc, free room between them left out; 0 where glibc cannot say.

    Python's own allocator takes large pieces by mmap, which are not in it: see `python_blocks`.
    """
    try:
        ask = ctypes.CDLL(None).mallinfo2
    except (OSError, AttributeError):
        return 0
    ask.restype = _MallInfo2
    said = ask()
    return int(said.uordblks + said.hblkhd)  # in the heap, and mapped on their own


def python_blocks() -> int:
    """Return how many small pieces of memory (up to 512 bytes) Python's objects hold."""
    return sys.getallocatedblocks()


class HeapKeeper(Stoppable):
    """Gives free memory back now and then, until it is stopped.

    Args:
        every_seconds: between two times.
    """

    def __init__(self, *, every_seconds: float = EVERY_SECONDS) -> None:
        super().__init__()
        self._every_seconds = every_seconds

    async def run(self) -> None:
        """Give back until stopped, in a thread: nobody who is answered waits for the system."""
        while not self._stopping:
            await asyncio.to_thread(give_back)
            await self._alarm.wait(self._every_seconds)
