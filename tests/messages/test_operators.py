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


def test_nothing_counted_is_none() -> None:
    """Where there are no chats yet."""
    assert counted({}, words_in("en")) == "0"
