"""/today: the day of one chat, as a picture and in words."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.world.files import picture_size
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed, follow, pushed

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("language", "today", "nothing"),
    [
        ("en", r"Today, [A-Z][a-z]+day, [A-Z][a-z]+ \d+\n", "Nothing has come to you today yet."),
        (
            "uk",
            r"Сьогодні, (понеділок|вівторок|середа|четвер|п’ятниця|субота|неділя), \d+ [а-яії]+\n",
            "Сьогодні вам ще нічого не надходило.",
        ),
        (
            "ru",
            r"Сегодня, (понедельник|вторник|среда|четверг|пятница|суббота|воскресенье), \d+ [а-я]+\n",
            "Сегодня вам ещё ничего не приходило.",
        ),
    ],
)
async def test_the_day_is_a_picture_with_its_words_and_ways_on(
    world: World, language: str, today: str, nothing: str
) -> None:
    """An empty day says so and goes on; then the stories come as numbers to open, their topics as buttons to follow."""
    user, feed = world.telegram.add_user(language=language), LocalFeed(world, f"day{language}")
    (empty,) = await world.ask(user, "/today")
    assert empty.text.startswith(nothing)
    assert "/sources" in empty.text
    assert len(empty.buttons) == 2
    await follow(world, user, feed)
    tag = f"Egrets of {language}"
    feed.publish(f"A heron lands {language}", tags=(tag,))
    await pushed(world, user, f"A heron lands {language}")
    feed.publish(f"A second heron lands {language}", tags=(tag,))
    await pushed(world, user, f"A second heron lands {language}")
    (picture,) = await world.ask(user, "/today")
    assert picture.content.media is not None
    assert picture.content.media.field == "photo"
    stored = world.telegram.world.files.get(picture.content.media.file_id)
    assert stored is not None
    width, height = picture_size(stored.data)
    assert (width, height > 900) == (1080, True)
    assert re.match(today, picture.text)
    assert f"1. A second heron lands {language}" in picture.text
    assert f"{tag} 2" in picture.text
    before = len(world.telegram.bot_messages(user))
    await world.press(picture, "2")
    (opened,) = await world.new_messages(world.telegram.private_chat(user), before, 1)
    assert opened.text.startswith(f"A heron lands {language}\n")
    await world.press(picture, f"+ {tag}")
    _, look = await world.new_messages(world.telegram.private_chat(user), before, 2)
    assert look.text.startswith(f"#{tag}")
    await world.press(look, "✓")
    await world.telegram.wait_for(lambda: not look.text.startswith("#"))
    (again,) = await world.ask(user, "/today")
    assert again.button(f"✓ {tag}")


async def test_a_group_without_photos_gets_the_day_in_words(world: World) -> None:
    """The text stands alone."""
    owner, feed = world.telegram.add_user(), LocalFeed(world, "daytext")
    group = world.telegram.add_group("Readers", owner, supergroup=True, bot="administrator")
    await follow(world, owner, feed)
    chat = await world.services.store.chats.ensure(group.id, kind="supergroup")
    found = await world.services.store.feeds.by_url(feed.url)
    assert found is not None
    await world.services.store.subscriptions.add(chat.id, found.topic)
    feed.publish("A stork for the group")
    await world.pushed(group, "A stork for the group")
    group.forbidden.add("photos")
    (words,) = await world.ask(owner, "/today", group)
    assert words.content.media is None
    assert "1. A stork for the group" in words.text


async def test_what_others_search_for_is_nobody_s_topic(world: World) -> None:
    """A query that another chat follows matches the story, and is not shown."""
    user, other, feed = world.telegram.add_user(), world.telegram.add_user(), LocalFeed(world, "dayquery")
    await feed.becomes_a_preset()
    (asked,) = await world.ask(other, '/subscribe "secret lapwing" -nothing')
    await world.press(asked, "Follow")
    await follow(world, user, feed)
    feed.publish("The secret lapwing was seen", tags=("Lapwings",))
    await pushed(world, user, "The secret lapwing was seen")
    await pushed(world, other, "The secret lapwing was seen")
    (day,) = await world.ask(user, "/today")
    assert "Topics: Lapwings 1" in day.text
    assert "secret lapwing" not in day.text.partition("Topics")[2]


async def test_yesterday_is_another_day(world: World) -> None:
    """The day begins at midnight of the chat's own clock."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "dayzone")
    await follow(world, user, feed)
    feed.publish("A crane flies")
    await pushed(world, user, "A crane flies")
    chat = await world.services.store.chats.ensure(world.telegram.private_chat(user).id)
    now = datetime.now(UTC)
    assert len((await world.services.store.days.of_chat(chat.id, now - timedelta(hours=1))).stories) == 1
    assert (await world.services.store.days.of_chat(chat.id, now + timedelta(hours=1))).stories == ()
