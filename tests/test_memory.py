"""What processes hold in memory for nothing."""

import asyncio
import platform
import sys
from asyncio.subprocess import PIPE

import pytest

HEAVY = ("nltk", "scipy", "requests", "numpy", "pymorphy3", "py3langid")


async def imported(code: str) -> set[str]:
    """Return which of the heavy packages a fresh process has after some code."""
    code = f"{code}; import sys; print(*sys.modules)"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)
    written, _ = await child.communicate()
    assert child.returncode == 0
    return {name for name in HEAVY if name in written.decode().split()}


@pytest.mark.parametrize("code", ["import bot.app", "import bot.commands.run, bot.commands.demo"])
async def test_the_bots_own_process_imports_nothing_for_reading(code: str) -> None:
    """The process that answers people holds no library of those that only readers need: 90 MB of SciPy and NLTK."""
    assert await imported(code) == set()


async def test_a_warm_reader_has_no_scipy() -> None:
    """A reader that has read a page in each language has its dictionaries and models, and neither SciPy nor NLTK."""
    heavy = await imported("from bot.feeds.warm import warm_up; warm_up()")
    assert heavy >= {"numpy", "pymorphy3", "py3langid"}
    assert not heavy & {"nltk", "scipy"}


_HEAPS = """
import ctypes, threading
from bot.heap import share_heap
if {shared}: share_heap()
held, all_hold = [], threading.Barrier(8)
def hold(): held.append(bytes(1_000)); all_hold.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators have no heap for each thread")
@pytest.mark.parametrize("shared", [True, False])
async def test_threads_share_one_heap(shared: bool) -> None:
    """What one of the database's threads allocates and another frees leaves its hole in the one heap of all."""
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", _HEAPS.format(shared=shared), stdout=PIPE)
    written, _ = await child.communicate()
    assert (written.count(b"<heap nr=") == 1) is shared
