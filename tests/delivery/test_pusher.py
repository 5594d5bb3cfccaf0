"""Pushing against a strict Bot API server: each once, in order, and one chat's trouble is its own."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.contest import PATIENCE_SECONDS, Contest
from bot.delivery.client import TelegramClient
from bot.delivery.pace import Pace
from bot.delivery.settling import Settler
from bot.delivery.term import LEASE
from bot.feed_values import FeedNotice
from bot.health import Health
from bot.models import Digest, Message
from bot.options import Options
from bot.playground.bot_api import Chat as TelegramChat
from bot.playground.bot_api import User, bad_request, forbidden, too_many_requests, wrong_gateway
from bot.store import Chat, ChatState, DeliveryState, StoredDigest, utc_now
from tests.delivery.conftest import Outbox
from tests.store.news import add_feed, article, follower, poll, publish, tag

WAR = tag("war")
SENT, PENDING, UNSETTLED = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.UNSETTLED


def _stories(*numbers: int) -> list[Digest]:
    return [article(number, tags=["war"]) for number in numbers]


async def _fans(outbox: Outbox, count: int) -> list[User]:
    users = [outbox.telegram.add_user(f"Fan {number}") for number in range(count)]
    for user in users:
        await follower(outbox.store, user.id, WAR)
    return users


async def _group(outbox: Outbox, *threads: int | None, **facts: object) -> TelegramChat:
    group = outbox.telegram.add_group("Newsroom", outbox.telegram.add_user("Owner"), **facts)
    for thread in threads or (None,):
        chat = await outbox.store.chats.ensure(group.id, thread, kind="group")
        await outbox.store.subscriptions.add(chat.id, WAR)
    return group


async def test_every_follower_gets_the_story_once(any_outbox: Outbox) -> None:
    """Formatted, with its button, and marked with Telegram's number of the message."""
    users = await _fans(any_outbox, 12)
    await publish(any_outbox.store, *_stories(1))
    await any_outbox.push_until(12)
    await any_outbox.push_until(12)
    for user in users:
        (message,) = any_outbox.telegram.bot_messages(user)
        assert message.text == "Story 1"
        assert message.button("Tag").data == "t:1"
    assert await any_outbox.store.deliveries.counts() == {SENT: 12}


async def test_a_chat_gets_its_stories_oldest_first(any_outbox: Outbox) -> None:
    """Each after the one before it was accepted."""
    (user,) = await _fans(any_outbox, 1)
    await publish(any_outbox.store, *_stories(1, 2))
    await any_outbox.push_until(2)
    assert any_outbox.texts(user.id) == ["Story 1", "Story 2"]


async def test_a_busy_chat_holds_no_slot(outbox: Outbox) -> None:
    """With one message in flight at a time, a group with a queue does not keep people from their story."""
    await _group(outbox)
    await publish(outbox.store, *_stories(1, 2, 3, 4))
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, article(5, tags=["war"]))
    await outbox.push_until(3, in_flight=1, pace=Pace(10_000, clock=lambda: 0.0))  # the group has to wait for ever
    assert outbox.texts(user.id) == ["Story 5"]
    assert (await outbox.store.deliveries.counts())[PENDING] == 3


@pytest.mark.parametrize("seconds", [300, 43_838])
async def test_a_flood_wait_is_the_chats_alone(any_outbox: Outbox, seconds: int) -> None:
    """It waits for exactly as long as Telegram asks, after a restart too; the others have their story at once."""
    users = await _fans(any_outbox, 5)
    await publish(any_outbox.store, *_stories(1))
    any_outbox.telegram.fail_next("sendMessage", "error", error=too_many_requests(seconds))
    before = utc_now()
    await any_outbox.push_until(5, in_flight=1)
    assert await any_outbox.store.deliveries.counts() == {SENT: 4, PENDING: 1}
    chats = [await any_outbox.store.chats.find(user.id) for user in users]
    (moment,) = [chat.not_before for chat in chats if chat and chat.not_before]
    assert before + timedelta(seconds=seconds) <= moment <= utc_now() + timedelta(seconds=seconds)
    assert await any_outbox.store.deliveries.claim(moment - timedelta(seconds=1), limit=9, owner="x") == []
    await any_outbox.push_until(6, owner="restarted", clock=lambda: moment)
    assert await any_outbox.store.deliveries.counts() == {SENT: 5}


