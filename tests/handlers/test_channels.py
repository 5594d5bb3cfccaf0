"""A channel is connected, seen to, looked at and left from the private chat of who leads it."""

import asyncio
from typing import Any

import pytest
from telegram import ChatMemberUpdated

from bot.messages import callbacks
from bot.messages.callbacks import unpack
from bot.messages.option_fields import FIELDS
from bot.models import Topic, TopicKind
from bot.options import Choices
from bot.playground.bot_api import Chat, StoredMessage, User
from bot.playground.world.messages import ApiButton
from bot.rights import KEPT
from bot.services import Services
from bot.store import ChatState
from handlers import membership
from handlers.connecting import welcome
from handlers.visits import Context
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ["en", "uk", "ru"]
WORDS = {
    "en": {
        "choose": "Choose a channel",
        "connected": "is connected",
        "none": "follows nothing",
        "posts": "How its news",
    },
    "uk": {
        "choose": "Вибрати канал",
        "connected": "під’єднано",
        "none": "Підписок ще немає",
        "posts": "Як надходять",
    },
    "ru": {"choose": "Выбрать канал", "connected": "подключён", "none": "Подписок ещё нет", "posts": "Как приходят"},
}


def key(message: StoredMessage, data: str) -> ApiButton:
    """Return the button that says this, whatever it is about, or has this text."""
    for button in message.buttons:
        if button.data and data in {button.data.partition(":@")[0], button.data.partition(":")[0]}:
            return button
    return message.button(data)


async def tap(world: World, screen: StoredMessage, *buttons: str) -> StoredMessage:
    """Press buttons one after the other, each on the screen that the one before led to."""
    for text in buttons:
        before = screen.to_json()
        await world.press(screen, key(screen, text))
        await world.telegram.wait_for(lambda before=before: screen.to_json() != before)
    return screen


async def tap_for_new(world: World, screen: StoredMessage, button: str, count: int = 1) -> list[StoredMessage]:
    """Press a button that is answered by new messages, and return them."""
    before = len(world.telegram.bot_messages(screen.chat))
    await world.press(screen, key(screen, button))
    return await world.new_messages(screen.chat, before, count)


async def connected(world: World, user: User, channel: Chat) -> StoredMessage:
    """Let a person connect a channel by its button, and return the channel's screen."""
    (question,) = await world.ask(user, "/channel")
    if question.buttons:
        (question,) = await tap_for_new(world, question, callbacks.CONNECT)
    keyboard = world.telegram.private_chat(user).interface
    assert keyboard is not None
    before = len(world.telegram.bot_messages(user))
    world.telegram.share_chat(user, keyboard["keyboard"][0][0]["text"], channel)
    _, screen = await world.new_messages(world.telegram.private_chat(user), before, 2)
    return screen


