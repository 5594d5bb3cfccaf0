"""What a chat or a subscription says holds for what comes to it, for what waits already too."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.editions import Item, Part
from bot.delivery.pace import Pace
from bot.models import Article, Digest, Message
from bot.options import Choices, Mode, Quiet, Schedule
from bot.playground.bot_api import User, bad_request, forbidden, too_many_requests
from bot.store import Chat, ChatState, DeliveryState, Mark, Store
from tests.delivery.conftest import Outbox
from tests.store.news import article, follower, publish, tag
from tests.store.stops import stop_before_commit, until_waited_for

WAR = tag("war")
SENT, HELD, SKIPPED = DeliveryState.SENT, DeliveryState.HELD, DeliveryState.SKIPPED
NIGHT = datetime(2030, 5, 1, 23, 0, tzinfo=UTC)
MORNING = datetime(2030, 5, 2, 8, 0, tzinfo=UTC)
DAILY = Choices(mode=Mode.DIGEST, schedule=Schedule((8 * 60,)))
QUIET = Choices(quiet=Quiet(22 * 60, 7 * 60))


async def _reader(outbox: Outbox, choices: Choices) -> tuple[User, Chat]:
    user = outbox.telegram.add_user()
    chat = await follower(outbox.store, user.id, WAR)
    await outbox.store.options.set_chat(chat.id, choices)
    return user, chat


async def _publish(outbox: Outbox, *numbers: int, at: datetime = NIGHT) -> None:
    await publish(outbox.store, *(article(number, tags=["war"]) for number in numbers), now=at)


async def _push_at(outbox: Outbox, moment: datetime, **states: int) -> None:
    """Push at a moment until so many deliveries are in each state."""
    wanted = {DeliveryState(state): count for state, count in states.items()}
    async with outbox.pushing(clock=lambda: moment):
        await outbox.until(lambda counts: counts == wanted)


def _lines(outbox: Outbox, user: User) -> list[list[str]]:
    return [[line for line in text.split("\n") if line.startswith("Story")] for text in outbox.texts(user.id)]


async def test_a_digest_gathers_what_came_since_the_last(any_outbox: Outbox) -> None:
    """Nothing before 08:00; then all of it in one message, oldest first, each marked as sent with that message."""
    user, _ = await _reader(any_outbox, DAILY)
    await _publish(any_outbox, 1, 2, 3)
    await _push_at(any_outbox, NIGHT, held=3)
    await _push_at(any_outbox, MORNING - timedelta(seconds=1), held=3)
    assert any_outbox.texts(user.id) == []
    await _push_at(any_outbox, MORNING, sent=3)
    assert _lines(any_outbox, user) == [["Story 1", "Story 2", "Story 3"]]


async def test_a_digest_comes_by_the_chats_own_clock(outbox: Outbox) -> None:
    """08:00 in Kyiv is 05:00 UTC in May; a zone chosen later moves what waits already."""
    user, chat = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, NIGHT, held=2)
    await outbox.store.chats.set_timezone(chat.id, "Europe/Kyiv")
    await _push_at(outbox, MORNING - timedelta(hours=3), sent=2)
    assert _lines(outbox, user) == [["Story 1", "Story 2"]]


async def test_a_digest_that_was_missed_comes_when_the_bot_is_back(outbox: Outbox) -> None:
    """The moment counts from the story on, not from when somebody first looked at it."""
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, MORNING + timedelta(hours=2), sent=2)
    assert len(outbox.texts(user.id)) == 1


async def test_one_held_story_comes_as_a_story(outbox: Outbox) -> None:
    """A digest of one is no list: it has its buttons."""
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1)
    await _push_at(outbox, MORNING, sent=1)
    (message,) = outbox.telegram.bot_messages(user)
    assert message.button("Tag").data == "t:1"


async def test_an_instant_subscription_goes_before_a_chats_digest(outbox: Outbox) -> None:
    """What one subscription wants at once does not wait behind what the chat gathers."""
    user, chat = await _reader(outbox, DAILY)
    await outbox.store.subscriptions.add(chat.id, tag("alarm"))
    alarm = await outbox.store.topics.ensure(tag("alarm"))
    await outbox.store.options.set_subscription(chat.id, alarm, Choices(mode=Mode.INSTANT))
    await publish(outbox.store, article(1, tags=["war"]), article(2, tags=["war", "alarm"]), now=NIGHT)
    await _push_at(outbox, NIGHT, held=1, sent=1)
    assert outbox.texts(user.id) == ["Story 2"]


async def test_quiet_hours_hold_and_fold(any_outbox: Outbox) -> None:
    """What comes at night is one message in the morning; what comes by day comes at once."""
    user, _ = await _reader(any_outbox, QUIET)
    await _publish(any_outbox, 1, 2)
    await _push_at(any_outbox, NIGHT, held=2)
    await _push_at(any_outbox, MORNING - timedelta(hours=1), sent=2)
    assert _lines(any_outbox, user) == [["Story 1", "Story 2"]]
    await _publish(any_outbox, 3, at=MORNING)
    await _push_at(any_outbox, MORNING, sent=3)
    assert any_outbox.texts(user.id)[1:] == ["Story 3"]


@pytest.mark.parametrize(
    ("choices", "silent"),
    [
        (Choices(silent=True), True),
        (Choices(quiet=Quiet(22 * 60, 7 * 60, silent=True)), True),
        (Choices(quiet=Quiet(1 * 60, 7 * 60, silent=True)), False),
    ],
)
async def test_news_comes_without_a_sound(outbox: Outbox, choices: Choices, silent: bool) -> None:
    """Always, or in quiet hours that ask for silence only."""
    await _reader(outbox, choices)
    await _publish(outbox, 1)
    await _push_at(outbox, NIGHT, sent=1)
    (request,) = outbox.telegram.requests_of("sendMessage")
    assert bool(request.arguments.get("disable_notification")) is silent


@pytest.mark.parametrize("numbers", [(1,), (1, 2)], ids=["story", "edition"])
async def test_a_headline_in_place_of_what_was_refused_makes_no_sound_either(
    outbox: Outbox, numbers: tuple[int, ...]
) -> None:
    """Silence holds for the plain form too, of one story and of a digest."""
    outbox.render = lambda *_: [Message("<b>broken")]
    outbox.render_edition = lambda items, _chat: [Part(Message("<b>broken"), tuple(items))]
    await _reader(outbox, replace(DAILY, silent=True) if len(numbers) > 1 else Choices(silent=True))
    await _publish(outbox, *numbers)
    await _push_at(outbox, MORNING if len(numbers) > 1 else NIGHT, sent=len(numbers))
    requests = outbox.telegram.requests_of("sendMessage")
    assert [request.arguments.get("disable_notification") for request in requests] == [True, True]


async def test_more_than_an_hours_most_is_folded(any_outbox: Outbox) -> None:
    """Two come at once; the next four come as one, an hour after the first; a digest counts as one message."""
    user, _ = await _reader(any_outbox, Choices(max_per_hour=2))
    start = NIGHT
    async with any_outbox.store_at(lambda: start):
        await _publish(any_outbox, 1, 2, 3, 4, 5, 6)
        await _push_at(any_outbox, start, sent=2, held=4)
        await _push_at(any_outbox, start + timedelta(minutes=59), sent=2, held=4)
        await _push_at(any_outbox, start + timedelta(minutes=61), sent=6)
    assert _lines(any_outbox, user) == [
        ["Story 1"],
        ["Story 2"],
        ["Story 3", "Story 4", "Story 5", "Story 6"],
    ]


@pytest.mark.parametrize(
    ("language", "title", "choices", "comes"),
    [
        ("uk", "Рада ухвалила закон про війну", Choices(with_words=("війна",)), True),
        ("uk", "Рада ухвалила закон про мир", Choices(with_words=("війна",)), False),
        ("ru", "Суд отменил решения министров", Choices(without_words=("министр",)), False),
        ("en", "Drones attacked the city", Choices(with_words=("drone", "missile")), True),
        ("en", "Football: drones over the stadium", Choices(with_words=("drone",), without_words=("football",)), False),
        ("en", "Talks with North Korea", Choices(with_words=("north korea",)), True),
        ("en", "North wind over Korea", Choices(with_words=("north korea",)), False),
        ("en", "Talks", Choices(languages=("uk", "ru")), False),
        ("en", "Talks", Choices(languages=("en",)), True),
    ],
)
async def test_only_what_is_wanted_comes(
    outbox: Outbox, language: str, title: str, choices: Choices, comes: bool
) -> None:
    """Words are found in any of their forms, phrases as phrases; the test feed is in English."""
    await _reader(outbox, choices)
    digest = Digest(Article("https://wire.example/1", title, tags=("war",), language=language))
    await publish(outbox.store, digest, now=NIGHT)
    await _push_at(outbox, NIGHT, **{"sent" if comes else "skipped": 1})


async def test_a_change_of_mind_holds_for_what_waits(any_outbox: Outbox) -> None:
    """What was gathered for a digest comes at once when the chat wants news at once."""
    user, chat = await _reader(any_outbox, DAILY)
    await _publish(any_outbox, 1, 2)
    await _push_at(any_outbox, NIGHT, held=2)
    await any_outbox.store.options.set_chat(chat.id, Choices())
    await _push_at(any_outbox, NIGHT, sent=2)
    assert any_outbox.texts(user.id) == ["Story 1", "Story 2"]


async def test_what_is_no_longer_followed_does_not_come(outbox: Outbox) -> None:
    """Unfollowing ends what was gathered."""
    user, chat = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, NIGHT, held=2)
    await outbox.store.subscriptions.remove(chat.id, WAR)
    await _push_at(outbox, MORNING, cancelled=2)
    assert outbox.texts(user.id) == []


async def test_after_a_long_silence_comes_one_message_and_no_flood(any_outbox: Outbox) -> None:
    """Ten stories that could not be sent for six hours come as one message; what is new comes after it, as a story."""
    user, _ = await _reader(any_outbox, Choices())
    await _publish(any_outbox, *range(10))
    late = NIGHT + timedelta(hours=6)
    await _publish(any_outbox, 10, at=late)
    await _push_at(any_outbox, late, sent=11)
    assert _lines(any_outbox, user) == [[f"Story {number}" for number in range(10)], ["Story 10"]]


async def test_a_long_edition_is_split_and_marked_in_parts(outbox: Outbox) -> None:
    """Each message is sent and marked by itself; when the second fails the first is not repeated."""
    outbox.render_edition = _one_by_one
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2, 3)
    outbox.telegram.fail_next("sendMessage", "delay", seconds=0)
    outbox.telegram.fail_next("sendMessage", "error", error=too_many_requests(60))
    await _push_at(outbox, MORNING, sent=1, held=2)
    async with outbox.pushing(clock=lambda: MORNING + timedelta(minutes=2)):
        await outbox.until(lambda counts: counts == {SENT: 3})
    assert outbox.texts(user.id) == ["Story 1", "Story 2", "Story 3"]


async def test_an_edition_that_is_refused_comes_as_plain_headlines(outbox: Outbox) -> None:
    """A fault in the markup loses nothing."""
    outbox.render_edition = lambda items, _chat: [Part(Message("<b>broken"), tuple(items))]
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, MORNING, sent=2)
    assert outbox.texts(user.id) == ["Story 1\nhttps://wire.example/1\n\nStory 2\nhttps://wire.example/2"]


async def test_an_edition_that_cannot_be_rendered_comes_as_plain_headlines(outbox: Outbox) -> None:
    """A fault of our own loses nothing either."""
    outbox.render_edition = _broken
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, MORNING, sent=2)
    assert _lines(outbox, user) == [["Story 1", "Story 2"]]


async def test_an_edition_for_a_chat_that_is_to_be_left_alone_holds_no_slot(outbox: Outbox) -> None:
    """An answer there was refused for an hour: its digest comes then, the others' now."""
    (alone, _), (other, _) = await _reader(outbox, DAILY), await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    await _push_at(outbox, NIGHT, held=4)
    pace = Pace(10_000)
    pace.hold(alone.id, 3600)
    async with outbox.pushing(clock=lambda: MORNING, pace=pace, in_flight=1):
        await outbox.until(lambda counts: counts == {SENT: 2, HELD: 2})
    assert (outbox.texts(alone.id), len(outbox.texts(other.id))) == ([], 1)
    await _push_at(outbox, MORNING + timedelta(hours=1), sent=4)
    assert len(outbox.texts(alone.id)) == 1


