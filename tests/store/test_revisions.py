"""Revisions: a page that says something else changes the messages that show it, and the change is marked."""

from dataclasses import replace
from datetime import timedelta

from bot.feed_values import ChangedEntry, Decision
from bot.models import Article, Digest
from bot.store import Change, DeliveryState, Mark, Store
from bot.store.rereading import AFTER, MOST_REREADINGS, RETRY
from bot.store.revisions import RECENT, SETTLE
from tests.store.news import NOW, add_feed, entry, follower, later, new, poll, read_all, tag

PAGE = Digest(
    Article("https://wire.example/1", "Three hurt in fire", tags=("fire",)), summary=("Three people were hurt.",)
)
CORRECTED = replace(PAGE, article=replace(PAGE.article, title="Two hurt in fire"))
GROWN = replace(PAGE, summary=("Three people were hurt.", "The fire is out."))
LEASE = timedelta(minutes=1)


async def _sent(store: Store, page: Digest = PAGE) -> int:
    """Publish and send a story; return its feed."""
    await follower(store, 1, tag("fire"))
    feed_id = await add_feed(store)
    await poll(store, feed_id, new(1, title=page.article.title))
    await read_all(store, [page])
    (delivery,) = await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(delivery.id, DeliveryState.SENT, (7,))])
    return feed_id


async def test_a_corrected_headline_edits_the_message_and_is_marked(store: Store) -> None:
    """Whoever reads the page again, the feed's reader or a person who sends its link."""
    await _sent(store)
    await store.digests.save(CORRECTED)
    (edit,) = await store.edits.claim(later(10**9), limit=5, owner="e", lease=LEASE)
    assert edit.delivery.message_ids == (7,)
    assert edit.delivery.digest is not None
    assert edit.delivery.digest.digest.article.title == "Two hurt in fire"
    assert [change.headline for change in edit.delivery.digest.changes] == ["Three hurt in fire"]


async def test_a_page_that_grew_edits_the_message(database_url: str) -> None:
    """Without a word about the headline, which has not changed."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await _sent(store)
        moment = later(60)
        await store.digests.save(GROWN)
        assert await store.edits.claim(later(60) + SETTLE - timedelta(seconds=1), limit=5, owner="e", lease=LEASE) == []
        (edit,) = await store.edits.claim(later(60) + SETTLE, limit=5, owner="e", lease=LEASE)
        assert edit.delivery.digest is not None
    assert edit.delivery.digest.changes == (Change(later(60)),)


async def test_who_is_forgotten_leaves_no_edit_behind(store: Store) -> None:
    """SQLite gives the number of the deleted delivery to a new one, which must not inherit its edits."""
    await _sent(store)
    await store.digests.save(CORRECTED)
    assert await store.edits.open_count() == 1
    await store.privacy.forget(1)
    assert await store.edits.open_count() == 0


async def test_what_nobody_sees_edits_nothing(store: Store) -> None:
    """A change of letters' case or space, of tags or of text that the message does not show."""
    await _sent(store)
    await store.digests.save(replace(PAGE, article=replace(PAGE.article, tags=("fire", "city"), captions=("Smoke",))))
    await store.digests.save(replace(PAGE, summary=("Three  people were hurt.",)))
    assert await store.edits.open_count() == 0


async def test_old_messages_stay_as_they_are(database_url: str) -> None:
    """Nobody looks at them any more."""
    moment = NOW
    async with Store(database_url, clock=lambda: moment) as store:
        await _sent(store)
        moment += RECENT + timedelta(seconds=1)
        await store.digests.save(CORRECTED)
        assert await store.edits.open_count() == 0


async def test_a_page_that_can_be_read_at_last_is_no_correction(store: Store) -> None:
    """What stood for it was the feed's own words; the message becomes whole, and nothing is marked."""
    await follower(store, 1, tag("fire"))
    await poll(store, await add_feed(store), new(1, title="Fire!", tags=("fire",)))
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
    partial = Digest(Article(story.url, "Fire!"))
    await store.stories.commit_reading(story.id, partial, owner="r", now=NOW, failure="http_status")
    (delivery,) = await store.deliveries.claim(NOW, limit=5, owner="p")
    await store.deliveries.settle("p", [Mark(delivery.id, DeliveryState.SENT, (7,))])
    await store.digests.save(PAGE)
    (edit,) = await store.edits.claim(later(10**9), limit=5, owner="e", lease=LEASE)
    assert edit.delivery.digest is not None
    assert edit.delivery.digest.changes == ()
    assert edit.delivery.digest is not None
    assert edit.delivery.digest.digest == PAGE


async def test_a_changed_entry_is_read_again_soon_and_not_often(store: Store) -> None:
    """One reader has it; what the page says then is compared with what was sent."""
    feed_id = await _sent(store)
    (known,) = (await store.feeds.known(feed_id)).entries
    for number in range(MOST_REREADINGS + 2):
        now = later(1000 * (number + 1))
        changed = ChangedEntry(known.id, entry(1, title=f"Headline {number}"), f"k{number}")
        await poll(store, feed_id, now=now, decision=Decision(changed=(changed,)))
        due = now + AFTER
        assert await store.rereading.claim(due - timedelta(seconds=1), limit=5, owner="r", lease=LEASE) == []
        claimed = await store.rereading.claim(due, limit=5, owner="r", lease=LEASE)
        assert len(claimed) == (1 if number < MOST_REREADINGS else 0)
        assert await store.rereading.claim(due, limit=5, owner="other", lease=LEASE) == []
        for story in claimed:
            await store.rereading.commit(story.id, CORRECTED, owner="r", now=due)
    assert await store.edits.open_count() == 1


async def test_a_page_that_cannot_be_read_again_changes_nothing_and_is_tried_some_more(store: Store) -> None:
    """With a pause between, and as often as pages are read again at all."""
    feed_id = await _sent(store)
    (known,) = (await store.feeds.known(feed_id)).entries
    await poll(store, feed_id, decision=Decision(changed=(ChangedEntry(known.id, entry(1, title="New"), "k"),)))
    moment = NOW + AFTER
    for _ in range(MOST_REREADINGS):
        assert await store.rereading.claim(moment - timedelta(seconds=1), limit=5, owner="r", lease=LEASE) == []
        (story,) = await store.rereading.claim(moment, limit=5, owner="r", lease=LEASE)
        await store.rereading.commit(story.id, None, owner="r", now=moment)
        moment += RETRY
    assert await store.edits.open_count() == 0
    assert await store.rereading.claim(later(10**6), limit=5, owner="r", lease=LEASE) == []