async def follows(world: World, channel: Chat) -> list[str]:
    """Return the labels of what a channel follows."""
    chat = await world.services.store.chats.find(channel.id)
    assert chat is not None
    return [row.topic.label for row in await world.services.store.subscriptions.list(chat.id)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_channel_from_its_connection_to_its_end(world: World, language: str) -> None:
    """Chosen by Telegram's button, let in, told what to follow, posted to without buttons, looked at, disconnected."""
    words, telegram, topic = WORDS[language], world.telegram, {"en": "Herons", "uk": "Чаплі", "ru": "Цапли"}[language]
    user = telegram.add_user("Owner", language=language)
    channel = telegram.add_channel(f"Wire {language}", user, bot="left")
    feed = LocalFeed(world, f"wire-{language}")
    await feed.becomes_a_preset()
    (question,) = await world.ask(user, "/channel")
    before = len(telegram.bot_messages(user))
    telegram.share_chat(user, f"📣 {words['choose']}", channel)
    told, screen = await world.new_messages(telegram.private_chat(user), before, 2)
    assert words["connected"] in told.text
    assert screen.text.startswith(f"📣 Wire {language}\n")
    assert words["none"] in screen.text
    (asked,) = await tap_for_new(world, screen, callbacks.ASK_TOPIC)
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, topic, reply_to=asked)
    (followed,) = await world.new_messages(telegram.private_chat(user), before, 1)
    assert f"#{topic}" in followed.text
    assert followed.text.startswith(f"📣 Wire {language}\n")
    assert await follows(world, channel) == [topic]
    feed.publish(f"A heron returns {language}", tags=(topic,))
    post = await world.pushed(channel, f"A heron returns {language}")
    assert post.buttons == ()
    await tap(world, screen, callbacks.OPTIONS)
    assert [button.text for button in screen.buttons if words["posts"] in button.text] == []
    await tap(world, screen, "opt:0:4", "opt:0:4:0")  # how much: the headline alone
    await tap(world, screen, callbacks.CHANNEL)
    shown, controls = await tap_for_new(world, screen, callbacks.SHOW_POST, 2)
    assert shown.text.startswith(f"A heron returns {language}\n")
    assert len(shown.text) < len(post.text)
    count = len(telegram.bot_messages(channel))
    assert f"Wire {language}" in await world.press(controls, key(controls, callbacks.SEND_POST))
    assert len(telegram.bot_messages(channel)) == count + 1
    assert telegram.bot_messages(channel)[-1].text == shown.text
    await tap(world, screen, callbacks.DISCONNECT, callbacks.DISCONNECTED)
    assert f"Wire {language}" in screen.text
    assert not any((await world.services.store.privacy.held(channel.id)).values())
    (again,) = await world.ask(user, "/channel")
    assert again.buttons == ()
    assert question.text == again.text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "There is no story yet of what it follows."),
        ("uk", "Новин про те, за чим стежить канал, ще немає."),
        ("ru", "Новостей о том, за чем следит канал, ещё нет."),
    ],
)
async def test_a_post_of_something_else_is_shown_as_an_example(world: World, language: str, says: str) -> None:
    """Where nothing of what a channel follows is there yet, the newest story shows how its posts look; that is said."""
    telegram, user = world.telegram, world.telegram.add_user(language=language)
    feed = LocalFeed(world, f"other-{language}")
    await world.services.store.feeds.ensure(feed.url, slug=feed.name, name=feed.name, language=language)
    world.services.wake_poller()
    await world.site.until_requested_again(f"/{feed.name}.xml")
    topic, reader = f"Other {language}", await world.services.store.chats.ensure(user.id)
    await world.services.store.subscriptions.add(reader.id, Topic(TopicKind.TAG, topic.casefold(), topic))
    feed.publish(f"Something else {language}", tags=(topic,))
    await world.pushed(telegram.private_chat(user), f"Something else {language}")
    home = await connected(world, user, telegram.add_channel(f"Unheard {language}", user))
    channel = (await world.services.store.connections.of_person(user.id))[0]
    await world.services.store.subscriptions.add(channel.id, Topic(TopicKind.TAG, "unheard", "Unheard"))
    shown, controls = await tap_for_new(world, home, callbacks.SHOW_POST, 2)
    assert shown.text
    assert says in controls.text
    assert controls.text.count("⚙") == 1


async def test_a_channel_is_connected_by_its_name_or_a_post_of_it(world: World) -> None:
    """The @name does at any time; a forwarded post while the question is open, and is something to read otherwise."""
    telegram, user = world.telegram, world.telegram.add_user()
    named = telegram.add_channel("Named", user, username="named_wire")
    posting = telegram.add_channel("Posting", user)
    _, screen = await world.ask(user, "@named_wire", count=2)
    assert screen.text.startswith("📣 Named\n")
    (listed,) = await world.ask(user, "/connect")
    await tap_for_new(world, listed, "Connect a channel")
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, "A post without a link", forward_from=posting)
    _, screen = await world.new_messages(telegram.private_chat(user), before, 2)
    assert screen.text.startswith("📣 Posting\n")
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, "A post without a link", forward_from=named)
    (hint,) = await world.new_messages(telegram.private_chat(user), before, 1)
    assert hint.text.startswith("Send me a link")
    telegram.send_photo(user, user, forward_from=named)
    (_, hint) = await world.new_messages(telegram.private_chat(user), before, 2)
    assert hint.text.startswith("Send me a link")
    (listed,) = await world.ask(user, "/channels")
    assert [button.text for button in listed.buttons] == ["📣 Named", "📣 Posting", "➕ Connect a channel"]


