"""The role "push": claims deliveries and hands them to the courier, while it holds the one lease for it."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alarm import Stoppable
from bot.contest import Contest
from bot.delivery.brake import Brake
from bot.delivery.courier import Courier, RenderDigest, RenderNotice, Sends
from bot.delivery.editions import Item, RenderEdition, plain_edition
from bot.delivery.errands import Errand, Errands, given_back, unsent
from bot.delivery.folding import Folder
from bot.delivery.marking import Marks
from bot.delivery.pace import Pace
from bot.delivery.settling import Settler
from bot.delivery.sorting import FOLD_AFTER, Sorter
from bot.delivery.telling import RenderLeft, Teller, plain_left
from bot.delivery.term import LEASE_SECONDS, PushTerm
from bot.health import Health
from bot.patience import Patience
from bot.store import Chat, Delivery, Mark, Store, utc_now

_log = logging.getLogger(__name__)

IN_FLIGHT = 8
"""Messages sent whose acceptance is not written down yet: what a crash may repeat, at most."""

_BATCH = 4  # claimed for each message in flight
_SHORT = 0.05  # seconds that a slot may wait for its chat; longer waits are spent in the database


def chosen_zone(chat: Chat) -> ZoneInfo:
    """Return the time zone that a chat has chosen, or UTC."""
    return ZoneInfo(chat.timezone or "UTC")


class Pusher(Stoppable):
    """Sends what is to be sent until it is stopped.

    Args:
        store: the database.
        sender: sends one message; bot.delivery.sender.Sender.
        pace: Telegram's limits, shared with the handlers.
        render: a digest's messages for a chat.
        render_notice: a notice's messages for a chat.
        render_edition: the messages of what was held for a chat.
        render_left: what the person who configured a chat is told when it was left.
        zone_of: the time zone of a chat.
        health: told what keeps news from going out.
        contest: says whether another instance works with the same token; then nothing is pushed here.
        settler: finds out about lost answers; without one they stay unsettled.
        owner: a name that no other process has; bot.delivery.ownership.owner_name().
        in_flight: messages under way at once.
        idle_seconds: between two looks for work when nobody rings.
        lease_seconds: how long the lease outlives its holder.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        sender: Sends,
        pace: Pace,
        render: RenderDigest,
        render_notice: RenderNotice,
        *,
        owner: str,
        render_edition: RenderEdition = plain_edition,
        render_left: RenderLeft = plain_left,
        zone_of: Callable[[Chat], ZoneInfo] = chosen_zone,
        health: Health | None = None,
        contest: Contest | None = None,
        settler: Settler | None = None,
        in_flight: int = IN_FLIGHT,
        idle_seconds: float = 1.0,
        lease_seconds: float = LEASE_SECONDS,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._pace = pace
        self._owner = owner
        self._in_flight = in_flight
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._brake = Brake(time.monotonic)
        health = health or Health(clock)
        self._claiming = Patience(health, "deliveries cannot be claimed")
        self._term = PushTerm(
            store,
            health,
            contest or Contest(),
            owner=owner,
            seconds=lease_seconds,
            begun=self._alarm.ring,
            ended=self._claiming.over,
        )
        self._courier = Courier(
            store,
            sender,
            pace,
            self._brake,
            render=render,
            render_notice=render_notice,
            owner=owner,
            may_send=self._term.holds,
            health=health,
            settler=settler,
            clock=clock,
        )
        self._sorter = Sorter(store, zone_of, clock)
        marks = Marks(store, owner, health)
        folder = Folder(self._courier, sender, marks, render=render_edition, clock=clock)
        self._errands = Errands(self._courier, folder, marks, self._sorter.is_silent, clock)
        self._teller = Teller(store, self._courier, sender, pace, render_left)
        self._slots = asyncio.Semaphore(in_flight)
        self._under_way: dict[asyncio.Task[None], Errand] = {}
        self._adrift = False  # whether more may be claimed by us than is under way
        self._claimed_in = 0  # the number of the term in which the last claim was made

    @property
    def is_idle(self) -> bool:
        """Whether this process may send, and has nothing new to send."""
        return self._term.holds() and not self._under_way and self._brake.wait() == 0

    def wake(self) -> None:
        """Say that there is something to send."""
        self._alarm.ring()

    def stop(self) -> None:
        """Let `run` finish what is under way and return."""
        super().stop()
        self._courier.stop()
        self._term.stop()

    async def run(self) -> None:
        """Push until stopped; errors of the database are waited out."""
        renewing = asyncio.create_task(self._term.run())
        try:
            while not self._stopping:
                await self._alarm.wait(await self._push())
        finally:
            # Not cancelled: a transaction cut off in its middle would keep SQLite locked.
            self._stopping = True
            self._term.stop()
            await renewing
            await self._finish()

    async def _push(self) -> float:
        """Push what there is and return the seconds until the next look."""
        more = True
        while more and not self._stopping and self._term.holds():
            if (pause := self._brake.wait()) > 0:
                return pause
            if self._brake.in_doubt and not await self._courier.is_heard():
                continue
            more = False
            with self._claiming:
                more = await self._push_some()
        return self._idle_seconds

    async def _push_some(self) -> bool:
        """Start what can be sent now, and say whether there was any."""
        adrift, self._adrift = self._adrift, False  # first: what breaks meanwhile sets it again
        try:
            if adrift:
                await self._take_back()
            self._claimed_in = self._term.number
            # First, so that what has waited long goes before what is new.
            started = [await self._push_editions(), await self._push_stories()]
            if not any(started):
                await self._teller.tell()
            return any(started) and not self._adrift  # what breaks each time does so once a look
        except BaseException:
            self._adrift = True
            raise

    async def _take_back(self) -> None:
        """Give back what was claimed when the database went away and not begun, so that it need not wait.

        A claim may have been committed although we never heard of it.
        """
        begun = [mark.delivery_id for errand in self._under_way.values() for mark in errand.unsent]
        await self._store.deliveries.release(owner=self._owner, but=begun)

    async def _push_stories(self) -> bool:
        """Start what goes now of what is new, and say whether there was any."""
        limit = self._in_flight * _BATCH
        claimed = await self._store.deliveries.claim(self._clock(), limit=limit, owner=self._owner)
        await self._start([self._errands.story(item) for item in await self._ready(claimed)])
        return bool(claimed)

    async def _push_editions(self) -> bool:
        """Start what is due of what was held, and say whether there was any."""
        now = self._clock()
        claimed = await self._store.editions.claim(
            now, limit=self._in_flight, owner=self._owner, fold_before=now - FOLD_AFTER
        )
        going, marks = list[Errand](), list[Mark]()
        for edition in claimed:
            if later := self._later(edition[0].chat):
                marks += [replace(mark, not_before=later) for mark in given_back(edition, self._clock())]
            else:
                going.append(self._errands.edition(edition))
        await self._store.deliveries.settle(self._owner, marks)
        await self._start(going)
        return bool(claimed)

    async def _start(self, errands: Sequence[Errand]) -> None:
        """Carry out errands, each in a slot; where sending must stop, give back those that were not begun."""
        for place, errand in enumerate(errands):
            await self._slots.acquire()
            if not self._may_begin():
                self._slots.release()
                await self._give_back(errands[place:])
                return
            task = asyncio.create_task(errand.run())
            self._under_way[task] = errand
            task.add_done_callback(self._done)

    def _may_begin(self) -> bool:
        # In another term somebody else may have sent meanwhile what was claimed in this one.
        same_term = self._term.holds() and self._claimed_in == self._term.number
        return same_term and not self._stopping and not self._brake.in_doubt and self._brake.wait() == 0

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._slots.release()
        if not task.cancelled() and (error := task.exception()):
            _log.error("a delivery broke its courier", exc_info=error)
            self._adrift = True

    async def _ready(self, claimed: list[Delivery]) -> list[Item]:
        """Return what goes now; mark what is held, not wanted, or must wait for its chat, so that it takes no slot."""
        going, marks = list[Item](), list[Mark]()
        for one in await self._sorter.sort(claimed):
            if one.mark:
                marks.append(one.mark)
            elif later := self._later(one.delivery.chat):
                marks.append(replace(unsent(one.delivery), not_before=later))
            else:
                going.append(Item(one.delivery, one.options))
        await self._store.deliveries.settle(self._owner, marks)
        return going

    def _later(self, chat: Chat) -> datetime | None:
        """Return when a message may go to a chat, where that is not at once."""
        delay = self._pace.delay(chat.telegram_id)
        return self._clock() + timedelta(seconds=delay) if delay > _SHORT else None

    async def _give_back(self, errands: Sequence[Errand]) -> None:
        await self._store.deliveries.settle(self._owner, [mark for errand in errands for mark in errand.unsent])

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way)
        with self._claiming:  # where they cannot be given back, they end by themselves
            await self._store.deliveries.release(owner=self._owner)
            await self._term.end()
