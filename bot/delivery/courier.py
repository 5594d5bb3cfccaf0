"""One delivery from claim to mark: render, send, and decide what an error means for it and for its chat."""

import asyncio
import html
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.brake import LONGEST, Brake
from bot.delivery.editions import Item
from bot.delivery.failures import Failure, NotAccepted, Verdict
from bot.delivery.pace import Pace
from bot.delivery.settling import Settler
from bot.hashed_ids import story_id
from bot.health import Health
from bot.models import Message
from bot.options import Options
from bot.patience import RETRY_SECONDS, Patience
from bot.store import Chat, Delivery, DeliveryState, Mark, Notice, Store, StoredDigest

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""Sendings of one delivery that may fail for reasons unknown to us. Ours: with the waits between, eight minutes."""

_FIRST_WAIT = timedelta(seconds=30)
_PASSING = (Verdict.NOT_SENT, Verdict.UNKNOWN, Verdict.WAIT)
_LONGEST_HEADLINE = 1000

RenderDigest = Callable[[StoredDigest, Chat, Options], Sequence[Message]]
RenderNotice = Callable[[Notice, Chat], Sequence[Message]]


class Sends(Protocol):
    """What sends a message; bot.delivery.sender.Sender."""

    async def send(self, chat: Chat, message: Message) -> int:
        """Send a message and return Telegram's number of it, or raise NotAccepted."""
        ...

    async def ask(self) -> None:
        """Ask something that changes nothing, or raise NotAccepted."""
        ...


class Courier:
    """Carries out deliveries, one at a time each, many at once.

    Args:
        store: the database.
        sender: sends one message.
        pace: Telegram's limits, shared with all who send.
        brake: what to do while Telegram is away.
        render: a digest's messages for a chat.
        render_notice: a notice's messages for a chat.
        owner: who has claimed the deliveries.
        may_send: whether the pusher's lease is still held.
        health: told whether Telegram can be reached.
        settler: finds out about lost answers, where that can be done.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        sender: Sends,
        pace: Pace,
        brake: Brake,
        *,
        render: RenderDigest,
        render_notice: RenderNotice,
        owner: str,
        may_send: Callable[[], bool],
        health: Health,
        settler: Settler | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._sender = sender
        self._pace = pace
        self._brake = brake
        self._render = render
        self._render_notice = render_notice
        self._owner = owner
        self._may_send = may_send
        self._health = health
        self._settler = settler
        self._clock = clock
        self._patience = Patience(health, "what Telegram answered cannot be written down")
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Ask no more about lost answers while Telegram is away."""
        self._stopped.set()

    async def deliver(self, item: Item, *, silent: bool = False) -> Mark:
        """Send a delivery's messages, those that were accepted before left out, and return what became of it.

        Args:
            item: the delivery, and what holds for it.
            silent: without a sound.
        """
        delivery = item.delivery
        accepted = list(delivery.message_ids)
        messages = [replace(message, silent=True) if silent else message for message in self._messages(item)]
        try:
            for message in messages[len(accepted) :]:
                number = await self._send(delivery, message, plain_allowed=not accepted)
                if number is None:
                    return _again(delivery, accepted)
                accepted.append(number)
                if len(accepted) < len(messages):
                    # Before the next goes: else a crash would repeat more than one message.
                    noting = partial(self._store.deliveries.accepted, self._owner, delivery.id, accepted)
                    if not await self._patience.insist(noting):
                        return _again(delivery, accepted)
        except NotAccepted as error:
            return await self._after(error.failure, delivery, accepted)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:  # whatever one delivery does, it is tried so often and no more
            _log.exception("delivery %d of story %s broke its courier", delivery.id, story_id(delivery.story_id))
            return mark_of(Failure(Verdict.FAILED, type(error).__name__), delivery, accepted, self._clock())
        return Mark(delivery.id, DeliveryState.SENT, tuple(accepted))

    async def turn(self, chat: Chat) -> bool:
        """Wait until a message may go to a chat; False where another sends by then."""
        await self._pace.acquire(chat.telegram_id)
        return self._may_send()

    def _messages(self, item: Item) -> Sequence[Message]:
        delivery = item.delivery
        try:
            if delivery.notice:
                return self._render_notice(delivery.notice, delivery.chat)
            if delivery.digest:
                return self._render(delivery.digest, delivery.chat, item.options)
        except Exception:  # one story that cannot be rendered must not stop the others
            _log.exception("delivery %d of story %s cannot be rendered", delivery.id, story_id(delivery.story_id))
        return [plain_message(delivery)]

    async def _send(self, delivery: Delivery, message: Message, *, plain_allowed: bool) -> int | None:
        """Send a message; where Telegram refuses how it looks, as text, and at last as a mere headline.

        Returns:
            Telegram's number of it; None where it was not this process's turn to send any more.
        """
        forms = [message, *([replace(message, photo=None)] if message.photo else [])]
        forms += [replace(plain_message(delivery), silent=message.silent)] if plain_allowed else []
        for place, form in enumerate(forms, 1):
            if not await self.turn(delivery.chat):
                return None
            try:
                number = await self._sender.send(delivery.chat, form)
            except NotAccepted as error:
                if error.failure.verdict is not Verdict.REFUSED or place == len(forms):
                    raise
                _log.warning("story %s is sent otherwise: %s", story_id(delivery.story_id), error.failure.reason)
            else:
                break
        self.passed()
        return number

    async def _after(self, failure: Failure, delivery: Delivery, accepted: list[int]) -> Mark:
        await self.heed(failure, delivery.chat)
        if failure.verdict is Verdict.UNKNOWN and self._settler and not accepted:
            return await self._settled(failure, delivery, self._settler)
        return mark_of(failure, delivery, accepted, self._clock())

    async def _settled(self, failure: Failure, delivery: Delivery, settler: Settler) -> Mark:
        found = await self._look_up(delivery.chat, settler)
        if found:
            return Mark(delivery.id, DeliveryState.SENT, (found,), failure.reason)
        if found == 0 and delivery.attempts + 1 < MOST_ATTEMPTS:
            later = self._clock() + _FIRST_WAIT
            return Mark(delivery.id, DeliveryState.PENDING, (), failure.reason, not_before=later)
        return mark_of(failure, delivery, (), self._clock())

    async def _look_up(self, chat: Chat, settler: Settler) -> int | None:
        """Return what the settler finds, who is asked until there is an answer: later messages would hide this one."""
        while True:
            try:
                found = await self._patience.insist(partial(settler.find, chat))
            except NotAccepted as error:
                await self.heed(error.failure, chat)
                if not await self._waited(error.failure):
                    return None
            else:
                if found is not None:
                    self.passed()
                return found

    async def _waited(self, failure: Failure) -> bool:
        """Wait for what may pass soon, and say whether to ask again."""
        if failure.verdict not in _PASSING or failure.retry_after > LONGEST or self._stopped.is_set():
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(max(self._brake.wait(), failure.retry_after, RETRY_SECONDS)):
                await self._stopped.wait()
        return True

    async def is_heard(self) -> bool:
        """Ask Telegram something harmless: while answers are lost, so would be the knowledge of what was sent."""
        try:
            await self._sender.ask()
        except NotAccepted as error:
            self._brake.blocked()
            self._health.bad("telegram", error.failure.reason)
            return False
        self._brake.heard()
        self._health.good("telegram")
        return True

    def passed(self) -> None:
        """Note that a message got through."""
        self._brake.passed()
        self._health.good("telegram")

    async def heed(self, failure: Failure, chat: Chat) -> None:
        """Do what an error asks for, for its chat and for all chats."""
        match failure.verdict:
            case Verdict.NOT_SENT:
                self._brake.blocked()
                self._health.bad("telegram", failure.reason)
            case Verdict.UNKNOWN:
                self._brake.doubt()
            case Verdict.WAIT:
                self._pace.hold(chat.telegram_id, failure.retry_after)
                self._brake.refused(failure.retry_after)
                until = self._clock() + timedelta(seconds=failure.retry_after)
                await self._patience.insist(partial(self._store.chats.hold, chat.telegram_id, until))
            case Verdict.MOVED:
                await self._patience.insist(partial(self._store.chats.move, chat.telegram_id, failure.new_id))
            case Verdict.GONE:
                thread = None if failure.whole_chat else chat.thread_id or 0
                leaving = partial(self._store.chats.leave, chat.telegram_id, failure.state, thread_id=thread)
                await self._patience.insist(leaving)


