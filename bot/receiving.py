"""The role "updates": what people say to the bot, by long polling in one process at a time, or by webhook in many."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from telegram import Update
from telegram.error import Conflict, TelegramError
from telegram.ext import Application

from bot.alarm import Alarm
from bot.contest import Contest
from bot.health import Health
from bot.patience import Patience
from bot.store import Store

log = logging.getLogger(__name__)

LEASE = "updates"

LEASE_SECONDS = 15.0
"""After a receiver's death another takes over within this time. Ours, as the pusher's."""

_CONTESTED = "waits: another instance with another database asks Telegram for updates with this token; stop one of them"
_CONTESTED_SECONDS = 120.0  # longer than whoever yields waits between two tries

_CONNECTIONS_OF_TELEGRAM = 100  # the most that setWebhook allows; many receivers share them

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class LongPolling:
    """Asks Telegram for updates while this process holds the lease for it; Telegram answers only one at a time.

    Args:
        application: takes the updates; initialized and started.
        store: where the lease is.
        owner: a name that no other process has.
        health: told why this process waits.
        contest: knows whether another instance, with another database, asks with the same token.
        lease_seconds: how long the lease outlives its holder.
    """

    def __init__(
        self,
        application: AnyApplication,
        store: Store,
        health: Health,
        contest: Contest,
        *,
        owner: str,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._application = application
        self._store = store
        self._owner = owner
        self._health = health
        self._contest = contest
        self._lease_seconds = lease_seconds
        self._patience = Patience(health, "the lease for updates cannot be renewed")
        self._alarm = Alarm()
        self._held_until = float("-inf")
        self._contested_until = float("-inf")
        self._looked = asyncio.Event()
        self._turn = asyncio.Lock()
        self._stopping = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Receive while the block runs."""
        looking = asyncio.create_task(self._keep_looking())
        try:
            await self._looked.wait()
            if looking.done():
                looking.result()  # an error of ours
            yield
        finally:
            self._stopping = True
            self._alarm.ring()
            await self._stop()  # at once: the look may wait for the database
            await looking  # not cancelled: the lease that it takes is given back
            with self._patience:  # where it cannot be given back, it ends by itself
                await self._store.leases.release(LEASE, self._owner)

    async def _keep_looking(self) -> None:
        try:
            while not self._stopping:
                await self._look()
                self._looked.set()
                await self._alarm.wait(self._lease_seconds / 3)
        finally:
            self._looked.set()

    async def _look(self) -> None:
        """Hold the lease longer or wait for it, and receive accordingly."""
        asked = time.monotonic()
        held, holder = asked < self._held_until, None
        with self._patience:
            held = await self._store.leases.acquire(LEASE, self._owner, self._lease_seconds)
            holder = None if held else await self._store.leases.holder(LEASE)
            self._held_until = asked + self._lease_seconds if held else float("-inf")
        self._say(holder)
        try:
            await (self._start() if held and not self._contest.yields else self._stop())
        except TelegramError as error:
            log.warning("updates cannot be asked for now: %s", error)

    def _say(self, holder: str | None) -> None:
        note = f"waits: {holder} asks Telegram for updates" if holder else None
        if not note and time.monotonic() < self._contested_until:
            note = _CONTESTED
        if note and self._health.notes.get("updates") != note:
            log.info("this process %s; Telegram answers only one", note)
        self._health.note("updates", note)

    async def _start(self) -> None:
        updater = self._application.updater
        async with self._turn:
            if updater and not updater.running and not self._stopping:
                self._contest.begin()
                await updater.start_polling(allowed_updates=Update.ALL_TYPES, error_callback=self._report)

    def _report(self, error: TelegramError) -> None:
        """Hand an error to the application; another who asks with our token, unknown to our database, is named."""
        if isinstance(error, Conflict):
            self._contested_until = time.monotonic() + _CONTESTED_SECONDS
            self._say(None)
            self._contest.meet()
            self._alarm.ring()
        self._application.create_task(self._application.process_error(update=None, error=error))

    async def _stop(self) -> None:
        updater = self._application.updater
        async with self._turn:
            if updater and updater.running:
                with _stopping_updater():
                    await updater.stop()


@contextmanager
def _stopping_updater() -> Iterator[None]:
    """Let python-telegram-bot not call it an error what may happen while its updater is stopped.

    Updates that come then are not confirmed, so that Telegram gives them to whoever asks next.
    """
    logger = logging.getLogger("telegram.ext.Updater")
    logger.addFilter(_calm)
    try:
        yield
    finally:
        logger.removeFilter(_calm)


def _calm(record: logging.LogRecord) -> bool:
    if record.levelno >= logging.ERROR:
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return True


async def set_webhook(application: AnyApplication, url: str, secret: str) -> None:
    """Let Telegram bring updates to our HTTP server.

    Args:
        application: takes the updates; initialized and started.
        url: where Telegram is to bring them.
        secret: what it shows with each.
    """
    await application.bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=Update.ALL_TYPES,
        max_connections=_CONNECTIONS_OF_TELEGRAM,
    )
    log.info("Telegram brings updates to %s", url)


async def receive(application: AnyApplication, update: dict[str, Any]) -> bool:
    """Hand an update that Telegram brought to the handlers; the answer to Telegram does not wait for them.

    Returns:
        False where it is not taken, since the process starts or ends: nobody would ever handle it.
    """
    if not application.running:
        return False
    parsed = Update.de_json(update, application.bot)
    if parsed is not None:
        await application.update_queue.put(parsed)
    return True
