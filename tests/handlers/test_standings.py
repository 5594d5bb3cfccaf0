"""That the bot was shut out and let in again, told at once: what is true in the end is what is written down."""

import asyncio
from datetime import timedelta
from typing import Any, cast

import pytest
from telegram import Update

from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.store import ChatState
from handlers.membership import _changed
from handlers.standings import Standings
from handlers.visits import Context
from tests.handlers.conftest import World
from tests.store.news import NOW

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def told_of(*changes: str, user_id: int) -> list[Update]:
    """Return the updates of a person who blocks the bot and restarts it."""
    telegram = BotApiServer(limits=NO_LIMITS)
    user = telegram.add_user(user_id=user_id)
    for change in changes:
        getattr(telegram, change)(user)
    raw = await telegram.world.updates.fetch(offset=None, limit=None, seconds=0, allowed=None)
    updates = [Update.de_json(one, None) for one in raw]
    assert len(updates) == len(changes)
    return updates


async def state(world: World, user_id: int) -> ChatState | None:
    """Return what is written down of a person's chat."""
    chat = await world.services.store.chats.find(user_id)
    return chat and chat.state


class Seen(Standings):
    """Says when a second change has come."""

    def __init__(self) -> None:
        super().__init__()
        self.came = 0
        self.second = asyncio.Event()

    def change(self, *arguments: Any, **facts: Any) -> Any:
        """Count one more."""
        self.came += 1
        if self.came == 2:
            self.second.set()
        return super().change(*arguments, **facts)


async def test_a_block_that_is_still_written_down_does_not_outlive_the_return(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who returns while their leaving is seen to is there afterwards."""
    chats, number, standings = world.services.store.chats, 7_600_000_001, Seen()
    await chats.ensure(number)
    left, order, leave, ensure = asyncio.Event(), list[str](), chats.leave, chats.ensure

    async def leave_late(*arguments: Any, **facts: Any) -> None:
        left.set()
        await standings.second.wait()
        await leave(*arguments, **facts)
        order.append("left")

    async def ensure_and_tell(*arguments: Any, **facts: Any) -> Any:
        order.append("returned")
        return await ensure(*arguments, **facts)

    monkeypatch.setattr(chats, "leave", leave_late)
    monkeypatch.setattr(chats, "ensure", ensure_and_tell)
    blocked, returned = await told_of("block", "unblock", user_id=number)
    context = cast(Context, None)
    leaving = asyncio.create_task(_changed(world.services, standings, blocked, context))
    await left.wait()
    await asyncio.gather(leaving, _changed(world.services, standings, returned, context))
    assert order == ["left", "returned"]
    assert await state(world, number) is ChatState.ACTIVE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [(("block", "unblock"), ChatState.ACTIVE), (("unblock", "block"), ChatState.BLOCKED)],
)
async def test_what_was_overtaken_is_left_alone(world: World, changes: tuple[str, str], expected: ChatState) -> None:
    """Whichever of the two is seen to first."""
    number, standings = 7_600_000_002, Standings()
    await world.services.store.chats.ensure(number)
    for update in reversed(await told_of(*changes, user_id=number)):
        await _changed(world.services, standings, update, cast(Context, None))
    assert await state(world, number) is expected


async def test_a_group_is_greeted_though_the_bot_was_promoted_meanwhile() -> None:
    """An older change counts where the bot was let in and stays."""
    standings = Standings()
    for number, is_out, expected in ((2, False, True), (1, False, True), (1, True, False), (3, True, True)):
        async with standings.change(-5, (NOW, number), is_out=is_out) as counts:
            assert counts is expected


async def test_a_number_that_begins_anew_is_not_an_old_one() -> None:
    """After a week without updates Telegram counts from elsewhere."""
    standings = Standings()
    for days, number in ((0, 900), (8, 5)):
        async with standings.change(-5, (NOW + timedelta(days=days), number), is_out=True) as counts:
            assert counts


async def test_of_many_chats_those_heard_last_are_remembered() -> None:
    """A bot that a million people leave forgets most; one whose change is under way is never forgotten."""
    standings, place = Standings(), (NOW, 2)
    async with standings.change(1, place, is_out=True):
        for number in range(2, 5_000):
            async with standings.change(number, place, is_out=True):
                pass
    async with standings.change(1, (NOW, 1), is_out=False) as counts:
        assert not counts
    async with standings.change(4_999, (NOW, 1), is_out=False) as counts:
        assert not counts
    # What is forgotten shows nowhere else.
    assert len(standings._chats) <= 1_000
