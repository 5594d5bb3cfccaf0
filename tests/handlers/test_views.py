"""The tools under a digest, /saved and /search."""

import pytest

from tests import pages
from tests.handlers.conftest import World
from tests.handlers.test_pushes import LocalFeed, follow, pushed

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_digest_is_seen_shorter_longer_and_by_its_quotes_in_place(world: World) -> None:
    """⋯ shows the tools in place of the tags; each view changes the message itself, and Back brings the tags again."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    whole, count = digest.text, len(world.telegram.bot_messages(user))
    await world.press(digest, "⋯")
    await world.telegram.wait_for(lambda: any(button.text == "Shorter" for button in digest.buttons))
    assert digest.text == whole
    await world.press(digest, "Shorter")
    await world.telegram.wait_for(lambda: len(digest.text) < len(whole))
    assert "—" not in digest.text
    shorter = digest.text
    await world.press(digest, "Longer")
    await world.telegram.wait_for(lambda: len(digest.text) > len(shorter))
    await world.press(digest, "Quotes only")
    await world.telegram.wait_for(lambda: any(button.text == "• Quotes only" for button in digest.buttons))
    assert "— Ivan Lis" in digest.text
    await world.press(digest, "‹ Back")
    await world.telegram.wait_for(lambda: digest.text == whole)
    assert digest.button("Verkhivka")
    assert len(world.telegram.bot_messages(user)) == count


async def test_a_digest_is_kept_for_later(world: World) -> None:
    """☆ saves and ★ lets go; /saved lists what is kept and opens it."""
    user = world.telegram.add_user()
    assert (await world.ask(user, "/saved"))[0].text.startswith("Nothing is saved yet.")
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    await world.press(digest, "⋯")
    await world.telegram.wait_for(lambda: any("Save" in button.text for button in digest.buttons))
    assert await world.press(digest, "☆ Save") == "Saved. See /saved"
    await world.telegram.wait_for(lambda: any(button.text == "★ Saved" for button in digest.buttons))
    (listed,) = await world.ask(user, "/saved")
    assert listed.text.startswith("1 story saved")
    before = len(world.telegram.bot_messages(user))
    await world.press(listed, "1")
    (opened,) = await world.new_messages(world.telegram.private_chat(user), before, 1)
    assert opened.text == digest.text
    assert await world.press(digest, "★ Saved") == "No longer saved."
    assert (await world.ask(user, "/saved"))[0].text.startswith("Nothing is saved yet.")


async def test_what_came_is_searched_and_muted_from_its_message(world: World) -> None:
    """/search finds a push by any form of its words; Mute under it leaves what brought it; More shows its topic."""
    user, feed = world.telegram.add_user(language="uk"), LocalFeed(world, "searched")
    await feed.becomes_a_preset()
    await world.ask(user, "/subscribe Горлиці Підгір'я")
    await follow(world, world.telegram.add_user(), feed)
    feed.publish("Горлиця повернулася", tags=("Горлиці Підгір'я",))
    push = await pushed(world, user, "Горлиця повернулася")
    (found,) = await world.ask(user, "/search горлицями")
    assert found.text.startswith("Із надісланого вам: горлицями")
    assert "Горлиця повернулася" in found.text
    await world.press(push, "⋯")
    await world.telegram.wait_for(lambda: any("Відписатися" in button.text for button in push.buttons))
    before = len(world.telegram.bot_messages(user))
    await world.press(push, "Більше про це")
    (more,) = await world.new_messages(world.telegram.private_chat(user), before, 1)
    assert "Горлиця повернулася" in more.text
    await world.press(push, "Відписатися")
    (_, asked) = await world.new_messages(world.telegram.private_chat(user), before, 2)
    await world.press(asked, "#Горлиці Підгір'я")
    await world.telegram.wait_for(lambda: asked.text.startswith("Вилучено з підписок"))


async def test_a_search_that_finds_nothing_can_be_followed(world: World) -> None:
    """What did not come is looked for in all news; what is nowhere can be followed from there."""
    user = world.telegram.add_user()
    (found,) = await world.ask(user, "/search unicorns -horses")
    assert found.text.startswith("In all news: unicorns -horses")
    await world.press(found, "Follow")
    await world.telegram.wait_for(lambda: found.text.startswith("🔎 unicorns -horses"))
    assert (await world.ask(user, "/search"))[0].text.startswith("Search for what?")


async def test_the_language_is_changed_from_a_digest(world: World) -> None:
    """🌐 under a digest offers the languages in place; the one chosen holds for the digest and for what comes."""
    user = world.telegram.add_user()
    (digest,) = await world.ask(user, f"{world.site.url}/stories/1")
    whole = digest.text
    await world.press(digest, "⋯")
    await world.telegram.wait_for(lambda: any("Language" in button.text for button in digest.buttons))
    await world.press(digest, "Language")
    await world.telegram.wait_for(lambda: any("Українська" in button.text for button in digest.buttons))
    assert digest.text == whole
    assert digest.button("✓ English")
    await world.press(digest, "Українська")
    await world.telegram.wait_for(lambda: any("Повний текст" in button.text for button in digest.buttons))
    assert len(world.telegram.bot_messages(user)) == 1
    assert (await world.ask(user, "/saved"))[0].text.startswith("Ще нічого")


async def test_a_long_story_is_read_in_pages(world: World) -> None:
    """‹ and › turn them in the message itself, and no word is lost."""
    user = world.telegram.add_user()
    text = tuple(f"Chapter {n} of the long story tells " + f"of day {n} and what it brought, " * 15 for n in range(10))
    link = world.site.put("/long", pages.article("A long story", text=text, path="/long"))
    (digest,) = await world.ask(user, link)
    await world.press(digest, "Full text")
    await world.telegram.wait_for(lambda: any(button.text == "1 / 2" for button in digest.buttons))
    first = digest.text
    await world.press(digest, "›")
    await world.telegram.wait_for(lambda: digest.text != first)
    assert all(f"Chapter {n} " in first + digest.text for n in range(10))
    second = digest.text
    await world.press(digest, "☆ Save")
    await world.telegram.wait_for(lambda: any(button.text == "★ Saved" for button in digest.buttons))
    assert digest.text == second
    await world.press(digest, "‹")
    await world.telegram.wait_for(lambda: digest.text == first)
