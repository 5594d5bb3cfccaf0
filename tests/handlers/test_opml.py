"""Lists of feeds: sent as a file, and asked for as one."""

import re

import pytest

from bot.feeds import opml
from bot.playground.bot_api import Chat, StoredMessage, User
from tests.handlers.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def listing(*outlines: str) -> bytes:
    """Return an OPML file, one outline a line, the first on line 2."""
    lines = "\n".join(outlines)
    return f'<opml version="2.0"><head><title>Mine</title></head><body>\n{lines}\n</body></opml>'.encode()


def outline(url: str, name: str = "A feed") -> str:
    """Return an entry of a list."""
    return f'<outline type="rss" text="{name}" xmlUrl="{url}"/>'


async def send(
    world: World, user: User, body: bytes, name: str = "mine.opml", *, caption: str = "", chat: Chat | None = None
) -> StoredMessage:
    """Let a person send a file and return what the bot says at last."""
    place = chat or world.telegram.private_chat(user)
    before = len(world.telegram.bot_messages(place))
    world.telegram.send_document(user, place, name, body, caption=caption)
    return (await world.new_messages(place, before, 1))[0]


async def followed(world: World, telegram_id: int) -> dict[str, tuple[str, ...]]:
    """Return the URL of each feed that a chat follows, and its folders."""
    chat = await world.services.store.chats.find(telegram_id)
    assert chat is not None
    return {one.feed.url: one.folders for one in await world.services.store.feeds.followed(chat.id)}


def sent_file(world: World, message: StoredMessage) -> bytes:
    """Return the bytes of a file that the bot has sent."""
    assert message.content.media is not None
    stored = world.telegram.world.files.get(message.content.media.file_id)
    assert stored is not None
    return stored.data


async def test_a_sent_list_is_followed_and_comes_back(world: World) -> None:
    """All feeds of a file are followed, folders and all; the export says the same, and a second import adds nothing."""
    user = world.telegram.add_user()
    one, two = f"{world.site.url}/opml-1.xml", f"{world.site.url}/opml-2.xml"
    body = listing('<outline text="Місто">', outline(one), "</outline>", outline(two), outline(one))
    said = await send(world, user, body)
    assert said.text.startswith("✓ You follow 2 more feeds.")
    assert await followed(world, user.id) == {one: ("Місто",), two: ()}
    file, everything = await world.ask(user, "/export", count=2)
    assert file.text == "2 feeds"
    assert one in sent_file(world, everything).decode()
    assert [(feed.url, feed.folders) for feed in opml.read(sent_file(world, file)).feeds] == [
        (one, ("Місто",)),
        (two, ()),
    ]
    again = await send(world, user, sent_file(world, file))
    assert again.text.startswith("You followed 2 feeds of it already.")


async def test_a_folder_is_offered_as_a_topic(world: World) -> None:
    """Folders are followed as topics only when tapped: they would bring the news of every source."""
    user = world.telegram.add_user()
    body = listing('<outline text="Bridges">', outline(f"{world.site.url}/opml-3.xml"), "</outline>")
    said = await send(world, user, body)
    assert len(await followed(world, user.id)) == 1
    assert await world.press(said, "#Bridges") == "✓ You now follow #Bridges. Its news will come here."


async def test_wrong_lines_are_named(world: World) -> None:
    """What cannot be followed is told with its line; the rest is followed."""
    user = world.telegram.add_user()
    good = f"{world.site.url}/opml-4.xml"
    body = listing(outline(good), outline("ftp://old.example/rss"), '<outline type="rss" text="Lost"/>')
    said = await send(world, user, body)
    assert said.text.split("\n")[1:] == [
        "Line 3: “ftp://old.example/rss” is not a web address.",
        "Line 4: “Lost” has no feed's address.",
    ]
    assert list(await followed(world, user.id)) == [good]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<rss version='2.0'><channel/></rss>", r"That file is not an OPML list\."),
        (b"\x89PNG\r\n\x1a\n", r"Line 1: the file is broken here|That file is not an OPML list\."),
        (b"<opml><body></body></opml>", r"There are no feeds in that file\."),
        (listing("<outline text='Open'>"), r"Line \d: the file is broken here"),
        (b"<opml>" + b" " * 2_000_001 + b"</opml>", r"That file is larger than 2 MB"),
    ],
    ids=["feed", "picture", "empty", "broken", "large"],
)
async def test_a_file_without_feeds_gets_a_sentence(world: World, body: bytes, says: str) -> None:
    """A file that is no list, an empty, a broken or a huge one is answered with what is wrong."""
    user = world.telegram.add_user()
    assert re.match(says, (await send(world, user, body)).text)
    assert await followed(world, user.id) == {}


async def test_entities_are_not_resolved(world: World) -> None:
    """A file that would read the machine's own files, or grow without end, adds nothing of that."""
    user = world.telegram.add_user()
    bomb = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    body = f'{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&j;&x;" xmlUrl="http://h.example/"/></body></opml>'
    said = await send(world, user, body.encode())
    assert "root:" not in said.text
    assert len(said.text) < 1_000


async def test_import_tells_how_and_takes_the_file_that_it_answers(world: World) -> None:
    """/import alone says what to send; in reply to a file of any name it imports that file."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/import"))[0].text.startswith("Send me the OPML file")
    place, url = world.telegram.private_chat(user), f"{world.site.url}/opml-5.xml"
    file = world.telegram.send_document(user, place, "feeds.txt", listing(outline(url)), content_type="text/plain")
    await world.telegram.wait_for(lambda: len(world.telegram.bot_messages(place)) == 2)
    world.telegram.send_text(user, place, "/import", reply_to=file)
    (said,) = await world.new_messages(place, 2, 1)
    assert said.text.startswith("✓ You follow 1 more feed.")
    assert list(await followed(world, user.id)) == [url]


async def test_a_caption_does_not_turn_the_file_into_a_link(world: World) -> None:
    """A list with words beneath it is still a list."""
    user = world.telegram.add_user()
    body = listing(outline(f"{world.site.url}/opml-6.xml"))
    said = await send(world, user, body, caption="my feeds, from https://reader.example")
    assert said.text.startswith("✓ You follow 1 more feed.")


async def test_in_groups_only_admins_import_and_only_when_asked(world: World) -> None:
    """A member's /import is refused, an admin's works; a file alone is nothing said to the bot."""
    admin, member = world.telegram.add_user("Admin"), world.telegram.add_user("Member")
    group = world.telegram.add_group("Readers", admin, member)
    body = listing(outline(f"{world.site.url}/opml-7.xml"))
    refused = await send(world, member, body, caption="/import", chat=group)
    assert refused.text == "In a group only its admins choose what it follows."
    done = await send(world, admin, body, caption="/import", chat=group)
    assert done.text.startswith("✓ You follow 1 more feed.")


async def test_whoever_follows_no_feed_is_told_how_to_begin(world: World) -> None:
    """/export without feeds says where to find some instead of sending an empty file."""
    user = world.telegram.add_user(language="uk")
    assert (await world.ask(user, "/export", count=2))[0].text.startswith("Ви ще не підписані на жодну стрічку.")
