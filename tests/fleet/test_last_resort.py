"""A process that was told to end and hangs is ended by force, says what held it, and leaves no reader behind."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.last_resort import STATUS
from bot.playground.bot_api import NO_LIMITS, BotApiServer

PATIENCE = 120
"""Seconds, of a machine that is busy."""

_ROOT = Path(__file__).resolve().parents[2]


def _lives(process_id: str) -> bool:
    """Say whether a process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(int(process_id), 0)
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # gone meanwhile, or a system without /proc, whose first process waits for all
        return not Path("/proc").exists()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("task", "endless in Event.wait (locks.py:"),
        ("thread", "endless in Condition.wait (threading.py:"),
        ("loop", "MainThread in Condition.wait (threading.py:"),
    ],
)
async def test_what_hangs_is_ended_by_force(sqlite_url: str, where: str, named: str) -> None:
    """In a task, in a thread that the interpreter would wait for, or in the event loop, which hears no signal."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.timeout(PATIENCE))
        telegram = await stack.enter_async_context(BotApiServer(limits=NO_LIMITS))
        facts = {"database_url": sqlite_url, "api_url": telegram.url, "reading_workers": "1"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fleet.hanging", where, "run", "--role", "read"),
            cwd=_ROOT,
            env={**os.environ, **{f"QUOTEWIRE_{name.upper()}": value for name, value in facts.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        stack.push_async_callback(_end, process)
        assert process.stdout is not None
        assert process.stderr is not None
        readers = (await process.stdout.readline()).decode().split()
        assert [_lives(number) for number in readers] == [True, True]
        while b"press Ctrl-C" not in await process.stderr.readline():
            pass
        process.send_signal(signal.SIGTERM)
        said = (await process.stderr.read()).decode().splitlines()
        assert await process.wait() == STATUS
        last = json.loads(said[-1])
        assert (last["event"], last["level"]) == ("the end was cut short after %g s; still open: %s; %s", "critical")
        assert named in last["message"]
        while any(_lives(number) for number in readers):  # noqa: ASYNC110  the system tells nobody
            await asyncio.sleep(0.02)
