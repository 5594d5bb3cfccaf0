"""Inline mode, deep links, and texts without a link."""

import pytest

from bot.answering import SHORT_DESCRIPTION
from bot.deep_links import link_of, meant_by, payload_of
from bot.messages.catalogue import words_in
from bot.models import Topic, TopicKind
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed, follow, pushed

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = "\n".join(
    [
        "The council of Verkhivka has voted to rebuild the old mill.",
        "The mill has stood empty since the flood, and its wheel lies in the river. " * 3,
        "Work begins in spring, when the water is low, said the mayor of the town on Monday. " * 2,
        '"We shall see flour again before the harvest," said Ivan Lis, the mayor of Verkhivka.',
        "The costs are shared by the town and by the millers' guild, which has saved for ten years. " * 2,
    ]
)


async def test_a_link_typed_inline_gives_its_digest(world: World) -> None:
    """ "@bot <link>" offers one result: the card, ready to be sent into any chat."""
    user = world.telegram.add_user()
    asked = world.telegram.inline_query(user, f"{world.site.url}/stories/1")
    await world.telegram.wait_for(lambda: asked.answered)
    (result,) = asked.results
    assert result["title"] == "Footbridge in Verkhivka reopens"
    assert "Ivan Lis" in result["input_message_content"]["message_text"]


async def test_a_link_that_cannot_be_read_says_why_inline(world: World) -> None:
    """The one result has the sentence as its title, in the person's language."""
    user = world.telegram.add_user(language="uk")
    asked = world.telegram.inline_query(user, f"{world.site.url}/nowhere")
    await world.telegram.wait_for(lambda: asked.answered)
    assert asked.results[0]["title"].startswith("За цим посиланням немає сторінки")


async def test_words_typed_inline_find_stories_and_topics(world: World) -> None:
    """ "@bot words" offers topics that can be shared, and recent stories in every form of the words."""
    user, reader, feed = world.telegram.add_user(), world.telegram.add_user(), LocalFeed(world, "inline")
    await feed.becomes_a_preset()
    await follow(world, reader, feed)
    feed.publish("Lighthouses shine", tags=("Lighthouses of Odra",))
    await pushed(world, reader, "Lighthouses shine")
    asked = world.telegram.inline_query(user, "lighthouse")
    await world.telegram.wait_for(lambda: asked.answered)
    assert [result["title"] for result in asked.results] == ["🔔 #Lighthouses of Odra", "Lighthouses shine"]
    shared = asked.results[0]["input_message_content"]["message_text"]
    (shown,) = await world.ask(user, "/start " + shared.partition("start=")[2])
    assert shown.text.startswith("#Lighthouses of Odra")
    await world.press(shown, "Follow")
    await world.telegram.wait_for(lambda: shown.text.startswith("✓ You now follow #Lighthouses of Odra."))
    nothing = world.telegram.inline_query(user, "")
    await world.telegram.wait_for(lambda: nothing.answered)
    assert any(result["title"] == "Lighthouses shine" for result in nothing.results)


@pytest.mark.parametrize(
    "topic",
    [
        Topic(TopicKind.TAG, "north korea", "North Korea"),
        Topic(TopicKind.TAG, "україна", "Україна"),
        Topic(TopicKind.QUERY, "drone -football", "drone -football"),
        Topic(TopicKind.PERSON, "volodymyr zelenskyy", "Volodymyr Zelenskyy"),
        Topic(TopicKind.TAG, "x" * 90, "x" * 90),
        Topic(TopicKind.SOURCE, "wire", "The Wire"),
    ],
)
async def test_every_topic_has_a_link_that_telegram_takes(topic: Topic) -> None:
    """A payload has at most 64 of the characters that Telegram allows, and means the topic that it was made of."""
    payload = payload_of(topic, 123456789)
    assert len(payload) <= 64
    assert payload.isascii()
    assert payload.replace("_", "").replace("-", "").isalnum()
    meant = meant_by(payload)
    assert meant == 123456789 or topic.label in str(meant)


async def test_a_link_of_the_plan_opens_a_preview(world: World) -> None:
    """t.me/bot?start=sub_North-Korea shows North Korea with Follow; a payload that means nothing is a plain /start."""
    assert link_of("bot", Topic(TopicKind.TAG, "north korea", "North Korea"), 1).endswith("?start=sub_North-Korea")
    user = world.telegram.add_user()
    (shown,) = await world.ask(user, "/start sub_North-Korea")
    assert shown.text.startswith("#North Korea")
    assert shown.button("Follow")
    for payload in ("sub64_%%%", "topic_" + "9" * 30, "topic_٣", "whatever", "sub64_/w"):
        (plain_start,) = await world.ask(user, f"/start {payload}")
        assert len(plain_start.text.split("\n")) == 3, payload


async def test_a_link_to_a_topic_that_is_gone_says_so(world: World) -> None:
    """A number alone does not tell what was shared; the person is greeted and can follow it by name."""
    (gone, _, *greeting) = (await world.ask(world.telegram.add_user(), "/start topic_99999999"))[0].text.split("\n")
    assert gone == "I no longer have what that link leads to. Follow it by its name: /subscribe North Korea"
    assert len(greeting) == 3


async def test_an_invitation_has_a_link_for_what_is_followed(world: World) -> None:
    """/invite names what the chat follows, with buttons for groups and channels."""
    user = world.telegram.add_user(language="ru")
    await world.ask(user, "/subscribe Rivers")
    (shown,) = await world.ask(user, "/invite")
    assert "#Rivers" in shown.text
    assert [button.url for button in shown.buttons if button.url and "startgroup" in button.url]


async def test_a_long_text_is_summarized_itself(world: World) -> None:
    """A long text, or a forwarded post without a link but its channel's own, is answered with its short form."""
    user = world.telegram.add_user()
    (answer,) = await world.ask(user, TEXT)
    assert answer.text.startswith("📝 In short")
    assert len(answer.text) < len(TEXT)
    channel = world.telegram.add_channel("Mill News", username="mill_news")
    chat, before = world.telegram.private_chat(user), len(world.telegram.bot_messages(user))
    world.telegram.send_text(user, chat, TEXT + "\nhttps://t.me/mill_news", forward_from=channel)
    (answer,) = await world.new_messages(chat, before, 1)
    assert answer.text.startswith("📝 In short")


async def test_a_short_text_gets_a_hint(world: World) -> None:
    """What is short enough to be read is not summarized."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "The mill is open."))[0].text.startswith("Send me a link")


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
async def test_the_bot_introduces_itself_on_its_page(world: World, language: str) -> None:
    """The short description is set in each language, within Telegram's 120 characters."""
    code = "" if language == "en" else language
    assert world.telegram.world.profile.texts["short_description", code] == words_in(language).say(SHORT_DESCRIPTION)
