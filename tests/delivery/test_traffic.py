"""A queue of news against a server that enforces Telegram's limits: it never has to refuse."""

import heapq
import random

from bot.delivery.pace import Pace
from bot.playground.bot_api import BotApiServer
from bot.playground.limits import FloodGate, Limits
from bot.store import DeliveryState
from tests.delivery.conftest import Outbox
from tests.store.news import article, follower, publish, tag

PEOPLE = 10
STORIES = 4
HOUR = 3600.0


def _enforce_limits(server: BotApiServer) -> None:
    server.world.gate = FloodGate(Limits(), server.world.clock)


async def test_a_queue_of_stories_draws_no_refusal(outbox: Outbox) -> None:
    """More than a burst for each person: all arrives, oldest first, and not one 429 on the way.

    Hours of traffic, groups too, are in test_pace, where time costs nothing.
    """
    _enforce_limits(outbox.telegram)
    users = [outbox.telegram.add_user() for _ in range(PEOPLE)]
    for user in users:
        await follower(outbox.store, user.id, tag("war"))
    await publish(outbox.store, *(article(number, tags=["war"]) for number in range(STORIES)))
    async with outbox.pushing(pace=Pace(30)):
        await outbox.telegram.wait_for(lambda: len(outbox.requests()) >= PEOPLE * STORIES)
    assert {code for _, code in outbox.requests()} == {200}
    assert all(outbox.texts(user.id) == [f"Story {number}" for number in range(STORIES)] for user in users)
    assert await outbox.store.deliveries.counts() == {DeliveryState.SENT: PEOPLE * STORIES}


class _Skipping:
    """A clock that jumps over every wait, for one sender alone."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        """Return the seconds that have passed."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the seconds pass at once."""
        self.now += seconds


async def test_an_hour_of_backlog_goes_at_nearly_the_full_rate() -> None:
    """30 a second for an hour: at least 95 % of that is sent, and the strict gate lets all of it pass."""
    time = _Skipping()
    pace, gate = Pace(30, clock=time.clock, sleep=time.sleep), FloodGate(Limits(), time.clock)
    sent = 0
    while time.now < HOUR:
        sent += 1
        await pace.acquire(sent)
        gate.admit(sent, private=True)
    assert sent >= 0.95 * 30 * HOUR


async def test_a_days_traffic_draws_no_refusal() -> None:
    """People, groups and answers, in bursts and quiet hours, for 24 hours: the strict gate refuses nothing."""
    chance = random.Random(5)  # noqa: S311  a test wants the same chance each time
    time = _Skipping()
    pace, gate = Pace(30, clock=time.clock, sleep=time.sleep), FloodGate(Limits(), time.clock)
    waiting: list[tuple[float, int]] = []
    while time.now < 24 * HOUR:
        time.now += chance.expovariate(1 / 600)
        followers = chance.sample(range(1, 2000), chance.randrange(300))
        waiting += [(time.now, chat) for chat in [*followers, *(-group for group in range(1, 6) for _ in range(8))]]
        while waiting:
            moment, chat = heapq.heappop(waiting)
            time.now = max(time.now, moment)
            if (delay := pace.delay(chat)) > 0.05:  # as the pusher does: it is given back to the database
                heapq.heappush(waiting, (time.now + delay, chat))
                continue
            await pace.acquire(chat, urgent=chance.random() < 0.1)
            gate.admit(chat, private=chat > 0)
