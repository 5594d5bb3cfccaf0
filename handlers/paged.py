"""Lists of several pages: a command shows the first, buttons turn them, and what a tap changed is drawn again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

from bot.models import Message
from bot.services import Services
from handlers.replies import edit, reply, toast
from handlers.taps import Tap, tapped
from handlers.visits import Context, Visit, visit


@dataclass(frozen=True)
class PagedList:
    """One kind of list.

    Attributes:
        services: what handlers work with.
        page: makes a page of a chat's list, by its number from 0; a number beyond the end means the last.
    """

    services: Services
    page: Callable[[Services, Visit, int], Awaitable[Message]]

    async def show(self, update: Update, _context: Context) -> None:
        """Answer a command with the first page."""
        here = await visit(update, self.services)
        if update.effective_message:
            await reply(update.effective_message, await self.page(self.services, here, 0))

    async def turn(self, update: Update, _context: Context) -> None:
        """Show the page that a button names."""
        tap = await tapped(update, self.services)
        await toast(tap.query)
        await self.draw(tap, tap.number(0))

    async def draw(self, tap: Tap, number: int) -> None:
        """Put a page in the place of the one that was tapped."""
        if tap.shown is not None:
            await edit(tap.shown, tap.here.shown(await self.page(self.services, tap.here, number)))
