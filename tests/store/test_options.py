"""What chats and subscriptions say is kept."""

from bot.options import Choices, Length, Mode, Options
from bot.store import Store
from tests.store.news import follower, tag


async def test_choices_of_a_chat_and_of_a_subscription_are_kept_apart(store: Store) -> None:
    """Each is found where it was set, in lists too, and what results is the one over the other."""
    chat = await follower(store, 7, tag("war"), tag("peace"))
    war, peace = [await store.topics.ensure(tag(label)) for label in ("war", "peace")]
    await store.options.set_chat(chat.id, Choices(silent=True, mode=Mode.DIGEST))
    await store.options.set_subscription(chat.id, war, Choices(mode=Mode.INSTANT, length=Length.FULL))
    assert await store.options.of_chat(chat.id) == Choices(silent=True, mode=Mode.DIGEST)
    about_war = await store.options.of_subscription(chat.id, war)
    about_peace = await store.options.of_subscription(chat.id, peace)
    assert about_war is not None
    assert about_peace is not None
    assert about_war.options == Options(silent=True, length=Length.FULL)
    assert about_peace.options == Options(silent=True, mode=Mode.DIGEST)
    assert [row.choices.length for row in await store.subscriptions.list(chat.id)] == [None, Length.FULL]
    found = await store.chats.get(chat.id)
    assert found is not None
    assert found.choices.silent


async def test_a_choice_is_taken_back_and_other_facts_stay(store: Store) -> None:
    """None inherits again; the folders of an imported list are not touched."""
    chat = await follower(store, 7)
    await store.subscriptions.add(chat.id, tag("war"), folders=("News",))
    war = await store.topics.ensure(tag("war"))
    await store.options.set_subscription(chat.id, war, Choices(silent=True))
    await store.options.set_subscription(chat.id, war, Choices(quotes=False))
    said = await store.options.of_subscription(chat.id, war)
    assert said is not None
    assert said.own == Choices(quotes=False)


async def test_one_choice_leaves_the_others_as_they_are(store: Store) -> None:
    """Also one that somebody else made after the screen was shown; None takes back that one alone."""
    chat = await follower(store, 7, tag("war"))
    war = await store.topics.ensure(tag("war"))
    await store.options.set_chat(chat.id, Choices(silent=True), only="silent")
    await store.options.set_chat(chat.id, Choices(quotes=False), only="quotes")
    assert await store.options.of_chat(chat.id) == Choices(silent=True, quotes=False)
    await store.options.set_subscription(chat.id, war, Choices(silent=True, quotes=True))
    await store.options.set_subscription(chat.id, war, Choices(), only="silent")
    said = await store.options.of_subscription(chat.id, war)
    assert said is not None
    assert said.own == Choices(quotes=True)


async def test_there_is_nothing_to_say_about_what_is_not_followed(store: Store) -> None:
    """Setting is no error, and nothing is found."""
    chat = await follower(store, 7)
    await store.options.set_subscription(chat.id, 5, Choices(silent=True))
    assert await store.options.of_subscription(chat.id, 5) is None
