"""One call to the database fails between two steps of a delivery: nothing is lost, nothing is sent twice for it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import patience
from bot.contest import Contest
from bot.delivery.courier import MOST_ATTEMPTS, Courier
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.settling import Settler
from bot.models import Message
from bot.playground.bot_api import Chat as TelegramChat
from bot.playground.bot_api import bad_request, too_many_requests, wrong_gateway
from bot.store import Chat, ChatState, DeliveryState, Store, utc_now
from tests.delivery.conftest import Outbox
from tests.store.news import NOW, article, follower, publish, tag

WAR = tag("war")
PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon."""
    monkeypatch.setattr(patience, "RETRY_SECONDS", 0.02)


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what lets the next calls of a part of the store fail: before they do anything, or after they did it."""

    def fail(part: object, name: str, *, times: int = 1, done: bool = False) -> None:
        work, left = getattr(part, name), times

        async def failing(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            result = await work(*arguments, **named) if done or not left else None
            if left and (result or not done):
                left -= 1
                raise OperationalError("", {}, Exception("connection is closed"))
            return result

        monkeypatch.setattr(part, name, failing)

    return fail


async def _fan(outbox: Outbox) -> int:
    user = outbox.telegram.add_user()
    await follower(outbox.store, user.id, WAR)
    return user.id


async def _group(outbox: Outbox) -> TelegramChat:
    group = outbox.telegram.add_group("Newsroom", outbox.telegram.add_user("Owner"), supergroup=True)
    chat = await outbox.store.chats.ensure(group.id, kind="supergroup")
    await outbox.store.subscriptions.add(chat.id, WAR)
    return group


@pytest.mark.parametrize(("name", "done"), [("settle", False), ("claim", True)])
async def test_what_was_claimed_and_not_begun_goes_at_once(
    outbox: Outbox, fails: Callable[..., None], name: str, *, done: bool
) -> None:
    """It does not wait for the end of its lease: neither what we know of nor what we never heard of."""
    users = [await _fan(outbox) for _ in range(3)]
    await publish(outbox.store, article(1, tags=["war"]))
    async with outbox.store_at(lambda: NOW) as store:  # where no lease ever ends
        fails(store.deliveries, name, done=done)
        async with outbox.pushing(clock=lambda: NOW):
            await outbox.until(lambda counts: counts == {SENT: 3})
    assert [outbox.texts(user) for user in users] == [["Story 1"]] * 3


async def test_what_was_held_and_claimed_and_not_begun_goes_at_once(outbox: Outbox, fails: Callable[..., None]) -> None:
    """The same for what is sent together."""
    user = await _fan(outbox)
    await publish(outbox.store, article(1, tags=["war"]), article(2, tags=["war"]))
    late = NOW + timedelta(hours=2)
    async with outbox.store_at(lambda: late) as store:
        fails(store.editions, "claim", done=True)
        async with outbox.pushing(clock=lambda: late):
            await outbox.until(lambda counts: counts == {SENT: 2})
    assert len(outbox.texts(user)) == 1


async def test_what_is_being_sent_is_not_claimed_again(any_outbox: Outbox) -> None:
    """However late its answer comes, by a clock that jumps ahead too."""
    slow, other = await _fan(any_outbox), await _fan(any_outbox)
    moment = NOW

    def clock() -> datetime:
        return moment

    async with any_outbox.store_at(clock) as store:
        await publish(store, article(1, tags=["war"]))
        fault = any_outbox.telegram.fail_next("sendMessage", "delay")
        async with any_outbox.pushing(clock=clock):
            await any_outbox.until(lambda counts: counts.get(SENT) == 1)
            moment += timedelta(minutes=20)
            await publish(store, article(2, tags=["war"]), now=moment)
            await any_outbox.until(lambda counts: counts.get(SENT) == 2)
            fault.release()
            await any_outbox.until(lambda counts: counts == {SENT: 4})
    assert any_outbox.texts(slow) == any_outbox.texts(other) == ["Story 1", "Story 2"]
    assert len(any_outbox.requests()) == 4


async def test_a_delivery_that_breaks_its_courier_goes_at_the_next_look(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it breaks while others are claimed: its chat would else get nothing more until a restart."""
    user = await _fan(outbox)
    await publish(outbox.store, article(1, tags=["war"]))
    claim, deliver, broken = outbox.store.deliveries.claim, Courier.deliver, asyncio.Event()

    async def claim_until_broken(*arguments: Any, **named: Any) -> Any:
        claimed = await claim(*arguments, **named)
        if not claimed:
            await broken.wait()
        return claimed

    async def break_once(courier: Courier, *arguments: Any, **named: Any) -> Any:
        if broken.is_set():
            return await deliver(courier, *arguments, **named)
        broken.set()
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(outbox.store.deliveries, "claim", claim_until_broken)
    monkeypatch.setattr(Courier, "deliver", break_once)
    async with outbox.pushing(clock=lambda: NOW):  # where no lease ever ends
        await outbox.until(lambda counts: counts == {SENT: 1})
    assert outbox.texts(user) == ["Story 1"]


