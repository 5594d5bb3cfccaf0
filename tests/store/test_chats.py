"""Chats: known, woken, moved, left."""

from dataclasses import replace
from datetime import timedelta

from bot.options import Choices
from bot.queries import query_topic
from bot.store import ChatState, DeliveryState, Mark, Store
from tests.store.news import NOW, article, follower, later, publish, tag

WAR = tag("war")


async def _sent(store: Store, number: int) -> None:
    """Let Telegram have taken what waits, as the message of a number."""
    claimed = await store.deliveries.claim(NOW, limit=9, owner="p")
    await store.deliveries.settle("p", [Mark(one.id, DeliveryState.SENT, (number,)) for one in claimed])


async def test_a_chat_is_made_once(store: Store) -> None:
    """The second update of a chat finds it, with the title that it has now."""
    chat = await store.chats.ensure(-100, kind="group", title="Old", language="uk")
    again = await store.chats.ensure(-100, kind="supergroup", title="New")
    assert again.id == chat.id
    assert (again.title, again.kind, again.language) == ("New", "supergroup", "uk")


async def test_each_forum_topic_is_a_chat_of_its_own(store: Store) -> None:
    """They follow different things."""
    general, sport = await store.chats.ensure(-100), await store.chats.ensure(-100, 5)
    assert general.id != sport.id
    assert (general.thread_id, sport.thread_id) == (None, 5)
    assert await store.chats.find(-100, 5) == sport


async def test_words_to_all_are_said_once_in_a_forum(store: Store) -> None:
    """In General, or where nothing comes to that in the oldest topic; nobody counts twice."""
    for number, threads in ((-100, (None, 5, 6)), (-200, (8, 7)), (-300, (9,))):
        for thread in threads:
            await store.chats.ensure(number, thread, kind="supergroup")
    await store.chats.ensure(1)
    await store.chats.leave(-100, ChatState.CLOSED, thread_id=5)
    heard = [(chat.telegram_id, chat.thread_id) for chat in await store.chats.active()]
    assert sorted(heard, reverse=True) == [(1, None), (-100, None), (-200, 7), (-300, 9)]
    assert await store.chats.count_active() == 4
    assert await store.chats.active(after=(await store.chats.active())[-1].id) == []


async def test_a_chosen_language_is_not_overwritten_by_the_client(store: Store) -> None:
    """What the client names counts only until the person chooses."""
    chat = await store.chats.ensure(1)
    assert (await store.chats.ensure(1, language="en")).language == "en"
    await store.chats.set_language(chat.id, "uk")
    await store.chats.set_timezone(chat.id, "Europe/Kyiv")
    found = await store.chats.ensure(1, language="en")
    assert (found.language, found.timezone) == ("uk", "Europe/Kyiv")


async def test_who_blocks_the_bot_gets_nothing_more_and_keeps_the_subscriptions(store: Store) -> None:
    """What is pending is cancelled, new stories pass by; who comes back follows what was followed before."""
    chat = await follower(store, 1, WAR)
    await publish(store, article(1, tags=["war"]))
    await store.chats.leave(1, ChatState.BLOCKED)
    assert await store.deliveries.claim(NOW, limit=5, owner="p") == []
    assert await store.deliveries.counts() == {DeliveryState.CANCELLED: 1}
    await publish(store, article(2, tags=["war"]))
    assert await store.deliveries.claim(NOW, limit=5, owner="p") == []
    assert (await store.chats.ensure(1)).state is ChatState.ACTIVE
    await publish(store, article(3, tags=["war"]))
    (delivery,) = await store.deliveries.claim(NOW, limit=5, owner="p")
    assert (delivery.chat.id, delivery.headline) == (chat.id, "Story 3")


