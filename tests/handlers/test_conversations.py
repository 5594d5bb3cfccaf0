"""Whole conversations over HTTP, from following to leaving, in every kind of chat and language."""

from dataclasses import dataclass

import pytest

from bot.messages import callbacks
from bot.options import Choices, Length
from bot.playground.bot_api import Chat, StoredMessage, Topic, User, too_many_requests
from bot.store import ChatState
from tests.handlers.conftest import World
from tests.handlers.test_channels import key, tap
from tests.handlers.test_pushes import LocalFeed

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ["en", "uk", "ru"]
SAYS = {
    "en": ("now follow", "You no longer follow", "How news of", "How news comes", "In a group only its admins"),
    "uk": ("Додано до підписок", "Вилучено з підписок", "Як надходять", "Як надходять новини", "У групі"),
    "ru": ("Добавлено в подписки", "Удалено из подписок", "Как приходят", "Как приходят новости", "В группе"),
}


@dataclass
class Room:
    """Where a conversation is: a chat, or one topic of a forum, with an admin in it."""

    world: World
    chat: Chat
    admin: User
    topic: Topic | None = None
    member: User | None = None

    @property
    def thread(self) -> int | None:
        """The topic's number; none outside of forums and in General."""
        return self.topic.id if self.topic else None

    async def say(self, text: str, by: User | None = None, reply_to: StoredMessage | None = None) -> StoredMessage:
        """Let somebody write here, and return the bot's answer, which is here too."""
        before = len(self.world.telegram.bot_messages(self.chat))
        self.world.telegram.send_text(by or self.admin, self.chat, text, thread_id=self.thread, reply_to=reply_to)
        return (await self.heard(before))[0]

    async def heard(self, before: int, count: int = 1) -> list[StoredMessage]:
        """Wait for more messages of the bot; all are here."""
        heard = await self.world.new_messages(self.chat, before, count)
        assert {message.thread_id for message in heard} == {self.thread}
        return heard

    async def pushed(self, title: str) -> StoredMessage:
        """Wait for a story's message here, whatever comes elsewhere."""

        def is_here(message: StoredMessage) -> bool:
            return message.thread_id == self.thread

        return await self.world.pushed(self.chat, title, is_here)

    async def follows(self) -> list[str]:
        """Return the labels of what is followed here."""
        chat = await self.world.services.store.chats.find(self.chat.id, self.thread)
        return [row.topic.label for row in await self.world.services.store.subscriptions.list(chat.id)] if chat else []


def room(world: World, kind: str, language: str) -> Room:
    """Return a place of a kind."""
    telegram = world.telegram
    admin, member = telegram.add_user("Admin", language=language), telegram.add_user("Member", language=language)
    if kind == "private":
        return Room(world, telegram.private_chat(admin), admin)
    if kind in {"group", "supergroup"}:
        group = telegram.add_group("Newsroom", admin, member, supergroup=kind == "supergroup")
        return Room(world, group, admin, member=member)
    forum = telegram.add_group("Forum", admin, member, forum=True)
    topic, _ = telegram.add_topic(forum, "News"), telegram.add_topic(forum, "Weather")
    return Room(world, forum, admin, topic if kind == "topic" else None, member)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["private", "group", "supergroup", "topic", "general"])
