"""News that appears in a feed comes to whoever follows its source or one of its tags."""

from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import pytest

from bot.playground.bot_api import StoredMessage, User
from tests import pages
from tests.handlers.conftest import World
from tests.site import Answer

pytestmark = pytest.mark.asyncio(loop_scope="session")


class LocalFeed:
    """A feed on the local site, with the pages that it leads to."""

    def __init__(self, world: World, name: str, host: str = "127.0.0.1") -> None:
        self.world, self.name, self.items = world, name, list[tuple[str, str]]()
        self.site_url = world.site.url.replace("127.0.0.1", host)
        self.url = f"{self.site_url}/{name}.xml"
        self._write()

    async def becomes_a_preset(self) -> None:
        """Let the operator offer the feed to everybody."""
        await self.world.services.store.feeds.ensure(self.url, slug=self.name, name=self.name, language="en")
        self.world.services.wake_poller()
        await self.world.site.until_requested_again(f"/{self.name}.xml")

    def publish(self, title: str, *, tags: tuple[str, ...] = (), **facts: Any) -> str:
        """Add an item with its page (facts are those of tests.pages.article) and return the page's URL."""
        path = f"/{self.name}/{len(self.items) + 1}"
        self.world.site.put(path, pages.article(title, tags=tags, path=path, **facts))
        link = self.site_url + path
        self.items.insert(0, (title, link))
        self._write()
        self.world.services.wake_poller()
        return link

    def _write(self) -> None:
        when = datetime.now(UTC)
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{when - timedelta(seconds=n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n, (title, link) in enumerate(self.items)
        )
        channel = f"<title>{self.name}</title><link>{self.world.site.url}</link>{items}"
        body = f'<rss version="2.0"><channel>{channel}</channel></rss>'
        self.world.site.put(f"/{self.name}.xml", Answer(body, content_type="application/rss+xml"))


async def follow(world: World, user: User, feed: LocalFeed) -> StoredMessage:
    """Let a person add a feed, wait until it was polled once, and return the bot's offer, tapped."""
    (offer,) = await world.ask(user, f"/add {feed.url}")
    await world.press(offer, feed.name)
    # A feed is polled again only after what it brought before is written down.
    await world.site.until_requested_again(f"/{feed.name}.xml")
    return offer


async def pushed(world: World, user: User, title: str) -> StoredMessage:
    """Wait for the push of a story to a person."""
    return await world.pushed(user, title)


async def test_a_feed_is_offered_with_its_headlines_and_followed_by_a_tap(world: World) -> None:
    """/add shows the feed's name and newest headlines; a tap follows it, and another one leaves it."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "offered")
    feed.publish("Old harvest news")
    offer = await follow(world, user, feed)
    assert "offered" in offer.text
    assert "• Old harvest news" in offer.text
    await world.telegram.wait_for(lambda: offer.buttons[0].text == "✓ offered")
    assert await world.press(offer, "offered") == "You no longer follow 📰 offered."


async def test_new_items_are_pushed_and_old_ones_are_not(world: World) -> None:
    """A follower gets what appears after they came, as a digest with buttons, and nothing of the past."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "herald")
    feed.publish("Yesterday's story")
    await follow(world, user, feed)
    feed.publish("A bridge opens", tags=("Bridges of Verkhivka",))
    message = await pushed(world, user, "A bridge opens")
    assert "— Ivan Lis" in message.text
    assert message.button("Bridges of Verkhivka")
    chat = world.telegram.private_chat(user)
    assert not any(sent.text.startswith("Yesterday's story") for sent in world.telegram.bot_messages(chat))


async def test_followers_of_a_tag_get_its_stories_once(world: World) -> None:
    """Whoever follows a tag gets the story, in whatever spelling; whoever follows it in two ways gets it once."""
    reader, both, other = (world.telegram.add_user() for _ in range(3))
    feed = LocalFeed(world, "gazette")
    await feed.becomes_a_preset()
    await world.ask(reader, "/subscribe river-crossings")
    await world.ask(both, "/subscribe #River Crossings")
    await world.ask(other, "/subscribe football")
    await follow(world, both, feed)
    feed.publish("A ferry returns", tags=("River crossings", "Ferries"))
    await pushed(world, reader, "A ferry returns")
    await pushed(world, both, "A ferry returns")
    feed.publish("A second ferry returns", tags=("River crossings",))
    await pushed(world, both, "A second ferry returns")
    await pushed(world, reader, "A second ferry returns")
    times = [message.text for message in world.telegram.bot_messages(world.telegram.private_chat(both))]
    assert sum(text.startswith("A ferry returns") for text in times) == 1
    assert len(world.telegram.bot_messages(world.telegram.private_chat(other))) == 1


async def test_a_stranger_s_feed_reaches_only_those_who_added_it(world: World) -> None:
    """A feed that a chat added brings its tagged stories to that chat, and not to others who follow the tag."""
    reader, stranger = world.telegram.add_user(), world.telegram.add_user()
    feed = LocalFeed(world, "spam")
    await world.ask(reader, "/subscribe Zebras")
    await follow(world, stranger, feed)
    feed.publish("Buy zebras now", tags=("Zebras",))
    await pushed(world, stranger, "Buy zebras now")
    (recent,) = await world.ask(reader, "/recent")
    assert "Buy zebras now" not in recent.text
    (recent,) = await world.ask(reader, "/recent zebras")
    assert "Buy zebras now" not in recent.text
    assert not any(
        message.text.startswith("Buy zebras now")
        for message in world.telegram.bot_messages(world.telegram.private_chat(reader))
    )


async def test_recent_lists_headlines_that_open_their_digests(world: World) -> None:
    """/recent shows times and headlines, backlog too; a number opens that story's digest."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "courier")
    feed.publish("An unread backlog story")
    await follow(world, user, feed)
    feed.publish("The newest courier story", tags=("Courier tag",))
    await pushed(world, user, "The newest courier story")
    (recent,) = await world.ask(user, "/recent")
    assert recent.text.startswith("Recent news\n")
    assert "The newest courier story courier" in recent.text
    assert "An unread backlog story courier" in recent.text
    line = next(line for line in recent.text.split("\n") if "An unread backlog story" in line)
    number, clock = line.split()[:2]
    assert len(clock) == len("19:02")
    count = len(world.telegram.bot_messages(world.telegram.private_chat(user)))
    await world.press(recent, number.rstrip("."))
    (digest,) = await world.new_messages(world.telegram.private_chat(user), count, 1)
    assert digest.text.startswith("An unread backlog story\n")


async def test_recent_of_a_topic_lists_only_that_topic(world: World) -> None:
    """/recent with a topic lists its stories alone, and says so where there are none."""
    user, feed = world.telegram.add_user(), LocalFeed(world, "bugle")
    await follow(world, user, feed)
    feed.publish("A story about owls", tags=("Owls",))
    feed.publish("A story about moles", tags=("Moles",))
    await pushed(world, user, "A story about owls")
    await pushed(world, user, "A story about moles")
    (recent,) = await world.ask(user, "/recent owls")
    assert recent.text.startswith("Recent news: #Owls\n")
    assert "A story about owls" in recent.text
    assert "moles" not in recent.text
    (nothing,) = await world.ask(user, "/recent submarines")
    assert nothing.text.endswith("Nothing yet. New items will appear here as they come.")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "Which site?"),
        ("nonsense with spaces", "That is not a web address"),
        ("http://127.0.0.1:1/", "Nothing answers at that address."),
        ("http://10.0.0.1/feed.xml", "That address is not on the public internet"),
        ("x" * 3000, "That is not a web address"),
    ],
)
async def test_an_address_that_cannot_be_added_gets_a_sentence(world: World, address: str, says: str) -> None:
    """What is no address, or nobody's, is named in a sentence."""
    user = world.telegram.add_user()
    assert (await world.ask(user, f"/add {address}"))[0].text.startswith(says)


async def test_a_site_without_a_feed_gets_a_sentence(world: World) -> None:
    """A page with no feed behind it says so and how to go on."""
    user = world.telegram.add_user()
    (message,) = await world.ask(user, f"/add {world.site.url}/home")
    assert message.text.startswith("I found no news feed on that site.")


async def test_one_event_of_two_sources_is_one_message_and_stays_so_in_every_view(world: World) -> None:
    """Who follows both gets one push; its views, and the second one's link, name the other source too."""
    user, title = world.telegram.add_user(), "Ferry with forty people runs aground off Verkhivka"
    first, second = LocalFeed(world, "morning", host="localhost"), LocalFeed(world, "evening")
    for feed in (first, second):
        await feed.becomes_a_preset()
        await follow(world, user, feed)
    first.publish(title)
    push = await pushed(world, user, title)
    other = world.telegram.add_user()
    await follow(world, other, second)
    link = second.publish(title)
    assert "Also: morning" in (await pushed(world, other, title)).text
    (card,) = await world.ask(user, link)
    assert "Also: morning" in card.text
    await world.press(push, "⋯")
    await world.telegram.wait_for(lambda: any(button.text == "Shorter" for button in push.buttons))
    await world.press(push, "Shorter")
    await world.telegram.wait_for(lambda: "Also: evening" in push.text)
    assert sum(title in message.text for message in world.telegram.bot_messages(user)) == 2
