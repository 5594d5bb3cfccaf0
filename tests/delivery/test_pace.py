"""Pace: Telegram's limits kept, without waiting longer than they ask."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pace import GROUP_LIMIT, Pace
from bot.playground.limits import FloodGate, Limits
from tests.delivery.virtual_time import VirtualTime

PERSON, OTHER, GROUP = 1001, 1002, -5


class _LateTime(VirtualTime):
    """Time whose timers ring late, as those of a busy event loop do; it counts them.

    Args:
        late: seconds.
    """

    def __init__(self, late: float) -> None:
        super().__init__()
        self.timers = 0
        self._late = late

    async def sleep(self, seconds: float) -> None:
        """Wait longer than asked."""
        self.timers += 1
        await super().sleep(seconds + self._late)


async def _moments(
    chats: Sequence[int], per_second: float = 30.0, time: VirtualTime | None = None
) -> list[tuple[float, int]]:
    """Send one message to each of these chats, all asked for at once; return when each went."""
    time = time or VirtualTime()
    pace = Pace(per_second, clock=time.clock, sleep=time.sleep)
    sent: list[tuple[float, int]] = []

    async def send(chat: int) -> None:
        await pace.acquire(chat)
        sent.append((time.now, chat))

    await time.run(*(send(chat) for chat in chats))
    return sent


async def test_all_chats_together_get_no_more_than_the_overall_rate() -> None:
    """In no second more than 30, and not much less."""
    moments = [moment for moment, _ in await _moments(range(1, 301))]
    assert all(later - earlier > 1 for earlier, later in zip(moments, moments[30:], strict=False))
    assert 300 / moments[-1] > 0.95 * 30


@pytest.mark.parametrize("late", [0, 0.02])
async def test_a_paid_broadcast_keeps_its_rate_where_timers_are_late(late: float) -> None:
    """The slack lets it catch up, and yet no second has more than 1,000."""
    moments = [moment for moment, _ in await _moments(range(1, 3001), per_second=1000, time=_LateTime(late))]
    assert 3000 / moments[-1] > 900
    assert all(later - earlier > 1 for earlier, later in zip(moments, moments[1000:], strict=False))


async def test_a_paid_broadcast_takes_few_timers() -> None:
    """One for each message would cost as much as the message."""
    time = _LateTime(0)
    await _moments(range(1, 2001), per_second=1000, time=time)
    assert time.timers < 2000 / 4


async def test_one_person_gets_a_short_burst_and_then_one_a_second() -> None:
    """Two at once, the others a second apart."""
    moments = [round(moment) for moment, _ in await _moments([PERSON] * 5)]
    assert moments == [0, 0, 1, 2, 3]


async def test_a_group_gets_twenty_a_minute() -> None:
    """The twenty-first waits for the first to be a minute old."""
    moments = [moment for moment, _ in await _moments([GROUP] * 41)]
    assert moments[GROUP_LIMIT] - moments[0] >= 60
    assert moments[2 * GROUP_LIMIT] - moments[GROUP_LIMIT] >= 60


async def test_a_busy_chat_does_not_hold_up_another() -> None:
    """While one waits for its second, others go."""
    order = [chat for _, chat in await _moments([PERSON] * 4 + [OTHER] * 2)]
    assert order.index(OTHER) == 2


async def test_a_held_chat_waits_exactly_as_long_as_telegram_asked() -> None:
    """And nobody else does."""
    time = VirtualTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    pace.hold(PERSON, 43_838)
    await time.run(pace.acquire(OTHER))
    assert time.now == 0
    await time.run(pace.acquire(PERSON))
    assert time.now == pytest.approx(43_838)


async def test_an_answer_goes_before_all_pushes_that_wait() -> None:
    """Whoever sent a link waits for one turn at most, however long the fan-out is."""
    time = VirtualTime()
    pace = Pace(clock=time.clock, sleep=time.sleep)
    order: list[str] = []

    async def send(name: str, chat: int, *, urgent: bool = False) -> None:
        await pace.acquire(chat, urgent=urgent)
        order.append(name)

    pushes = [send("push", chat) for chat in range(1, 101)]
    await time.run(*pushes, send("answer", 5000, urgent=True))
    assert order.index("answer") <= 2
    assert len(order) == 101


async def test_chats_that_are_free_again_are_forgotten() -> None:
    """A bot that has written to a million chats does not remember them all; those still limited stay limited."""
    time = VirtualTime()
    pace = Pace(1_000_000, clock=time.clock, sleep=time.sleep)
    held = 20_000
    pace.hold(held, 10_000)
    for chat in range(10, 10_010):
        await time.run(pace.acquire(chat))
    time.now += 100
    await time.run(pace.acquire(30_000), pace.acquire(30_000))
    assert pace.delay(30_000) > 0
    assert pace.delay(held) > 0
    # What is forgotten shows nowhere else.
    assert len(pace._chats) < 100


async def test_busy_chats_are_not_looked_through_for_each_new_one() -> None:
    """A fan-out to thousands of chats within a second looks for free ones a few times, and not for every message."""
    time, looks = VirtualTime(), 0

    class Counting(Pace):
        def _forget_idle(self, now: float) -> None:
            nonlocal looks
            before = self._chats
            super()._forget_idle(now)
            looks += self._chats is not before

    pace = Counting(1_000_000, clock=time.clock, sleep=time.sleep)
    for chat in range(1, 8_001):
        await time.run(pace.acquire(chat))
    assert 1 <= looks <= 10


@settings(max_examples=30, deadline=None)
@given(chats=st.lists(st.sampled_from([1, 2, 3, -1, -2]) | st.integers(100, 400), min_size=1, max_size=150))
async def test_a_strict_server_never_has_to_refuse(chats: list[int]) -> None:
    """Whatever traffic comes, the playground's flood gate lets every message pass."""
    now = 0.0
    gate = FloodGate(Limits(), lambda: now)
    for moment, chat in await _moments(chats):
        now = moment
        gate.admit(chat, private=chat > 0)
