"""`quotewire demo`: the whole product, driven from its chat page in a real browser."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.demo import real_bot
from bot.playground.demo import Surroundings, playground
from bot.store import Store
from tests.playground.browser import Browser, installed


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    """Return the demo, real bot included, whose site publishes only on request."""
    async with playground(story_seconds=None) as surroundings, real_bot(surroundings):
        yield surroundings


async def test_a_person_reads_follows_and_is_told(around: Surroundings, tmp_path: Path) -> None:
    """On the chat page a pasted link becomes a digest, a tapped tag is marked, and its next story comes by itself."""
    executable = installed()
    if executable is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    story = around.news.items("en")[-1]
    with Browser(executable, tmp_path / "profile") as browser:
        async with browser.tab() as page:
            await page.open(around.page_url)
            await page.wait("!document.querySelector('#start').hidden")
            await page.click("#start")
            await page.wait("!document.querySelector('#composer').hidden")
            await page.click("#text")
            await page.type(around.news.address(story))
            await page.key("Enter")
            await page.wait("document.querySelector('#messages blockquote') !== null")
            shown = await page.run("document.querySelector('#messages').innerText")
            assert story.story.title in shown
            assert "Support us" not in shown
            assert page.problems == []


async def _until_polled(around: Surroundings) -> None:
    """Wait until each source was asked once: what it shows then is no news."""
    async with asyncio.timeout(120), Store(around.overrides["database_url"]) as store:
        for source in around.sources:
            while (feed := await store.feeds.by_slug(source.slug)) is None or feed.state.first_read is None:  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.02)


async def test_every_source_of_the_sample_site_is_pushed(around: Surroundings) -> None:
    """News of the RSS feed, the Atom feed and the headline list reaches whoever follows them, as digests."""
    server, me = around.server, around.me
    chat = server.private_chat(me)
    server.send_text(me, chat, "/sources")
    (listed,) = await server.wait_for_messages(chat, 1)
    for source in around.sources:
        press = server.press(listed, source.name)
        await server.wait_for(lambda press=press: press.answered)
    await _until_polled(around)
    titles = [around.news.publish_next().story.title for _ in range(3)]

    def pushed() -> bool:
        return all(any(message.text.startswith(title) for message in server.bot_messages(chat)) for title in titles)

    await server.wait_for(pushed)


async def test_the_command_says_where_it_runs_and_stops_when_told() -> None:
    """The command prints the page's address, and ends in order on an interrupt."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--no-browser",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said = [await asyncio.wait_for(process.stdout.readline(), 120) for _ in range(3)]
    assert b"http://127.0.0.1:" in said[1]
    process.terminate()
    _, errors = await asyncio.wait_for(process.communicate(), 120)
    assert (process.returncode, errors) == (0, b"")