async def test_a_closed_topic_leaves_the_others_alone(store: Store) -> None:
    """Only the forum topic that was closed ends."""
    for thread in (5, 6):
        chat = await store.chats.ensure(-100, thread)
        await store.subscriptions.add(chat.id, WAR)
    await publish(store, article(1, tags=["war"]))
    await store.chats.leave(-100, ChatState.CLOSED, thread_id=5)
    assert [one.chat.thread_id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [6]


async def test_a_held_chat_waits_exactly_as_long_as_asked(store: Store) -> None:
    """Others go on; the moment is in the database, so a restart does not shorten it."""
    await follower(store, 1, WAR)
    free = await follower(store, 2, WAR)
    await publish(store, article(1, tags=["war"]))
    await store.chats.hold(1, later(43_838))
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [free.id]
    await store.deliveries.release(owner="p")
    assert [one.chat.id for one in await store.deliveries.claim(later(43_837), limit=5, owner="q")] == [free.id]
    assert [one.chat.telegram_id for one in await store.deliveries.claim(later(43_838), limit=5, owner="q")] == [1]


async def test_a_group_that_became_a_supergroup_keeps_everything(store: Store) -> None:
    """Language, subscriptions and what is pending go with it to the new number."""
    chat = await store.chats.ensure(-5, kind="group", title="Newsroom", language="uk")
    await store.subscriptions.add(chat.id, WAR)
    await publish(store, article(1, tags=["war"]))
    await store.chats.move(-5, -100_5)
    assert await store.chats.find(-5) is None
    (delivery,) = await store.deliveries.claim(NOW, limit=5, owner="p")
    assert (delivery.chat.telegram_id, delivery.chat.language) == (-100_5, "uk")


async def test_a_moved_group_is_merged_with_what_its_new_number_has(store: Store) -> None:
    """The supergroup was met before its group was moved: what both follow and both await is there once."""
    old, new = await store.chats.ensure(-5, kind="group"), await store.chats.ensure(-100_5, kind="supergroup")
    for chat, labels in ((old, ("war", "peace")), (new, ("war", "sport"))):
        for label in labels:
            await store.subscriptions.add(chat.id, tag(label))
    await publish(store, article(1, tags=["war"]), article(2, tags=["peace"]))
    await store.chats.move(-5, -100_5)
    assert [one.topic for one in await store.subscriptions.list(new.id)] == [tag("peace"), tag("sport"), tag("war")]
    assert await store.deliveries.counts() == {DeliveryState.PENDING: 2}
    assert await store.chats.get(old.id) is None


async def test_messages_of_a_group_that_moved_are_not_looked_for_under_its_new_number(store: Store) -> None:
    """A supergroup numbers its messages anew: an old number names nothing there, or another message of ours."""
    chat = await store.chats.ensure(-5, kind="group")
    await store.subscriptions.add(chat.id, WAR)
    await publish(store, article(1, tags=["war"]))
    await _sent(store, 52_000)
    assert await store.deliveries.last_message_ids(chat.id) == [52_000]
    await store.digests.save(replace(article(1, tags=["war"]), summary=("It is over.",)))
    await store.chats.move(-5, -100_5)
    assert await store.deliveries.last_message_ids(chat.id) == []
    await store.digests.save(replace(article(1, tags=["war"]), summary=("It goes on.",)))
    much_later = later(3600)
    assert await store.edits.claim(much_later, limit=9, owner="e", lease=timedelta(minutes=1)) == []
    await publish(store, article(2, tags=["war"]))
    await _sent(store, 7)
    await store.digests.save(replace(article(2, tags=["war"]), summary=("It is over.",)))
    (edit,) = await store.edits.claim(much_later, limit=9, owner="e", lease=timedelta(minutes=1))
    assert edit.delivery.message_ids == (7,)


async def test_edits_of_a_group_go_with_what_its_new_number_has_already(store: Store) -> None:
    """Else SQLite might give their delivery's number to another, and the edit with it."""
    old, new = await store.chats.ensure(-5, kind="group"), await store.chats.ensure(-100_5, kind="supergroup")
    for chat in (new, old):
        await store.subscriptions.add(chat.id, WAR)
    await publish(store, article(1, tags=["war"]))
    claimed = await store.deliveries.claim(NOW, limit=9, owner="p")
    await store.deliveries.settle("p", [Mark(one.id, DeliveryState.SENT, (9,)) for one in claimed])
    await store.digests.save(replace(article(1, tags=["war"]), summary=("It is over.",)))
    assert await store.edits.open_count() == 2
    await store.chats.move(-5, -100_5)
    assert await store.edits.open_count() == 1


async def test_what_was_said_of_a_group_is_said_of_what_it_became(store: Store) -> None:
    """Its settings, zone, language, and whether its members choose, although the new number was met first."""
    old = await store.chats.ensure(-5, kind="group", language="uk")
    new = await store.chats.ensure(-100_5, kind="supergroup", language="en")
    await store.options.set_chat(old.id, Choices(silent=True))
    await store.chats.set_timezone(old.id, "Europe/Kyiv")
    await store.chats.let_members_change(-5, allowed=True)
    await store.chats.move(-5, -100_5)
    moved = await store.chats.get(new.id)
    assert moved is not None
    assert moved.choices == Choices(silent=True)
    assert (moved.timezone, moved.language, moved.members_may_change) == ("Europe/Kyiv", "uk", True)


async def test_what_is_held_on_a_chat_is_shown_and_forgotten_completely(store: Store) -> None:
    """Every table that names the chat is shown; afterwards none names it, and other chats keep what they had."""
    mine, other = await follower(store, 1, tag("war"), query_topic("my secret")), await follower(store, 2, tag("war"))
    await publish(store, article(1, tags=["war"]))
    stored = await store.digests.by_url("https://wire.example/1")
    assert stored is not None
    await store.saved.toggle(mine.id, stored.id)
    held = await store.privacy.held(1)
    assert held["deliveries"][0]["story"]["url"] == "https://wire.example/1"
    assert {row["topic"]["label"] for row in held["subscriptions"]} == {"war", "my secret"}
    assert len(held["saved"]) == 1
    await store.privacy.forget(1)
    assert not any((await store.privacy.held(1)).values())
    assert not await store.topics.is_known(query_topic("my secret"))
    assert await store.chats.get(other.id) is not None
    assert [one.chat.id for one in await store.deliveries.claim(NOW, limit=5, owner="p")] == [other.id]


async def test_a_ban_outlives_what_was_under_way_when_it_came(store: Store) -> None:
    """An update that the gate let in a moment before, and a push that is refused a moment later, do not lift it."""
    await follower(store, 1, WAR)
    await store.chats.ban(1)
    assert (await store.chats.ensure(1, title="In flight")).state is ChatState.BANNED
    await store.chats.leave(1, ChatState.BLOCKED)
    assert await store.chats.is_banned(1)
    await publish(store, article(1, tags=["war"]))
    assert await store.deliveries.claim(NOW, limit=5, owner="p") == []
    assert await store.chats.unban(1)
    assert (await store.chats.ensure(1)).state is ChatState.ACTIVE


async def test_who_put_the_bot_out_is_not_told_although_a_push_noticed_first(store: Store) -> None:
    """The refused push comes before Telegram's word who did it: nobody is told then, another configurer still is."""
    for number, configurer in ((-1, 7), (-2, 8)):
        group = await store.chats.ensure(number, kind="group")
        await store.chats.set_configurer(group.id, configurer)
        await store.chats.leave(number, ChatState.KICKED)
        await store.chats.leave(number, ChatState.KICKED, known_to=7)
    assert [chat.telegram_id for chat in await store.chats.to_tell(limit=5)] == [-2]


async def test_a_group_that_is_shut_out_stays_so_under_its_new_number(store: Store) -> None:
    """Whether the new number was met before or not."""
    for number, met in ((-5, False), (-6, True)):
        await store.chats.ensure(number, kind="group")
        await store.chats.ban(number)
        if met:
            await store.chats.ensure(number * 100, kind="supergroup")
        await store.chats.move(number, number * 100)
        assert await store.chats.is_banned(number * 100)
