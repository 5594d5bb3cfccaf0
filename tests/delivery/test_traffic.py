"""A queue of news against a server that enforces Telegram's limits: it never has to refuse."""

from bot.delivery.pace import Pace
from bot.playground.bot_api import BotApiServer
from bot.playground.limits import FloodGate, Limits
from bot.store import DeliveryState
from tests.delivery.conftest import Outbox
from tests.store.news import article, follower, publish, tag

PEOPLE = 10
STORIES = 4


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
        await outbox.telegram.wait_for(lambda: len(outbox.requests()) >= PEOPLE * STORIES, seconds=60)
    assert {code for _, code in outbox.requests()} == {200}
    assert all(outbox.texts(user.id) == [f"Story {number}" for number in range(STORIES)] for user in users)
    assert await outbox.store.deliveries.counts() == {DeliveryState.SENT: PEOPLE * STORIES}
