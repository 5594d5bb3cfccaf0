"""Deliveries: claimed once, in order, fenced by owner."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.store import DeliveryState, Mark, Store
from bot.store.engine import Database
from bot.store.tables import deliveries
from tests.store.news import NOW, article, follower, later, publish, tag

WAR = tag("war")


async def _two_stories(store: Store, *, chats: int = 2) -> None:
    for number in range(1, chats + 1):
        await follower(store, number, WAR)
    await publish(store, article(1, tags=["war"]), article(2, tags=["war"]))


async def test_a_chat_gets_its_oldest_story_first(store: Store) -> None:
    """The second one is given out when the first is settled, and not while it waits to be tried again."""
    await _two_stories(store, chats=1)
    (first,) = await store.deliveries.claim(NOW, limit=9, owner="p")
    assert first.headline == "Story 1"
    await store.deliveries.settle("p", [Mark(first.id, DeliveryState.PENDING, not_before=later(30))])
    assert await store.deliveries.claim(later(29), limit=9, owner="p") == []
    (again,) = await store.deliveries.claim(later(30), limit=9, owner="p")
    assert (again.id, again.attempts) == (first.id, 1)
    await store.deliveries.settle("p", [Mark(first.id, DeliveryState.SENT, (5, 6))])
    assert [one.headline for one in await store.deliveries.claim(later(30), limit=9, owner="p")] == ["Story 2"]


async def test_a_delivery_carries_all_that_the_sender_needs(store: Store) -> None:
    """The chat with its settings, the digest with its buttons' numbers."""
    chat = await store.chats.ensure(-100, 5, kind="supergroup", language="uk")
    await store.subscriptions.add(chat.id, WAR)
    await publish(store, article(1, tags=["War"]))
    (delivery,) = await store.deliveries.claim(NOW, limit=9, owner="p")
    assert delivery.chat == chat
    assert delivery.digest is not None
    assert delivery.digest.digest == article(1, tags=["War"])
    assert await store.topics.get(delivery.digest.topic_ids["War"]) == WAR


async def test_a_claim_is_nobody_elses_while_its_lease_lasts(store: Store) -> None:
    """Afterwards another may send it, and the first one's late mark changes nothing."""
    await _two_stories(store, chats=1)
    (claimed,) = await store.deliveries.claim(NOW, limit=9, owner="dead", lease=timedelta(seconds=60))
    assert await store.deliveries.claim(later(59), limit=9, owner="next") == []
    (taken,) = await store.deliveries.claim(later(61), limit=9, owner="next")
    assert taken.id == claimed.id
    await store.deliveries.settle("dead", [Mark(claimed.id, DeliveryState.FAILED, error="late")])
    await store.deliveries.settle("next", [Mark(claimed.id, DeliveryState.SENT, (1,))])
    assert await store.deliveries.counts() == {DeliveryState.SENT: 1, DeliveryState.PENDING: 1}


async def test_what_a_dead_sender_held_can_be_taken_over_at_once(store: Store) -> None:
    """Who has the pusher's lease need not wait for the deliveries' own; its own claims stay."""
    await _two_stories(store)
    (dead,) = await store.deliveries.claim(NOW, limit=1, owner="dead")
    (mine,) = await store.deliveries.claim(NOW, limit=1, owner="mine")
    await store.deliveries.release_others(owner="mine")
    assert [one.id for one in await store.deliveries.claim(NOW, limit=9, owner="mine")] == [dead.id]
    await store.deliveries.release(owner="mine")
    again = await store.deliveries.claim(NOW, limit=9, owner="mine")
    assert {one.id for one in again} == {dead.id, mine.id}


async def test_an_edition_that_was_abandoned_keeps_nothing_of_its_chat_waiting(store: Store) -> None:
    """Claimed by who died, it waits for older news that is to be sorted; that news must not wait for it."""
    await _two_stories(store, chats=1)
    (first,) = await store.deliveries.claim(NOW, limit=9, owner="dead")
    await store.deliveries.settle("dead", [Mark(first.id, DeliveryState.HELD, not_before=NOW)])
    assert await store.editions.claim(NOW, limit=9, owner="dead", fold_before=later(-1))
    assert await store.deliveries.claim(NOW, limit=9, owner="p") == []
    much_later = later(7200)
    assert await store.editions.claim(much_later, limit=9, owner="p", fold_before=later(3600)) == []
    (second,) = await store.deliveries.claim(much_later, limit=9, owner="p")
    await store.deliveries.settle("p", [Mark(second.id, DeliveryState.HELD, not_before=much_later)])
    (edition,) = await store.editions.claim(much_later, limit=9, owner="p", fold_before=later(3600))
    assert [one.id for one in edition] == [first.id, second.id]


async def test_messages_accepted_before_a_crash_are_remembered(store: Store) -> None:
    """A story of several messages goes on after the last one that Telegram took."""
    await _two_stories(store, chats=1)
    (delivery,) = await store.deliveries.claim(NOW, limit=9, owner="dead")
    await store.deliveries.accepted("dead", delivery.id, [11])
    await store.deliveries.accepted("stranger", delivery.id, [99])
    (again,) = await store.deliveries.claim(later(61), limit=9, owner="next")
    assert again.message_ids == (11,)


async def test_two_senders_never_claim_the_same(database_url: str) -> None:
    """Claims through two stores by turns: each delivery goes to one of them."""
    async with Store(database_url) as one, Store(database_url) as two:
        await _two_stories(one, chats=10)
        first = await one.deliveries.claim(NOW, limit=6, owner="one")
        second = await two.deliveries.claim(NOW, limit=6, owner="two")
    assert (len(first), len(second)) == (6, 4)
    assert not {claim.id for claim in first} & {claim.id for claim in second}


async def test_the_database_itself_refuses_a_second_delivery(database_url: str) -> None:
    """UNIQUE(story, chat) stands below all code."""
    async with Store(database_url) as store:
        await _two_stories(store, chats=1)
    database = Database(database_url)
    row = {"story_id": 1, "chat_id": 1, "state": "pending", "message_ids": [], "created_at": NOW}
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            await connection.execute(deliveries.insert().values(**row))
    await database.close()
