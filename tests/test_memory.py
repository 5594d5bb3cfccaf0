"""What processes hold in memory for nothing."""

import asyncio
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
