"""One heap for all threads of the bot."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # glibc's malloc.h


def share_heap() -> None:
    """Let all threads that start from now on allocate from one heap; does nothing where there is no glibc.

    Glibc gives each thread a heap of its own. Ours are the database's connections, which mostly wait: what one of them
    allocates others free, and the heaps grow for days around their holes. A week's soak showed it.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
