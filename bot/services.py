"""What handlers work with: one frozen object, put together in bot.parts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.allowance import Allowance
from bot.digester import Digester
from bot.health import Health
from bot.incidents import IncidentLog
from bot.models import Message
from bot.reading.worker import ReadingPool
from bot.rights import Rights
from bot.store import Chat, Store
from bot.web.fetch import Fetcher
from config.settings import Settings


@dataclass(frozen=True)
class Services:
    """The parts of the house that a handler may ask for something.

    Attributes:
        settings: the operator's choices.
        store: the database.
        fetcher: opens connections outward.
        pool: reads pages and feeds in worker processes.
        digester: from a link to a stored Digest.
        aliases: normalized topic to canonical key (config/topics.toml).
        now: the present, aware.
        wake_poller: says, to all processes, that a feed was added.
        health: what is well and what is not.
        links: how many links and long texts each person may still send today.
        searches: how many sites each person may still have looked at for feeds today.
        incidents: what went wrong lately, until it is written down.
        rights: who leads which chat.
        post: sends a message to a chat in its turn, as news is sent; raises bot.delivery.failures.NotAccepted.
    """

    settings: Settings
    store: Store
    fetcher: Fetcher
    pool: ReadingPool
    digester: Digester
    aliases: Mapping[str, str]
    now: Callable[[], datetime]
    wake_poller: Callable[[], None]
    health: Health
    incidents: IncidentLog
    links: Allowance
    searches: Allowance
    rights: Rights
    post: Callable[[Chat, Message], Awaitable[int]]