async def test_a_chosen_channel_is_shown_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram's own word that the bot was let in shows no second screen, however late it is seen to."""
    telegram, user = world.telegram, world.telegram.add_user()
    shown, seen_to = asyncio.Event(), asyncio.Event()

    async def known_before_it_was_shown(*arguments: Any) -> Any:
        known = await welcome(*arguments)
        await shown.wait()
        return known

    async def until_the_end(services: Services, change: ChatMemberUpdated, context: Context) -> None:
        await see_to(services, change, context)
        seen_to.set()

    see_to = membership._in_channel
    monkeypatch.setattr(membership, "_in_channel", until_the_end)
    monkeypatch.setattr(membership, "welcome", known_before_it_was_shown)
    await connected(world, user, telegram.add_channel("Once", user, bot="left"))
    count = len(telegram.bot_messages(user))
    shown.set()
    await asyncio.wait_for(seen_to.wait(), 60)
    assert len(telegram.bot_messages(user)) == count


@pytest.mark.parametrize(
    ("language", "says"), [("en", "I cannot post there yet."), ("uk", "Я ще не можу"), ("ru", "Я ещё не могу")]
)
async def test_what_is_missing_is_said_and_tried_again(world: World, language: str, says: str) -> None:
    """A bot that may not post says what to do; once that is done, the button under it connects."""
    telegram, user = world.telegram, world.telegram.add_user(language=language)
    name = f"lacking_{language}"
    channel = telegram.add_channel("Lacking", user, username=name, bot="left")
    for standing in ("left", "member", "powerless"):
        if standing == "member":
            telegram.set_bot_status(channel, "member")
        if standing == "powerless":
            telegram.set_bot_status(channel, "administrator", without={"can_post_messages"})
        (obstacle,) = await world.ask(user, f"@{name}")
        assert obstacle.text.startswith(says), standing
    before = len(telegram.bot_messages(user))
    telegram.set_bot_status(channel, "administrator")
    (told,) = await world.new_messages(telegram.private_chat(user), before, 1)
    _, screen = await tap_for_new(world, obstacle, callbacks.CONNECT, 2)
    assert screen.text == told.text
    assert screen.text.startswith("📣 Lacking\n")


async def test_only_who_may_post_connects(world: World) -> None:
    """A subscriber and an administrator without the right to post are refused, a name of nothing is not found."""
    telegram = world.telegram
    owner, reader, helper = (telegram.add_user(name) for name in ("Owner", "Reader", "Helper"))
    channel = telegram.add_channel("Guarded", owner, reader, username="guarded_wire")
    telegram.set_status(channel, helper, "administrator", without={"can_post_messages"})
    for person in (reader, helper, telegram.add_user("Stranger")):
        (refusal,) = await world.ask(person, "@guarded_wire")
        assert refusal.text.startswith("As far as I can see, you cannot post in this channel.")
    assert (await world.ask(owner, "@no_such_wire"))[0].text.startswith("I cannot find that channel.")
    group = telegram.add_group("Group", owner, supergroup=True, username="some_group")
    assert (await world.ask(owner, f"@{group.username}"))[0].text.startswith("That is not a channel.")
    assert await world.services.store.chats.find(channel.id) is None


