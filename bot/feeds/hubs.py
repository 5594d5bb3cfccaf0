"""Subscriptions at hubs, kept alive: asked for when a feed states a hub, renewed in time, ended with the last follower.

Only where the world can reach our HTTP server (the setting public_url); everything else is polled.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.alarm import Alarm, Stoppable
from bot.errors import QuotewireError
from bot.feeds.arrivals import Arrivals
from bot.health import Health
from bot.patience import RETRY_SECONDS, Patience
from bot.store import HubRow, Store, utc_now
from bot.web.answer import Response, Validators
from bot.web.fetch import Fetcher
from bot.web.order import charset_of
from bot.web.schedule import backoff
from bot.web.websub import (
    LEASE_SECONDS,
    HubSubscription,
    is_signed,
    renewal_in,
    subscribe,
    unsubscribe,
    verify_intent,
)

_log = logging.getLogger(__name__)

CALLBACK_PATH = "/hub/"
"""Where hubs call, under the public URL; a token follows."""

_IDLE = 30.0  # another process may have found a hub without ringing here
# How long a hub may take to ask back before it is asked again; doubled each time, to a day.
_FIRST_WAIT = 600.0
_AGAIN_AFTER_DENIAL = timedelta(days=1)


class Hubs(Stoppable):
    """Keeps the subscriptions of all feeds whose hubs are known.

    Args:
        store: the database.
        fetcher: asks the hubs.
        arrivals: takes what they bring.
        public_url: where the world reaches our HTTP server.
        alarm: rung when a subscription may be due.
        health: told while the database keeps hubs from being asked.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        arrivals: Arrivals,
        *,
        public_url: str,
        alarm: Alarm,
        health: Health | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(alarm)
        self._store = store
        self._fetcher = fetcher
        self._arrivals = arrivals
        self._base = public_url.rstrip("/") + CALLBACK_PATH
        self._clock = clock
        self._patience = Patience(health, "subscriptions at hubs cannot be claimed")
        self._asking: list[asyncio.Task[None]] = []

    def stop(self) -> None:
        """Let `run` return; hubs that have not answered are asked again when their next time comes."""
        super().stop()
        for task in self._asking:
            task.cancel()

    async def run(self) -> None:
        """Ask hubs until stopped; subscriptions stay, for the next start. Errors of the database are waited out."""
        try:
            while not self._stopping:
                await self._alarm.wait(await self._ask_due())
        finally:
            await self._arrivals.stop()

    async def _ask_due(self) -> float:
        """Ask for what is due, and return the seconds until there may be more."""
        with self._patience:
            due = await self._store.hubs.claim_due(self._base, _wait)
            async with asyncio.TaskGroup() as asking:
                self._asking = [asking.create_task(self._ask(row)) for row in due if not self._stopping]
            return 0 if due else _IDLE
        return RETRY_SECONDS

    async def _ask(self, row: HubRow) -> None:
        """Ask one hub; it says yes or no at the callback, sometimes before it answers here."""
        wanted = HubSubscription(row.hub, row.topic, row.callback, row.secret)
        try:
            await (unsubscribe if row.leaving else subscribe)(self._fetcher, wanted)
        except QuotewireError as error:
            _log.info("feed %d: its hub could not be asked: %s", row.feed_id, error)
        except Exception:  # whatever a hub does, the others are asked
            _log.exception("feed %d broke the asking of its hub", row.feed_id)

    async def find(self, token: str) -> HubRow | None:
        """Return the subscription whose callback ends with a token; None for what nobody was told."""
        return await self._store.hubs.by_token(token)

    async def confirm(self, row: HubRow, query: Mapping[str, str]) -> str | None:
        """Answer a hub's question whether we want what it was asked for.

        Args:
            row: the subscription whose callback was called.
            query: the question.

        Returns:
            What the hub wants to hear; None where this is not what we want.
        """
        intent = verify_intent(query, topic=row.topic, wanted="unsubscribe" if row.leaving else "subscribe")
        if intent is None:
            return None
        if intent.mode == "denied":
            _log.info("feed %d: its hub refuses the subscription: %s", row.feed_id, intent.reason[:200])
            await self._store.hubs.denied(row.token, again_in=_AGAIN_AFTER_DENIAL)
        elif row.leaving:
            await self._store.hubs.ended(row.token)
        else:
            lease = timedelta(seconds=intent.lease_seconds or LEASE_SECONDS)
            renewal = timedelta(seconds=renewal_in(intent.lease_seconds))
            await self._store.hubs.stands(row.token, lease=lease, renew_in=renewal)
        return intent.challenge

    async def deliver(self, row: HubRow, body: bytes, *, signature: str | None, content_type: str) -> None:
        """Take a document that a hub brings; one that is not signed with our secret is nobody's word.

        Args:
            row: the subscription whose callback was called.
            body: as sent.
            signature: the header X-Hub-Signature.
            content_type: the header Content-Type.
        """
        if not is_signed(body, signature, row.secret):
            _log.warning("feed %d: something unsigned came to its hub's callback", row.feed_id)
            return
        feed = await self._store.feeds.get(row.feed_id)
        if feed is not None:
            await self._arrivals.take(feed.id, _document(feed.url, body, content_type))


def _wait(attempts: int) -> timedelta:
    return timedelta(seconds=backoff(attempts, first=_FIRST_WAIT))


def _document(url: str, body: bytes, content_type: str) -> Response:
    """Return what was brought as if it had been fetched from the feed's own address: its links start there."""
    return Response(
        requested_url=url,
        url=url,
        status=200,
        headers={},
        body=body,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=charset_of(content_type),
        moved_to=None,
        validators=Validators(),
    )
