"""What came to a chat in a day, on both databases."""

from datetime import timedelta

from bot.models import Article, Digest
from bot.store import Day, DeliveryState, Mark, Store
from tests.store.news import NOW, article, follower, later, publish, tag


async def _settle(store: Store, state: DeliveryState) -> None:
    """Let all that waits become this."""
    claimed = await store.deliveries.claim(later(10), limit=50, owner="p")
    marks = [Mark(one.id, state, (one.id,), not_before=later(9_000)) for one in claimed]
    await store.deliveries.settle("p", marks)


async def _day(store: Store, chat_id: int) -> Day:
    return await store.days.of_chat(chat_id, NOW - timedelta(days=9_000))


async def test_a_day_has_what_was_sent_and_what_is_held(store: Store) -> None:
    """What failed or was cancelled did not come; each story counts once, its tags by how many stories have them."""
    chat = await follower(store, 1, tag("war"))
    await publish(store, article(1, tags=["war", "peace"]))
    await _settle(store, DeliveryState.SENT)
    await publish(store, article(2, tags=["war"]))
    await _settle(store, DeliveryState.HELD)
    await publish(store, article(3, tags=["war"]))
    await _settle(store, DeliveryState.FAILED)
    day = await _day(store, chat.id)
    assert sorted(story.title for story in day.stories) == ["Story 1", "Story 2"]
    assert [(topic.label, topic.count, topic.is_followed) for topic in day.topics] == [
        ("war", 2, True),
        ("peace", 1, False),
    ]


async def test_what_more_followed_topics_bring_is_higher(store: Store) -> None:
    """Of two stories that one source each tells."""
    chat = await follower(store, 1, tag("war"), tag("peace"))
    pages = [
        Digest(Article(f"https://wire.example/{n}", f"Story {n}", tags=tags))
        for n, tags in ((1, ("war", "peace")), (2, ("war",)))
    ]
    await publish(store, *pages)
    for _ in pages:
        await _settle(store, DeliveryState.SENT)
    assert [story.title for story in (await _day(store, chat.id)).stories] == ["Story 1", "Story 2"]


async def test_another_chat_s_day_is_its_own(store: Store) -> None:
    """Nothing of it is seen here."""
    mine, other = await follower(store, 1, tag("war")), await follower(store, 2, tag("peace"))
    await publish(store, article(1, tags=["war"]))
    await _settle(store, DeliveryState.SENT)
    assert len((await _day(store, mine.id)).stories) == 1
    assert (await _day(store, other.id)) == Day((), ())


async def test_a_day_of_more_topics_than_a_statement_takes_values(postgres_url: str) -> None:
    """A feed may give each story tags of its own; the day counts them all."""
    async with Store(postgres_url) as store:
        chat = await follower(store, 1, tag("war"))
        await publish(store, article(1, tags=["war", *(f"t{number}" for number in range(33_000))]))
        await _settle(store, DeliveryState.SENT)
        assert len((await _day(store, chat.id)).topics) == 33_001
