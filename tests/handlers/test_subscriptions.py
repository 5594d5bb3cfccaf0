"""Following topics: by command, by tag buttons, by lists; in private chats and groups."""

import asyncio

import pytest

from bot.store import ChatState
from tests.handlers.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def labels(world: World, telegram_id: int) -> list[str]:
    """Return the labels of what a chat follows."""
    chat = await world.services.store.chats.find(telegram_id)
    assert chat is not None
    return [row.topic.label for row in await world.services.store.subscriptions.list(chat.id)]


async def test_start_says_in_three_lines_what_the_bot_does(world: World) -> None:
    """/start and /help answer with three lines, in the language of the person's client."""
    for language, word in (("en", "link"), ("uk", "посилання"), ("ru", "ссылку")):
        user = world.telegram.add_user(language=language)
        (start,) = await world.ask(user, "/start")
        (_, help_text) = [start, *await world.ask(user, "/help")]
        assert start.text == help_text.text
        assert len(start.text.split("\n")) == 3
        assert word in start.text


@pytest.mark.parametrize(("language", "button", "says"), [("en", "Recent", "Recent"), ("uk", "Джерела", "Джерела")])
async def test_the_first_news_are_a_tap_away(world: World, language: str, button: str, says: str) -> None:
    """The buttons under the three lines show the sources and the recent news in their place."""
    user = world.telegram.add_user(language=language)
    (start,) = await world.ask(user, "/start")
    await world.press(start, button)
    await world.telegram.wait_for(lambda: says in start.text.split("\n")[0])


async def test_a_topic_is_followed_and_left_by_command(world: World) -> None:
    """/subscribe follows, says so, knows what is followed already; /unsubscribe leaves, whatever the spelling."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/subscribe North Korea"))[0].text.startswith("✓ You now follow #North Korea.")
    assert (await world.ask(user, "/subscribe #north-korea"))[0].text == "You follow #north-korea already."
    assert await labels(world, user.id) == ["North Korea"]
    assert (await world.ask(user, "/unsubscribe NORTH   KOREA"))[0].text == "You no longer follow #NORTH KOREA."
    assert await labels(world, user.id) == []
    assert (await world.ask(user, "/unsubscribe North Korea"))[0].text.startswith("You do not follow #North Korea.")


async def test_names_declared_the_same_are_one_topic(world: World) -> None:
    """ "USA" and "США" are one topic, as config/topics.toml declares."""
    user = world.telegram.add_user()
    await world.ask(user, "/subscribe USA")
    assert (await world.ask(user, "/subscribe США"))[0].text == "You follow #США already."


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/subscribe", "Which topic?"),
        ("/subscribe ###", "Which topic?"),
        ("/subscribe " + "\u200b\u202e", "Which topic?"),
        ("/subscribe " + "x" * 3900, "That is too long for a topic: it has 100 characters at most."),
        ("/unsubscribe", "Which topic?"),
    ],
)
async def test_a_topic_that_is_none_gets_a_sentence(world: World, command: str, says: str) -> None:
    """Nothing, only signs, invisible characters or a whole page are no topics, and the bot says so."""
    user = world.telegram.add_user()
    assert (await world.ask(user, command))[0].text.startswith(says)


async def test_a_right_to_left_topic_is_shown_without_disguise(world: World) -> None:
    """A topic with direction marks is followed under its visible letters and shown without the marks."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, "/subscribe \u202eעברית\u200f")
    assert message.text == "✓ You now follow #עברית. Its news will come here."


async def test_tag_buttons_toggle(world: World) -> None:
    """A tap on a tag follows it and marks it on the digest; a second tap undoes both."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    assert await world.press(digest, "Verkhivka") == "✓ You now follow #Verkhivka. Its news will come here."
    await world.telegram.wait_for(lambda: digest.buttons[0].text == "✓ Verkhivka")
    assert await labels(world, user.id) == ["Verkhivka"]
    assert await world.press(digest, "Verkhivka") == "You no longer follow #Verkhivka."
    await world.telegram.wait_for(lambda: digest.buttons[0].text == "+ Verkhivka")
    assert await labels(world, user.id) == []


async def test_the_list_of_subscriptions_is_paged_and_removes_in_place(world: World) -> None:
    """/subscriptions shows pages; a tap removes a row from the list where it stands."""
    user = world.telegram.add_user()
    await world.ask(user, "/start")
    for number in range(10):
        await world.ask(user, f"/subscribe topic {number}")
    (shown,) = await world.ask(user, "/subscriptions")
    assert shown.text.startswith("10 topics followed")
    assert len(shown.buttons) == 17
    await world.press(shown, "›")
    await world.telegram.wait_for(
        lambda: [button.text for button in shown.buttons] == ["✕ #topic 8", "⚙", "✕ #topic 9", "⚙", "‹"]
    )
    await world.press(shown, "topic 8")
    await world.telegram.wait_for(lambda: len(shown.buttons) == 3)
    await world.press(shown, "topic 9")
    await world.telegram.wait_for(lambda: shown.text.startswith("8 topics followed"))
    assert [button.text for button in shown.buttons if button.text != "⚙"] == [
        f"✕ #topic {number}" for number in range(8)
    ]


async def test_whoever_follows_nothing_is_told_how_to_begin(world: World) -> None:
    """An empty list says what to do instead of showing nothing."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/subscriptions"))[0].text.startswith("You follow nothing yet. Try /subscribe")


