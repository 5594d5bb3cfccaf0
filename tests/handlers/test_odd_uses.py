"""What nobody planned for: stale buttons, silenced groups, albums. Each gets a sentence, and nothing is lost."""

import asyncio
import logging

import pytest

from bot.playground.api_errors import ApiError
from tests import pages
from tests.handlers.conftest import World
from tests.site import Answer

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEADLINE = "Footbridge in Verkhivka reopens"


async def test_a_link_behind_a_channels_own_is_tried_again(world: World) -> None:
    """In a forwarded post the link to the channel is not read; "Try again" reads the one that failed."""
    user, channel = world.telegram.add_user(), world.telegram.add_channel("Posts", world.telegram.add_user())
    link = world.site.put("/later", Answer("later", 503))
    place = world.telegram.private_chat(user)
    world.telegram.send_text(user, place, f"https://t.me/posts wrote: {link}", forward_from=channel)
    (failed,) = await world.new_messages(place, 0, 1)
    assert "503" in failed.text
    world.site.put("/later", pages.article(path="/later"))
    await world.press(failed, "Try again")
    await world.telegram.wait_for(lambda: failed.text.startswith(HEADLINE))


async def test_a_link_of_an_answered_message_is_tried_again(world: World) -> None:
    """After /read in reply Telegram no longer tells the message with the link: the failed answer names it."""
    owner = world.telegram.add_user()
    group = world.telegram.add_group("Readers", owner, supergroup=True)
    link = world.site.put("/soon", Answer("later", 503))
    original = world.telegram.send_text(owner, group, f"See {link}")
    world.telegram.send_text(owner, group, "/read", reply_to=original)
    (failed,) = await world.new_messages(group, 0, 1)
    world.site.put("/soon", pages.article(path="/soon"))
    assert await world.press(failed, "Try again", owner) == ""
    await world.telegram.wait_for(lambda: failed.text.startswith(HEADLINE))


async def test_one_page_under_two_links_is_one_digest(world: World) -> None:
    """Tracking parameters and fragments make no other page."""
    user, link = world.telegram.add_user(), f"{world.site.url}/stories/1"
    other = world.site.put("/empty", pages.EMPTY)
    text = f"{link}?utm_source=mail {other} {link}?fbclid=1#top {link}"
    first, second = await world.ask(user, text, count=2)
    assert first.text.startswith(HEADLINE)
    assert second.text.startswith("I found no article")
    await world.ask(user, "/start")
    assert len(world.telegram.bot_messages(user)) == 3


@pytest.mark.parametrize("caption", ["", "/stories/1"])
async def test_an_album_is_answered_once(world: World, caption: str) -> None:
    """Ten pictures are ten messages for a bot: the words under one are answered, or once that there are none."""
    user = world.telegram.add_user()
    text = world.site.url + caption if caption else ""
    for number in range(4):
        world.telegram.send_photo(user, user, text if number == 0 else "", album=f"album of {user.id}")
    await world.new_messages(world.telegram.private_chat(user), 0, 1)
    await world.ask(user, "/start")
    told = [message.text for message in world.telegram.bot_messages(user)]
    assert len(told) == 2
    assert sum(text.startswith(HEADLINE if caption else "Send me a link") for text in told) == 1


async def test_an_album_whose_first_picture_is_looked_up_last_is_answered_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates are handled side by side; which picture of an album came first is known before anything is waited for."""
    user, chats, overtaken = world.telegram.add_user(), world.services.store.chats, asyncio.Event()
    is_banned, asked = chats.is_banned, list[int]()

    async def first_is_last(number: int) -> bool:
        asked.append(number)
        if len(asked) == 1:
            await overtaken.wait()
        banned = await is_banned(number)
        overtaken.set()
        return banned

    monkeypatch.setattr(chats, "is_banned", first_is_last)
    for text in (f"{world.site.url}/stories/1", "", ""):
        world.telegram.send_photo(user, user, text, album=f"overtaken {user.id}")
    await world.ask(user, "/start", count=2)
    told = [message.text for message in world.telegram.bot_messages(user)]
    assert len(told) == 2
    assert sum(text.startswith(HEADLINE) for text in told) == 1


async def test_two_albums_are_answered_each(world: World) -> None:
    """Another album is another question."""
    user = world.telegram.add_user()
    for album in ("one", "one", "two", "two"):
        world.telegram.send_photo(user, user, album=f"{album} of {user.id}")
    await world.telegram.wait_for_messages(user, 2)
    await world.ask(user, "/start")
    assert len(world.telegram.bot_messages(user)) == 3


async def test_direction_marks_disguise_no_button(world: World) -> None:
    """A topic whose name turns the line round is shown without what turns it, as are the words over a button."""
    user = world.telegram.add_user()
    (followed,) = await world.ask(user, "/subscribe \u202eabc\u202c שלום")
    assert followed.text.startswith("✓ You now follow #abc שלום.")
    (listed,) = await world.ask(user, "/subscriptions")
    assert listed.buttons[0].text == "✕ #abc שלום"
    assert await world.press(listed, listed.buttons[0]) == "You no longer follow #abc שלום."


async def test_a_value_that_is_none_is_said_to_be_none(world: World) -> None:
    """What is no value, or beyond all sense, changes nothing; the screen says so and asks again."""
    user = world.telegram.add_user(language="uk")
    (screen,) = await world.ask(user, "/settings")
    await world.press(screen, "Обмеження")
    await world.telegram.wait_for(lambda: screen.text.startswith("Обмеження: немає"))
    place = world.telegram.private_chat(user)
    for said in ("багато", "003600000000", "0", "3601"):
        before = len(world.telegram.bot_messages(place))
        world.telegram.send_text(user, place, said, reply_to=screen)
        (answer,) = await world.new_messages(place, before, 1)
        assert answer.text.startswith("Я цього не зрозумів. Спробуйте ще раз:\n\nОбмеження: немає")
    world.telegram.send_text(user, place, "3600", reply_to=answer)
    (taken,) = await world.new_messages(place, len(world.telegram.bot_messages(place)), 1)
    assert taken.button("Обмеження: 3600 повідомлень на годину")


@pytest.mark.parametrize("offset", ["²", "99999999999999999999", "-1", "x"])
async def test_a_forged_page_of_inline_results_is_the_first(world: World, offset: str) -> None:
    """A client may send any offset."""
    query = world.telegram.inline_query(world.telegram.add_user(), "unicorns", offset=offset)
    await world.telegram.wait_for(lambda: query.answered)


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "I cannot write in Quiet."), ("uk", "Я не можу писати в «Quiet»."), ("ru", "Я не могу писать в «Quiet».")],
)
async def test_who_asks_in_a_silenced_group_is_told_in_private(
    world: World, language: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot may not answer there; that is no error of ours, and what is followed stays."""
    owner = world.telegram.add_user(language=language)
    await world.ask(owner, "/start")
    group = world.telegram.add_group("Quiet", owner, supergroup=True)
    await world.ask(owner, "/subscribe Silence", group)
    group.forbidden.add("messages")
    world.telegram.send_text(owner, group, "/subscriptions")
    told = (await world.telegram.wait_for_messages(owner, 2))[-1]
    assert told.text.startswith(says)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    group.forbidden.clear()
    assert (await world.ask(owner, "/subscriptions", group))[0].button("#Silence")


