"""The bot of the soak, alone in its process: `quotewire run`'s parts on a fast clock.

Moments come from the fast clock, and every wait for the next look (`Alarm`) and for Telegram's limits (`Pace`) is
shorter by the same factor, so that schedules, leases, clean-ups and looks for work come as often as in a simulated
week. What the machine does itself (connections, reading a page, its deadlines) stays in real seconds.
"""

import asyncio
import gc
import json
import logging
import signal
import sys
import time
from collections import Counter
from contextlib import ExitStack
from functools import partial
from typing import Any
from unittest.mock import patch

from benchmarks.soak_clock import FastClock
from bot import app, resources
from bot.alarm import Alarm
from bot.delivery.pace import Pace
from bot.feed_values import FeedKind
from bot.feeds.sources import Source
from bot.heap import share_heap
from bot.logs import configure_logging
from bot.options import choices_of
from bot.services import Services
from config.settings import Settings

log = logging.getLogger(__name__)


async def serve(order: dict[str, Any]) -> None:
    """Run the bot until SIGTERM.

    Args:
        order: `clock`, `settings`, `sources` and `readers` (chats that follow every source), as JSON has them.
    """
    clock, waits = FastClock(**order["clock"]), Counter[float]()
    settings = Settings(_env_file=None, **order["settings"])
    sources = [Source(**source | {"kind": FeedKind(source["kind"])}) for source in order["sources"]]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with hurried(clock, waits):
        async with app.running(settings, sources=sources, now=clock.now) as services:
            await seat(services, order["readers"])
            gc.freeze()  # as `quotewire run` does
            log.info("running")
            await stop.wait()
    for seconds, times in sorted(waits.items()):
        log.info("waited %d times for %g simulated seconds", times, seconds)


def hurried(clock: FastClock, waits: Counter[float]) -> ExitStack:
    """Let every wait for a next look, and Telegram's pace, go by the fast clock; count the waits by length."""
    patient = Alarm.wait

    async def wait(alarm: Alarm, seconds: float) -> None:
        waits[seconds if seconds == round(seconds) else 0.0] += 1
        await patient(alarm, clock.real(seconds))

    pace = partial(
        Pace,
        clock=lambda: time.monotonic() * clock.speed,
        sleep=lambda seconds: asyncio.sleep(clock.real(seconds)),
    )
    stack = ExitStack()
    stack.enter_context(patch.object(Alarm, "wait", wait))
    stack.enter_context(patch.object(resources, "Pace", pace))
    return stack


async def seat(services: Services, readers: list[dict[str, Any]]) -> None:
    """Let chats follow every source, each in its own way."""
    for reader in readers:
        chat = await services.store.chats.ensure(reader["id"], kind=reader["kind"], language=reader["language"])
        await services.store.options.set_chat(chat.id, choices_of(reader["choices"]))
        for feed in await services.store.feeds.list():
            await services.store.subscriptions.add(chat.id, feed.topic)


if __name__ == "__main__":
    share_heap()
    configure_logging("INFO", style="json")
    asyncio.run(serve(json.load(sys.stdin)))
