"""The chat page in a real headless Chromium, and what its server refuses."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.ending import Told
from bot.playground.bot_api import BotApiServer
from bot.playground.demo import Surroundings, has_desktop, playground, run_playground
from bot.playground.news.pictures import picture
from tests.playground.browser import Browser, Tab, installed
from tests.playground.conftest import Client

_KEYS = {
    "inline_keyboard": [
        [{"text": "Follow", "callback_data": "f"}, {"text": "Open", "url": "http://127.0.0.1:9/x"}],
    ]
}
_NASTY = "<img src=x onerror=\"window.pwned=1\"> & 'quotes' \u202e مرحبا"


@pytest.fixture
async def around() -> AsyncIterator[Surroundings]:
    """Return a playground whose site publishes only on request."""
    async with playground(story_seconds=None) as running:
        running.server.world.updates.clear()  # that the bot was added to the group and the channel
        yield running


@pytest.fixture
def server(around: Surroundings) -> BotApiServer:
    """Return the playground's Bot API server."""
    return around.server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a running Chromium, or skip where none is installed."""
    executable = installed()
    if executable is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    with Browser(executable, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
async def tab(around: Surroundings, browser: Browser) -> AsyncIterator[Tab]:
    """Return the open chat page."""
    async with browser.tab() as page:
        await page.open(around.page_url)
        await page.wait("document.querySelectorAll('#chats li').length === 3")
        yield page
        assert page.problems == []


async def show(client: Client, around: Surroundings, html: str, **more: Any) -> int:
    """Let the bot send a message to the person's private chat and return its id."""
    extra = {name: json.dumps(value) for name, value in more.items()}
    sent = await client.result("sendMessage", chat_id=around.me.id, text=html, parse_mode="HTML", **extra)
    return int(sent["message_id"])


async def test_start_and_a_first_message(tab: Tab, around: Surroundings, server: BotApiServer, client: Client) -> None:
    """START sends /start and makes room for the message box; what is typed reaches the bot as typed."""
    await tab.click("#start")
    await tab.wait("!document.querySelector('#composer').hidden")
    await tab.click("#text")
    await tab.type("look http://127.0.0.1:8/ö\n")
    await tab.key("Enter")
    await tab.wait("document.querySelectorAll('.row.mine').length === 2")
    sent = [update["message"] for update in await client.result("getUpdates")]
    assert [message["text"] for message in sent] == ["/start", "look http://127.0.0.1:8/ö"]
    assert sent[1]["from"]["id"] == around.me.id
    assert [entity["type"] for entity in sent[1]["entities"]] == ["url"]
    assert len(server.messages(around.me)) == 2


async def test_entities_are_drawn(tab: Tab, around: Surroundings, client: Client) -> None:
    """Bold, links, quotes and code stand at their UTF-16 offsets, emoji before them or not."""
    await show(
        client,
        around,
        "😀 <b>bold <i>both</i></b> <a href='https://example.com/'>link</a> <code>code</code>\n"
        "<blockquote>quote</blockquote>end <tg-spoiler>secret</tg-spoiler>",
    )
    await tab.wait("document.querySelector('.words strong')")
    drawn = await tab.run(
        "['strong', 'strong em', 'a', 'code', 'blockquote', '.spoiler']"
        ".map((tag) => document.querySelector('.words ' + tag).textContent)"
    )
    assert drawn == ["bold both", "both", "link", "code", "quote", "secret"]
    assert await tab.run("document.querySelector('.words a').rel") == "noopener noreferrer"
    await tab.click(".spoiler")
    await tab.wait("document.querySelector('.spoiler.shown')")


