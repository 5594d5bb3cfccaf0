"""How news comes, said by buttons that edit their screen and by answers to it."""

import pytest

from bot.models import Topic, TopicKind
from bot.options import Choices, Length, Mode, Quiet, Schedule
from bot.playground.bot_api import StoredMessage, User
from tests.handlers.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _chat_says(world: World, user: User) -> Choices:
    chat = await world.services.store.chats.find(user.id)
    assert chat is not None
    return chat.choices


async def _tap(world: World, screen: StoredMessage, *buttons: str) -> None:
    """Press buttons one after the other, each on the screen that the one before led to."""
    for text in buttons:
        button = next(one.text for one in screen.buttons if text in one.text)
        before = screen.to_json()
        await world.press(screen, button)
        await world.telegram.wait_for(lambda before=before: screen.to_json() != before)


async def _answer(world: World, user: User, screen: StoredMessage, text: str) -> StoredMessage:
    place = world.telegram.private_chat(user)
    before = len(world.telegram.bot_messages(place))
    world.telegram.send_text(user, place, text, reply_to=screen)
    return (await world.new_messages(place, before, 1))[0]


async def test_settings_are_changed_by_taps_on_one_message(world: World) -> None:
    """/settings shows what holds; a tap opens an option, another chooses, and the screen says what holds now."""
    user = world.telegram.add_user()
    (screen,) = await world.ask(user, "/settings")
    assert "News comes: at once" in [button.text for button in screen.buttons]
    await _tap(world, screen, "News comes", "gathered in a digest")
    await _tap(world, screen, "Quiet hours", "22:00–07:00, held")
    assert "Quiet hours: 22:00–07:00, held" in [button.text for button in screen.buttons]
    assert await _chat_says(world, user) == Choices(mode=Mode.DIGEST, quiet=Quiet(22 * 60, 7 * 60))


@pytest.mark.parametrize(
    ("option", "text", "choices"),
    [
        ("Time of digests", "7:30 and 19:00", Choices(schedule=Schedule((450, 1140)))),
        ("Quiet hours", "21:30–06:45", Choices(quiet=Quiet(1290, 405))),
        ("Wanted words", "drone, North Korea , drone", Choices(with_words=("drone", "North Korea"))),
        ("Unwanted words", "football", Choices(without_words=("football",))),
        ("Limit", "7", Choices(max_per_hour=7)),
        ("Languages of sources", "de, fr", Choices(languages=("de", "fr"))),
    ],
)
async def test_a_value_of_ones_own_is_an_answer_to_the_screen(
    world: World, option: str, text: str, choices: Choices
) -> None:
    """Times, hours, words, a number, codes: the new screen shows what was understood."""
    user = world.telegram.add_user()
    (screen,) = await world.ask(user, "/settings")
    await _tap(world, screen, option)
    shown = await _answer(world, user, screen, text)
    assert shown.text.startswith("How news comes")
    assert await _chat_says(world, user) == choices


