"""The pictures of the chat page in the docs: a person of the demo walks through the screens, in a real Chromium.

    python -m benchmarks.screens [--language en] [--into build/screens]

Look at each before it goes to docs/screens, and at those of the other languages: what a button cuts off or a sentence
leaves unclear is seen here first. Needs a font with emoji (Debian: fonts-noto-color-emoji, fonts-noto-core).
docs/screens/today.png is not among them: it is the bot's own picture, not the page's.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from bot.commands.demo import real_bot
from bot.messages.catalogue import Words, words_in
from bot.playground.demo import Surroundings, playground
from tests.playground.browser import Browser, Tab, installed

HEIGHT, WIDTH, WIDE = 900, 1000, 1180
"""Pixels of the pictures' sides; the README's own is wide."""

_ROWS = "[...document.querySelectorAll('#messages .row')]"
_KEYS = "[...document.querySelectorAll('.theirs .key, #reply-keyboard .key, .choices .chip')]"


class Visitor:
    """A person at the chat page.

    Args:
        tab: the open page.
        words: the interface's language.
        folder: where pictures go.
    """

    def __init__(self, tab: Tab, words: Words, folder: Path) -> None:
        self._tab, self._words, self._folder = tab, words, folder

    async def say(self, text: str) -> None:
        """Send a message and wait for what the bot says to it."""
        count = await self._tab.run(f"{_ROWS}.length")
        await self._tab.click("#text")
        await self._tab.type(text)
        await self._tab.run("document.querySelector('.send').click()")
        await self._tab.wait(f"{_ROWS}.length >= {count + 2} && {_ROWS}.at(-1).querySelector('.key')")

    async def tap(self, label: str, then: str = "") -> None:
        """Press the newest button with this label; wait for one that says `then`, or until an answer is asked for."""
        key, expected = (json.dumps(self._words.say(text)) for text in (label, then))
        await self._tab.run(f"{_KEYS}.filter((key) => key.textContent.includes({key})).at(-1).click()")
        shown = f"{_KEYS}.slice(-12).some((key) => key.textContent.includes({expected}))"
        await self._tab.wait(shown if then else "!document.querySelector('#replying').hidden")

    async def take(self, name: str, width: int = WIDTH) -> None:
        """Take a picture of the newest messages."""
        size = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        await self._tab.command("Emulation.setDeviceMetricsOverride", **size)
        await self._tab.run("document.activeElement.blur()")
        await self._tab.run("document.querySelector('#messages').scrollTop = 1e9")
        await self._tab.screenshot(self._folder / f"{name}.png")


async def walk(visitor: Visitor, story: str, topic: str, word: str, form: str) -> None:
    """Take every picture, with a story's address, a tag of the sample site and a word of a headline in two forms."""
    await visitor.say(story)
    await visitor.take("chat-page", WIDE)
    await visitor.tap("⋯", "Save")
    await visitor.take("tools")
    await visitor.say(f"/subscribe {word} -opera")
    await visitor.tap("Follow", "Undo")
    await visitor.take("followed")
    await visitor.say(f"/search {form}")
    await visitor.take("search")
    await visitor.say("/settings")
    await visitor.take("settings")
    await visitor.say("/start")
    await visitor.say("/channel")
    await visitor.tap("Connect a channel", "Choose a channel")
    await visitor.take("channel-connect")
    await visitor.tap("Choose a channel", "Morning Wire")
    await visitor.tap("Morning Wire", "Follow something")
    await visitor.tap("Follow something")
    await visitor.say(topic)
    await visitor.tap("To the channel", "Show me a post")
    await visitor.take("channel")
    await visitor.tap("Show me a post", "Post it in the channel")
    await visitor.take("channel-post")


async def _visit(around: Surroundings, tab: Tab, language: str, folder: Path) -> None:
    around.me.language_code = language
    await tab.open(around.page_url, width=WIDTH, height=HEIGHT)
    await tab.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    await tab.wait("document.querySelectorAll('#chats li').length === 3")
    await tab.click("#start")
    await tab.wait(f"{_ROWS}.length >= 2")
    newest = around.news.items(language)
    named = {"en": ("Sorvyn", "whales", "whale")}.get(language, ("Сорвин", "гринд", "гринда"))
    await walk(Visitor(tab, words_in(language), folder), around.news.address(newest[0]), *named)


async def _main(options: argparse.Namespace) -> None:
    options.into.mkdir(parents=True, exist_ok=True)
    executable = installed()
    if executable is None:
        raise SystemExit("Needs Chromium (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as profile, Browser(executable, Path(profile)) as browser:
        async with playground(story_seconds=None) as around, real_bot(around), browser.tab() as tab:
            await _visit(around, tab, options.language, options.into)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", choices=["en", "uk", "ru"])
    parser.add_argument("--into", type=Path, default=Path("build/screens"), help="a folder for the pictures")
    asyncio.run(_main(parser.parse_args()))
