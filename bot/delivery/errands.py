"""Errands: what is done for a claimed story or edition, from sending to marking, whatever the database does."""

import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.courier import Courier
from bot.delivery.editions import Item
from bot.delivery.folding import Folder
from bot.delivery.marking import Marks
from bot.delivery.sorting import chosen_options
from bot.options import Options
from bot.store import Chat, Delivery, DeliveryState, Mark

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be sent.

    Attributes:
        run: sends it and marks it.
        unsent: the marks that give it back.
    """

    run: Callable[[], Coroutine[Any, Any, None]]
    unsent: tuple[Mark, ...]


class Errands:
    """Makes errands.

    Args:
        courier: sends a story.
        folder: sends an edition.
        marks: where what became of deliveries is written.
        is_silent: whether what a chat gets by these options comes without a sound now.
        clock: the present moment.
    """

    def __init__(
        self,
        courier: Courier,
        folder: Folder,
        marks: Marks,
        is_silent: Callable[[Options, Chat], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._courier = courier
        self._folder = folder
        self._marks = marks
        self._is_silent = is_silent
        self._clock = clock

    def story(self, item: Item) -> Errand:
        """Return the errand of a story, or of a word about a feed."""

        async def carry() -> None:
            delivery = item.delivery
            try:
                mark = await self._courier.deliver(item, silent=self._is_silent(item.options, delivery.chat))
            except (SQLAlchemyError, OSError) as error:
                # What the chat's row should say is lost; Telegram will say it again when this is tried again.
                _log.warning("delivery %d is tried again: %s", delivery.id, error)
                mark = unsent(delivery)
            await self._marks.write(mark)

        return Errand(carry, (unsent(item.delivery),))

    def edition(self, edition: Sequence[Delivery]) -> Errand:
        """Return the errand of what was held for a chat."""
        chat = edition[0].chat
        items = [Item(one, chosen_options(one)) for one in edition]
        back = given_back(edition, self._clock())

        async def carry() -> None:
            silent = all(self._is_silent(item.options, chat) for item in items)
            try:
                await self._folder.deliver(items, silent=silent)
            except (SQLAlchemyError, OSError) as error:
                _log.warning("an edition of %d stories is tried again: %s", len(items), error)
                await self._marks.write_all(back)

        return Errand(carry, back)


def unsent(delivery: Delivery) -> Mark:
    """Return the mark that gives a delivery back."""
    return Mark(delivery.id, DeliveryState.PENDING, delivery.message_ids, attempted=False)


def given_back(edition: Sequence[Delivery], now: datetime) -> tuple[Mark, ...]:
    """Return the marks that give an edition back, as one that is due."""
    return tuple(replace(unsent(one), state=DeliveryState.HELD, not_before=now) for one in edition)