async def test_an_edition_whose_answer_is_lost_is_not_repeated(outbox: Outbox) -> None:
    """Its stories are unsettled, as a story's would be."""
    await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    outbox.telegram.fail_next("sendMessage", "drop_after")
    await _push_at(outbox, MORNING, unsettled=2)


async def test_an_edition_for_who_has_left_is_cancelled(outbox: Outbox) -> None:
    """The chat is left alone from then on."""
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    outbox.telegram.fail_next("sendMessage", "error", error=forbidden("bot was blocked by the user"))
    await _push_at(outbox, MORNING, cancelled=2)
    chat = await outbox.store.chats.find(user.id)
    assert chat is not None
    assert chat.state is ChatState.BLOCKED


async def test_an_edition_that_keeps_failing_is_given_up(outbox: Outbox) -> None:
    """When even the plain headlines are refused they have failed, and the next edition goes."""
    user, _ = await _reader(outbox, DAILY)
    await _publish(outbox, 1, 2)
    for _ in range(2):
        outbox.telegram.fail_next("sendMessage", "error", error=bad_request("something new"))
    await _push_at(outbox, MORNING, failed=2)
    assert outbox.texts(user.id) == []


async def test_an_edition_of_a_dead_pusher_is_taken_over_as_it_was(any_outbox: Outbox) -> None:
    """Claimed and not sent, it comes from the next one, at once and not the next morning."""
    user, _ = await _reader(any_outbox, DAILY)
    await _publish(any_outbox, 1, 2)
    await _push_at(any_outbox, NIGHT, held=2)
    (claimed,) = await any_outbox.store.editions.claim(MORNING, limit=1, owner="dead", fold_before=NIGHT)
    assert len(claimed) == 2
    await _push_at(any_outbox, MORNING + timedelta(minutes=1), sent=2)
    assert _lines(any_outbox, user) == [["Story 1", "Story 2"]]