def mark_of(failure: Failure, delivery: Delivery, accepted: Sequence[int], now: datetime) -> Mark:
    """Return what an error makes of a delivery.

    Args:
        failure: what happened.
        delivery: which was to be sent.
        accepted: the messages of it that Telegram has.
        now: the present moment.
    """
    ids = tuple(accepted)
    match failure.verdict:
        case Verdict.NOT_SENT | Verdict.WAIT | Verdict.MOVED:
            return _again(delivery, accepted, failure.reason)
        case Verdict.UNKNOWN:
            return Mark(delivery.id, DeliveryState.UNSETTLED, ids, failure.reason)
        case Verdict.GONE:
            return Mark(delivery.id, DeliveryState.CANCELLED, ids, failure.reason)
        case Verdict.FAILED if delivery.attempts + 1 < MOST_ATTEMPTS:
            later = now + _FIRST_WAIT * 2**delivery.attempts
            return Mark(delivery.id, DeliveryState.PENDING, ids, failure.reason, not_before=later)
    # Where a first message stands, the story has arrived; only its continuation was refused.
    return Mark(delivery.id, DeliveryState.SENT if ids else DeliveryState.FAILED, ids, failure.reason)


def _again(delivery: Delivery, accepted: Sequence[int], reason: str | None = None) -> Mark:
    return Mark(delivery.id, DeliveryState.PENDING, tuple(accepted), reason, attempted=False)


def plain_message(delivery: Delivery) -> Message:
    """Return what is sent where nothing better can be: the headline and the link, without any markup."""
    headline = html.escape(delivery.headline[:_LONGEST_HEADLINE], quote=False)
    return Message(f"{headline}\n{html.escape(delivery.url[:_LONGEST_HEADLINE], quote=False)}")
