"""Digests: read once, shared by all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.models import Article, Digest, Paragraph, ParagraphKind, Quote
from bot.store import Store
from tests.store.news import NOW, add_feed, article, new, poll, tag

FULL = Digest(
    Article(
        url="https://wire.example/1?id=2",
        title="Title & <tag>",
        authors=("A B",),
        published=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        language="uk",
        lead="Lead",
        paragraphs=(Paragraph("Words", ParagraphKind.QUOTE, "A B"),),
        tags=("War", "North-Korea"),
        quotes=(Quote("Words", "A B", "he", 0),),
        updated=datetime(2026, 1, 2, 3, 5),  # noqa: DTZ001  a page may name no zone; that is kept as it is
    ),
    summary=("One.", "Two."),
    key_quotes=(Quote("Words", "A B", "he", 0),),
)


async def test_a_digest_comes_back_as_it_was(store: Store) -> None:
    """Every field survives, moments with and without a zone too; tags have their topics' numbers."""
    stored = await store.digests.get(await store.digests.save(FULL))
    assert stored is not None
    assert stored.digest == FULL
    assert set(stored.topic_ids) == {"War", "North-Korea"}
    assert await store.topics.get(stored.topic_ids["War"]) == tag("war")
    assert await store.digests.get(stored.id + 1) is None


async def test_a_page_has_one_digest(store: Store) -> None:
    """A newer reading replaces the older under the same number, whatever tracking parameters the link had."""
    first = await store.digests.save(FULL)
    newer = replace(FULL, summary=("Three.",))
    assert await store.digests.save(newer) == first
    found = await store.digests.by_url("https://WIRE.example/1?utm_source=x&id=2#top")
    assert found is not None
    assert found.digest == newer


async def test_an_old_reading_is_not_given_for_fresh(database_url: str) -> None:
    """`max_age` counts from when the page was read."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await store.digests.save(FULL)
        moment = NOW + timedelta(minutes=11)
        assert await store.digests.by_url(FULL.article.url, max_age=timedelta(minutes=10)) is None
        assert await store.digests.by_url(FULL.article.url, max_age=timedelta(minutes=12)) is not None


async def test_a_digest_is_found_by_the_address_that_the_feed_gave(store: Store) -> None:
    """The feed's link leads to another address of the page; who pastes the feed's link gets its digest."""
    await poll(store, await add_feed(store), new(1))
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
    digest_id = await store.stories.commit_reading(story.id, article(77), owner="r", now=NOW)
    found = await store.digests.by_url(story.url)
    assert found is not None
    assert found.id == digest_id


async def test_what_the_feed_alone_says_never_replaces_what_the_page_says(store: Store) -> None:
    """A page that was read and cannot be read again keeps its digest; one never read is not offered for a link."""
    await poll(store, await add_feed(store), new(1), new(2))
    kept = await store.digests.save(article(1, tags=["war"]))
    for number in (1, 2):
        (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
        await store.stories.commit_reading(story.id, article(number), owner="r", now=NOW, failure="paywalled")
    stored = await store.digests.get(kept)
    assert stored is not None
    assert (stored.digest, stored.partial) == (article(1, tags=["war"]), False)
    assert await store.digests.by_url("https://wire.example/2") is None
