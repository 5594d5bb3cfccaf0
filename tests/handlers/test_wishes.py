"""Following anything: queries, people, authors and sources, with a look at what they would bring before one commits."""

import pytest

from bot.playground.bot_api import StoredMessage, User
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed, follow, pushed

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def labels(world: World, user: User) -> list[str]:
    """Return the labels of what a person follows."""
    chat = await world.services.store.chats.find(user.id)
    assert chat is not None
    return [row.topic.label for row in await world.services.store.subscriptions.list(chat.id)]


async def shows(world: World, message: StoredMessage, text: str) -> None:
    """Wait until a message shows a text."""
    await world.telegram.wait_for(lambda: text in message.text)


async def test_a_query_is_shown_before_it_is_followed(world: World) -> None:
    """A query shows its last stories; nothing is followed until Follow is tapped, and Undo takes it back."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "previewed")
    await feed.becomes_a_preset()
    for title in ("Hares cross a meadow", "Football of hares", "A hare runs"):
        feed.publish(title)
    await follow(world, world.telegram.add_user(), feed)
    (shown,) = await world.ask(user, "/subscribe hares -football")
    assert "A hare runs" in shown.text
    assert "Hares cross a meadow" in shown.text
    assert "Football" not in shown.text
    assert await labels(world, user) == []
    await world.press(shown, "Follow")
    await shows(world, shown, "✓ You now follow 🔎 hares -football.")
    assert await labels(world, user) == ["hares -football"]
    await world.press(shown, "Undo")
    await shows(world, shown, "You no longer follow")
    assert await labels(world, user) == []


async def test_cancel_changes_nothing(world: World) -> None:
    """Cancel under a preview says that nothing was changed, and where to go on."""
    user = world.telegram.add_user()
    (shown,) = await world.ask(user, '/subscribe "sea serpents"')
    await world.press(shown, "Cancel")
    await shows(world, shown, "Nothing was changed.")
    assert await labels(world, user) == []
    await world.press(shown, "What you follow")
    await shows(world, shown, "You follow nothing yet.")


async def test_a_query_brings_stories_in_every_form_of_its_words(world: World) -> None:
    """ "Зеленського" finds a story that says "Зеленський"; a word after a minus keeps a story away."""
    user, feed = world.telegram.add_user(language="uk"), LocalFeed(world, "forms")
    await feed.becomes_a_preset()
    await follow(world, world.telegram.add_user(), feed)
    (shown,) = await world.ask(user, '/subscribe Беркутського "старому мосту" -футбол')
    await world.press(shown, "Підписатися")
    await shows(world, shown, "✓")
    feed.publish("Беркутський про футбол на старому мості")
    feed.publish("Беркутський не пройшов старим великим мостом")
    feed.publish("Беркутський пройшов старим мостом")
    await pushed(world, user, "Беркутський пройшов")
    chat = world.telegram.private_chat(user)
    titles = [message.text for message in world.telegram.bot_messages(chat) if message.text.startswith("Беркут")]
    assert len(titles) == 1


async def test_a_person_quoted_is_followed_across_spellings(world: World) -> None:
    """ "quotes:" finds a speaker by a part of the name, offers the whole name, and brings stories that quote them."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "speakers")
    await feed.becomes_a_preset()
    await follow(world, world.telegram.add_user(), feed)
    feed.publish("A mill opens")
    await pushed_somewhere(world, "A mill opens")
    (shown,) = await world.ask(user, "/subscribe quotes: Lis")
    assert "Did you mean" in shown.text
    await world.press(shown, "🗣 Ivan Lis")
    await shows(world, shown, "A mill opens")
    await world.press(shown, "Follow")
    await shows(world, shown, "✓ You now follow 🗣 Ivan Lis.")
    feed.publish("A second mill opens")
    await pushed(world, user, "A second mill opens")
    (other,) = await world.ask(user, "/subscribe цитати: Зеленський")
    assert other.text.startswith("🗣 Volodymyr Zelenskyy")


async def pushed_somewhere(world: World, title: str) -> None:
    """Wait until a story has been read."""
    recent = world.services.store.stories.recent
    for _ in range(200):
        if any(row.title == title and row.digest_id for row in await recent(limit=5)):
            return
        await world.site.until_requested_again("/speakers.xml")
    raise AssertionError(f"{title} was not read")


async def test_a_misspelt_tag_is_asked_about(world: World) -> None:
    """A tag that no story has, but nearly, is not followed before the person has seen what they may have meant."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "misspelt")
    await feed.becomes_a_preset()
    reader = world.telegram.add_user()
    await follow(world, reader, feed)
    feed.publish("Rafts on the river", tags=("Rafting of Dobrava",))
    await pushed(world, reader, "Rafts on the river")
    (shown,) = await world.ask(user, "/subscribe Raftin of Dobrava")
    assert await labels(world, user) == []
    await world.press(shown, "#Rafting of Dobrava")
    await shows(world, shown, "Rafts on the river")
    await world.press(shown, "Follow")
    await shows(world, shown, "✓ You now follow #Rafting of Dobrava.")


async def test_a_source_is_followed_by_name_and_by_address(world: World) -> None:
    """A source is found by its name; an address that nobody knows is looked at for feeds."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "lantern")
    await feed.becomes_a_preset()
    (shown,) = await world.ask(user, "/subscribe source: Lantern")
    assert shown.text.startswith("📰 lantern\nEverything that this source publishes.")
    (near,) = await world.ask(user, "/subscribe source: lanter")
    assert near.button("📰 lantern")
    (none,) = await world.ask(user, "/subscribe source: zzzzzz")
    assert none.text.startswith("I know no source by that name.")
    other = LocalFeed(world, "unknown-till-now")
    (offer,) = await world.ask(user, f"/subscribe {other.url}")
    assert offer.button("unknown-till-now")


async def test_a_query_that_looks_for_nothing_gets_a_sentence(world: World) -> None:
    """A query that only leaves out is none; one of a whole page is too long."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/subscribe -football"))[0].text.startswith("Name at least one word")
    (long,) = await world.ask(user, "/subscribe words: " + "hare " + "x" * 300)
    assert long.text == "That is too long for a topic: it has 200 characters at most."


async def test_leaving_offers_what_may_have_been_meant(world: World) -> None:
    """/unsubscribe with a slip offers what the chat follows and looks like it; a tap leaves it."""
    user = world.telegram.add_user()
    await world.ask(user, "/subscribe Weather of Mars")
    (shown,) = await world.ask(user, "/unsubscribe Wether of Mars")
    await world.press(shown, "#Weather of Mars")
    await shows(world, shown, "You no longer follow #Weather of Mars.")
    await world.press(shown, "Follow again")
    await shows(world, shown, "✓ You now follow #Weather of Mars.")
    assert await labels(world, user) == ["Weather of Mars"]


async def test_members_of_a_group_cannot_press_follow(world: World) -> None:
    """In a group a preview's buttons are for its admins."""
    admin, member = world.telegram.add_user("Admin"), world.telegram.add_user("Member")
    group = world.telegram.add_group("Hunters", admin, member)
    (shown,) = await world.ask(admin, "/subscribe author: Nobody Known", group)
    assert await world.press(shown, "Follow", member) == "In a group only its admins choose what it follows."
    assert await world.press(shown, "Follow", admin) == ""
    await shows(world, shown, "✓ You now follow ✍️ Nobody Known.")
