"""Telegram is away while the pusher runs: nothing is lost, nothing comes twice, and nobody is flooded afterwards."""

import asyncio
import re
from collections import Counter
from datetime import datetime, timedelta

from bot.health import Health
from bot.store import DeliveryState, utc_now
from tests.delivery.conftest import Outbox
from tests.outages import watched
from tests.store.news import NOW, article, follower, publish, tag

WAR = tag("war")
SENT, UNSETTLED = DeliveryState.SENT, DeliveryState.UNSETTLED
IN_FLIGHT = 3


async def _fans(outbox: Outbox, count: int) -> list[int]:
    users = [outbox.telegram.add_user(f"Fan {number}") for number in range(count)]
    for user in users:
        await follower(outbox.store, user.id, WAR)
    return [user.id for user in users]


async def test_six_hours_without_telegram_lose_nothing_and_end_without_a_flood(any_outbox: Outbox) -> None:
    """A story an hour; when Telegram is back each chat gets one message that tells them all, with their links."""
    moment, health = NOW, Health(utc_now)

    def clock() -> datetime:
        return moment

    async with any_outbox.store_at(clock) as store, watched(health) as watcher:
        users = await _fans(any_outbox, 5)
        await any_outbox.telegram.stop()
        async with any_outbox.pushing(health=health, clock=clock, in_flight=IN_FLIGHT):
            for number in range(1, 6):
                await publish(store, article(number, tags=["war"]), now=moment)
                if number == 1:
                    await any_outbox.failed.wait()
                moment += timedelta(hours=1.2)
            assert set(await watcher.until(ready=False)) == {"telegram"}
            await any_outbox.telegram.start()
            await any_outbox.until(lambda counts: counts == {SENT: 25})
            await watcher.until(ready=True)
    for user in users:
        (text,) = any_outbox.texts(user)
        assert Counter(re.findall(r"https://wire.example/\d", text)) == {
            f"https://wire.example/{number}": 1 for number in range(1, 6)
        }


async def test_while_answers_are_lost_no_more_is_sent(any_outbox: Outbox) -> None:
    """What was in flight may be lost, and nothing else: first Telegram has to answer something harmless."""
    users, health = await _fans(any_outbox, 12), Health(utc_now)
    await publish(any_outbox.store, article(1, tags=["war"]))
    for _ in range(IN_FLIGHT):
        any_outbox.telegram.fail_next("sendMessage", "drop_before")
    any_outbox.telegram.fail_next("getMe", "drop_before")
    asked_again = any_outbox.telegram.fail_next("getMe", "delay")
    async with watched(health) as watcher, any_outbox.pushing(health=health, in_flight=IN_FLIGHT):
        async with asyncio.timeout(60):
            await asked_again.met.wait()
        assert len(any_outbox.requests()) == IN_FLIGHT
        assert set(await watcher.until(ready=False)) == {"telegram"}
        asked_again.release()
        await any_outbox.until(lambda counts: counts == {SENT: 12 - IN_FLIGHT, UNSETTLED: IN_FLIGHT})
        await watcher.until(ready=True)
    assert sum(len(any_outbox.texts(user)) for user in users) == 12 - IN_FLIGHT
