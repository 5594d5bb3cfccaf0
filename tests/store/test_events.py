"""Events: several sources on one piece of news make one message in each chat, which names them all."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from bot.feed_values import NewEntry, NewReason
from bot.models import Article, Digest, Entry, Topic, TopicKind
from bot.reading.sketch import sketch
from bot.store import Chat, Delivery, DeliveryState, Mark, Store
from bot.store.revisions import MOST_EDITS, SETTLE
from bot.store.tables import entries
from tests.store.news import NOW, follower, later, new, poll, tag

TITLE = "Ferry with 140 people sinks off the coast of Sulawesi"
LEAD = "A ferry carrying 140 people sank off the Indonesian island of Sulawesi on Saturday, the search agency said."
LEASE = timedelta(minutes=1)


def source(name: str) -> Topic:
    """Return the topic of a source."""
    return Topic(TopicKind.SOURCE, name, name.title())


def _page(name: str, title: str = TITLE, lead: str = LEAD) -> Digest:
    article = Article(f"https://{name}.example/1", title, language="en", lead=lead, tags=("ferry",))
    return Digest(article, summary=(lead,))


async def _seen(store: Store, name: str, *, preset: bool = True, now: datetime = NOW) -> None:
    url = f"https://{name}.example/rss"
    feed_id = await store.feeds.ensure(url, slug=name if preset else None, name=name.title(), language="en")
    page = f"https://{name}.example/1"
    shown = NewEntry(Entry(page, page, TITLE), frozenset({page}), f"t{page}", NewReason.NEWS)
    await poll(store, feed_id, shown, now=now)


async def _read(store: Store, name: str, digest: Digest | None = None, *, now: datetime = NOW) -> None:
    for story in await store.stories.claim_unread(now, limit=10, owner=name):
        read = digest or _page(story.url.split("/")[2].partition(".")[0])
        await store.stories.commit_reading(story.id, read, owner=name, now=now, sketch=sketch(read.article))


async def _news(
    store: Store, name: str, digest: Digest | None = None, *, now: datetime = NOW, preset: bool = True
) -> None:
    await _seen(store, name, preset=preset, now=now)
    await _read(store, name, digest, now=now)


async def _send(store: Store, now: datetime = NOW) -> list[Delivery]:
    claimed = await store.deliveries.claim(now, limit=50, owner="p")
    marks = [Mark(one.id, DeliveryState.SENT, (100 + one.id,)) for one in claimed]
    await store.deliveries.settle("p", marks)
    return claimed


async def _edited(store: Store, now: datetime) -> list[tuple[Chat, Sequence[str]]]:
    """Make the edits that are due, and return where and what they name."""
    edits = await store.edits.claim(now, limit=50, owner="e", lease=LEASE)
    await store.edits.done("e", [edit.id for edit in edits])
    return [(edit.delivery.chat, _named(edit.delivery)) for edit in edits]


def _named(delivery: Delivery) -> list[str]:
    assert delivery.digest is not None
    return [one.source for one in delivery.digest.also]


async def test_what_waits_is_one_message_that_names_all_sources(store: Store) -> None:
    """Two sources report before anything is sent: each chat that follows the tag gets one message."""
    fan = await follower(store, 1, tag("ferry"))
    for name in ("alpha", "beta", "gamma"):
        await _news(store, name)
    (sent,) = await _send(store)
    assert sent.chat == fan
    assert sent.digest is not None
    assert [(one.source, one.url) for one in sent.digest.also] == [
        ("Beta", "https://beta.example/1"),
        ("Gamma", "https://gamma.example/1"),
    ]
    assert await _edited(store, later(1000)) == []


async def test_what_was_sent_is_edited_once_for_all_that_joined(store: Store) -> None:
    """The edit waits a little, so that sources that follow each other cost one."""
    fan = await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    await _send(store)
    await _news(store, "beta", now=later(10))
    await _news(store, "gamma", now=later(20))
    assert await _send(store, later(30)) == []
    assert await _edited(store, later(10) + SETTLE - timedelta(seconds=1)) == []
    assert await _edited(store, later(10) + SETTLE) == [(fan, ["Beta", "Gamma"])]
    assert await _edited(store, later(10_000)) == []


async def test_who_follows_only_the_second_source_still_gets_the_news(store: Store) -> None:
    """It gets the second source's own story, which names the first; who follows both gets one."""
    both = await follower(store, 1, source("alpha"), source("beta"))
    second = await follower(store, 2, source("beta"))
    await _news(store, "alpha")
    assert [one.chat for one in await _send(store)] == [both]
    await _news(store, "beta", now=later(60))
    (sent,) = await _send(store, later(60))
    assert sent.chat == second
    assert sent.url == "https://beta.example/1"
    assert sent.digest is not None
    assert [one.source for one in sent.digest.also] == ["Alpha"]
    assert await _edited(store, later(1000)) == [(both, ["Beta"])]


