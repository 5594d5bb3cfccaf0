"""The parts of a process, made and connected for the roles that it has; none of them works yet."""

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.alarm import Alarm
from bot.allowance import Allowance
from bot.caretaker import Caretaker
from bot.delivery.editor import Editor
from bot.delivery.failures import Failure, NotAccepted, Verdict
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.delivery.reading import StoryReader
from bot.delivery.sender import Sender
from bot.delivery.settling import Settler
from bot.feeds.arrivals import Arrivals
from bot.feeds.hubs import Hubs
from bot.feeds.poll import Poller
from bot.front.metrics import LoopWatch
from bot.heap import HeapKeeper
from bot.models import Message
from bot.recorder import Recorder
from bot.rendering import edit_renderer, edition_renderer, left_renderer, notice_renderer, push_renderer
from bot.resources import Resources, open_resources
from bot.rights import Rights
from bot.services import Services
from bot.store import Chat
from bot.topics import load_aliases
from bot.watch import DatabaseWatch
from config.settings import Role, Settings


class Worker(Protocol):
    """A part that works in the background until it is told to stop."""

    def run(self) -> Coroutine[Any, Any, None]:
        """Work until stopped."""

    def stop(self) -> None:
        """Let `run` finish what is under way and return."""


@dataclass(frozen=True)
class Parts:
    """What is put together before anything starts to work.

    Attributes:
        resources: what the parts share.
        services: for the handlers.
        hubs: subscribes at feeds' hubs; None without a public URL.
        workers: in the order in which news passes through them.
    """

    resources: Resources
    services: Services
    hubs: Hubs | None
    workers: tuple[Worker, ...]


async def put_together(settings: Settings, now: Callable[[], datetime], stack: AsyncExitStack) -> Parts:
    """Make and connect the parts.

    Args:
        settings: the operator's choices.
        now: what gives the present moment, aware.
        stack: closes what was opened.

    Raises:
        SettingsError: the settings contradict each other, or there is no token.
    """
    resources = await open_resources(settings, now, stack)
    pusher, editor = _pushing(resources)
    reader, poller, hubs_alarm = _reader(resources), _poller(resources), Alarm()
    hubs = _hubs(resources, hubs_alarm)
    wakers = {"poll": poller.wake, "read": reader.wake, "push": pusher.wake, "hubs": hubs_alarm.ring}
    for name, ring in wakers.items():
        resources.store.bells.hang(name, ring)
    caretaker = Caretaker(
        resources.store, owner=resources.owner, keep=settings.keep_deliveries, keep_stories=settings.keep_stories
    )
    by_role: dict[Role, tuple[Worker, ...]] = {
        "poll": (*((hubs,) if hubs else ()), poller),
        "read": (reader,),
        "push": (pusher, editor, caretaker),
    }
    workers = [worker for role, of_role in by_role.items() if role in settings.roles for worker in of_role]
    return Parts(resources, _services(resources), hubs, (*workers, *_in_every_role(resources)))


def _pushing(resources: Resources) -> tuple[Pusher, Editor]:
    settings, now = resources.settings, resources.now
    render = push_renderer(settings, now)
    pusher = Pusher(
        resources.store,
        resources.sender,
        resources.pace,
        render,
        notice_renderer(settings, now),
        owner=resources.owner,
        render_edition=edition_renderer(settings, now),
        render_left=left_renderer(settings, now),
        zone_of=lambda chat: ZoneInfo(chat.timezone or settings.default_timezone),
        health=resources.health,
        contest=resources.contest,
        settler=Settler(resources.store, resources.client),
        in_flight=settings.messages_in_flight,
        clock=now,
    )
    editor = Editor(
        resources.store,
        resources.sender,
        resources.pace,
        pusher,
        edit_renderer(render),
        owner=resources.owner,
        clock=now,
    )
    return pusher, editor


def _reader(resources: Resources) -> StoryReader:
    return StoryReader(
        resources.store,
        resources.digester.read,
        owner=resources.owner,
        wake_pusher=resources.store.bells.ringer("push"),
        health=resources.health,
        clock=resources.now,
    )


def _poller(resources: Resources) -> Poller:
    return Poller(
        resources.store,
        resources.fetcher,
        resources.pool,
        resources.settings,
        owner=resources.owner,
        wake_reader=resources.store.bells.ringer("read"),
        wake_hubs=resources.store.bells.ringer("hubs"),
        health=resources.health,
        clock=resources.now,
    )


def _hubs(resources: Resources, alarm: Alarm) -> Hubs | None:
    """Return what subscribes at hubs, where these can reach us."""
    store, public_url = resources.store, resources.settings.public_url
    if public_url is None:
        return None
    arrivals = Arrivals(
        store,
        resources.pool,
        push_cap=resources.settings.push_cap,
        owner=f"{resources.owner}:hubs",
        wake_reader=store.bells.ringer("read"),
        wake_poller=store.bells.ringer("poll"),
        health=resources.health,
        clock=resources.now,
    )
    return Hubs(
        store,
        resources.fetcher,
        arrivals,
        public_url=public_url,
        alarm=alarm,
        health=resources.health,
        clock=resources.now,
    )


def _services(resources: Resources) -> Services:
    settings, now = resources.settings, resources.now
    return Services(
        settings=settings,
        store=resources.store,
        fetcher=resources.fetcher,
        pool=resources.pool,
        digester=resources.digester,
        aliases=load_aliases(),
        now=now,
        wake_poller=resources.store.bells.ringer("poll"),
        health=resources.health,
        incidents=resources.incidents,
        links=Allowance(settings.links_per_day, now),
        searches=Allowance(settings.feeds_per_day, now),
        rights=Rights(now),
        post=partial(_post, resources.pace, resources.sender),
    )


def _in_every_role(resources: Resources) -> tuple[Worker, ...]:
    return (
        resources.store.bells,
        Recorder(resources.store, resources.incidents),
        LoopWatch(resources.meters.loop_late),
        DatabaseWatch(resources.store, resources.health),
        HeapKeeper(),
    )


async def _post(pace: Pace, sender: Sender, chat: Chat, message: Message) -> int:
    """Send a message that a person waits for, before news; none where Telegram asked to leave the chat alone."""
    if held := pace.held(chat.telegram_id):
        raise NotAccepted(Failure(Verdict.WAIT, "the chat is to be left alone", retry_after=held))
    await pace.acquire(chat.telegram_id, urgent=True)
    return await sender.send(chat, message)