async def test_no_message_becomes_markup(tab: Tab, around: Surroundings, client: Client) -> None:
    """Text that looks like HTML is shown as text, and a script's address is no link."""
    await client.result("sendMessage", chat_id=around.me.id, text=_NASTY)
    entities = json.dumps([{"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}])
    await client.result("sendMessage", chat_id=around.me.id, text="evil", entities=entities)
    await tab.wait("document.querySelectorAll('.row').length === 2")
    assert await tab.run("document.querySelector('.words').textContent") == _NASTY
    assert await tab.run("document.querySelectorAll('.words img, .words a').length") == 0
    assert await tab.run("window.pwned") is None


async def test_a_long_quote_opens(tab: Tab, around: Surroundings, client: Client) -> None:
    """An expandable quote shows three lines until it is opened, by keyboard too."""
    await show(client, around, f"<blockquote expandable>{'many words ' * 200}</blockquote>")
    height = "document.querySelector('.expandable-text').clientHeight"
    await tab.wait("document.querySelector('.expand')")
    closed = await tab.run(height)
    await tab.run("document.querySelector('.expand').focus()")
    await tab.key("Enter")
    await tab.wait("document.querySelector('.expandable.open')")
    assert closed < 100 < await tab.run(height)
    assert await tab.run("document.querySelector('.expand').getAttribute('aria-expanded')") == "true"


async def test_a_button_spins_until_it_is_answered(
    tab: Tab, around: Surroundings, server: BotApiServer, client: Client
) -> None:
    """A pressed button is busy until answerCallbackQuery, whose text is shown; a link button is a link."""
    await show(client, around, "story", reply_markup=_KEYS)
    await tab.click("button.key")
    await tab.wait("document.querySelector('.key[aria-busy=true]')")
    await server.wait_for(lambda: len(server.world.updates))
    [update] = await client.result("getUpdates")
    query = update["callback_query"]["id"]
    async with tab.soon("document.querySelector('#toast:not([hidden])')?.textContent === 'You follow it now'"):
        await client.result("answerCallbackQuery", callback_query_id=query, text="You follow it now")
    await tab.wait("document.querySelector('button.key[aria-busy=false]')")
    assert await tab.run("document.querySelector('a.key').href") == "http://127.0.0.1:9/x"


async def test_an_alert_is_a_dialogue(tab: Tab, around: Surroundings, server: BotApiServer, client: Client) -> None:
    """show_alert opens a dialogue that the keyboard closes."""
    await show(client, around, "story", reply_markup=_KEYS)
    await tab.click("button.key")
    await server.wait_for(lambda: len(server.world.updates))
    [update] = await client.result("getUpdates")
    query = update["callback_query"]["id"]
    await client.result("answerCallbackQuery", callback_query_id=query, text="Mind this", show_alert="true")
    await tab.wait("document.querySelector('#alert').open")
    assert await tab.run("document.querySelector('#alert p').textContent") == "Mind this"
    await tab.key("Enter")
    await tab.wait("!document.querySelector('#alert').open")


async def test_edits_and_deletions_happen_in_place(tab: Tab, around: Surroundings, client: Client) -> None:
    """An edited message stays where it is with an "edited" mark; a deleted one goes."""
    first = await show(client, around, "Reading…")
    second = await show(client, around, "another")
    await client.result("editMessageText", chat_id=around.me.id, message_id=first, text="The digest")
    await tab.wait("document.querySelector('.row .edited')")
    rows = "[...document.querySelectorAll('.row .words')].map((node) => node.textContent)"
    assert await tab.run(rows) == ["The digest", "another"]
    await client.result("deleteMessage", chat_id=around.me.id, message_id=second)
    await tab.wait("document.querySelectorAll('.row').length === 1")


async def test_chats_news_and_previews(tab: Tab, around: Surroundings, client: Client) -> None:
    """Other chats count what is unread; new stories appear; in the group a sample is sent with /read."""
    await client.result("sendMessage", chat_id=around.group.id, text="pushed")
    await tab.wait("document.querySelector('.badge')?.textContent === '1'")
    item = around.news.publish_next()
    await tab.wait(f"document.querySelector('#news a').href === {json.dumps(around.news.address(item))}")
    await tab.click("#chats li:nth-child(2) button")
    await tab.wait("document.querySelector('#chat-name').textContent === 'Newsroom'")
    assert await tab.run("document.querySelector('.badge')") is None
    await tab.click("#news button")
    title = await tab.wait("document.querySelector('.row.mine .card b')?.textContent")
    assert title == item.story.title
    [update] = await client.result("getUpdates")
    assert update["message"]["text"] == f"/read {around.news.address(item)}"


async def test_the_command_menu_works_by_keyboard(tab: Tab, around: Surroundings, client: Client) -> None:
    """A slash opens the menu, arrows choose, Tab completes, Enter sends."""
    commands = [{"command": name, "description": name} for name in ("help", "recent", "read")]
    await client.result("setMyCommands", commands=json.dumps(commands))
    async with tab.soon("document.body.classList.contains('typing')"):
        await client.result("sendChatAction", chat_id=around.me.id, action="typing")
    await show(client, around, "hello")
    await tab.wait("!document.body.classList.contains('typing') && !document.querySelector('#composer').hidden")
    await tab.click("#text")
    await tab.type("/re")
    await tab.wait("document.querySelectorAll('.option').length === 2")
    await tab.key("ArrowDown")
    await tab.key("Tab")
    assert await tab.run("document.querySelector('#text').value") == "/read "
    await tab.type("x")
    await tab.key("Enter")
    await tab.wait("document.querySelector('.row.mine')")
    [update] = await client.result("getUpdates")
    assert update["message"]["text"] == "/read x"


async def test_a_channel_is_shared_by_the_keyboard_that_asks_for_one(
    tab: Tab, around: Surroundings, client: Client
) -> None:
    """The keyboard's button offers the channels that fit, and the bot is told which one was chosen."""
    request = {"request_id": 1, "chat_is_channel": True, "request_title": True}
    keyboard = {"keyboard": [[{"text": "Choose", "request_chat": request}], ["No"]], "one_time_keyboard": True}
    await show(client, around, "Which channel?", reply_markup=keyboard)
    await tab.wait("document.querySelectorAll('#reply-keyboard:not([hidden]) .key').length === 2")
    await tab.click("#reply-keyboard .key")
    await tab.wait("document.querySelector('#choose').open")
    assert await tab.run("document.querySelector('#choose .chip').textContent") == "Morning Wire"
    await tab.click("#choose .chip")
    await tab.wait("document.querySelector('#reply-keyboard').hidden")
    assert "Morning Wire" in await tab.run("document.querySelector('.service:last-of-type').textContent")
    [update] = await client.result("getUpdates")
    assert update["message"]["chat_shared"]["chat_id"] == around.channel.id


async def test_a_forced_reply_is_a_reply(tab: Tab, around: Surroundings, client: Client) -> None:
    """force_reply opens the reply to its message, with its own words in the empty box."""
    markup = {"force_reply": True, "input_field_placeholder": "a topic"}
    asked = await show(client, around, "What shall it be? " * 20, reply_markup=markup)
    await tab.wait("!document.querySelector('#replying').hidden")
    assert await tab.run("document.querySelector('#text').placeholder") == "a topic"
    await tab.click("#text")
    await tab.type("war")
    await tab.key("Enter")
    await tab.wait("document.querySelector('.row.mine')")
    [update] = await client.result("getUpdates")
    assert update["message"]["reply_to_message"]["message_id"] == asked
    await tab.wait("document.querySelector('#text').placeholder !== 'a topic'")
    left = "document.querySelector('{}').getBoundingClientRect().left"
    assert await tab.run(f"{left.format('.row.mine .bubble')} >= {left.format('#messages')}")


@pytest.mark.parametrize("width", [400, 1200])
async def test_nothing_is_wider_than_the_window(tab: Tab, around: Surroundings, client: Client, width: int) -> None:
    """Long words, wide keyboards and code wrap or scroll inside, in a phone's width too."""
    await tab.open(around.page_url, width=width, height=700)
    await tab.wait("document.querySelectorAll('#chats li').length === 3")
    keys = {"inline_keyboard": [[{"text": "a long label " * 4, "callback_data": str(n)} for n in range(3)]]}
    await show(client, around, f"{'x' * 900}<pre>{'y' * 300}</pre>", reply_markup=keys)
    await tab.wait("document.querySelector('.row .key')")
    assert await tab.run("document.documentElement.scrollWidth") <= width
    assert await tab.run("Math.max(...[...document.querySelectorAll('.row')].map((n) => n.scrollWidth))") <= width


async def test_a_short_message_leaves_its_buttons_room(tab: Tab, around: Surroundings, client: Client) -> None:
    """Two buttons side by side under one word are read in full, as in Telegram, where a keyboard has its own width."""
    await tab.open(around.page_url, width=1000, height=700)
    await tab.wait("document.querySelectorAll('#chats li').length === 3")
    labels = ("What it follows", "Your channels")
    keys = {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}
    await show(client, around, "Hi", reply_markup=keys)
    await tab.wait("document.querySelector('.row .key')")
    assert await tab.run("[...document.querySelectorAll('.row .key')].every((n) => n.scrollWidth <= n.clientWidth)")


async def test_other_sites_cannot_speak_for_the_person(around: Surroundings, session: aiohttp.ClientSession) -> None:
    """A WebSocket of another origin is refused, and the page may load nothing from elsewhere."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await session.ws_connect(f"{around.page_url}world", origin="http://evil.example")
    assert refusal.value.status == 403
    async with session.get(around.page_url) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert "http://" not in page
    assert "https://" not in page


async def test_what_the_page_says_is_done_or_refused_with_a_sentence(
    around: Surroundings, session: aiohttp.ClientSession
) -> None:
    """A press on a message that is gone, or without such a button, is a sentence and not a broken connection."""
    origin = around.page_url.rstrip("/")
    async with session.ws_connect(f"{around.page_url}world", origin=origin) as socket:
        state = await socket.receive_json()
        assert [chat["name"] for chat in state["chats"]] == ["Quotewire", "Newsroom", "Morning Wire"]
        await socket.send_json({"do": "press", "chat": around.me.id, "message": 77, "data": "x"})
        assert (await socket.receive_json())["kind"] == "problem"
        await socket.send_json({"do": "send", "chat": around.me.id, "text": "x", "manner": "caption"})
        sent = (await socket.receive_json())["message"]
        assert (sent["caption"], sent["mine"]) == ("x", True)
        async with session.get(f"{around.page_url}photo/{sent['photo'][0]['file_id']}") as answer:
            assert answer.content_type == "image/png"
        await socket.send_json({"do": "language", "code": "uk"})
        assert (await socket.receive_json())["kind"] == "commands"
    assert around.me.language_code == "uk"


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [({}, "linux", False), ({"DISPLAY": ":0"}, "linux", True), ({}, "darwin", True)],
)
def test_a_browser_is_opened_only_where_windows_are(environment: dict[str, str], platform: str, expected: bool) -> None:
    """On a machine without a desktop nothing takes over the terminal."""
    assert has_desktop(environment, platform) is expected


async def test_the_demo_tells_where_it_is_and_stops_in_order() -> None:
    """run_playground starts the bot inside of its surroundings and ends when it is told to."""
    told = Told()
    said: list[str] = []
    seen: list[str] = []

    @asynccontextmanager
    async def start(surroundings: Surroundings) -> AsyncIterator[None]:
        seen.append(surroundings.overrides["api_url"])
        yield
        seen.append("stopped")

    def say(line: str) -> None:
        said.append(line)
        told.stop()

    await run_playground(start, open_browser=False, say=say, told=told)
    assert seen[0].startswith("http://127.0.0.1:")
    assert seen[1] == "stopped"
    assert said[0].startswith("The demo runs at http://127.0.0.1:")


async def test_a_demo_that_is_stopped_while_it_starts_ends() -> None:
    """What is still starting is abandoned, and what has started is left in order; nothing is said."""
    told, said, seen, begun = Told(), list[str](), list[str](), asyncio.Event()

    @asynccontextmanager
    async def start(_surroundings: Surroundings) -> AsyncIterator[None]:
        try:
            begun.set()
            await asyncio.Event().wait()
            yield
        finally:
            seen.append("left")

    demo = asyncio.create_task(run_playground(start, open_browser=False, say=said.append, told=told))
    await begun.wait()
    told.stop()
    await demo
    assert (said, seen) == ([], ["left"])


async def test_a_picture_that_the_bot_draws_is_shown(tab: Tab, around: Surroundings, client: Client) -> None:
    """Bytes that come without a name and a type are known as a picture by how they begin."""
    await tab.click("#start")
    form = aiohttp.FormData({"chat_id": str(around.me.id)})
    form.add_field("photo", picture(120), filename="upload", content_type="application/octet-stream")
    url = f"{around.server.url}/bot{around.server.token}/sendPhoto"
    async with client.session.post(url, data=form) as answer:
        assert answer.status == 200
    await tab.wait("document.querySelector('#messages img.photo') !== null")
    await tab.run("document.querySelector('#messages img.photo').decode()")