async def test_many_flood_waits_in_a_row_stop_everything_for_a_while(outbox: Outbox) -> None:
    """Then it is the bot that writes too often; it does not go through all chats to hear it from each."""
    await _fans(outbox, 40)
    await publish(outbox.store, *_stories(1))
    for _ in range(40):
        outbox.telegram.fail_next("sendMessage", "error", error=too_many_requests(30))
    await outbox.push_until(3, in_flight=1)
    assert len(outbox.requests()) == 3
    assert await outbox.store.deliveries.counts() == {PENDING: 40}


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("bot was blocked by the user", ChatState.BLOCKED),
        ("bot can't initiate conversation with a user", ChatState.BLOCKED),
        ("user is deactivated", ChatState.DEACTIVATED),
        ("bot was kicked from the supergroup chat", ChatState.KICKED),
    ],
)
async def test_who_has_left_is_not_written_to_again(outbox: Outbox, words: str, state: ChatState) -> None:
    """One refusal ends it: what was pending is cancelled, later stories pass by, the others are served."""
    gone, stays = await _fans(outbox, 2)
    await publish(outbox.store, *_stories(1, 2))
    outbox.telegram.fail_next("sendMessage", "error", error=forbidden(words))
    await outbox.push_until(3, in_flight=1)
    await publish(outbox.store, *_stories(3))
    chat = await outbox.store.chats.find(gone.id)
    assert chat is not None
    assert chat.state is state
    assert [to for to, _ in outbox.requests()].count(gone.id) == 1
    assert len(outbox.texts(stays.id)) == 2
    assert await outbox.store.deliveries.counts() == {DeliveryState.CANCELLED: 2, SENT: 2, PENDING: 1}


async def test_a_person_who_blocked_the_bot_is_known_by_the_server_too(outbox: Outbox) -> None:
    """The strict server's own words for a block lead to the same."""
    gone, _ = await _fans(outbox, 2)
    outbox.telegram.block(gone)
    await publish(outbox.store, *_stories(1))
    await outbox.push_until(2)
    chat = await outbox.store.chats.find(gone.id)
    assert chat is not None
    assert chat.state is ChatState.BLOCKED


async def test_a_group_that_became_a_supergroup_gets_its_story_there(any_outbox: Outbox) -> None:
    """The refusal with the new number moves the chat, and the delivery goes to it."""
    group = await _group(any_outbox)
    await publish(any_outbox.store, *_stories(1))
    supergroup = any_outbox.telegram.migrate(group)
    await any_outbox.push_until(2)
    assert any_outbox.texts(supergroup.id) == ["Story 1"]
    assert await any_outbox.store.chats.find(group.id) is None
    assert await any_outbox.store.deliveries.counts() == {SENT: 1}


async def test_a_closed_topic_is_left_and_the_others_are_served(outbox: Outbox) -> None:
    """A forum's other topic gets the story; the closed one is not tried again."""
    forum = outbox.telegram.add_group("Forum", outbox.telegram.add_user("Owner"), forum=True)
    open_topic, closed = outbox.telegram.add_topic(forum, "Open"), outbox.telegram.add_topic(forum, "Closed")
    closed.closed = True
    for topic in (closed, open_topic):
        chat = await outbox.store.chats.ensure(forum.id, topic.id, kind="supergroup")
        await outbox.store.subscriptions.add(chat.id, WAR)
    await publish(outbox.store, *_stories(1, 2))
    await outbox.push_until(3)
    left = await outbox.store.chats.find(forum.id, closed.id)
    assert left is not None
    assert left.state is ChatState.CLOSED
    assert {message.thread_id for message in outbox.telegram.bot_messages(forum)} == {open_topic.id}
    assert await outbox.store.deliveries.counts() == {SENT: 2, DeliveryState.CANCELLED: 2}