@pytest.mark.parametrize(
    ("language", "says"), [("en", "This button is from before"), ("uk", "Ця кнопка ще з тих часів")]
)
async def test_a_button_of_a_group_that_has_become_a_supergroup_says_so(
    world: World, language: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Clients show it in the supergroup. What it did holds there; nothing is kept under the old number."""
    owner = world.telegram.add_user(language=language)
    group = world.telegram.add_group("Grown", owner)
    (followed,) = await world.ask(owner, "/subscribe Growth", group)
    left = followed.button("↩")
    await world.press(followed, left, owner)
    await world.telegram.wait_for(lambda: len(followed.buttons) == 2 and followed.buttons[0] != left)
    large = world.telegram.migrate(group)
    await world.until(lambda: world.services.store.chats.find(large.id))
    await world.press(followed, followed.buttons[0], owner)  # "Follow again", as it is shown in the supergroup
    (said,) = await world.telegram.wait_for_messages(large)
    assert said.text.startswith(says)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (await world.ask(owner, "/subscriptions", large))[0].button("#Growth")
    assert await world.services.store.chats.find(group.id) is None


async def test_what_fails_while_it_is_done_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word that something is being done never stands for ever, whatever went wrong."""
    user = world.telegram.add_user()

    async def broken(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("of a test")

    monkeypatch.setattr("handlers.add.discover", broken)
    monkeypatch.setattr("handlers.links.summarized", broken)
    for said in (f"/add {world.site.url}", "A long text that says a lot. " * 40):
        (answer,) = await world.ask(user, said)
        assert answer.text.startswith("Something went wrong here")


async def test_an_error_is_said_in_the_language_of_the_chat(world: World) -> None:
    """In the one that was chosen with /language, whatever the person's client speaks."""
    user = world.telegram.add_user(language="en")
    (choice,) = await world.ask(user, "/language")
    await world.press(choice, "Українська")
    world.telegram.fail_next("sendMessage", "error", error=ApiError(400, "Bad Request: something new"))
    (said,) = await world.ask(user, "/start")
    assert said.text.startswith("У мене щось пішло не так")


async def test_a_link_that_is_put_right_is_read(world: World) -> None:
    """An edit that brings a new link is answered; one that changes words, or a message from before, is not."""
    user, link = world.telegram.add_user(), f"{world.site.url}/stories/1"
    asked = world.telegram.send_text(user, user, f"{world.site.url}/stories/typo")
    (failed,) = await world.new_messages(world.telegram.private_chat(user), 0, 1)
    assert "404" in failed.text
    world.telegram.edit_text(asked, f"{link}?utm_source=mail")
    (_, read) = await world.new_messages(world.telegram.private_chat(user), 0, 2)
    assert read.text.startswith(HEADLINE)
    world.telegram.edit_text(asked, f"Look: {link}")
    world.telegram.edit_text(asked, "Nothing")
    await world.ask(user, "/start")
    assert len(world.telegram.bot_messages(user)) == 3


async def test_a_command_that_is_put_right_is_obeyed(world: World) -> None:
    """An edited command is a command."""
    user = world.telegram.add_user()
    said = world.telegram.send_text(user, user, "/subscribe Kyvi")
    await world.telegram.wait_for_messages(user, 1)
    world.telegram.edit_text(said, "/subscribe Kyiv")
    followed = (await world.telegram.wait_for_messages(user, 2))[-1]
    assert followed.text.startswith("✓ You now follow #Kyiv.")