async def test_from_following_to_leaving(world: World, kind: str, language: str) -> None:
    """A tag is followed, its story comes to the right place, its buttons and options answer there, and it is left."""
    here, name = room(world, kind, language), f"{kind} {language}"
    following, leaving, how_topic, how_chat, _ = SAYS[language]
    subject = {"en": "Otters", "uk": "Видри", "ru": "Выдры"}[language]
    feed = LocalFeed(world, f"paper-{kind}-{language}")
    await feed.becomes_a_preset()
    assert following in (await here.say(f"/subscribe {subject}")).text
    feed.publish(f"Otters come to {name}", tags=(subject,))
    story = await here.pushed(f"Otters come to {name}")
    before = story.to_json()
    await world.press(story, key(story, callbacks.VIEW))
    await world.telegram.wait_for(lambda: story.to_json() != before)
    listed = await here.say("/subscriptions")
    await tap(world, listed, callbacks.OPTIONS)
    assert listed.text.startswith(how_topic)
    topic_id = next(int(button.data.split(":")[1]) for button in listed.buttons if button.data)
    await tap(world, listed, f"opt:{topic_id}:4", f"opt:{topic_id}:4:0")
    feed.publish(f"Otters leave {name}", tags=(subject,))
    assert len((await here.pushed(f"Otters leave {name}")).text) < len(story.content.body.text)
    settings = await here.say("/settings")
    assert settings.text.startswith(how_chat)
    await tap(world, settings, "opt:0:8")
    answered = await here.say("7", reply_to=settings)
    assert answered.text.startswith(how_chat)
    chat = await world.services.store.chats.find(here.chat.id, here.thread)
    assert chat is not None
    assert chat.choices == Choices(max_per_hour=7)
    said = await world.services.store.options.of_subscription(chat.id, topic_id)
    assert said is not None
    assert said.own == Choices(length=Length.HEADLINE)
    assert leaving in await world.press(listed, key(listed, callbacks.REMOVE_SUBSCRIPTION))
    assert await here.follows() == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_forums_topics_follow_and_hear_each_for_themselves(world: World, language: str) -> None:
    """Two topics and General follow different things; each hears of its own, and what one says holds for it alone."""
    telegram, admin = world.telegram, world.telegram.add_user(language=language)
    forum = telegram.add_group("Forum", admin, forum=True)
    rooms = [Room(world, forum, admin, telegram.add_topic(forum, name)) for name in ("One", "Two")]
    rooms.append(Room(world, forum, admin))
    feed = LocalFeed(world, f"forum-{language}")
    await feed.becomes_a_preset()
    tags = [f"{language}{word}" for word in ("lakes", "hills", "roads")]
    for place, followed in zip(rooms, tags, strict=True):
        await place.say(f"/subscribe {followed}")
    for followed in tags:
        feed.publish(f"News of {followed}", tags=(followed,))
    for place, followed in zip(rooms, tags, strict=True):
        await place.pushed(f"News of {followed}")
        assert await place.follows() == [followed]
    assert sum(message.text.startswith("News of") for message in telegram.bot_messages(forum)) == len(rooms)
    settings = await rooms[0].say("/settings")
    await tap(world, settings, "opt:0:3", "opt:0:3:0")
    chats = [await world.services.store.chats.find(forum.id, place.thread) for place in rooms]
    assert [chat and chat.choices for chat in chats] == [Choices(silent=True), Choices(), Choices()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["group", "topic"])
async def test_members_choose_where_admins_let_them(world: World, kind: str, language: str) -> None:
    """A member is refused until an admin says otherwise; deleting everything, and this choice, stay the admins'."""
    here, refusal = room(world, kind, language), SAYS[language][-1]
    telegram = world.telegram
    member = here.member
    assert member is not None

    def in_menu(name: str) -> bool:
        viewer = telegram.world.viewer(member, here.chat)
        return name in {each["command"] for each in telegram.world.profile.commands_for(viewer)}

    assert (await here.say("/subscribe war", by=member)).text.startswith(refusal)
    settings = await here.say("/settings")
    switch = key(settings, callbacks.MEMBERS)
    assert await world.press(settings, switch, member) != ""
    assert (await here.say("/subscribe war", by=member)).text.startswith(refusal)
    assert not in_menu("subscribe")
    await tap(world, settings, callbacks.MEMBERS)
    await telegram.wait_for(lambda: in_menu("subscribe"))
    assert SAYS[language][0] in (await here.say("/subscribe war", by=member)).text
    assert await here.follows() == ["war"]
    assert (await here.say("/delete_me", by=member)).text.startswith(refusal)
    await tap(world, settings, callbacks.MEMBERS)
    await telegram.wait_for(lambda: not in_menu("subscribe"))
    assert (await here.say("/subscribe peace", by=member)).text.startswith(refusal)


