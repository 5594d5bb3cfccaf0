"""The one place where parts are put together, started and stopped in order."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web
from telegram.error import NetworkError
from telegram.ext import ApplicationBuilder

from bot import ending
from bot.alarm import Alarm
from bot.allowance import Allowance
from bot.caretaker import Caretaker
from bot.contest import Contest
from bot.delivery.client import TelegramClient
from bot.delivery.editor import Editor
from bot.delivery.failures import NotAccepted
from bot.delivery.ownership import owner_name
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.reading import StoryReader
from bot.delivery.sender import Sender
from bot.delivery.settling import Settler
from bot.digester import Digester
from bot.errors import SettingsError
from bot.feeds.arrivals import Arrivals
from bot.feeds.hubs import Hubs
from bot.feeds.poll import Poller
from bot.feeds.sources import Source, load_sources
from bot.feeds.warm import warm_up
from bot.front.health import health_routes
from bot.front.hubs import hub_routes
from bot.front.metrics import LogCounter, LoopWatch, Meters, metrics_route
from bot.front.server import front_of
from bot.front.updates import updates_routes, webhook_secret, webhook_url
from bot.hashed_ids import use_key
from bot.health import Health
from bot.incidents import IncidentLog
from bot.messages.catalogue import interface_languages, sentence, words_in
from bot.models import Message
from bot.reading.worker import ReadingPool
from bot.receiving import AnyApplication, LongPolling, receive, webhook
from bot.recorder import Recorder
from bot.rendering import edit_renderer, edition_renderer, left_renderer, notice_renderer, push_renderer
from bot.rights import Rights
from bot.services import Services
from bot.store import Chat, Store, utc_now
from bot.threads import DaemonThreads
from bot.topics import load_aliases
from bot.watch import DatabaseWatch
from bot.web.fetch import Fetcher
from config.settings import Role, Settings
from handlers import all_handlers, menu_by_audience
from handlers.double_taps import EachTapOnce
from handlers.failures import on_error
from handlers.gate import gate
from handlers.menus import code_for_all, publish
from handlers.pacing import AnswerPace
from handlers.requests import EndingRequest

log = logging.getLogger(__name__)

_UPDATES_AT_ONCE = 64
_CONNECTIONS = 64
_THREADS = 64
_PATIENCE = 20.0  # seconds for readers to get warm; on a machine so busy that they need more, people are answered first

SHORT_DESCRIPTION = sentence("News in short, with who said what. Send a link, or follow topics, people and sites.")
"""Shown on the bot's page and with its shared link; 120 characters at most (Bot API, setMyShortDescription)."""
_UNKNOWN_TOKEN = ("Unauthorized", "Not Found")  # what Telegram says to a token that it does not know

_TALKING: frozenset[Role] = frozenset(("updates", "push"))
_READING: frozenset[Role] = frozenset(("updates", "poll", "read"))


class Worker(Protocol):
    """A part that works in the background until it is told to stop."""

    def run(self) -> Coroutine[Any, Any, None]:
        """Work until stopped."""

    def stop(self) -> None:
        """Let `run` finish what is under way and return."""


@dataclass(frozen=True)
class _Parts:
    """What is put together before anything starts to work.

    Attributes:
        services: for the handlers.
        pace: shared by answers and pushes.
        waits: for Telegram, which a process that ends gives up.
        client: for pushes alone, so that answers never wait for one of its connections.
        meters: what is measured.
        hubs: subscribes at feeds' hubs; None without a public URL.
        contest: with other instances on the same token.
        owner: this process's name for leases.
        workers: in the order in which news passes through them.
    """

    services: Services
    pace: Pace
    waits: ending.Waits
    client: TelegramClient
    meters: Meters
    hubs: Hubs | None
    contest: Contest
    owner: str
    workers: tuple[Worker, ...]


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
        parts = await _parts(settings, now, stack)
        end = _end(parts)
        stack.callback(end.over)
        # The end begins before what works is left, also where the start was not finished.
        async with AsyncExitStack() as at_work:
            with end:
                await _start(at_work, parts, load_sources() if sources is None else sources)
                yield parts.services


async def _start(stack: AsyncExitStack, parts: _Parts, sources: Sequence[Source]) -> None:
    """Start all that works; leaving the stack stops it."""
    settings, application = parts.services.settings, None
    await _ensure_sources(parts.services.store, sources)
    if settings.roles & _TALKING:
        await _check_token(parts.client)
    if "updates" in settings.roles:
        application = _application(_token(settings), parts)
    if front := front_of(settings, _routes(parts, application)):
        await stack.enter_async_context(front)  # before the workers: a hub may call as soon as it is asked
    await stack.enter_async_context(_working(*parts.workers))
    if application:
        await stack.enter_async_context(_answering(application, parts))


