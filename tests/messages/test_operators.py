"""The operator's screens."""

from itertools import chain

import pytest

from bot.messages.catalogue import words_in
from bot.messages.operators import counted
from bot.store.states import ChatState, DeliveryState, StoryState


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_state_that_is_counted_has_a_word(language: str) -> None:
    """No English word stands in an operator's overview in another language."""
    states = [*chain(ChatState, StoryState, DeliveryState), "well", "failing", "ended"]
    for state in states:
        said = counted({state: 2}, words_in(language))
        assert said.endswith(" 2")
        assert not said.startswith(state), said


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "not pushed (read when somebody asks) 12, waiting to be read 2"),
        ("uk", "не надсилалися (прочитаю, якщо хтось попросить) 12, чекають на читання 2"),
        ("ru", "не рассылались (прочитаю, если кто-то попросит) 12, ждут чтения 2"),
    ],
)
def test_states_are_said_in_plain_words(language: str, says: str) -> None:
    """Not by the names that they have in the code, which only a developer knows."""
    assert counted({StoryState.QUIET: 12, StoryState.UNREAD: 2}, words_in(language)) == says


def test_nothing_counted_is_none() -> None:
    """Where there are no chats yet."""
    assert counted({}, words_in("en")) == "0"
