"""Answers wait for their turn, and nobody's questions take the places of all others."""

import asyncio

import pytest
from telegram.error import RetryAfter

from bot.answering import _UPDATES_AT_ONCE
from bot.delivery.pace import CHAT_BURST, Pace
from handlers.pacing import MOST_ALTOGETHER, MOST_WAITING, SHARE, AnswerPace

FLOODING, OTHER = 1, 2


async def test_who_asks_for_too_much_at_once_is_not_answered_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many answers wait for a chat, the next are dropped; other chats are answered, and this one is again later."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as bot.app has it
    turns = asyncio.Event()

    async def until_turned(_seconds: float) -> None:
        await turns.wait()
        await asyncio.sleep(0)

    now = 0.0
    pace = AnswerPace(Pace(1e9, clock=lambda: now, sleep=until_turned))
    answered: list[int] = []

    async def answer(chat: int) -> None:
        async def send() -> bool:
            answered.append(chat)
            return True

        await pace.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)

    asked = [asyncio.create_task(answer(FLOODING)) for _ in range(CHAT_BURST + MOST_WAITING)]
    await asyncio.sleep(0)
    assert answered == [FLOODING] * CHAT_BURST
    with pytest.raises(RetryAfter):
        await answer(FLOODING)
    await answer(OTHER)
    now = 3600.0
    turns.set()
    while not all(one.done() for one in asked):
        now += 1
        await asyncio.sleep(0)
    now += 3600
    await answer(FLOODING)
    assert len(answered) == CHAT_BURST + MOST_WAITING + 2


async def test_many_who_flood_the_bot_leave_places_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four chats that ask without end do not hold all updates that are answered at once; each still has a share."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as bot.app has it
    never = asyncio.Event()

    async def for_ever(_seconds: float) -> None:
        await never.wait()

    pace = AnswerPace(Pace(1e9, clock=lambda: 0.0, sleep=for_ever))

    async def send() -> bool:
        return True

    async def answer(chat: int) -> None:
        await pace.process_request(send, (), {}, "sendMessage", {"chat_id": chat}, None)

    flood = [asyncio.create_task(answer(chat)) for chat in range(1, 5) for _ in range(CHAT_BURST + MOST_WAITING)]
    await asyncio.sleep(0)
    waiting = [one for one in flood if not one.done()]
    assert len(waiting) == MOST_ALTOGETHER + SHARE < _UPDATES_AT_ONCE
    assert isinstance(flood[-1].exception(), RetryAfter)
    await answer(5)
    for one in flood:
        one.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
