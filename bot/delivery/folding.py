"""An edition from claim to marks: each of its messages is sent by itself, and its stories are marked at once."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.courier import Courier, Sends, mark_of
from bot.delivery.editions import Item, Part, RenderEdition, plain_edition
from bot.delivery.failures import Failure, NotAccepted, Verdict
from bot.delivery.marking import Marks
from bot.store import DeliveryState, Mark

_log = logging.getLogger(__name__)


class Folder:
    """Carries out editions.

    Args:
        courier: carries out an edition of one story, which comes as any story does, waits for turns and heeds errors.
        sender: sends one message.
        marks: where what became of deliveries is written.
        render: an edition's messages for a chat.
        clock: the present moment.
    """

    def __init__(
        self,
        courier: Courier,
        sender: Sends,
        marks: Marks,
        *,
        render: RenderEdition,
        clock: Callable[[], datetime],
    ) -> None:
        self._courier = courier
        self._sender = sender
        self._marks = marks
        self._render = render
        self._clock = clock

    async def deliver(self, items: Sequence[Item], *, silent: bool) -> None:
        """Send an edition and write down what became of each of its stories.

        Args:
            items: the stories of one chat, the oldest first.
            silent: without a sound.
        """
        if len(items) == 1:
            mark = await self._courier.deliver(items[0], silent=silent)
            await self._write([mark])
            return
        left = list(items)
        for part in self._parts(items):
            marks = await self._send(part, silent=silent)
            left = left[len(part.items) :]
            await self._write(marks)
            if any(mark.state not in _GO_ON for mark in marks):
                break
        await self._write([self._unsent(item) for item in left])

    def _parts(self, items: Sequence[Item]) -> Sequence[Part]:
        chat = items[0].delivery.chat
        try:
            return self._render(items, chat)
        except Exception:  # one story that cannot be rendered must not stop the others
            _log.exception("an edition of %d stories cannot be rendered", len(items))
            return plain_edition(items, chat)

    async def _send(self, part: Part, *, silent: bool) -> list[Mark]:
        """Send one message and return the marks of its stories."""
        chat = part.items[0].delivery.chat
        if not await self._courier.turn(chat):
            return [self._unsent(item) for item in part.items]
        try:
            number = await self._sender.send(chat, replace(part.message, silent=silent))
        except NotAccepted as error:
            if error.failure.verdict is Verdict.REFUSED:
                return await self._send_plainly(part, error.failure, silent=silent)
            return await self._failed(part, error.failure)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:  # as for one story
            _log.exception("an edition of %d stories broke its courier", len(part.items))
            return await self._failed(part, Failure(Verdict.FAILED, type(error).__name__))
        self._courier.passed()
        return [Mark(item.delivery.id, DeliveryState.SENT, (number,)) for item in part.items]

    async def _send_plainly(self, refused: Part, failure: Failure, *, silent: bool) -> list[Mark]:
        chat, marks = refused.items[0].delivery.chat, list[Mark]()
        _log.warning("an edition's %d stories are sent as headlines: %s", len(refused.items), failure.reason)
        for part in plain_edition(refused.items, chat):
            if not await self._courier.turn(chat):
                return marks + [self._unsent(item) for item in refused.items[len(marks) :]]
            try:
                number = await self._sender.send(chat, replace(part.message, silent=silent))
            except NotAccepted as error:
                return marks + await self._failed(Part(part.message, refused.items[len(marks) :]), error.failure)
            marks += [Mark(item.delivery.id, DeliveryState.SENT, (number,)) for item in part.items]
        return marks

    async def _failed(self, part: Part, failure: Failure) -> list[Mark]:
        await self._courier.heed(failure, part.items[0].delivery.chat)
        return [mark_of(failure, item.delivery, item.delivery.message_ids, self._clock()) for item in part.items]

    def _unsent(self, item: Item) -> Mark:
        return Mark(item.delivery.id, DeliveryState.PENDING, item.delivery.message_ids, attempted=False)

    async def _write(self, marks: Sequence[Mark]) -> None:
        """Write marks; what is to be sent again stays part of an edition."""
        for_editions = [
            replace(mark, state=DeliveryState.HELD, not_before=mark.not_before or self._clock())
            if mark.state is DeliveryState.PENDING
            else mark
            for mark in marks
        ]
        await self._marks.write_all(for_editions)


_GO_ON = (DeliveryState.SENT, DeliveryState.FAILED)