async def test_a_delivery_that_breaks_its_sender_is_tried_so_often_and_no_more(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody thought of is waited out as Telegram's unknown ones are, and then the next goes on."""
    user = await _fan(outbox)
    await publish(outbox.store, article(1, tags=["war"]), article(2, tags=["war"]))
    send, moment, tried = Sender.send, NOW, list[str]()

    async def breaking(sender: Sender, chat: Chat, message: Message) -> int:
        if "Story 1" in message.html:
            tried.append(message.html)
            raise RuntimeError("nobody thought of this")
        return await send(sender, chat, message)

    def clock() -> datetime:
        return moment

    monkeypatch.setattr(Sender, "send", breaking)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        async with outbox.pushing(clock=clock):
            await outbox.until(lambda _, wanted=attempt: len(tried) == wanted)
        moment += timedelta(minutes=10)
    async with outbox.pushing(clock=clock):
        await outbox.until(lambda counts: counts == {SENT: 1, DeliveryState.FAILED: 1})
    assert outbox.texts(user) == ["Story 2"]


@pytest.mark.parametrize("together", [False, True])
async def test_what_telegram_refused_goes_no_other_way_once_another_sends(outbox: Outbox, *, together: bool) -> None:
    """Who loses the lease while the plain form waits for its turn leaves story and edition to the other."""
    user = await _fan(outbox)
    await publish(outbox.store, article(1, tags=["war"]), article(2, tags=["war"]))
    contest, moment = Contest(), NOW + timedelta(hours=2 if together else 0)
    contest.begin()

    class LosingPace(Pace):
        turns = 0

        async def acquire(self, telegram_id: int, *, urgent: bool = False) -> None:
            self.turns += 1
            if self.turns == 2:
                contest.meet()
            await super().acquire(telegram_id, urgent=urgent)

    outbox.telegram.fail_next("sendMessage", "error", error=bad_request("can't parse entities"))
    async with outbox.pushing(pace=LosingPace(10_000), contest=contest, clock=lambda: moment):
        state = DeliveryState.HELD if together else PENDING
        await outbox.until(lambda counts: counts == {state: 2} and len(outbox.requests()) == 1)
    assert outbox.texts(user) == []


@pytest.mark.parametrize("done", [False, True])
async def test_a_story_of_several_messages_goes_on_after_the_last_one_sent(
    outbox: Outbox, fails: Callable[..., None], *, done: bool
) -> None:
    """Though that it was sent could not be noted at once."""
    outbox.render = lambda _stored, _chat, _options: [Message("one"), Message("two"), Message("three")]
    user = await _fan(outbox)
    await publish(outbox.store, article(1, tags=["war"]))
    fails(outbox.store.deliveries, "accepted", times=2, done=done)
    async with outbox.pushing():
        await outbox.until(lambda counts: counts == {SENT: 1})
    assert outbox.texts(user) == ["one", "two", "three"]


async def test_a_story_taken_over_in_the_middle_is_left_to_the_other(
    any_outbox: Outbox, fails: Callable[..., None]
) -> None:
    """Who learns, with one message of a story sent, that another sends it by now, sends no more of it."""
    any_outbox.render = lambda _stored, _chat, _options: [Message("one"), Message("two")]
    user = await _fan(any_outbox)
    await publish(any_outbox.store, article(1, tags=["war"]))
    fault = any_outbox.telegram.fail_next("sendMessage", "delay")
    async with Store(any_outbox.url) as others, any_outbox.pushing(lease_seconds=600):  # it takes nothing back itself
        await fault.met.wait()
        fails(any_outbox.store.deliveries, "claim", times=1_000_000)
        async with asyncio.timeout(60):
            await others.deliveries.release_others(owner="other")
            while not await others.deliveries.claim(utc_now(), limit=1, owner="other"):
                # A claim that was under way has taken it back first.
                await others.deliveries.release_others(owner="other")
        fault.release()
    assert any_outbox.texts(user) == ["one"]
    assert await any_outbox.store.deliveries.counts() == {DeliveryState.CLAIMED: 1}


@pytest.mark.parametrize("trouble", ["database", "gateway", "flood", "answer"])
async def test_a_lost_answer_stays_unsettled_until_the_look_up_answers(
    outbox: Outbox, fails: Callable[..., None], trouble: str
) -> None:
    """The message is there: it is not sent again because the database or Telegram could not be asked about it."""
    group = await _group(outbox)
    await publish(outbox.store, article(1, tags=["war"]))
    await outbox.push_until(1)
    await publish(outbox.store, article(2, tags=["war"]))
    outbox.telegram.fail_next("sendMessage", "drop_after")
    match trouble:
        case "database":
            fails(outbox.store.deliveries, "last_message_ids", times=2)
        case "gateway":
            outbox.telegram.fail_next("stopMessageLiveLocation", "error", error=wrong_gateway())
        case "flood":
            outbox.telegram.fail_next("stopMessageLiveLocation", "error", error=too_many_requests(1))
        case _:
            outbox.telegram.fail_next("stopMessageLiveLocation", "drop_before")
    async with outbox.pushing(settler=Settler(outbox.store, outbox.client)):
        await outbox.until(lambda counts: counts == {SENT: 2})
    assert outbox.texts(group.id) == ["Story 1", "Story 2"]


async def test_who_stops_while_a_look_up_is_not_answered_does_not_wait_for_it(outbox: Outbox) -> None:
    """The delivery stays unsettled and is not sent again."""
    group = await _group(outbox)
    await publish(outbox.store, article(1, tags=["war"]))
    await outbox.push_until(1)
    await publish(outbox.store, article(2, tags=["war"]))
    outbox.telegram.fail_next("sendMessage", "drop_after")
    asked = [outbox.telegram.fail_next("stopMessageLiveLocation", "error", error=wrong_gateway()) for _ in range(9)]
    async with outbox.pushing(settler=Settler(outbox.store, outbox.client)):
        await asked[0].met.wait()
    assert await outbox.store.deliveries.counts() == {SENT: 1, DeliveryState.UNSETTLED: 1}
    assert outbox.texts(group.id) == ["Story 1", "Story 2"]


async def test_who_configured_a_lost_channel_is_told_once(outbox: Outbox, fails: Callable[..., None]) -> None:
    """Though that they were told could not be written down, several times."""
    group, admin = await _group(outbox), outbox.telegram.add_user("Admin")
    chat = await outbox.store.chats.find(group.id)
    assert chat is not None
    await outbox.store.chats.set_configurer(chat.id, admin.id)
    await outbox.store.chats.leave(group.id, ChatState.KICKED)
    fails(outbox.store.chats, "told", times=3)
    async with outbox.pushing(), asyncio.timeout(60):
        while await outbox.store.chats.to_tell(limit=9):  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0.02)
    assert len(outbox.texts(admin.id)) == 1


async def test_what_telegram_says_of_a_chat_is_written_down_when_that_can_be_done(
    outbox: Outbox, fails: Callable[..., None]
) -> None:
    """A flood wait outlives a restart, and who has left is known, though the first tries to write it failed."""
    waits, left = await _fan(outbox), await _group(outbox)
    await publish(outbox.store, article(1, tags=["war"]))
    outbox.telegram.fail_next("sendMessage", "error", error=too_many_requests(43_838))
    outbox.telegram.fail_next("sendMessage", "error", error=bad_request("not enough rights to send text messages"))
    fails(outbox.store.chats, "hold", times=2)
    fails(outbox.store.chats, "leave", times=2)
    await outbox.push_until(2, in_flight=1)
    chats = {number: await outbox.store.chats.find(number) for number in (waits, left.id)}
    assert {chat.state for chat in chats.values() if chat} == {ChatState.ACTIVE, ChatState.MUTED}
    assert [chat.not_before is not None for chat in chats.values() if chat and chat.state is ChatState.ACTIVE] == [True]