async def test_who_lets_the_bot_in_hears_what_to_do_next(world: World) -> None:
    """Adding the bot to a channel in Telegram itself is answered in private with the channel's screen."""
    telegram, user = world.telegram, world.telegram.add_user(language="uk")
    await world.ask(user, "/start")
    before = len(telegram.bot_messages(user))
    telegram.add_channel("Added", user, announce=True)
    (screen,) = await world.new_messages(telegram.private_chat(user), before, 1)
    assert screen.text.startswith("📣 Added\nПідписок ще немає")


async def test_cancel_puts_the_keyboard_away(world: World) -> None:
    """The question can be left."""
    user = world.telegram.add_user()
    await world.ask(user, "/channel")
    assert world.telegram.private_chat(user).interface is not None
    (said,) = await world.ask(user, "Cancel")
    assert said.text.startswith("Nothing was changed.")
    assert world.telegram.private_chat(user).interface is None


async def test_every_button_of_every_screen_is_about_the_channel(world: World) -> None:
    """From screen to screen, no button forgets which channel it is about, so that none changes the private chat."""
    telegram, user = world.telegram, world.telegram.add_user()
    await world.services.store.feeds.ensure(
        "http://127.0.0.1:9/walked.xml", slug="walked", name="Walked", language="en"
    )
    home = await connected(world, user, telegram.add_channel("Walked", user))
    channel = (await world.services.store.connections.of_person(user.id))[0]
    (asked,) = await tap_for_new(world, home, callbacks.ASK_TOPIC)
    for wish in ("drone -football", "war"):  # one is looked at first, the other is followed at once
        before = len(telegram.bot_messages(user))
        telegram.send_text(user, user, wish, reply_to=asked)
        await world.new_messages(telegram.private_chat(user), before, 1)
    topic_id = (await world.services.store.subscriptions.list(channel.id))[0].topic_id
    paths = [(callbacks.OPTIONS, f"opt:0:{number}", "opt:0") for number in range(len(FIELDS) + 1)]
    paths += [(callbacks.SUBSCRIPTIONS_PAGE, f"opt:{topic_id}", f"opt:{topic_id}:3", f"opt:{topic_id}:3:0")]
    paths += [(callbacks.SOURCES_PAGE, callbacks.TOGGLE_SOURCE), (callbacks.DISCONNECT,)]
    paths += [(callbacks.SUBSCRIPTIONS_PAGE, f"unsub:{topic_id}:0")]
    for path in paths:
        for step in path:
            _is_about(await tap(world, home, step), channel.id)
        await tap(world, home, callbacks.CHANNEL)
    await tap_for_new(world, home, callbacks.LANGUAGES)
    await tap_for_new(world, home, callbacks.SHOW_POST)
    for message in telegram.bot_messages(user):
        _is_about(message, channel.id)
    alone = await world.services.store.chats.find(user.id)
    assert alone is not None
    assert alone.choices == Choices()
    assert await world.services.store.subscriptions.count(alone.id) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_a_channel_follows_is_not_called_what_you_follow(world: World, language: str) -> None:
    """The way from what was just followed to the channel's list has the list's name on the channel's own screen."""
    telegram, user = world.telegram, world.telegram.add_user(language=language)
    home = await connected(world, user, telegram.add_channel("Named", user))
    (asked,) = await tap_for_new(world, home, callbacks.ASK_TOPIC)
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, "war", reply_to=asked)
    (followed,) = await world.new_messages(telegram.private_chat(user), before, 1)
    named = {key(screen, callbacks.SUBSCRIPTIONS_PAGE).text for screen in (home, followed)}
    assert len(named) == 1


def _is_about(screen: StoredMessage, place: int) -> None:
    """Check that a screen's buttons are about a channel, but for those that lead to all channels."""
    for button in screen.buttons:
        pressed = unpack(button.data or "")
        assert pressed is not None
        assert pressed.verb in {callbacks.CHANNELS, callbacks.CONNECT} or pressed.place == place, button


