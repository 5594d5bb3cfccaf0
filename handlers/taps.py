"""Taps on buttons: what was pressed, under which message, about which chat; and whether that may change something."""

from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage

from bot.messages import callbacks
from bot.services import Services
from handlers.replies import shown_message, toast
from handlers.sayings import only_admins
from handlers.visits import Visit, may_change, visit


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button.

    Attributes:
        query: to be answered.
        here: the chat that it is about.
        verb: what to do; "" for a button that is no longer understood.
        numbers: as the verb's handler knows them.
        shown: the message that it stands under; None where Telegram no longer gives it.
    """

    query: CallbackQuery
    here: Visit
    verb: str
    numbers: tuple[int, ...]
    shown: TelegramMessage | None

    def number(self, place: int) -> int:
        """Return one of the numbers, 0 where there are not so many."""
        return self.numbers[place] if place < len(self.numbers) else 0


async def tapped(update: Update, services: Services) -> Tap:
    """Return the tap of an update.

    Raises:
        Refused: see `visit`.
    """
    query, here = update.callback_query, await visit(update, services)
    assert query is not None, "only taps come to their handlers"  # noqa: S101  a programmer's promise
    pressed = callbacks.unpack(query.data or "")
    verb, numbers = (pressed.verb, pressed.numbers) if pressed else ("", ())
    return Tap(query, here, verb, numbers, shown_message(query.message))


async def changing_tap(update: Update, services: Services) -> Tap | None:
    """Return the tap of somebody who may change what the chat follows; None where it is refused and the person told."""
    tap = await tapped(update, services)
    if await may_change(update, services):
        return tap
    await toast(tap.query, only_admins(tap.here), alert=True)
    return None


async def say_too_old(tap: Tap) -> None:
    """Answer a button that no longer works."""
    await toast(tap.query, tap.here.words.say("This button is too old to work."), alert=True)