async def test_two_choices_made_at_once_both_count(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tap that is overtaken by a tap on another screen, before it is written down, does not undo that one."""
    user, options = world.telegram.add_user(), world.services.store.options
    (silent,), (quotes,) = await world.ask(user, "/settings"), await world.ask(user, "/settings")
    await _tap(world, silent, "Without a sound")
    await _tap(world, quotes, "Quotes")
    write = options.set_chat

    async def overtaken(chat_id: int, choices: Choices, *, only: str | None = None) -> None:
        monkeypatch.setattr(options, "set_chat", write)
        await _tap(world, quotes, "no")
        await write(chat_id, choices, only=only)

    monkeypatch.setattr(options, "set_chat", overtaken)
    await _tap(world, silent, "yes")
    assert await _chat_says(world, user) == Choices(silent=True, quotes=False)


async def test_an_answer_that_is_none_is_asked_for_again(world: World) -> None:
    """Nothing is changed, and the screen says how to answer."""
    user = world.telegram.add_user()
    (screen,) = await world.ask(user, "/settings")
    await _tap(world, screen, "Time of digests")
    shown = await _answer(world, user, screen, "in the morning")
    assert "reply to this message" in shown.text
    assert await _chat_says(world, user) == Choices()


async def test_a_time_zone_is_chosen_or_named(world: World) -> None:
    """By a button, or by its name in any spelling."""
    user = world.telegram.add_user()
    (screen,) = await world.ask(user, "/settings")
    await _tap(world, screen, "Time zone", "Europe/London")
    await _tap(world, screen, "Time zone")
    await _answer(world, user, screen, "america/new york")
    chat = await world.services.store.chats.find(user.id)
    assert chat is not None
    assert chat.timezone == "America/New_York"


@pytest.mark.parametrize(
    ("language", "length", "inherits"), [("uk", "Обсяг", "як у чаті"), ("ru", "Объём", "как в чате")]
)
async def test_a_subscription_says_its_own_and_inherits_again(
    world: World, language: str, length: str, inherits: str
) -> None:
    """Its screen is reached by its button; "as in the chat" takes the choice back."""
    user = world.telegram.add_user(language=language)
    await world.ask(user, "/subscribe drones")
    store = world.services.store
    chat = await store.chats.find(user.id)
    assert chat is not None
    topic_id = await store.topics.ensure(Topic(TopicKind.TAG, "drones", "drones"))
    (screen,) = await world.ask(user, "/subscriptions")
    await _tap(world, screen, "⚙", length)
    await _tap(world, screen, next(one.text for one in screen.buttons if one.data == f"opt:{topic_id}:4:0"))
    assert "drones" in screen.text
    said = await store.options.of_subscription(chat.id, topic_id)
    assert said is not None
    assert said.own == Choices(length=Length.HEADLINE)
    await _tap(world, screen, length, inherits)
    said = await store.options.of_subscription(chat.id, topic_id)
    assert said is not None
    assert said.own == Choices()


async def test_only_admins_change_a_groups_settings(world: World) -> None:
    """A member may look; the choice is the admins'."""
    owner, member = world.telegram.add_user(), world.telegram.add_user()
    group = world.telegram.add_group("Newsroom", owner, member)
    (screen,) = await world.ask(owner, "/settings", group)
    await world.press(screen, next(one.text for one in screen.buttons if one.text.startswith("Quotes")), member)
    await world.telegram.wait_for(lambda: "yes" in screen.buttons[0].text)
    assert "admins" in await world.press(screen, "no", member)
    chat = await world.services.store.chats.find(group.id)
    assert chat is not None
    assert chat.choices == Choices()


@pytest.mark.parametrize(
    ("language", "pause", "resume"),
    [("en", "Pause", "Resume"), ("uk", "Пауза", "Відновити"), ("ru", "Пауза", "Возобновить")],
)
async def test_what_is_followed_is_paused_and_resumed(world: World, language: str, pause: str, resume: str) -> None:
    """One subscription by its own screen, all of them by the chat's; the list marks what is paused."""
    user = world.telegram.add_user(language=language)
    await world.ask(user, "/subscribe drones")
    await world.ask(user, "/subscribe ships")
    (listed,) = await world.ask(user, "/subscriptions")
    await _tap(world, listed, "⚙", pause)
    await world.telegram.wait_for(lambda: any(resume in button.text for button in listed.buttons))
    (marked,) = await world.ask(user, "/subscriptions")
    assert [button.text.endswith("⏸") for button in marked.buttons if button.text.startswith("✕")] == [True, False]
    (screen,) = await world.ask(user, "/settings")
    for now, then, expected in ((pause, resume, True), (resume, pause, False)):
        await _tap(world, screen, now)
        await world.telegram.wait_for(lambda: any(then in button.text for button in screen.buttons))  # noqa: B023
        chat = await world.services.store.chats.find(user.id)
        assert chat is not None
        assert {one.paused for one in await world.services.store.subscriptions.list(chat.id)} == {expected}


async def test_a_member_pauses_nothing(world: World) -> None:
    """Only a group's admins may."""
    owner, member = world.telegram.add_user(), world.telegram.add_user()
    group = world.telegram.add_group("Desk", owner, member)
    await world.ask(owner, "/subscribe drones", group)
    (screen,) = await world.ask(owner, "/settings", group)
    assert "admins" in await world.press(screen, "⏸ Pause", member)
    chat = await world.services.store.chats.find(group.id)
    assert chat is not None
    assert not await world.services.store.subscriptions.is_paused(chat.id)