async def test_only_admins_choose_for_a_group(world: World) -> None:
    """A member cannot change what a group follows, by command or by button; its admin can."""
    admin, member = world.telegram.add_user("Admin"), world.telegram.add_user("Member")
    group = world.telegram.add_group("Town", admin, member)
    assert (await world.ask(member, "/subscribe war", group))[
        0
    ].text == "In a group only its admins choose what it follows."
    (followed,) = await world.ask(admin, "/subscribe war", group)
    assert followed.text.startswith("✓ You now follow #war.")
    (shown,) = await world.ask(member, "/subscriptions", group)
    assert await world.press(shown, "war", member) == "In a group only its admins choose what it follows."
    assert await labels(world, group.id) == ["war"]
    assert await world.press(shown, "war", admin) == "You no longer follow #war."


async def test_forum_topics_follow_by_themselves(world: World) -> None:
    """What one topic of a forum follows is not followed by another."""
    admin = world.telegram.add_user()
    forum = world.telegram.add_group("Forum", admin, forum=True, bot="administrator")
    first, second = world.telegram.add_topic(forum, "One"), world.telegram.add_topic(forum, "Two")
    world.telegram.send_text(admin, forum, "/subscribe war", thread_id=first.id)
    (answer,) = await world.new_messages(forum, 0, 1)
    assert answer.thread_id == first.id
    world.telegram.send_text(admin, forum, "/subscriptions", thread_id=second.id)
    (_, other) = await world.new_messages(forum, 0, 2)
    assert other.text.startswith("You follow nothing yet.")


async def test_an_old_button_says_so(world: World) -> None:
    """A button whose data is gone, or of an older version, answers with a sentence and never with silence."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    button = digest.button("Full text")
    for data, says in (
        ("full:999999", "This message is too old."),
        ("topic:999999:1", "This button is too old."),
        ("open:999999", "This list is too old."),
        ("feed:999999", "This button is too old."),
        ("something-else", "This button is too old to work."),
        ("full:x", "This message is too old."),
    ):
        press = world.telegram.press(digest, type(button)(text="old", data=data, row=0), user)
        await world.telegram.wait_for(lambda press=press: press.answered)
        assert press.text.startswith(says), data


async def test_the_language_is_changed_by_a_tap(world: World) -> None:
    """/language offers each language under its own name, and speaks the chosen one from then on."""
    user = world.telegram.add_user(language="en")
    (choice,) = await world.ask(user, "/language")
    assert [button.text for button in choice.buttons] == ["✓ English", "Русский", "Українська"]
    assert await world.press(choice, "Українська") == "Тепер я розмовляю українською."
    assert (await world.ask(user, "/subscriptions"))[0].text.startswith("Ви ще ні на що не підписані.")


async def test_an_unknown_command_is_answered(world: World) -> None:
    """A command that does not exist leads to /help."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/dance"))[0].text == "I do not know that command. What I do: /help"


async def test_a_group_is_greeted_when_the_bot_joins(world: World) -> None:
    """When the bot is added to a group it says in three lines what it does."""
    user = world.telegram.add_user()
    group = world.telegram.add_group("New friends", user, announce=True)
    (greeting,) = await world.new_messages(group, 0, 1)
    assert len(greeting.text.split("\n")) == 3


async def test_whoever_blocks_the_bot_gets_nothing_until_they_return(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A block ends pushes to the chat; writing again makes it active."""
    user, chats, left = world.telegram.add_user(), world.services.store.chats, asyncio.Event()
    await world.ask(user, "/subscribe war")
    leave = chats.leave

    async def leave_and_tell(telegram_id: int, state: ChatState, **facts: int) -> None:
        await leave(telegram_id, state, **facts)
        left.set()

    monkeypatch.setattr(chats, "leave", leave_and_tell)
    world.telegram.block(user)
    await asyncio.wait_for(left.wait(), 60)
    chat = await chats.find(user.id)
    assert chat is not None
    assert chat.state is ChatState.BLOCKED
    world.telegram.unblock(user)
    await world.ask(user, "/subscriptions")
    chat = await chats.find(user.id)
    assert chat is not None
    assert chat.state is ChatState.ACTIVE


async def test_a_group_that_becomes_a_supergroup_keeps_its_topics(world: World) -> None:
    """After Telegram moves a group to a new id, what it follows has moved too."""
    admin = world.telegram.add_user()
    group = world.telegram.add_group("Growing", admin, bot="administrator")
    await world.ask(admin, "/subscribe war", group)
    grown = world.telegram.migrate(group)

    async def has_moved() -> bool:
        return await world.services.store.chats.find(group.id) is None

    await world.until(has_moved)
    (shown,) = await world.ask(admin, "/subscriptions", grown)
    assert shown.text.startswith("1 topic followed")