@pytest.mark.parametrize("state", [DeliveryState.SKIPPED, DeliveryState.CANCELLED, DeliveryState.FAILED])
async def test_a_message_that_comes_to_nothing_lets_the_others_of_its_event_go(
    store: Store, state: DeliveryState
) -> None:
    """A report that waited behind the first comes by itself where a chat's words, or Telegram, refuse the first."""
    picky = await follower(store, 1, tag("ferry"))
    content = await follower(store, 2, tag("ferry"))
    for name in ("alpha", "beta", "gamma"):
        await _news(store, name)
    first = {one.chat.id: one for one in await store.deliveries.claim(NOW, limit=5, owner="p")}
    marks = [Mark(first[picky.id].id, state), Mark(first[content.id].id, DeliveryState.SENT, (7,))]
    await store.deliveries.settle("p", marks)
    (second,) = await _send(store, later(1))
    assert (second.chat, second.url) == (picky, "https://beta.example/1")
    assert await _send(store, later(2)) == []


async def test_what_waits_outlives_the_first_report_of_its_event(store: Store, database_url: str) -> None:
    """A report that is older than stories are kept, and waits still, may come to nothing after the first is deleted."""
    await follower(store, 1, source("beta"))
    for name in ("alpha", "beta"):
        await _news(store, name)
    async with store._database.write() as connection:
        await connection.execute(delete(entries))
    young = NOW + timedelta(days=400)
    for name in ("gamma", "delta"):  # the newest story stays for its number's sake
        await _news(store, name, _page(name, f"Something else happens in {name} today", "It does."), now=young)
    async with Store(database_url, clock=lambda: young) as then:
        await then.retention.clean_news(timedelta(days=365))
    assert await store.stories.recent(source("alpha")) == []
    (waiting,) = await store.deliveries.claim(young, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(waiting.id, DeliveryState.CANCELLED, error="no longer followed")])
    assert await store.deliveries.counts() == {DeliveryState.CANCELLED: 1}


async def test_a_message_that_failed_does_not_stand_for_the_news(store: Store) -> None:
    """A chat that the first story could not reach gets the second."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    (first,) = await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(first.id, DeliveryState.FAILED, error="refused")])
    await _news(store, "beta", now=later(60))
    assert [one.url for one in await _send(store, later(60))] == ["https://beta.example/1"]


@pytest.mark.parametrize(
    "other",
    [
        _page("beta", "Rescuers find 12 bodies after ferry with 140 people sinks off the coast of Sulawesi"),
        _page("beta", lead=LEAD.replace("140", "150").replace("Saturday", "Sunday"), title=TITLE.replace("140", "150")),
        _page("alpha.example/2?beta"),
    ],
    ids=["a follow-up", "another ferry", "the same site"],
)
async def test_distinct_news_is_never_swallowed(store: Store, other: Digest) -> None:
    """A follow-up, another such event, and what one site publishes apart each come as their own message."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    name = "alpha" if "alpha" in other.article.url else "beta"
    url = "https://alpha.example/2" if name == "alpha" else "https://beta.example/1"
    feed_id = await store.feeds.ensure(f"https://{name}.example/rss", slug=name, name=name.title(), language="en")
    await poll(store, feed_id, NewEntry(Entry(url, url, "x"), frozenset({url}), url, NewReason.NEWS))
    await _read(
        store, name, Digest(Article(url, other.article.title, language="en", lead=other.article.lead, tags=("ferry",)))
    )
    await _send(store)
    assert [one.url for one in await _send(store)] == [url]


async def test_a_headline_without_an_end_is_compared_by_some_of_its_words(store: Store) -> None:
    """More words than a statement takes values keep no story from being read."""
    await follower(store, 1, tag("war"))
    title = " ".join(f"word{number}" for number in range(33_000))
    told = sketch(Article("https://wire.example/1", title, language="en"))
    await poll(store, await store.feeds.ensure("https://wire.example/rss", slug="wire"), new(1))
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
    page = Digest(Article("https://wire.example/1", "Words", language="en"))
    assert await store.stories.commit_reading(story.id, page, owner="r", now=NOW, sketch=told) is not None


