"""Links become digests, wherever they stand in a message."""

import pytest

from bot.playground.bot_api import StoredMessage
from bot.playground.world.messages import ApiButton
from tests import pages
from tests.handlers.conftest import World
from tests.site import Answer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def shows_the_digest(message: StoredMessage) -> bool:
    """Tell whether a message is the digest of the sample article."""
    return "Footbridge in Verkhivka reopens" in message.text and "Ivan Lis" in message.text


async def test_a_link_becomes_a_digest_in_place_of_the_placeholder(world: World) -> None:
    """The bot answers a link at once, then turns that answer into title, byline, summary, quotes and buttons."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, f"{world.site.url}/stories/1")
    assert message.history[0].body.text.startswith("⏳ Reading 127.0.0.1")
    lines = message.text.split("\n")
    assert lines[0] == "Footbridge in Verkhivka reopens"
    assert lines[1].startswith("Sample Herald · Olena Sad · ")
    assert f"“{pages.QUOTE}" in message.text
    assert "— Ivan Lis" in message.text
    assert {"bold", "text_link", "italic", "blockquote"} <= {entity.type for entity in message.entities}
    assert "Harvest festival" not in message.text
    assert "Support us" not in message.text
    assert [button.text for button in message.buttons][:2] == ["+ Verkhivka", "+ Bridges"]


async def test_the_bot_shows_that_it_works(world: World) -> None:
    """While a link is read the chat shows "typing"."""
    user = world.telegram.add_user()
    await world.ask(user, f"{world.site.url}/stories/1")
    actions = [request.arguments for request in world.telegram.requests_of("sendChatAction")]
    assert {"chat_id": user.id, "action": "typing"} in [
        {"chat_id": int(action["chat_id"]), "action": action["action"]} for action in actions
    ]


async def test_links_inside_text_captions_forwards_and_behind_words_are_read(world: World) -> None:
    """A link works wherever Telegram lets one stand."""
    user = world.telegram.add_user()
    chat = world.telegram.private_chat(user)
    link = f"{world.site.url}/stories/1"
    world.telegram.send_text(user, chat, f"look at this: {link}, it is good")
    world.telegram.send_text(user, chat, f'<a href="{link}">the bridge</a>', html=True)
    world.telegram.send_photo(user, chat, f"from {link}")
    world.telegram.send_text(user, chat, link, forward_from="A Friend")
    messages = await world.new_messages(chat, 0, 4)
    assert all(shows_the_digest(message) for message in messages)


async def test_several_links_get_an_answer_each(world: World) -> None:
    """Each link of a message gets its own answer, good and bad side by side."""
    user = world.telegram.add_user()
    messages = await world.ask(user, f"{world.site.url}/stories/1 and {world.site.url}/nothing", count=2)
    assert shows_the_digest(messages[0])
    assert messages[1].text.startswith("There is no page at that link (the site answers 404).")


async def test_more_links_than_are_read_are_named(world: World) -> None:
    """The links past the fifth are not read, and the person is told so."""
    user = world.telegram.add_user()
    links = " ".join(f"{world.site.url}/nothing/{number}" for number in range(7))
    messages = await world.ask(user, links, count=6)
    assert len(messages) == 6
    assert (
        messages[-1].text
        == "I read 5 links at a time and left 2 out. Send them again by themselves, or: /read <address>"
    )


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/home", "I found no article on that page."),
        ("/empty", "I found no article on that page."),
        ("/picture.png", "That link leads to a file"),
        ("/paper.pdf", "That link leads to a file"),
        ("/nothing-here", "There is no page at that link (the site answers 404)."),
        ("/paywall", "Only the opening of that article is free to read"),
        ("/loop", "That link leads round in circles"),
    ],
)
async def test_what_is_no_article_gets_a_sentence(world: World, path: str, says: str) -> None:
    """Each kind of page that cannot be read is named in a sentence of its own."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, world.site.url + path)
    assert message.text.startswith(says)


