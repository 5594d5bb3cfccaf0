"""Telegram's limits on sending, on a clock that the test moves."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.playground.api_errors import ApiError
from bot.playground.bot_api import BotApiServer, Limits
from bot.playground.limits import FloodGate
from tests.clock import Clock
from tests.playground.conftest import Client


@pytest.fixture
def clock() -> Clock[float]:
    """Return a clock that stands still."""
    return Clock(1_700_000_000.0)


@pytest.fixture
async def strict(clock: Clock[float]) -> AsyncIterator[BotApiServer]:
    """Return a running server with Telegram's limits on a clock that stands still."""
    async with BotApiServer(clock=clock) as running:
        yield running


def refused(gate: FloodGate, chat_id: int, *, private: bool = True, paid: bool = False) -> int:
    """Send until the gate refuses; return how many passed."""
    for passed in range(2000):
        try:
            gate.admit(chat_id, private=private, paid=paid)
        except ApiError:
            return passed
    raise AssertionError("no limit was met")


def test_a_person_takes_three_at_once_and_one_a_second(clock: Clock[float]) -> None:
    """After the burst one more fits each second."""
    gate = FloodGate(Limits(), clock)
    assert refused(gate, 1) == 3
    clock.now += 1
    assert refused(gate, 1) == 1


def test_a_group_takes_20_a_minute(clock: Clock[float]) -> None:
    """The 21st message of a minute is refused with the time until the first is a minute old."""
    gate = FloodGate(Limits(), clock)
    assert refused(gate, -1, private=False) == 20
    clock.now += 30
    with pytest.raises(ApiError) as refusal:
        gate.admit(-1, private=False)
    assert refusal.value.parameters == {"retry_after": 29}
    clock.now += 30
    gate.admit(-1, private=False)


def test_all_chats_take_30_a_second(clock: Clock[float]) -> None:
    """The limit over all chats holds however many chats there are; paid broadcasts have their own."""
    gate = FloodGate(Limits(), clock)
    for chat_id in range(30):
        gate.admit(chat_id, private=True)
    assert refused(gate, 31) == 0
    gate.admit(31, private=True, paid=True)
    clock.now += 0.5
    passed = 0
    for chat_id in range(100, 130):
        passed += refused(gate, chat_id) > 0
    assert passed == 5


async def test_too_many_are_refused_with_retry_after(strict: BotApiServer, session: aiohttp.ClientSession) -> None:
    """429 names the seconds in its text, its parameters and its header; what was refused is not in the chat."""
    client = Client(strict, session)
    user = strict.add_user()
    for _ in range(3):
        await client.result("sendMessage", chat_id=user.id, text="x")
    body = await client.call("sendMessage", chat_id=user.id, text="x")
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert len(strict.bot_messages(user)) == 3


async def test_refused_messages_do_not_count(strict: BotApiServer, session: aiohttp.ClientSession) -> None:
    """What fails for another reason uses up nothing of the limit."""
    client = Client(strict, session)
    user = strict.add_user()
    for _ in range(10):
        await client.refusal("sendMessage", chat_id=user.id, text="")
    await client.result("sendMessage", chat_id=user.id, text="x")