def _end(parts: _Parts) -> ending.End:
    """Return the end: nothing new is sent while people are still answered, or it would be given up unanswered."""
    sending = [(0.0, worker.stop) for worker in parts.workers if isinstance(worker, Pusher | Editor)]
    reading = (ending.READING_SECONDS, parts.services.digester.give_up)
    telegram = (ending.TELEGRAM_SECONDS, parts.waits.give_up)
    return ending.End(*sending, reading, telegram, (ending.DATABASE_SECONDS, parts.services.store.give_up))


async def _parts(settings: Settings, now: Callable[[], datetime], stack: AsyncExitStack) -> _Parts:
    store = await stack.enter_async_context(Store(settings.database_url, clock=now))
    await store.migrate()
    use_key(await store.keys.get("log"))
    fetcher = await stack.enter_async_context(Fetcher(settings))
    pool = ReadingPool(settings, prepare=warm_up)
    stack.push_async_callback(pool.stop)
    if settings.roles & _READING:
        await pool.start(patience=_PATIENCE)
    meters, incidents = _meters(stack), IncidentLog(now)
    _listen(incidents, stack)
    waits = ending.Waits()
    bells, pace, owner = store.bells, Pace(pace_of(settings), waits=waits), owner_name()
    digester = Digester(fetcher, pool, store, summary_algorithm=settings.summary_algorithm, timed=meters.link_read)
    client = await stack.enter_async_context(
        TelegramClient(
            _token(settings) if settings.roles & _TALKING else "",
            settings.api_url,
            connections=settings.messages_in_flight,
            waits=waits,
        )
    )
    renderers = push_renderer(settings, now), notice_renderer(settings, now)
    sender = Sender(client, paid=settings.paid_broadcasts)
    health, contest = Health(now), Contest()
    pusher = Pusher(
        store,
        sender,
        pace,
        *renderers,
        owner=owner,
        render_edition=edition_renderer(settings, now),
        render_left=left_renderer(settings, now),
        zone_of=lambda chat: ZoneInfo(chat.timezone or settings.default_timezone),
        health=health,
        contest=contest,
        settler=Settler(store, client),
        in_flight=settings.messages_in_flight,
        clock=now,
    )
    editor = Editor(store, sender, pace, pusher, edit_renderer(renderers[0]), owner=owner, clock=now)
    reader = StoryReader(store, digester.read, owner=owner, wake_pusher=bells.ringer("push"), health=health, clock=now)
    alarm = Alarm()
    poller = Poller(
        store,
        fetcher,
        pool,
        settings,
        owner=owner,
        wake_reader=bells.ringer("read"),
        wake_hubs=bells.ringer("hubs"),
        health=health,
        clock=now,
    )
    hubs = _hubs(store, fetcher, pool, settings, health, alarm=alarm, owner=owner, now=now)
    for name, ring in {"poll": poller.wake, "read": reader.wake, "push": pusher.wake, "hubs": alarm.ring}.items():
        bells.hang(name, ring)
    services = Services(
        settings=settings,
        store=store,
        fetcher=fetcher,
        pool=pool,
        digester=digester,
        aliases=load_aliases(),
        now=now,
        wake_poller=bells.ringer("poll"),
        health=health,
        incidents=incidents,
        links=Allowance(settings.links_per_day, now),
        searches=Allowance(settings.feeds_per_day, now),
        rights=Rights(now),
        post=partial(_post, pace, sender),
    )
    recorder = Recorder(store, incidents)
    caretaker = Caretaker(store, owner=owner, keep=settings.keep_deliveries, keep_stories=settings.keep_stories)
    by_role: dict[Role, tuple[Worker, ...]] = {
        "poll": (*((hubs,) if hubs else ()), poller),
        "read": (reader,),
        "push": (pusher, editor, caretaker),
    }
    workers = [worker for role, of_role in by_role.items() if role in settings.roles for worker in of_role]
    workers = [*workers, bells, recorder, LoopWatch(meters.loop_late), DatabaseWatch(store, health)]
    return _Parts(services, pace, waits, client, meters, hubs, contest, owner, tuple(workers))


async def _post(pace: Pace, sender: Sender, chat: Chat, message: Message) -> int:
    """Send a message that a person waits for, before news."""
    await pace.acquire(chat.telegram_id, urgent=True)
    return await sender.send(chat, message)


def pace_of(settings: Settings) -> float:
    """Return the messages a second that this process may send: all of them, or its share where others send too.

    Raises:
        SettingsError: answers would leave nothing for pushes.
    """
    answers, total = settings.answers_per_second, settings.messages_per_second
    alone = settings.updates_processes == 1 and settings.roles >= _TALKING
    if alone or not settings.roles & _TALKING:
        return total
    if answers >= total:
        raise SettingsError(what="answers_per_second must be less than messages_per_second: pushes need the rest.")
    share = answers / settings.updates_processes if "updates" in settings.roles else 0.0
    return share + (total - answers if "push" in settings.roles else 0.0)