async def test_a_dead_host_can_be_tried_again(world: World) -> None:
    """Nothing answers there: the person is told and offered a button, which reads the link again."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, "http://127.0.0.1:1/stories")
    assert message.text.startswith("Nothing answers at that address.")

    def edits() -> list[str]:  # the second says the same, which Telegram refuses
        tried = world.telegram.requests_of("editMessageText")
        return [one.description for one in tried if int(one.arguments["chat_id"]) == user.id]

    assert await world.press(message, "Try again") == ""
    await world.telegram.wait_for(lambda: len(edits()) == 2)
    assert "not modified" in edits()[1]
    assert message.text.startswith("Nothing answers at that address.")


async def test_trying_again_finds_what_has_come_back(world: World) -> None:
    """The button under a failed answer turns it into the digest once the site works."""
    user = world.telegram.add_user()
    link = world.site.put("/busy", Answer("later", 503))
    (message,) = await world.ask(user, link)
    assert "503" in message.text
    world.site.put("/busy", pages.article(path="/busy"))
    await world.press(message, "Try again")
    await world.telegram.wait_for(lambda: shows_the_digest(message))


async def test_a_private_address_is_refused(world: World) -> None:
    """A link into somebody's own network is not opened."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, "http://192.168.1.1/admin")
    assert message.text.startswith("That address is not on the public internet")


async def test_text_without_a_link_gets_a_hint(world: World) -> None:
    """A person who writes something else learns what to send, in their language."""
    user = world.telegram.add_user(language="uk")
    (message,) = await world.ask(user, "привіт")
    assert message.text.startswith("Надішліть мені посилання на новину")


async def test_the_full_text_and_the_background_open_in_place(world: World) -> None:
    """The buttons turn a digest into the cleaned text, and into the background; so do those of old messages."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    card = digest.text
    await world.press(digest, "Full text")
    await world.telegram.wait_for(lambda: all(paragraph in digest.text for paragraph in pages.ARTICLE_TEXT))
    await world.press(digest, "Background")
    await world.telegram.wait_for(lambda: pages.ARTICLE_TEXT[1] not in digest.text)
    assert digest.text.endswith("rotten beams.")
    await world.press(digest, "‹ Back")
    await world.telegram.wait_for(lambda: digest.text == card)
    number = (digest.button("Full text").data or "").split(":")[1]
    press = world.telegram.press(digest, ApiButton("Full text", f"full:{number}"))
    await world.telegram.wait_for(lambda: press.answered)
    await world.telegram.wait_for(lambda: pages.ARTICLE_TEXT[-1] in digest.text)
    assert len(world.telegram.bot_messages(user)) == 1


async def test_markup_in_a_title_is_shown_as_text(world: World) -> None:
    """Angle brackets and ampersands in a headline arrive as they are."""
    user = world.telegram.add_user()
    link = world.site.put("/odd", pages.article("Profit < loss & growth", path="/odd"))
    (message,) = await world.ask(user, link)
    assert message.text.startswith("Profit < loss & growth\n")


async def test_a_group_is_answered_only_when_it_asks(world: World) -> None:
    """In a group a link alone is left alone; a mention, a reply to the bot, and /read are answered."""
    user = world.telegram.add_user()
    group = world.telegram.add_group("Friends", user, supergroup=True, bot="administrator")
    link, name = f"{world.site.url}/stories/1", world.telegram.world.bot.username
    world.telegram.send_text(user, group, link)
    (mentioned,) = await world.ask(user, f"@{name} {link}", group)
    assert shows_the_digest(mentioned)
    replied = world.telegram.send_text(user, group, link, reply_to=mentioned)
    (_, second) = await world.new_messages(group, 0, 2)
    assert second.reply_to == replied.id
    asked = world.telegram.send_text(user, group, f"/read {link}")
    (_, _, third) = await world.new_messages(group, 0, 3)
    assert third.reply_to == asked.id
    assert len(world.telegram.bot_messages(group)) == 3


async def test_read_answers_the_link_of_the_message_replied_to(world: World) -> None:
    """/read in reply to somebody's message reads the link in that message."""
    user = world.telegram.add_user()
    group = world.telegram.add_group("Friends", user)
    posted = world.telegram.send_text(user, group, f"{world.site.url}/stories/1")
    world.telegram.send_text(user, group, "/read", reply_to=posted)
    (message,) = await world.new_messages(group, 0, 1)
    assert shows_the_digest(message)
