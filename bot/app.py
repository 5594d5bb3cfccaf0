"""The one place where parts are started and stopped in order."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial

from aiohttp import web

from bot import ending
from bot.answering import answering, application_of, check_token, secret_of
from bot.delivery.editor import Editor
from bot.delivery.pusher import Pusher
from bot.feeds.sources import Source, load_sources
from bot.front.health import health_routes
from bot.front.hubs import hub_routes
from bot.front.metrics import metrics_route
from bot.front.server import front_of
from bot.front.updates import updates_routes
from bot.health import Health
from bot.parts import Parts, Worker, put_together
from bot.receiving import AnyApplication, receive
from bot.resources import READING, TALKING
from bot.services import Services
from bot.store import Store, utc_now
from bot.threads import DaemonThreads
from config.settings import Settings

log = logging.getLogger(__name__)

_THREADS = 64


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    sources: Sequence[Source] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Services]:
    """Run the whole bot while the context is open; leaving it stops everything in order, what is in flight first.

    Args:
        settings: the operator's choices; the token must be there.
        sources: the presets; those of config/sources by default.
        now: what gives the present moment, aware.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
    """
    # python-telegram-bot then gives waits as timedelta, and does not warn each time that it will.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    # In these Telegram's and the database's names are looked up.
    asyncio.get_running_loop().set_default_executor(DaemonThreads(_THREADS, "default"))
    async with AsyncExitStack() as stack:
        parts = await put_together(settings, now, stack)
        end = _end(parts)
        stack.callback(end.over)
        # The end begins before what works is left, also where the start was not finished.
        async with AsyncExitStack() as at_work:
            with end:
                await _start(at_work, parts, load_sources() if sources is None else sources)
                yield parts.services


async def _start(stack: AsyncExitStack, parts: Parts, sources: Sequence[Source]) -> None:
    """Start all that works; leaving the stack stops it."""
    settings, application = parts.services.settings, None
    await _ensure_sources(parts.services.store, sources)
    if settings.roles & TALKING:
        await check_token(parts.resources.client)
    if "updates" in settings.roles:
        application = application_of(parts)
    if front := front_of(settings, _routes(parts, application)):
        await stack.enter_async_context(front)  # before the workers: a hub may call as soon as it is asked
    await stack.enter_async_context(_working(parts.workers, parts.services.health))
    if application:
        await stack.enter_async_context(answering(application, parts))


def _end(parts: Parts) -> ending.End:
    """Return the end: nothing new is sent while people are still answered, or it would be given up unanswered."""
    sending = [(0.0, worker.stop) for worker in parts.workers if isinstance(worker, Pusher | Editor)]
    reading = (ending.READING_SECONDS, parts.services.digester.give_up)
    telegram = (ending.TELEGRAM_SECONDS, parts.resources.waits.give_up)
    return ending.End(*sending, reading, telegram, (ending.DATABASE_SECONDS, parts.services.store.give_up))


def _routes(parts: Parts, application: AnyApplication | None) -> list[web.AbstractRouteDef]:
    """Return all that is asked for over HTTP; a part's routes are one line here."""
    services, public_url = parts.services, parts.services.settings.public_url or ""
    hubs = hub_routes(parts.hubs, public_url) if parts.hubs and services.settings.roles & READING else []
    updates = []
    if application and services.settings.webhook:
        updates = updates_routes(partial(receive, application), secret_of(services.settings), public_url)
    watched = [*health_routes(services.health), metrics_route(parts.resources.meters, services.store, services.now)]
    return [*watched, *hubs, *updates]


async def _ensure_sources(store: Store, sources: Sequence[Source]) -> None:
    for source in sources:
        await store.feeds.ensure(
            source.url,
            kind=source.kind,
            slug=source.slug,
            name=source.name,
            language=source.language,
            site_url=source.site_url,
        )


@asynccontextmanager
async def _working(workers: Iterable[Worker], health: Health) -> AsyncIterator[None]:
    """Let the workers work; at the end each finishes what it has under way."""
    tasks = [asyncio.create_task(worker.run(), name=type(worker).__name__) for worker in workers]
    for task in tasks:
        task.add_done_callback(partial(_report_end, health))
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        await asyncio.gather(*tasks, return_exceptions=True)


def _report_end(health: Health, task: asyncio.Task[None]) -> None:
    """Say that a worker has ended by an error of ours: until a restart nobody in this process does its work."""
    if not task.cancelled() and (error := task.exception()):
        log.critical("%s has ended and does its work no more", task.get_name(), exc_info=error)
        health.bad(task.get_name(), f"it has ended and does its work no more: {type(error).__name__}")