async def test_a_group_where_the_bot_may_not_write_is_left_alone(outbox: Outbox) -> None:
    """No rights to post: it is muted, not gone, and what is pending is cancelled."""
    group = await _group(outbox)
    await publish(outbox.store, *_stories(1, 2))
    refusal = bad_request("not enough rights to send text messages to the chat")
    outbox.telegram.fail_next("sendMessage", "error", error=refusal)
    await outbox.push_until(1)
    chat = await outbox.store.chats.find(group.id)
    assert chat is not None
    assert chat.state is ChatState.MUTED
    assert await outbox.store.deliveries.counts() == {DeliveryState.CANCELLED: 2}


@pytest.mark.parametrize("broken", ["<b>Story", "x" * 4097, ""])
async def test_a_message_that_telegram_refuses_is_sent_as_a_headline(outbox: Outbox, broken: str) -> None:
    """Broken markup, a text too long or empty: the story arrives in its plainest form, the next as it should."""

    def render(stored: StoredDigest, _chat: Chat, _options: Options) -> Sequence[Message]:
        title = stored.digest.article.title
        return [Message(broken if title == "Story 1" else title)]

    outbox.render = render
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1, 2))
    await outbox.push_until(3)
    assert outbox.texts(user.id) == ["Story 1\nhttps://wire.example/1", "Story 2"]
    assert await outbox.store.deliveries.counts() == {SENT: 2}


async def test_a_story_that_cannot_be_rendered_is_sent_as_a_headline(outbox: Outbox) -> None:
    """A fault of our own stops nothing either."""

    def render(_stored: StoredDigest, _chat: Chat, _options: Options) -> Sequence[Message]:
        raise ValueError("no such thing")

    outbox.render = render
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1))
    await outbox.push_until(1)
    assert outbox.texts(user.id) == ["Story 1\nhttps://wire.example/1"]


async def test_a_refused_headline_fails_alone(outbox: Outbox) -> None:
    """When nothing of a story is accepted it is marked so, with Telegram's words, and the next one goes."""
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1, 2))
    for _ in range(2):
        outbox.telegram.fail_next("sendMessage", "error", error=bad_request("something new"))
    await outbox.push_until(3)
    assert outbox.texts(user.id) == ["Story 2"]
    assert await outbox.store.deliveries.counts() == {DeliveryState.FAILED: 1, SENT: 1}


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_lost_answer_is_not_repeated_blindly(outbox: Outbox, kind: str) -> None:
    """Nobody can tell whether the message is there; it is marked unsettled and counted, and the next story goes."""
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1, 2))
    outbox.telegram.fail_next("sendMessage", kind)  # type: ignore[arg-type]  # a parametrized literal
    await outbox.push_until(2)
    assert await outbox.store.deliveries.counts() == {UNSETTLED: 1, SENT: 1}
    assert outbox.texts(user.id).count("Story 1") == (kind == "drop_after")


async def test_an_answer_that_does_not_come_in_time_is_not_repeated(outbox: Outbox) -> None:
    """A read timeout is the same: the message was accepted here, and arrives once."""
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1))
    fault = outbox.telegram.fail_next("sendMessage", "delay")
    async with TelegramClient(outbox.telegram.token, outbox.telegram.url, read_seconds=1) as outbox.client:
        await outbox.push_until(1)
    fault.release()
    assert outbox.texts(user.id) == ["Story 1"]
    assert await outbox.store.deliveries.counts() == {UNSETTLED: 1}


async def test_while_telegram_is_away_everything_waits(outbox: Outbox) -> None:
    """Nothing is lost, nothing counts as an attempt, and the news goes when it is back."""
    users = await _fans(outbox, 10)
    await publish(outbox.store, *_stories(1))
    await outbox.telegram.stop()
    async with outbox.pushing():
        await outbox.failed.wait()
        await outbox.telegram.start()
        await outbox.telegram.wait_for(lambda: len(outbox.requests()) == 10)
    assert all(outbox.texts(user.id) == ["Story 1"] for user in users)
    assert await outbox.store.deliveries.counts() == {SENT: 10}