async def test_what_a_chat_says_while_its_edition_is_claimed_holds(
    database_url: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its change lets be sorted anew is not sent as it was."""
    chat = await follower(store, 1, WAR)
    await publish(store, article(1, tags=["war"]), now=NIGHT)
    (one,) = await store.deliveries.claim(NIGHT, limit=1, owner="before")
    await store.deliveries.settle("before", [Mark(one.id, HELD, not_before=MORNING, attempted=False)])
    async with Store(database_url) as other:
        gate = stop_before_commit(store, monkeypatch)
        changing = asyncio.create_task(store.options.set_chat(chat.id, QUIET))
        await gate.reached.wait()
        claiming = asyncio.create_task(other.editions.claim(MORNING, limit=1, owner="p", fold_before=NIGHT))
        waiting = asyncio.create_task(until_waited_for(other))
        await asyncio.wait({claiming, waiting}, return_when=asyncio.FIRST_COMPLETED)
        gate.open.set()
        await changing
        waiting.cancel()
        assert await claiming == []
        assert await other.deliveries.counts() == {DeliveryState.PENDING: 1}


async def test_a_moment_from_a_wrong_clock_is_not_waited_for(any_outbox: Outbox) -> None:
    """The clock was a year ahead when a wait, a hold and the lease were written; when it is right again news comes."""
    user, chat = await _reader(any_outbox, Choices())
    await _publish(any_outbox, 1)
    wrong = NIGHT + timedelta(days=365)
    await any_outbox.store.chats.hold(user.id, wrong)
    async with any_outbox.store_at(lambda: wrong):
        assert await any_outbox.store.leases.acquire("push", "dead", 15)
    async with any_outbox.store_at(lambda: NIGHT):
        await _push_at(any_outbox, NIGHT, sent=1)
    assert chat.state is ChatState.ACTIVE


async def test_an_hour_that_a_wrong_clock_gave_is_not_waited_for(any_outbox: Outbox) -> None:
    """What was sent while the clock was days ahead does not count against an hourly limit once it is right again."""
    await _reader(any_outbox, Choices(max_per_hour=1))
    await _publish(any_outbox, 1, 2)
    async with any_outbox.store_at(lambda: NIGHT + timedelta(days=5)) as store:
        (first,) = await store.deliveries.claim(NIGHT, limit=1, owner="before")
        await store.deliveries.settle("before", [Mark(first.id, SENT, (1,))])
    async with any_outbox.store_at(lambda: NIGHT):
        await _push_at(any_outbox, NIGHT, sent=2)


def _one_by_one(items: Sequence[Item], _chat: Chat) -> list[Part]:
    return [Part(Message(item.delivery.headline), (item,)) for item in items]


def _broken(_items: Sequence[Item], _chat: Chat) -> list[Part]:
    raise ValueError("no such thing")