async def test_forged_buttons_reach_no_foreign_channel(world: World) -> None:
    """Whatever a stranger sends of a channel's buttons, and wherever, is refused; the channel stays as it is."""
    telegram, owner = world.telegram, world.telegram.add_user("Owner")
    channel = telegram.add_channel("Foreign", owner)
    await connected(world, owner, channel)
    chat = await world.services.store.chats.find(channel.id)
    assert chat is not None
    thief = telegram.add_user("Thief")
    (mine,) = await world.ask(thief, "/settings")
    (in_group,) = await world.ask(owner, "/settings", telegram.add_group("Group", owner, thief))
    verbs = [value for name, value in vars(callbacks).items() if name.isupper() and isinstance(value, str)]
    forged = [f"{verb}:{numbers}@{chat.id}" for verb in verbs for numbers in ("", "0:", "0:0:1:", "1:")]
    for person, message in ((thief, mine), (thief, in_group), (owner, in_group)):
        presses = [telegram.press(message, ApiButton("forged", data=data), person) for data in forged]
        await telegram.wait_for(lambda presses=presses: all(press.answered for press in presses))
    assert await world.services.store.chats.get(chat.id) == chat
    assert await follows(world, channel) == []
    assert telegram.bot_messages(channel) == []
    assert "📣" not in "".join(message.text for message in telegram.bot_messages(thief))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_value_of_ones_own_is_said_of_the_channel(world: World, language: str) -> None:
    """What is answered to a channel's screens changes the channel, not the private chat: numbers, zone, language."""
    telegram, user = world.telegram, world.telegram.add_user(language=language)
    channel = telegram.add_channel("Valued", user)
    screen = await connected(world, user, channel)
    await tap(world, screen, callbacks.OPTIONS, "opt:0:8")
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, "7", reply_to=screen)
    (said,) = await world.new_messages(telegram.private_chat(user), before, 1)
    assert said.text.startswith("📣 Valued\n")
    zone = len(FIELDS)
    await tap(world, said, f"opt:0:{zone}")
    before = len(telegram.bot_messages(user))
    telegram.send_text(user, user, "america/new york", reply_to=said)
    await world.new_messages(telegram.private_chat(user), before, 1)
    await tap(world, screen, "opt:0", callbacks.CHANNEL)
    (offered,) = await tap_for_new(world, screen, callbacks.LANGUAGES)
    other = next(button for button in offered.buttons if not button.text.startswith("✓") and button.data)
    await tap(world, offered, str(other.data))
    chats = world.services.store.chats
    theirs, mine = await chats.find(channel.id), await chats.find(user.id)
    assert theirs is not None
    assert mine is not None
    assert (theirs.choices, theirs.timezone) == (Choices(max_per_hour=7), "America/New_York")
    assert theirs.language != language
    assert (mine.choices, mine.timezone, mine.language) == (Choices(), None, language)


async def test_a_forged_answer_reaches_no_foreign_channel(world: World) -> None:
    """An answer to a question about somebody else's channel is refused, and so are one to its options and its link."""
    telegram, owner, thief = world.telegram, world.telegram.add_user("Owner"), world.telegram.add_user("Thief")
    screen = await connected(world, owner, telegram.add_channel("Theirs", owner))
    chat = (await world.services.store.connections.of_person(owner.id))[0]
    (question,) = await tap_for_new(world, screen, callbacks.ASK_TOPIC)
    await world.ask(thief, "/start")
    copied = telegram.world.store(telegram.private_chat(thief), telegram.world.bot, question.content)
    before = len(telegram.bot_messages(thief))
    telegram.send_text(thief, thief, "war", reply_to=copied)
    (refusal,) = await world.new_messages(telegram.private_chat(thief), before, 1)
    assert refusal.text.startswith("As far as I can see, you cannot post in this channel.")
    await tap(world, screen, callbacks.OPTIONS, "opt:0:8")
    copied = telegram.world.store(telegram.private_chat(thief), telegram.world.bot, screen.content)
    before = len(telegram.bot_messages(thief))
    telegram.send_text(thief, thief, "7", reply_to=copied)
    (refusal,) = await world.new_messages(telegram.private_chat(thief), before, 1)
    assert refusal.text.startswith("As far as I can see, you cannot post in this channel.")
    assert await world.services.store.chats.get(chat.id) == chat
    (refusal,) = await world.ask(thief, f"/start channel_{chat.id}")
    assert refusal.text.startswith("As far as I can see, you cannot post in this channel.")
    assert await world.services.store.subscriptions.count(chat.id) == 0


