"""What no button of ours says: clients can send any callback data, and every handler takes it."""

import logging
from itertools import product

import pytest

from bot.messages import callbacks
from bot.messages.callbacks import Callback, unpack
from bot.playground.world.messages import ApiButton
from tests.handlers.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

VERBS = sorted(value for name, value in vars(callbacks).items() if name.isupper() and isinstance(value, str))
NUMBERS = ["0", "-1", "-99999999999999999", "4294967296", "99999999999999999", str(2**63), str(2**64), "9" * 45]


@pytest.mark.parametrize("verb", VERBS)
async def test_no_number_breaks_a_button(world: World, verb: str, caplog: pytest.LogCaptureFixture) -> None:
    """Numbers of nothing, below zero, beyond 64 bits, too few and too many: each press is answered, none fails."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, "/start")
    caplog.set_level(logging.WARNING)
    forged = [
        *NUMBERS,
        *(f"{one}:{other}" for one, other in product(NUMBERS[2:5], repeat=2)),
        "",
        ":",
        "--1",
        "1:2:3:4:5",
    ]
    buttons = [ApiButton("forged", data=f"{verb}:{numbers}"[:64]) for numbers in forged]
    presses = [world.telegram.press(message, button, user) for button in buttons]
    await world.telegram.wait_for(lambda: all(press.answered for press in presses))
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("data", ["", ":", "topic:", "topic:²", "topic:--1", "topic:1_0", "topic: 1", f"topic:{2**63}"])
async def test_what_is_no_number_of_ours_is_no_button(data: str) -> None:
    """Only plain digits, few enough for every database, are numbers."""
    assert unpack(data) in {None, Callback("")}


async def test_what_is_packed_is_read() -> None:
    """A button's own numbers come back."""
    assert unpack(callbacks.pack("topic", -1, 10**17 - 1)) == Callback("topic", (-1, 10**17 - 1))