async def test_the_next_day_in_the_same_words_is_another_event(store: Store) -> None:
    """A report that comes more than half a day later joins nothing."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    await _send(store)
    await _news(store, "beta", now=later(13 * 3600))
    assert len(await _send(store, later(13 * 3600))) == 1


async def test_two_readers_at_once_make_one_event(database_url: str) -> None:
    """Both have read their page before either commits; still a chat gets one message, which names the other source."""
    async with Store(database_url) as one, Store(database_url) as two:
        await follower(one, 1, tag("ferry"))
        names = ["alpha", "beta", "gamma", "delta"]
        for name in names:
            await _seen(one, name)
        claimed = await one.stories.claim_unread(NOW, limit=4, owner="r")
        pages = [_page(story.url.split("/")[2].partition(".")[0]) for story in claimed]
        await asyncio.gather(
            *(
                store.stories.commit_reading(story.id, page, owner="r", now=NOW, sketch=sketch(page.article))
                for story, page, store in zip(claimed, pages, [one, two, one, two], strict=True)
            )
        )
        (sent,) = await _send(one)
        assert sent.digest is not None
        assert {one.source for one in sent.digest.also} | {sent.url.split("/")[2].partition(".")[0].title()} == {
            name.title() for name in names
        }


async def test_a_crash_between_the_two_commits_joins_it_to_the_same_event(store: Store) -> None:
    """What was decided stands when the story is read again."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    await _seen(store, "beta")
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="dead", lease=LEASE)
    page = _page("beta")
    assert (
        await store.stories.commit_reading(story.id, page, owner="gone", now=NOW, sketch=sketch(page.article)) is None
    )
    await _read(store, "next", now=later(61))
    (sent,) = await _send(store, later(61))
    assert sent.digest is not None
    assert [one.source for one in sent.digest.also] == ["Beta"]


async def test_chats_that_are_shown_the_same_share_one_digest(store: Store) -> None:
    """So that a fan-out renders it once, whoever else tells the news."""
    for number in (1, 2):
        await follower(store, number, tag("ferry"))
    await _news(store, "alpha")
    await _news(store, "beta")
    one, other = await _send(store)
    assert _named(one) == ["Beta"]
    assert one.digest is other.digest


async def test_what_somebody_added_is_named_only_to_who_follows_it(store: Store) -> None:
    """Anybody can add a feed; its link must not get into the messages of others by copied headlines."""
    everybody = await follower(store, 1, tag("ferry"))
    await _seen(store, "beta", preset=False)
    fan = await follower(store, 2, tag("ferry"), Topic(TopicKind.SOURCE, "https://beta.example/rss", "Beta"))
    await _news(store, "alpha")
    await _read(store, "beta")
    sent = {one.chat.id: one.digest for one in await _send(store)}
    assert [one.source for one in sent[everybody.id].also] == []  # type: ignore[union-attr]
    assert [one.source for one in sent[fan.id].also] in (["Beta"], ["Alpha"], [])  # type: ignore[union-attr]


async def test_the_first_report_of_an_added_feed_takes_nobodys_news(store: Store) -> None:
    """What a preset shows is not added to a message that only an added feed has made."""
    await _seen(store, "copy", preset=False)
    await follower(store, 1, Topic(TopicKind.SOURCE, "https://copy.example/rss", "Copy"), source("alpha"))
    await _read(store, "copy")
    await _send(store)
    await _news(store, "alpha", now=later(5))
    assert [one.url for one in await _send(store, later(5))] == ["https://alpha.example/1"]


async def test_a_message_is_edited_so_often_and_no_more(store: Store) -> None:
    """However many sources follow each other, a message stops moving."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    await _send(store)
    made = 0
    for number in range(MOST_EDITS + 2):
        now = later(300 * (number + 1))
        await _news(store, f"source{number}", now=now)
        made += len(await _edited(store, now + SETTLE))
    assert made == MOST_EDITS


async def test_a_message_that_tells_other_stories_too_is_left_alone(store: Store) -> None:
    """A digest's message cannot be edited for one of its stories without taking the others away."""
    await follower(store, 1, tag("ferry"))
    await _news(store, "alpha")
    await _news(
        store, "zeta", _page("zeta", "Parliament adopts the budget for next year at last", "The budget was adopted.")
    )
    claimed = await store.deliveries.claim(NOW, limit=5, owner="p")
    claimed += await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(claimed[0].id, DeliveryState.SENT, (7,))])
    claimed += await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(claimed[1].id, DeliveryState.SENT, (7,))])
    await _news(store, "beta", now=later(5))
    assert await _edited(store, later(1000)) == []