async def test_telegrams_own_failure_is_waited_out(outbox: Outbox) -> None:
    """A 502 was answered, so nothing was sent: the same again later."""
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1))
    outbox.telegram.fail_next("sendMessage", "error", error=wrong_gateway())
    await outbox.push_until(2)
    assert outbox.texts(user.id) == ["Story 1"]


async def test_a_story_of_several_messages_goes_on_where_it_stopped(outbox: Outbox) -> None:
    """What Telegram took before is not sent again."""
    outbox.render = lambda _stored, _chat, _options: [Message("one"), Message("two"), Message("three")]
    (user,) = await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1))
    (claimed,) = await outbox.store.deliveries.claim(utc_now(), limit=1, owner="dead")
    await outbox.store.deliveries.accepted("dead", claimed.id, [77])
    await outbox.push_until(2)
    assert outbox.texts(user.id) == ["two", "three"]
    assert await outbox.store.deliveries.counts() == {SENT: 1}


async def test_followers_are_told_when_a_feed_ends(outbox: Outbox) -> None:
    """A word about a feed goes the same way as its stories."""
    feed_id = await add_feed(outbox.store)
    feed = await outbox.store.feeds.get(feed_id)
    assert feed is not None
    user = outbox.telegram.add_user()
    await follower(outbox.store, user.id, feed.topic)
    await poll(outbox.store, feed_id, notice=FeedNotice.ENDED)
    await outbox.push_until(1)
    assert outbox.texts(user.id) == ["The Wire: ended 0"]


async def test_one_pusher_sends_at_a_time_and_another_takes_over(any_outbox: Outbox) -> None:
    """Two processes on one database: no story comes twice, and the end of one does not stop the news."""
    users = await _fans(any_outbox, 20)
    await publish(any_outbox.store, *_stories(1))
    async with any_outbox.pushing(owner="second"):
        async with any_outbox.pushing(owner="first"):
            await any_outbox.telegram.wait_for(lambda: len(any_outbox.requests()) >= 20)
        await publish(any_outbox.store, *_stories(2))
        await any_outbox.telegram.wait_for(lambda: len(any_outbox.requests()) >= 40)
    assert all(any_outbox.texts(user.id) == ["Story 1", "Story 2"] for user in users)


async def test_a_pusher_that_stops_leaves_nothing_claimed(any_outbox: Outbox) -> None:
    """It finishes what is in flight and gives back the rest; nothing is repeated by the next."""
    users = await _fans(any_outbox, 60)
    await publish(any_outbox.store, *_stories(1))
    await any_outbox.push_until(10)
    counts = await any_outbox.store.deliveries.counts()
    assert set(counts) <= {SENT, PENDING}
    assert counts[SENT] == len(any_outbox.requests())
    assert await any_outbox.store.leases.holder("push") is None
    await any_outbox.push_until(60, owner="next")
    assert all(len(any_outbox.texts(user.id)) == 1 for user in users)


async def test_who_configured_a_channel_is_told_once_when_it_is_lost(any_outbox: Outbox) -> None:
    """The person gets one word in private; a second story and a second refusal say nothing more."""
    group = await _group(any_outbox)
    admin = any_outbox.telegram.add_user("Admin")
    chat = await any_outbox.store.chats.find(group.id)
    assert chat is not None
    await any_outbox.store.chats.set_configurer(chat.id, admin.id)
    await publish(any_outbox.store, *_stories(1))
    refusal = bad_request("not enough rights to send text messages to the chat")
    any_outbox.telegram.fail_next("sendMessage", "error", error=refusal)
    any_outbox.telegram.fail_next("sendMessage", "error", error=too_many_requests(0))
    async with any_outbox.pushing():
        await any_outbox.telegram.wait_for(lambda: any_outbox.texts(admin.id))
        await publish(any_outbox.store, *_stories(2))
    assert len(any_outbox.texts(admin.id)) == 1
    assert await any_outbox.store.chats.to_tell(limit=9) == []


