"""Full text and followed queries, alike on both databases."""

import pytest
from sqlalchemy import text

from bot.feed_values import NewReason
from bot.models import Article, Digest, Paragraph, Topic, TopicKind
from bot.queries import parse_query, query_topic
from bot.store import DeliveryState, Mark, Store
from tests.store.news import NOW, add_feed, article, follower, new, poll, publish, read_all, tag


def page(number: int, title: str, text: str = "", language: str | None = None) -> Digest:
    """Return what a page with this text says."""
    paragraphs = (Paragraph(text),) if text else ()
    return Digest(Article(f"https://wire.example/{number}", title, paragraphs=paragraphs, language=language))


async def found(store: Store, text: str, **choice: object) -> list[str]:
    """Return the headlines' addresses that a query finds."""
    rows = await store.search.stories(parse_query(text), **choice)  # type: ignore[arg-type]  # the test's own words
    return [row.url.rsplit("/", 1)[1] for row in rows]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("bridge", ["3", "1"]),
        ("bridges -river", ["3"]),
        ('"old bridge"', ["3"]),
        ("мостами", ["2"]),
        ("Київ", ["2"]),
        ("nothing", []),
        ("-bridge", []),
        ("a' OR \"b: *", []),
    ],
)
async def test_stories_are_found_by_words_in_every_form(store: Store, query: str, numbers: list[str]) -> None:
    """Newest first; phrases and excluded words count; signs of a database's own syntax are no words."""
    await publish(
        store,
        page(1, "A bridge", "It crosses the river."),
        page(2, "Мости", "До Києва ведуть мости.", "uk"),
        page(3, "Roads", "The old bridges of an old town."),
    )
    assert await found(store, query) == numbers


async def test_the_backlog_is_found_by_what_its_feed_says(store: Store) -> None:
    """A story that nobody has read is found by its headline and the feed's words for it."""
    await poll(store, await add_feed(store), new(1, NewReason.BACKLOG, title="Otters", summary="In the lake."))
    assert await found(store, "otter lakes") == ["1"]


async def test_what_was_pushed_is_searched_apart(store: Store) -> None:
    """With `pushed`, only what was really sent to the chat is found."""
    fan = await follower(store, 1, tag("war"))
    await publish(store, article(1, tags=["war"]), article(2))
    assert await found(store, "story", chat_id=fan.id, pushed=True) == []
    claimed = await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(one.id, DeliveryState.SENT) for one in claimed])
    assert await found(store, "story", chat_id=fan.id, pushed=True) == ["1"]
    assert await found(store, "story", chat_id=fan.id) == ["2", "1"]


async def test_a_feed_that_one_chat_added_is_searched_by_it_alone(store: Store) -> None:
    """Others do not find what it brings."""
    owner, other = await store.chats.ensure(1), await store.chats.ensure(2)
    feed_id = await add_feed(store, slug=None)
    feed = await store.feeds.get(feed_id)
    assert feed is not None
    await store.subscriptions.add(owner.id, feed.topic)
    await poll(store, feed_id, new(1, title="Otters"))
    assert await found(store, "otters", chat_id=owner.id) == ["1"]
    assert await found(store, "otters", chat_id=other.id) == []


async def test_a_story_goes_to_who_follows_a_query_that_it_matches(store: Store) -> None:
    """By any form of its words; a word after a minus keeps it away; a query that is left is not asked."""
    fan = await follower(store, 1, query_topic("мостом -річка"))
    left = await follower(store, 2, query_topic("мости"))
    await store.subscriptions.remove(left.id, query_topic("мости"))
    await publish(store, page(1, "Мости", language="uk"), page(2, "Мости і річки", language="uk"))
    claimed = await store.deliveries.claim(NOW, limit=5, owner="p")
    assert [(one.chat.id, one.headline) for one in claimed] == [(fan.id, "Story 1")]


async def test_spellings_of_a_person_are_one_topic(store: Store) -> None:
    """Who follows a person under one spelling gets stories that quote them under another."""
    fan = await follower(store, 1, Topic(TopicKind.PERSON, "volodymyr zelenskyy", "Zelenskyy"))
    await publish(store, article(1, speakers=["Володимир Зеленський"]))
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [fan.id]


async def test_topics_that_may_be_meant_are_near(store: Store) -> None:
    """A slip, another case, or a part of a name finds the topics that stories have, and no others."""
    await store.topics.ensure(tag("ukrain"))
    await publish(store, article(1, tags=["Ukraine", "North Korea"], speakers=["Ivan Lis", "Ann Lee"]))
    assert [topic.label for _, topic in await store.topics.near(tag("ukrane"))] == ["Ukraine"]
    assert [topic.label for _, topic in await store.topics.near(tag("korea"))] == ["North Korea"]
    person = Topic(TopicKind.PERSON, "lis", "Lis")
    assert [topic.label for _, topic in await store.topics.near(person)] == ["Ivan Lis"]
    assert await store.topics.near(tag("zzz")) == []


async def test_a_story_that_is_deleted_is_not_found(store: Store) -> None:
    """The index forgets a story with the story."""
    await publish(store, article(1))
    async with store._database.write() as connection:
        for table in ("deliveries", "entry_keys", "entries", "story_topics", "stories"):
            await connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of ours
        left = await connection.execute(text("SELECT count(*) FROM story_words_fts"))
    assert left.scalar_one() == 0


async def test_reading_again_replaces_what_was_indexed(store: Store) -> None:
    """A story read later is found by its text, and no longer by what the feed alone said."""
    await poll(store, await add_feed(store), new(1, title="Otters"))
    await read_all(store, [page(1, "Beavers")])
    assert await found(store, "otters") == []
    assert await found(store, "beaver") == ["1"]


async def test_words_that_no_index_holds_are_left_out(store: Store) -> None:
    """Signs without a space for pages on end, and more words than any article has: what the index keeps is text that
    can be read again, as for a dump, and the story is found by its other words.
    """
    endless, many = "漢" * 900, " ".join(f"{number:x}z" for number in range(2**17, 2**17 + 180_000))
    await publish(store, page(1, "Ferry", f"{endless} {many}"))
    assert await found(store, "ferry") == ["1"]
    async with store._database.read() as connection:
        whole = await connection.execute(text("SELECT CAST(stems AS text) FROM story_words_fts"))
        assert len(whole.scalar_one().encode()) < 2_000_000