async def test_a_ban_of_a_channel_is_not_lifted_by_disconnecting_it(world: World) -> None:
    """Its screens are refused, also the one that would forget the channel and with it that it is shut out."""
    owner = world.telegram.add_user("Owner")
    channel = world.telegram.add_channel("Shut out", owner)
    screen = await connected(world, owner, channel)
    await tap(world, screen, callbacks.DISCONNECT)
    await world.services.store.chats.ban(channel.id)
    assert (await world.press(screen, key(screen, callbacks.DISCONNECTED))).startswith(
        "As far as I can see, you cannot post"
    )
    assert await world.services.store.chats.is_banned(channel.id)


async def test_a_right_that_is_lost_ends_at_once_where_telegram_tells(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demoted administrator's next tap is refused, although the bot believed a moment ago that they lead."""
    telegram, owner, editor = world.telegram, world.telegram.add_user("Owner"), world.telegram.add_user("Editor")
    channel = telegram.add_channel("Demoting", owner)
    telegram.set_status(channel, editor, "administrator")
    screen = await connected(world, editor, channel)
    await tap(world, screen, callbacks.OPTIONS)
    asked = len(telegram.requests_of("getChatMember"))
    await tap(world, screen, callbacks.CHANNEL, callbacks.OPTIONS)
    assert len(telegram.requests_of("getChatMember")) == asked  # believed for a moment
    assert KEPT.total_seconds() > 1
    forgotten, forget = asyncio.Event(), world.services.rights.forget

    def forget_and_tell(chat: int) -> None:
        forget(chat)
        forgotten.set()

    monkeypatch.setattr(world.services.rights, "forget", forget_and_tell)
    telegram.set_status(channel, editor, "member")
    await asyncio.wait_for(forgotten.wait(), 60)
    assert (await world.press(screen, key(screen, callbacks.CHANNEL))).startswith(
        "As far as I can see, you cannot post"
    )


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "I can no longer post in Silenced"),
        ("uk", "Я більше не можу публікувати в «Silenced»"),
        ("ru", "Я больше не могу публиковать"),
    ],
)
async def test_who_connected_a_channel_hears_that_it_is_silent(world: World, language: str, says: str) -> None:
    """Who connected it is told in private when somebody takes the right to post; it goes on when that is given back."""
    telegram, owner, other = world.telegram, world.telegram.add_user(language=language), world.telegram.add_user()
    channel = telegram.add_channel("Silenced", owner)
    telegram.set_status(channel, other, "administrator")
    screen = await connected(world, owner, channel)
    before = len(telegram.bot_messages(owner))
    telegram.set_bot_status(channel, "administrator", by=other, without={"can_post_messages"})
    (told,) = await world.new_messages(telegram.private_chat(owner), before, 1)
    assert told.text.startswith(says)
    await tap(world, told, callbacks.CHANNELS)
    assert "⚠ Silenced" in [button.text for button in told.buttons]

    async def may_post() -> bool:
        chat = await world.services.store.chats.find(channel.id)
        return chat is not None and chat.state is ChatState.ACTIVE

    assert not await may_post()
    telegram.set_bot_status(channel, "administrator", by=other)
    await world.until(may_post)
    await tap(world, screen, callbacks.OPTIONS, callbacks.CHANNEL)
    assert "⚠" not in screen.text
