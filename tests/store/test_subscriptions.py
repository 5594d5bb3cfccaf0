"""Subscriptions and topics."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.models import Topic, TopicKind
from bot.store import DeliveryState, Mark, Store
from bot.topics import load_aliases, tag_topic
from tests.store.news import SOURCE, article, follower, later, publish, tag


async def test_following_twice_is_following_once(store: Store) -> None:
    """The second time says that nothing changed; so does the second farewell."""
    chat = await store.chats.ensure(1)
    assert await store.subscriptions.add(chat.id, tag("war"))
    assert not await store.subscriptions.add(chat.id, tag("war"))
    assert await store.subscriptions.count(chat.id) == 1
    assert await store.subscriptions.remove(chat.id, tag("war"))
    assert not await store.subscriptions.remove(chat.id, tag("war"))


async def test_subscriptions_come_in_pages_by_name(store: Store) -> None:
    """Pages neither overlap nor leave anything out."""
    chat = await follower(store, 1, *(tag(f"t{number:02}") for number in range(7)))
    await follower(store, 2, tag("other"))
    pages = [await store.subscriptions.list(chat.id, offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [one.topic.label for page in pages for one in page] == [f"t{number:02}" for number in range(7)]
    assert [len(page) for page in pages] == [3, 3, 1]


async def test_a_button_carries_a_topic_by_number(store: Store) -> None:
    """The number is enough to follow, to leave, and to name the topic."""
    chat = await follower(store, 1, SOURCE)
    (topic_id,) = await store.subscriptions.topic_ids(chat.id)
    assert await store.topics.get(topic_id) == SOURCE
    assert await store.topics.ensure(SOURCE) == topic_id
    assert await store.subscriptions.remove(chat.id, topic_id)
    assert await store.subscriptions.topic_ids(chat.id) == frozenset()
    assert await store.topics.get(topic_id + 1) is None


async def test_topics_of_different_kinds_differ(store: Store) -> None:
    """The person Zelenskyy and the tag Zelenskyy can be followed apart."""
    kinds = [Topic(kind, "zelenskyy", "Zelenskyy") for kind in TopicKind]
    numbers = await store.topics.ensure_all(kinds)
    assert len(set(numbers.values())) == len(TopicKind)


async def test_names_declared_the_same_are_one_topic(store: Store) -> None:
    """USA and США of config/topics.toml get one number."""
    aliases = load_aliases()
    assert await store.topics.ensure(tag_topic("США", aliases)) == await store.topics.ensure(tag_topic("#usa", aliases))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=st.lists(st.text(max_size=2000), max_size=5))
async def test_any_text_can_be_a_topic(store: Store, labels: list[str]) -> None:
    """Whatever a person types either has no key or gets one number, the same each time."""
    topics = [tag_topic(label) for label in labels]
    first = await store.topics.ensure_all(topics)
    assert first == await store.topics.ensure_all(topics)
    assert set(first) == {topic for topic in topics if topic.key}


async def test_nothing_comes_by_what_is_paused(store: Store) -> None:
    """Neither what was waiting nor what is new; after it is resumed, what is new then."""
    chat = await follower(store, 1, tag("war"), tag("peace"))
    (_, war) = await store.subscriptions.list(chat.id)
    await publish(store, article(1, tags=["war"]))
    await store.subscriptions.pause(chat.id, war.topic_id)
    assert await store.subscriptions.is_paused(chat.id, war.topic_id)
    assert not await store.subscriptions.is_paused(chat.id)
    await publish(store, article(2, tags=["war"]), article(3, tags=["peace"]))
    assert await _next(store, DeliveryState.CANCELLED) == ("Story 1", False)  # nothing brings it any more
    assert await _next(store, DeliveryState.SENT) == ("Story 3", True)
    await store.subscriptions.pause(chat.id)
    assert await store.subscriptions.is_paused(chat.id)
    await store.subscriptions.pause(chat.id, paused=False)
    await publish(store, article(4, tags=["war"]))
    assert await _next(store, DeliveryState.SENT) == ("Story 4", True)


async def _next(store: Store, state: DeliveryState) -> tuple[str, bool]:
    """Settle the next delivery; return its headline and whether a subscription brings it."""
    (delivery,) = await store.deliveries.claim(later(1), limit=9, owner="p")
    await store.deliveries.settle("p", [Mark(delivery.id, state)])
    return delivery.headline, bool(delivery.choices)