async def test_an_anonymous_admin_is_an_admin(world: World) -> None:
    """Who writes in the group's name may change what it follows, and is not the one who is told of its end."""
    telegram, admin = world.telegram, world.telegram.add_user("Admin")
    group = telegram.add_group("Masks", admin, supergroup=True)
    telegram.set_status(group, admin, "administrator", anonymous=True)
    telegram.send_text(admin, group, "/subscribe war", anonymous=True)
    (said,) = await world.new_messages(group, 0, 1)
    assert "now follow" in said.text
    chat = await world.services.store.chats.find(group.id)
    assert chat is not None
    assert chat.configured_by is None


async def test_a_topic_that_is_opened_again_goes_on(world: World) -> None:
    """A closed topic ends its pushes, not those of the others; when it is opened they go on by themselves."""
    telegram, admin = world.telegram, world.telegram.add_user()
    forum = telegram.add_group("Forum", admin, forum=True)
    first, general = Room(world, forum, admin, telegram.add_topic(forum, "One")), Room(world, forum, admin)
    feed = LocalFeed(world, "closing")
    await feed.becomes_a_preset()
    await first.say("/subscribe geese")
    await general.say("/subscribe geese")
    telegram.close_topic(forum, first.topic)
    feed.publish("Geese in the closed topic", tags=("geese",))
    await general.pushed("Geese in the closed topic")
    chats = world.services.store.chats

    async def state() -> ChatState | None:
        chat = await chats.find(forum.id, first.thread)
        return chat.state if chat else None

    async def is_open() -> bool:
        return await state() is ChatState.ACTIVE

    while await state() is not ChatState.CLOSED:
        feed.publish(f"More geese {len(feed.items)}", tags=("geese",))
        await general.pushed(feed.items[0][0])
    telegram.close_topic(forum, first.topic, closed=False)
    await world.until(is_open)
    feed.publish("Geese return", tags=("geese",))
    await first.pushed("Geese return")


async def test_readers_of_a_channel_change_nothing(world: World) -> None:
    """A tap of somebody who only reads the channel is answered, and no message there changes."""
    telegram, owner, reader = world.telegram, world.telegram.add_user("Owner"), world.telegram.add_user("Reader")
    channel = telegram.add_channel("Read", owner, reader)
    (digest,) = await world.ask(owner, f"{world.site.url}/stories/1")
    old = telegram.world.store(channel, telegram.world.bot, digest.content)
    for button in old.buttons:
        if button.data:
            said = await world.press(old, button, reader)
            assert said == "These buttons are for this channel's administrators."
    assert old.history == []
    assert telegram.bot_messages(channel) == [old]
    assert await world.services.store.chats.find(channel.id) is None


async def test_a_button_whose_topic_is_not_told_any_more_says_so(world: World) -> None:
    """Of a deleted message Telegram does not say in which topic of a forum it stood: nothing is changed for General."""
    telegram, admin = world.telegram, world.telegram.add_user()
    forum = telegram.add_group("Forum", admin, forum=True)
    here, general = Room(world, forum, admin, telegram.add_topic(forum, "One")), Room(world, forum, admin)
    await here.say("/subscribe war")
    await general.say("/subscribe war")
    listed = await here.say("/subscriptions")
    telegram.world.delete(listed)
    said = await world.press(listed, key(listed, callbacks.REMOVE_SUBSCRIPTION), admin)
    assert said == "This button is too old to work."
    assert await general.follows() == ["war"]


async def test_who_is_to_be_left_alone_keeps_nobody_else_waiting(world: World) -> None:
    """Telegram asks to write nothing to somebody for an hour: what they ask meanwhile takes no place of others."""
    flooding, other = world.telegram.add_user(), world.telegram.add_user()
    flooded = world.telegram.private_chat(flooding)
    refused = world.telegram.fail_next("sendMessage", "error", error=too_many_requests(3600))
    world.telegram.send_text(flooding, flooded, "/start")
    await refused.met.wait()
    for _ in range(100):
        world.telegram.send_text(flooding, flooded, "/start")
    assert (await world.ask(other, "/start"))[0].text
    assert world.telegram.bot_messages(flooded) == []