def _hubs(
    store: Store,
    fetcher: Fetcher,
    pool: ReadingPool,
    settings: Settings,
    health: Health,
    *,
    alarm: Alarm,
    owner: str,
    now: Callable[[], datetime],
) -> Hubs | None:
    """Return what subscribes at hubs, where these can reach us."""
    if settings.public_url is None:
        return None
    arrivals = Arrivals(
        store,
        pool,
        push_cap=settings.push_cap,
        owner=f"{owner}:hubs",
        wake_reader=store.bells.ringer("read"),
        wake_poller=store.bells.ringer("poll"),
        health=health,
        clock=now,
    )
    return Hubs(store, fetcher, arrivals, public_url=settings.public_url, alarm=alarm, health=health, clock=now)


def _meters(stack: AsyncExitStack) -> Meters:
    meters = Meters()
    _listen(LogCounter(meters.log_records), stack)
    return meters


def _listen(handler: logging.Handler, stack: AsyncExitStack) -> None:
    """Let a handler hear all that is logged while the bot runs."""
    root = logging.getLogger()
    root.addHandler(handler)
    stack.callback(root.removeHandler, handler)


def _routes(parts: _Parts, application: AnyApplication | None) -> list[web.AbstractRouteDef]:
    """Return all that is asked for over HTTP; a part's routes are one line here."""
    services, public_url = parts.services, parts.services.settings.public_url or ""
    hubs = hub_routes(parts.hubs, public_url) if parts.hubs and services.settings.roles & _READING else []
    updates = []
    if application and services.settings.webhook:
        updates = updates_routes(partial(receive, application), _secret(services.settings), public_url)
    watched = [*health_routes(services.health), metrics_route(parts.meters, services.store, services.now)]
    return [*watched, *hubs, *updates]


def _secret(settings: Settings) -> str:
    chosen = settings.webhook_secret
    return webhook_secret(_token(settings), chosen.get_secret_value() if chosen else None)


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
async def _working(*workers: Worker) -> AsyncIterator[None]:
    """Let the workers work; at the end each finishes what it has under way."""
    tasks = [asyncio.create_task(worker.run(), name=type(worker).__name__) for worker in workers]
    for task in tasks:
        task.add_done_callback(_report_end)
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        await asyncio.gather(*tasks, return_exceptions=True)


def _report_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.critical("%s has ended and does its work no more", task.get_name(), exc_info=error)


async def _check_token(client: TelegramClient) -> None:
    """Ask Telegram who we are; a token that it does not know ends the start with a sentence."""
    try:
        await client.call("getMe", {})
    except NotAccepted as error:
        if error.failure.reason in _UNKNOWN_TOKEN:
            raise SettingsError(what="Telegram does not know this token. Copy it again from @BotFather.") from None
        log.warning("Telegram cannot be asked for our name now: %s", error.failure.reason)


def _token(settings: Settings) -> str:
    if settings.token is None:
        raise SettingsError(what="There is no token. Set QUOTEWIRE_TOKEN, or write it into .env; @BotFather gives one.")
    return settings.token.get_secret_value()


def _application(token: str, parts: _Parts) -> AnyApplication:
    settings = parts.services.settings
    application: AnyApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .rate_limiter(AnswerPace(parts.pace))
        .concurrent_updates(EachTapOnce(_UPDATES_AT_ONCE))
        .request(EndingRequest(parts.waits, connections=_CONNECTIONS))
        # Two: the long one that is stopped may still hold its connection when the last, which confirms, is sent.
        .get_updates_request(EndingRequest(parts.waits, connections=2))
        .build()
    )
    application.add_handler(gate(parts.services), group=-1)
    application.add_handlers(all_handlers(parts.services))
    application.add_error_handler(on_error)
    return application


@asynccontextmanager
async def _answering(application: AnyApplication, parts: _Parts) -> AsyncIterator[None]:
    """Receive updates and answer them."""
    settings = parts.services.settings
    await application.initialize()
    try:
        log.info("answering as @%s", application.bot.username)
        await _introduce(application, settings)
        await application.start()
        async with _receiving(application, parts, settings):
            yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


def _receiving(application: AnyApplication, parts: _Parts, settings: Settings) -> AbstractAsyncContextManager[None]:
    if not settings.webhook:
        services = parts.services
        return LongPolling(application, services.store, services.health, parts.contest, owner=parts.owner).open()
    if settings.public_url is None:
        raise SettingsError(what="A webhook needs public_url: where Telegram reaches this server.")
    return webhook(application, webhook_url(settings.public_url), _secret(settings))


async def _introduce(application: AnyApplication, settings: Settings) -> None:
    """Tell Telegram the command menus and what stands on the bot's page; where that fails, the bot works without."""
    await publish(application.bot, menu_by_audience(), settings.admin_ids)
    with suppress(NetworkError):
        for language in interface_languages():
            said = words_in(language).say(SHORT_DESCRIPTION)
            await application.bot.set_my_short_description(said, language_code=code_for_all(language))
