"""What processes hold in memory for nothing."""

import asyncio
import ctypes
import gc
import platform
import sys
from asyncio.subprocess import PIPE
from collections.abc import Collection
from pathlib import Path

import pytest
from telegram.ext import Application

from bot.app import running
from bot.heap import malloc_in_use, python_blocks
from bot.playground.server import BotApiServer
from tests.bots import settings_at

HEAVY = ("nltk", "scipy", "requests", "numpy", "pymorphy3", "py3langid")


async def imported(code: str) -> set[str]:
    """Return which of the heavy packages a fresh process has after some code."""
    code = f"{code}; import sys; print(*sys.modules)"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)
    written, _ = await child.communicate()
    assert child.returncode == 0
    return {name for name in HEAVY if name in written.decode().split()}


async def test_who_was_met_is_not_kept(tmp_path: Path) -> None:
    """After an answer no part of python-telegram-bot's application holds the number of whom it answered."""
    async with BotApiServer() as telegram:
        settings = settings_at(telegram, f"sqlite+aiosqlite:///{tmp_path}/bot.db")
        async with running(settings, sources=()):
            user = telegram.add_user(user_id=7_391_845_206)
            telegram.send_text(user, user, "/start")
            await telegram.wait_for_messages(user)
            applications = [one for one in gc.get_objects() if isinstance(one, Application)]
            (application,) = [one for one in applications if one.bot.base_url.startswith(telegram.url)]
            bot = application.bot
        names = [name for kind in type(application).__mro__ for name in getattr(kind, "__slots__", ())]
        parts = {name: getattr(application, name, None) for name in names}
        assert parts["bot"] is bot
        held = [name for name, part in parts.items() if isinstance(part, Collection) and user.id in part]
        assert held == []


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


_HOLES = """
import asyncio, ctypes, re
from bot.heap import HeapKeeper, share_heap
share_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
pieces = [libc.malloc(ctypes.c_size_t(100_000)) for _ in range(1_000)]
for piece in pieces: ctypes.memset(piece, 1, 100_000)
for piece in pieces[:-1]: libc.free(ctypes.c_void_p(piece))  # the last one holds the heap's end
def held(): return int(re.search(r"Anonymous: +([0-9]+)", open("/proc/self/smaps_rollup").read())[1])
async def main():
    keeper = HeapKeeper()
    task = asyncio.create_task(keeper.run())
    await asyncio.sleep(0)  # it is at work
    keeper.stop()
    await task
before = held()
asyncio.run(main())
print(before - held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators keep no heap around holes")
async def test_what_is_free_inside_the_heap_is_given_back() -> None:
    """Of 100 MB that are free but for a piece at their end the system has most again once the keeper has looked."""
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", _HOLES, stdout=PIPE)
    written, _ = await child.communicate()
    assert int(written) > 80_000  # kB


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other allocators do not say what they gave out")
def test_what_is_allocated_is_told_without_what_is_free() -> None:
    """A large piece of memory counts while it is held, and no longer."""
    before = malloc_in_use()
    piece = ctypes.create_string_buffer(50_000_000)
    with_it = malloc_in_use()
    del piece
    assert with_it - before > 49_000_000
    assert malloc_in_use() - before < 1_000_000


def test_pythons_pieces_are_counted() -> None:
    """Small objects count while they are held, and no longer."""
    before = python_blocks()
    many = [float(number) for number in range(100_000)]
    with_them = python_blocks()
    many.clear()
    assert with_them - before > 90_000
    assert python_blocks() - before < 10_000
