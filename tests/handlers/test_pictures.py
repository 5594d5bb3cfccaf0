"""A story's lead picture, its preview and its whole text, as /settings has them: in pushes and in answers to links."""

from dataclasses import replace

import pytest
from telegram.constants import MessageLimit

from bot.options import Choices, Length, Picture
from bot.playground.bot_api import Chat, StoredMessage, User
from bot.playground.news.pictures import picture
from tests import pages
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed, follow, pushed
from tests.site import Answer

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = tuple(
    f"On {day} the council of Verkhivka heard why {what}, and its members asked about "
    + ", ".join(f"the {what.split()[0]} of {street} street" for street in ("Oak", "Mill", "Lime", "Ferry", "Castle"))
    + f", while the mayor promised an answer on all of it before {day} of the week after, with figures for each street."
    for day, what in (
        ("Monday", "bridges cost more than roads"),
        ("Tuesday", "schools close in March"),
        ("Wednesday", "trams stop at midnight"),
        ("Thursday", "gardens need new fences"),
        ("Friday", "lamps burn all day"),
        ("Saturday", "ferries wait for spring"),
    )
)

SPEECH = (
    '"We asked the engineers of three cities, and they told us of frost and floods and lorries, '
    + "of piers that stood for ninety years and of decks that did not last for nine, " * 7
    + 'and so we chose steel," Mayor Ivan Lis told the council on Monday.'
)


def put_picture(world: World, path: str, answer: Answer | None = None) -> str:
    """Serve a picture and return its address."""
    return world.site.put(path, answer or Answer(picture(40), content_type="image/png"))


async def choose(world: World, user: User, choices: Choices) -> None:
    """Let a person's chat have these options."""
    chat = await world.services.store.chats.ensure(world.telegram.private_chat(user).id)
    await world.services.store.options.set_chat(chat.id, choices)


def of(world: World, user: User) -> Chat:
    """Return a person's chat."""
    return world.telegram.private_chat(user)


def is_photo(message: StoredMessage) -> bool:
    """Say whether a message is a photo."""
    return message.content.media is not None and message.content.media.field == "photo"


async def test_the_picture_is_chosen_in_settings_and_comes_with_a_push(world: World) -> None:
    """Three taps; then a story comes as a photo, its caption cut at a sentence, the rest behind Longer, in place."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "gallery")
    (settings,) = await world.ask(user, "/settings")
    await world.press(settings, "Picture: none")
    await world.telegram.wait_for(lambda: any("photo" in button.text for button in settings.buttons))
    await world.press(settings, "photo with a short text")
    await world.telegram.wait_for(lambda: any(button.text.startswith("Picture: photo") for button in settings.buttons))
    await follow(world, user, feed)
    feed.publish("A bridge in pictures", text=(*LONG, SPEECH), image=put_picture(world, "/bridge.png"))
    photo = await pushed(world, user, "A bridge in pictures")
    assert is_photo(photo)
    assert len(photo.text) <= MessageLimit.CAPTION_LENGTH
    assert photo.text.endswith(("for each street.", "Ivan Lis"))
    count, caption = len(world.telegram.bot_messages(user)), photo.text
    await world.press(photo, "Longer")
    await world.telegram.wait_for(lambda: any(button.text == "›" for button in photo.buttons))
    first = photo.text
    await world.press(photo, "›")
    await world.telegram.wait_for(lambda: photo.text != first)
    assert photo.button("2 / ")
    await world.press(photo, "‹ Back")
    await world.telegram.wait_for(lambda: photo.text == caption)
    assert is_photo(photo)
    assert len(world.telegram.bot_messages(user)) == count


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/gone.png", Answer("gone", 404)),
        ("/page.png", Answer("<p>no picture</p>")),
        ("/broken.png", Answer(b"no picture", content_type="image/png")),
    ],
)
async def test_a_picture_that_telegram_refuses_is_left_out(world: World, path: str, answer: Answer) -> None:
    """The whole story comes as text, to every chat, and Telegram is asked for the picture once."""
    first, second = world.telegram.add_user(), world.telegram.add_user()
    feed = LocalFeed(world, "refused" + path.removeprefix("/").removesuffix(".png"))
    for user in (first, second):
        await choose(world, user, Choices(picture=Picture.PHOTO))
        await follow(world, user, feed)
    url = put_picture(world, path, answer)
    title = f"A bridge without {path}"
    feed.publish(title, image=url)
    for user in (first, second):
        message = await pushed(world, user, title)
        assert not is_photo(message)
        assert "— Ivan Lis" in message.text
    tried = [one for one in world.telegram.requests_of("sendPhoto") if one.arguments.get("photo") == url]
    assert 1 <= len(tried) <= 2  # both may have been on their way before the first refusal


async def test_a_group_that_takes_no_photos_gets_texts(world: World) -> None:
    """A right that is missing for photos alone does not end the pushes."""
    owner, feed = world.telegram.add_user(), LocalFeed(world, "textonly")
    group = world.telegram.add_group("Texts only", owner, supergroup=True)
    group.forbidden.add("photos")
    chat = await world.services.store.chats.ensure(group.id, kind="supergroup")
    await world.services.store.options.set_chat(chat.id, Choices(picture=Picture.PHOTO))
    await follow(world, owner, feed)
    found = await world.services.store.feeds.by_url(feed.url)
    assert found is not None
    await world.services.store.subscriptions.add(chat.id, found.topic)
    feed.publish("A bridge for readers", image=put_picture(world, "/readers.png"))
    assert not is_photo(await world.pushed(group, "A bridge for readers"))


async def test_a_picture_comes_as_a_large_preview(world: World) -> None:
    """Above the text, which keeps its length; it stays there when the view changes."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "previews")
    await choose(world, user, Choices(picture=Picture.PREVIEW))
    await follow(world, user, feed)
    url = put_picture(world, "/preview.png")
    feed.publish("A bridge above the text", image=url)
    message = await pushed(world, user, "A bridge above the text")
    shown = {"url": url, "prefer_large_media": True, "show_above_text": True}
    assert message.content.preview == shown
    whole = message.text
    await world.press(message, "⋯")
    await world.telegram.wait_for(lambda: any(button.text == "Shorter" for button in message.buttons))
    await world.press(message, "Shorter")
    await world.telegram.wait_for(lambda: message.text != whole)
    assert message.content.preview == shown


