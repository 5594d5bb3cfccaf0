"""Who manages which channel, on both kinds of database."""

from datetime import UTC, datetime

from bot.store import Store

ANNA, BORYS = 501, 502


async def _channel(store: Store, number: int, title: str) -> int:
    return (await store.chats.ensure(number, kind="channel", title=title)).id


async def test_each_person_has_their_channels(store: Store) -> None:
    """Two may manage the same one; each sees their own, by title, and connecting again changes nothing."""
    evening, morning = await _channel(store, -101, "Evening"), await _channel(store, -102, "Morning")
    assert await store.connections.add(morning, ANNA)
    assert await store.connections.add(evening, ANNA)
    assert await store.connections.add(evening, BORYS)
    assert not await store.connections.add(evening, BORYS)
    assert [chat.title for chat in await store.connections.of_person(ANNA)] == ["Evening", "Morning"]
    assert [chat.title for chat in await store.connections.of_person(BORYS)] == ["Evening"]


async def test_a_connection_is_shown_and_forgotten_with_the_person(store: Store) -> None:
    """What a person manages is among what is held on them, and goes with them; the channel stays."""
    evening = await _channel(store, -101, "Evening")
    await store.chats.ensure(ANNA, title="Anna")
    await store.connections.add(evening, ANNA)
    await store.connections.add(evening, BORYS)
    assert [each["title"] for each in (await store.privacy.held(ANNA))["managed_channels"]] == ["Evening"]
    await store.privacy.forget(ANNA)
    assert not any((await store.privacy.held(ANNA)).values())
    assert [chat.id for chat in await store.connections.of_person(BORYS)] == [evening]


async def test_a_forgotten_channel_is_nobodys(store: Store) -> None:
    """Its connections go with it."""
    await store.connections.add(await _channel(store, -101, "Evening"), ANNA)
    await store.privacy.forget(-101)
    assert await store.connections.of_person(ANNA) == []


async def test_what_is_noted_of_a_chat_is_found_again(store: Store) -> None:
    """Whether members may change what a group follows, and until when a person names a channel."""
    until = datetime(2026, 5, 1, 12, tzinfo=UTC)
    chat = await store.chats.ensure(-77, kind="group", title="Newsroom")
    assert (chat.members_may_change, chat.connecting_until) == (False, None)
    await store.chats.let_members_change(-77, allowed=True)
    await store.chats.set_connecting(chat.id, until)
    found = await store.chats.get(chat.id)
    assert found is not None
    assert (found.members_may_change, found.connecting_until) == (True, until)