async def test_who_removed_the_bot_need_not_be_told(outbox: Outbox) -> None:
    """They know."""
    group = await _group(outbox)
    chat = await outbox.store.chats.find(group.id)
    assert chat is not None
    await outbox.store.chats.set_configurer(chat.id, 7)
    await outbox.store.chats.leave(group.id, ChatState.KICKED, known_to=7)
    assert await outbox.store.chats.to_tell(limit=9) == []


async def test_health_says_that_telegram_is_away_and_back(outbox: Outbox) -> None:
    """Since when and why, without the token; and nothing once a message got through."""
    await _fans(outbox, 1)
    await publish(outbox.store, *_stories(1))
    await outbox.telegram.stop()
    health = Health(utc_now)
    async with outbox.pushing(health=health):
        await outbox.failed.wait()
        await outbox.until(lambda _counts: not health.ok)
        assert outbox.telegram.token not in str(health.troubles)
        await outbox.telegram.start()
        await outbox.until(lambda counts: counts == {SENT: 1})
    assert health.ok


async def test_a_second_pusher_says_why_it_waits(any_outbox: Outbox) -> None:
    """One sends, the other names it."""
    health = Health(utc_now)
    async with any_outbox.pushing(owner="first"):
        await any_outbox.until_held("push", "first")
        async with any_outbox.pushing(owner="second", health=health):
            await any_outbox.until(lambda _counts: "push" in health.notes)
            assert health.notes["push"] == "first sends; this one waits to take over"
    assert health.ok


@pytest.mark.parametrize(
    ("kind", "counts"), [("drop_after", {SENT: 2}), ("drop_before", {SENT: 1, PENDING: 1}), (None, {SENT: 2})]
)
async def test_a_lost_answer_is_settled_where_messages_are_numbered_by_chat(
    any_outbox: Outbox, kind: str | None, counts: dict[DeliveryState, int]
) -> None:
    """In a supergroup the message is looked for: it is sent if it is there, and sent again later if it is not."""
    group = await _group(any_outbox, supergroup=True)
    await publish(any_outbox.store, *_stories(1))
    settler = Settler(any_outbox.store, any_outbox.client)
    await any_outbox.push_until(1)
    any_outbox.telegram.send_text(any_outbox.telegram.add_user(), group, "Hm")
    await publish(any_outbox.store, *_stories(2))
    if kind:
        any_outbox.telegram.fail_next("sendMessage", kind)  # type: ignore[arg-type]  # a parametrized literal
    async with any_outbox.pushing(settler=settler):
        await any_outbox.telegram.wait_for(lambda: len(any_outbox.requests()) >= 2)
    assert await any_outbox.store.deliveries.counts() == counts
    assert any_outbox.texts(group.id) == ["Story 1", "Story 2"][: 1 + (kind != "drop_before")]
    later = utc_now() + timedelta(minutes=1)
    async with any_outbox.pushing(settler=settler, clock=lambda: later):
        await any_outbox.until(lambda now: now == {SENT: 2})
    assert any_outbox.texts(group.id) == ["Story 1", "Story 2"]


async def test_who_yields_the_token_to_another_instance_pushes_nothing(outbox: Outbox) -> None:
    """A copy of the database beside the original would else send everything twice."""
    now = 100.0
    lost = Contest(clock=lambda: now)
    lost.begin()
    lost.meet()
    user = outbox.telegram.add_user()
    await follower(outbox.store, user.id, WAR)
    await publish(outbox.store, *_stories(1))
    async with outbox.pushing(contest=lost) as pusher:
        await outbox.until_held(LEASE, "pusher")
        assert not pusher.is_idle
        assert await outbox.store.deliveries.counts() == {PENDING: 1}
        now += PATIENCE_SECONDS[1]
        await outbox.telegram.wait_for(lambda: outbox.texts(user.id) == ["Story 1"])
        await outbox.until(lambda counts: counts == {SENT: 1})
        async with asyncio.timeout(60):
            while not pusher.is_idle:  # noqa: ASYNC110  it hears of its own mark a moment after the database
                await asyncio.sleep(0.02)
