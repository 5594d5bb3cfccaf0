"""What the parts of a process share: the store, the ways outward, the clock, and what they tell each other by."""

import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from bot import ending
from bot.contest import Contest
from bot.delivery.client import TelegramClient
from bot.delivery.ownership import owner_name
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.digester import Digester
from bot.errors import SettingsError
from bot.feeds.warm import warm_up
from bot.front.metrics import LogCounter, Meters
from bot.hashed_ids import use_key
from bot.health import Health
from bot.incidents import IncidentLog
from bot.reading.worker import ReadingPool
from bot.store import Store, said_plainly
from bot.web.fetch import Fetcher
from config.settings import Role, Settings

_PATIENCE = 20.0  # seconds for readers to get warm; on a machine so busy that they need more, people are answered first

TALKING: frozenset[Role] = frozenset(("updates", "push"))
"""The roles that ask Telegram for something."""

READING: frozenset[Role] = frozenset(("updates", "poll", "read"))
"""The roles that read pages or feeds."""


@dataclass(frozen=True)
class Resources:
    """What each part may use; there is one of each in a process.

    Attributes:
        settings: the operator's choices.
        now: what gives the present moment, aware.
        store: the database.
        fetcher: every connection outward but Telegram's.
        pool: the reading workers.
        digester: makes a link a stored digest.
        client: for pushes alone, so that answers never wait for one of its connections.
        sender: sends messages through it.
        pace: shared by answers and pushes.
        waits: for Telegram, which a process that ends gives up.
        meters: what is measured.
        incidents: the last errors that were logged.
        health: what each part says of itself.
        contest: with other instances on the same token.
        owner: this process's name for leases.
    """

    settings: Settings
    now: Callable[[], datetime]
    store: Store
    fetcher: Fetcher
    pool: ReadingPool
    digester: Digester
    client: TelegramClient
    sender: Sender
    pace: Pace
    waits: ending.Waits
    meters: Meters
    incidents: IncidentLog
    health: Health
    contest: Contest
    owner: str


async def open_resources(settings: Settings, now: Callable[[], datetime], stack: AsyncExitStack) -> Resources:
    """Open the database and what else is shared; readers are warm afterwards where the process needs them.

    Args:
        settings: the operator's choices.
        now: what gives the present moment, aware.
        stack: closes what was opened.

    Raises:
        SettingsError: the settings contradict each other, or there is no token.
    """
    token = token_of(settings) if settings.roles & TALKING else ""
    store = await stack.enter_async_context(Store(settings.database_url, clock=now))
    await store.migrate()
    with said_plainly():  # the first write: a file that root has made is often another's
        use_key(await store.keys.get("log"))
    fetcher = await stack.enter_async_context(Fetcher(settings))
    pool = ReadingPool(settings, prepare=warm_up)
    stack.push_async_callback(pool.stop)
    if settings.roles & READING:
        await pool.start(patience=_PATIENCE)
    meters, incidents, waits = Meters(), IncidentLog(now), ending.Waits()
    _listen(LogCounter(meters.log_records), stack)
    _listen(incidents, stack)
    client = TelegramClient(token, settings.api_url, connections=settings.messages_in_flight, waits=waits)
    return Resources(
        settings=settings,
        now=now,
        store=store,
        fetcher=fetcher,
        pool=pool,
        digester=Digester(fetcher, pool, store, summary_algorithm=settings.summary_algorithm, timed=meters.link_read),
        client=await stack.enter_async_context(client),
        sender=Sender(client, paid=settings.paid_broadcasts),
        pace=Pace(pace_of(settings), waits=waits),
        waits=waits,
        meters=meters,
        incidents=incidents,
        health=Health(now),
        contest=Contest(),
        owner=owner_name(),
    )


def _listen(handler: logging.Handler, stack: AsyncExitStack) -> None:
    """Let a handler hear all that is logged while the bot runs."""
    root = logging.getLogger()
    root.addHandler(handler)
    stack.callback(root.removeHandler, handler)


def pace_of(settings: Settings) -> float:
    """Return the messages a second that this process may send: all of them, or its share where others send too.

    Raises:
        SettingsError: answers would leave nothing for pushes.
    """
    answers, total = settings.answers_per_second, settings.messages_per_second
    alone = settings.updates_processes == 1 and settings.roles >= TALKING
    if alone or not settings.roles & TALKING:
        return total
    if answers >= total:
        raise SettingsError(what="answers_per_second must be less than messages_per_second: pushes need the rest.")
    share = answers / settings.updates_processes if "updates" in settings.roles else 0.0
    return share + (total - answers if "push" in settings.roles else 0.0)


def token_of(settings: Settings) -> str:
    """Return the bot's token.

    Raises:
        SettingsError: there is none.
    """
    if settings.token is None:
        raise SettingsError(what="There is no token. Set QUOTEWIRE_TOKEN, or write it into .env; @BotFather gives one.")
    return settings.token.get_secret_value()
