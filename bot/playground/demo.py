"""The whole playground around the real bot: Telegram's stand-in, the sample news site, the chat page.

The bot itself is started by whoever calls: this room knows neither Telegram's client nor the application.
"""

import asyncio
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.ending import Told
from bot.playground.chat_page import ChatPage
from bot.playground.news import NewsSource, SampleNews
from bot.playground.samples import Sample
from bot.playground.server import BotApiServer
from bot.playground.world.chats import Chat, User

_STORY_SECONDS = 8.0
_POLL_SECONDS = (4.0, 8.0)
_WEB_PORTS = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the bot of a demo lives in.

    Attributes:
        overrides: for Settings(**overrides): the API's address, the token, loopback allowed, a temporary database,
            short poll intervals. Nothing else of the bot differs from a real run.
        sources: the sample site's feeds, to stand in for the presets of config/sources.
        page_url: the chat page.
        server: the Bot API server, with the people's side as methods.
        news: the sample site.
        me: the person of the chat page; `group` and `channel` are there from the start.
    """

    overrides: Mapping[str, Any]
    sources: tuple[NewsSource, ...]
    page_url: str
    server: BotApiServer
    news: SampleNews
    me: User
    group: Chat
    channel: Chat


StartBot = Callable[[Surroundings], AbstractAsyncContextManager[Any]]


@asynccontextmanager
async def playground(*, port: int = 0, story_seconds: float | None = _STORY_SECONDS) -> AsyncIterator[Surroundings]:
    """Run all that surrounds a bot while the context is open; the temporary database goes with it.

    Args:
        port: the chat page's; 0 takes a free one.
        story_seconds: seconds between two new stories; None publishes only on request.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quotewire-demo-")))
        server = await stack.enter_async_context(BotApiServer())
        news = await stack.enter_async_context(SampleNews(story_seconds))
        me, group, channel = _people(server)
        chats = (server.private_chat(me), group, channel)
        page = ChatPage(server, me, chats, news=news, samples=lambda: samples(news), port=port)
        await stack.enter_async_context(page)
        overrides = _overrides(server, news, folder, me)
        yield Surroundings(overrides, news.sources(), page.url, server, news, me, group, channel)


async def run_playground(
    start_bot: StartBot,
    *,
    open_browser: bool = True,
    port: int = 0,
    say: Callable[[str], None],
    told: Told,
) -> None:
    """Run the demo until the process is told to stop; a start that is not finished then is abandoned.

    Args:
        start_bot: takes the surroundings and returns a context in which the real bot runs.
        open_browser: whether to open the chat page.
        port: the chat page's; 0 takes a free one.
        say: told the page's address and how to end, one line each.
        told: knows when.
    """
    async with AsyncExitStack() as stack:
        if surroundings := await told.start(stack, _inhabited(start_bot, port)):
            say(f"The demo runs at {surroundings.page_url}")
            say("Press Ctrl+C to stop it.")
            if open_browser and has_desktop(os.environ, sys.platform):
                await asyncio.to_thread(webbrowser.open, surroundings.page_url)
            await told.wait()


@asynccontextmanager
async def _inhabited(start_bot: StartBot, port: int) -> AsyncIterator[Surroundings]:
    """Run the playground with a bot in it."""
    async with playground(port=port) as surroundings, start_bot(surroundings):
        yield surroundings


def has_desktop(environment: Mapping[str, str], platform: str) -> bool:
    """Return whether a browser's window can be opened; without one, Python would start a text browser in the terminal.

    Args:
        environment: the process's environment variables.
        platform: sys.platform.
    """
    return platform in {"darwin", "win32"} or "DISPLAY" in environment or "WAYLAND_DISPLAY" in environment


def samples(news: SampleNews) -> Iterator[Sample]:
    """Yield what the page offers to try: stories, commands, links that disappoint."""
    languages = (("English story", "en"), ("Українською", "uk"), ("По-русски", "ru"))
    for place, (label, language) in enumerate(languages):
        yield Sample(label, "{read}" + news.address(news.items(language)[place % len(news.items(language))]))
    whales, bridge = news.items("en")[-2:]
    yield Sample("Two links", f"{{read}}Compare {news.address(whales)} and {news.address(bridge)}")
    yield Sample("In a caption", f"Have you seen this? {news.address(whales)}", "caption")
    yield Sample("Forwarded", f"Look at this: {news.address(bridge)}", "forward")
    for command in ("/subscribe Sorvyn", "/subscribe energy", "/sources", "/recent", "/subscriptions"):
        yield Sample(command, command)
    for label, path in (
        ("Paywall", "paywall"),
        ("Gone", "gone"),
        ("PDF", "paper.pdf"),
        ("Picture", "picture.png"),
        ("Home page", "home"),
        ("Redirect loop", "loop"),
        ("Old charset", "old-charset"),
    ):
        yield Sample(label, f"{{read}}{news.url}/{path}")


def _people(server: BotApiServer) -> tuple[User, Chat, Chat]:
    me = server.add_user("You", username="you")
    dana, petro = server.add_user("Dana", started=False), server.add_user("Petro", started=False)
    group = server.add_group("Newsroom", me, dana, petro, supergroup=True, announce=True)
    channel = server.add_channel("Morning Wire", me, dana, username="morning_wire", announce=True)
    return me, group, channel


def _overrides(server: BotApiServer, news: SampleNews, folder: Path, me: User) -> dict[str, Any]:
    shortest, longest = _POLL_SECONDS
    return {
        "token": server.token,
        "api_url": server.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'quotewire.db'}",
        "allow_loopback": True,
        "allowed_ports": _WEB_PORTS | {news.port},
        "poll_interval_min": shortest,
        "poll_interval_max": longest,
        "admin_ids": frozenset({me.id}),
    }