async def test_a_preview_of_the_page_is_shown_where_it_is_wanted(world: World) -> None:
    """`preview` names the story's page; without it there is none."""
    user, plain = world.telegram.add_user(), world.telegram.add_user()
    feed = LocalFeed(world, "paged")
    await choose(world, user, Choices(preview=True))
    await follow(world, user, feed)
    await follow(world, plain, feed)
    link = feed.publish("A bridge with its page")
    assert (await pushed(world, user, "A bridge with its page")).content.preview == {"url": link}
    assert (await pushed(world, plain, "A bridge with its page")).content.preview == {"is_disabled": True}


async def test_the_whole_text_comes_behind_a_push(world: World) -> None:
    """`length` full sends the cleaned article after the digest, with a photo too."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "wholes")
    await choose(world, user, Choices(length=Length.FULL, picture=Picture.PHOTO))
    await follow(world, user, feed)
    feed.publish("A bridge in full", text=LONG, image=put_picture(world, "/full.png"))
    digest = await pushed(world, user, "A bridge in full")
    assert is_photo(digest)

    def whole() -> bool:
        said = "\n".join(one.text for one in world.telegram.bot_messages(of(world, user)) if one.id > digest.id)
        return all(paragraph.strip() in said for paragraph in LONG)

    await world.telegram.wait_for(whole)


async def test_a_subscription_has_its_own_picture(world: World) -> None:
    """What it says goes before what the chat says."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "own")
    await choose(world, user, Choices(picture=Picture.PHOTO))
    await follow(world, user, feed)
    chat = await world.services.store.chats.ensure(of(world, user).id)
    found = await world.services.store.feeds.by_url(feed.url)
    assert found is not None
    said = await world.services.store.options.of_subscription(chat.id, found.topic_id)
    assert said is not None
    own = replace(said.own, picture=Picture.OFF)
    await world.services.store.options.set_subscription(chat.id, found.topic_id, own)
    feed.publish("A bridge unseen", image=put_picture(world, "/unseen.png"))
    assert not is_photo(await pushed(world, user, "A bridge unseen"))


async def test_a_link_is_answered_with_its_picture(world: World) -> None:
    """The word that it is being read becomes the photo itself; a refused picture leaves the text."""
    user = world.telegram.add_user()
    await choose(world, user, Choices(picture=Picture.PHOTO))
    image = put_picture(world, "/lead.png")
    link = world.site.put("/pictured/1", pages.article("A pictured bridge", path="/pictured/1", image=image))
    (answer,) = await world.ask(user, link)
    assert is_photo(answer)
    assert answer.text.startswith("A pictured bridge")
    assert await world.press(answer, "+ Verkhivka") == ("✓ You now follow #Verkhivka. Its news will come here.")
    await world.telegram.wait_for(lambda: any(button.text == "✓ Verkhivka" for button in answer.buttons))
    bad = world.site.put("/pictured/2", pages.article("A lost picture", path="/pictured/2", image=image + ".gone"))
    (text,) = await world.ask(user, bad)
    assert not is_photo(text)
    assert text.text.startswith("A lost picture")
