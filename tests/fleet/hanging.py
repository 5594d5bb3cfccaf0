"""A bot that hangs where the first argument says: in a task, a thread, or its event loop; its reader is busy, too.

The last resort then comes soon. What it prints first: the numbers of its reader and of the process that this is from.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot import ending
from bot.__main__ import main
from bot.app import running
from bot.commands import run
from bot.last_resort import LastResort
from bot.services import Services
from config.settings import Settings
from tests.reading import jobs

URL = "https://site.example/"


async def _hang_in_task() -> None:
    await asyncio.Event().wait()


def _hang_in_thread() -> None:
    threading.Thread(target=threading.Event().wait, name="endless").start()


class _Sticking(logging.Handler):
    """Lets the event loop turn no more once something was logged."""

    def emit(self, _record: logging.LogRecord) -> None:
        """Let it do first what it is about to do."""
        asyncio.get_running_loop().call_soon(threading.Event().wait)


@asynccontextmanager
async def _hanging(where: str, settings: Settings) -> AsyncIterator[Services]:
    async with running(settings, sources=()) as services:
        numbers = [await services.pool.run(job, url=URL) for job in (jobs.process_id, jobs.parent_id)]
        reading = asyncio.create_task(services.pool.run(jobs.spin, url=URL, deadline=300))
        print(*numbers, flush=True)  # noqa: T201  for who starts it
        if where == "loop":
            logging.getLogger(run.__name__).addHandler(_Sticking())
        yield services
        if where == "task":
            await asyncio.create_task(_hang_in_task(), name="endless")
        _hang_in_thread()
        reading.cancel()


if __name__ == "__main__":
    run.running = partial(_hanging, sys.argv.pop(1))  # type: ignore[assignment]  called with settings alone
    ending.LastResort = partial(LastResort, seconds=1.0)  # type: ignore[assignment, misc]
    main()
