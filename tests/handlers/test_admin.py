"""What the operator sees and does from a chat; the instance that is not for everybody."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.playground.world.messages import ApiButton
from bot.store import FeedRow
from tests import pages
from tests.bots import settings_at
from tests.handlers.conftest import World
from tests.handlers.test_menus import found
from tests.site import Answer, LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMIN, GUEST = 900_001, 900_002
LONG_TEXT = "The ferry is back.\n\n" + "\n\n".join(f"On day {day} it crossed the bay twice." for day in range(30))


@pytest_asyncio.fixture(loop_scope="session")
async def private_world(tmp_path: Path) -> AsyncIterator[World]:
    """Return a bot with an admin, which only one guest may use."""
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
        settings = settings_at(
            telegram,
            f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            admin_ids={ADMIN},
            allowed_ids={GUEST},
            links_per_day=1,
            feeds_per_day=1,
        )
        async with running(settings, sources=()) as services:
            yield World(telegram, site, services)


async def _is_kept_out(world: World, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a banned person do something, and wait until that was seen and left alone."""
    kept_out, is_banned = asyncio.Event(), world.services.store.chats.is_banned

    async def is_banned_and_tell(number: int) -> bool:
        if banned := await is_banned(number):
            kept_out.set()
        return banned

    monkeypatch.setattr(world.services.store.chats, "is_banned", is_banned_and_tell)
    act()
    await asyncio.wait_for(kept_out.wait(), 60)


async def test_the_operator_sees_tells_and_shuts_out(private_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """/admin counts, /broadcast tells all after a question, ban silences a chat until unban; strangers stay outside."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    guest = world.telegram.add_user("Guest", user_id=GUEST, language="uk")
    stranger = world.telegram.add_user("Stranger", language="ru")
    assert (await world.ask(stranger, "/start"))[0].text.startswith("Это частный бот.")
    await world.ask(guest, "/subscribe Ice")
    assert (await world.ask(guest, "/admin"))[0].text.startswith("Я не знаю такої команди")
    (overview,) = await world.ask(admin, "/admin")
    assert "Chats: active 2" in overview.text
    assert "Subscriptions: 1" in overview.text
    (question,) = await world.ask(admin, "/broadcast We move <tonight>")
    assert question.text == "Send this to 2 chats?\n\nWe move <tonight>"
    before = len(world.telegram.bot_messages(guest))
    await world.press(question, "Send", admin)
    (told,) = await world.new_messages(world.telegram.private_chat(guest), before, 1)
    assert told.text == "We move <tonight>"
    await world.telegram.wait_for(lambda: question.text.startswith("Sent: 2. Not sent: 0."))
    assert (await world.ask(admin, f"/admin ban {GUEST}"))[-1].text == f"Chat {GUEST} is banned."
    count = len(world.telegram.bot_messages(guest))
    await _is_kept_out(world, lambda: world.telegram.send_text(guest, guest, "/subscriptions"), monkeypatch)
    assert (await world.ask(admin, f"/admin unban {GUEST}"))[-1].text == f"Chat {GUEST} is no longer banned."
    await world.ask(guest, "/start")
    assert len(world.telegram.bot_messages(guest)) == count + 1


async def test_words_to_all_come_whole_and_not_into_channels(private_world: World) -> None:
    """What stands on the line below the command counts too; what channels post is not the operator's to say."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    channel = world.telegram.add_channel("Of somebody", admin, announce=True)
    await world.until(lambda: world.services.store.chats.find(channel.id))
    (question,) = await world.ask(admin, "/broadcast\nWe move tonight.\nSleep well.")
    assert question.text == "Send this to 1 chat?\n\nWe move tonight.\nSleep well."
    await world.press(question, "Send", admin)
    await world.telegram.wait_for(lambda: question.text.startswith("Sent: 1. Not sent: 0."))
    assert world.telegram.bot_messages(admin)[-1].text == "We move tonight.\nSleep well."
    assert world.telegram.bot_messages(channel) == []


async def test_words_to_all_come_once_into_a_forum(private_world: World) -> None:
    """However many of its topics follow something; the question counts it as one chat."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    forum = world.telegram.add_group("Forum", admin, forum=True, bot="administrator")
    rooms = [world.telegram.add_topic(forum, name) for name in ("One", "Two")]
    for said, room in enumerate(rooms):
        world.telegram.send_text(admin, forum, "/subscribe war", thread_id=room.id)
        await world.new_messages(forum, said, 1)
    before = len(world.telegram.bot_messages(forum))
    (question,) = await world.ask(admin, "/broadcast We move")
    assert question.text == "Send this to 2 chats?\n\nWe move"
    await world.press(question, "Send", admin)
    await world.telegram.wait_for(lambda: question.text.startswith("Sent: 2. Not sent: 0."))
    (told,) = world.telegram.bot_messages(forum)[before:]
    assert (told.text, told.thread_id) == ("We move", rooms[0].id)


async def test_who_is_banned_asks_nothing_inline(private_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inline queries come from no chat: nothing is read for a banned person until they are let in again."""
    world = private_world
    world.site.put("/stories/1", pages.article())
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    await world.ask(guest, "/start")
    await world.services.store.chats.ban(GUEST)
    link = f"{world.site.url}/stories/1"
    await _is_kept_out(world, lambda: world.telegram.inline_query(guest, link), monkeypatch)
    await world.services.store.chats.unban(GUEST)
    answered = world.telegram.inline_query(guest, "words")
    await world.telegram.wait_for(lambda: answered.answered)
    assert "/stories/1" not in world.site.requested


async def test_whom_the_gate_could_not_look_up_is_told_so_and_goes_no_further(
    private_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that fails in that moment lets nobody through who is banned, and nobody is told twice."""
    world = private_world
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    await world.ask(guest, "/start")
    is_banned = world.services.store.chats.is_banned

    async def fails_once(_number: int) -> bool:
        monkeypatch.setattr(world.services.store.chats, "is_banned", is_banned)
        raise OSError

    monkeypatch.setattr(world.services.store.chats, "is_banned", fails_once)
    before = len(world.telegram.bot_messages(guest))
    (away,) = await world.ask(guest, "/language")
    assert away.text.startswith("I cannot reach my records just now")
    world.telegram.send_text(guest, guest, "/subscriptions")
    said = lambda: [message.text for message in world.telegram.bot_messages(guest)[before:]]  # noqa: E731
    await world.telegram.wait_for(lambda: any(text.startswith("You follow nothing yet.") for text in said()))
    assert len(said()) == 2


async def test_the_days_limits_hold_whatever_way_one_asks(private_world: World) -> None:
    """A link read inline counts, once however often it is asked for; /subscribe looks at sites as /add does."""
    world = private_world
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    for number in (1, 2):
        world.site.put(f"/stories/{number}", pages.article())
    for number, says in ((1, "Footbridge"), (1, "Footbridge"), (2, "I read 1 link a day")):
        query = world.telegram.inline_query(guest, f"{world.site.url}/stories/{number}")
        await world.telegram.wait_for(lambda: query.answered)  # noqa: B023  waited for at once
        assert query.results[0]["title"].startswith(says)
    await world.ask(guest, f"/add {world.site.url}/stories/1")
    (refused,) = await world.ask(guest, f"/subscribe {world.site.url}/stories/2")
    assert refused.text.startswith("I look at 1 site a day for each person")
    assert "/stories/2" not in world.site.requested


async def test_a_person_has_so_many_links_and_sites_a_day(private_world: World) -> None:
    """What is over the day's limit gets a friendly sentence, and is not fetched."""
    world = private_world
    world.site.put("/stories/1", pages.article())
    world.site.put("/stories/2", pages.article())
    guest = world.telegram.add_user("Guest", user_id=GUEST, language="uk")
    assert (await world.ask(guest, f"{world.site.url}/stories/1"))[0].button("Verkhivka")
    (refused,) = await world.ask(guest, f"{world.site.url}/stories/2")
    assert refused.text.startswith("Я читаю для кожної людини 1 посилання на день")
    await world.ask(guest, f"/add {world.site.url}/stories/1")
    (refused,) = await world.ask(guest, f"/add {world.site.url}/stories/2")
    assert refused.text.startswith("Я переглядаю для кожної людини")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "I read 1 link a day for each person (a long text counts as one), and"),
        ("uk", "Я читаю для кожної людини 1 посилання на день (довгий текст рахується як одне), і"),
        ("ru", "Я читаю для каждого человека 1 ссылку в день (длинный текст считается за одну), и"),
    ],
)
async def test_a_long_text_counts_as_a_link(private_world: World, language: str, says: str) -> None:
    """Reading it is as much work; what is over the day's limit is not read, be it a text or a link."""
    world = private_world
    guest = world.telegram.add_user("Guest", user_id=GUEST, language=language)
    (shortened,) = await world.ask(guest, LONG_TEXT)
    assert says not in shortened.text
    for sent in (LONG_TEXT, f"{world.site.url}/stories/1"):
        (refused,) = await world.ask(guest, sent)
        assert refused.text.startswith(says)


@pytest.mark.parametrize(
    ("language", "says"), [("en", "How I am doing"), ("uk", "Стан бота"), ("ru", "Состояние бота")]
)
async def test_operators_find_their_commands_in_their_own_chats(private_world: World, language: str, says: str) -> None:
    """From their first /start on, in private alone; nobody else finds them."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN, language=language, started=False)
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    alone = world.telegram.private_chat(admin)
    assert "admin" not in found(world, admin, alone)
    await world.ask(admin, "/start")
    assert found(world, admin, alone)["admin"] == says
    assert found(world, admin, alone).keys() > found(world, guest, world.telegram.private_chat(guest)).keys()
    assert "admin" not in found(world, admin, world.telegram.add_group("Newsroom", admin))


async def _feed(world: World, name: str, title: str) -> FeedRow:
    """Let the operator offer a feed of one story below /name/, and wait until it was polled."""
    link = world.site.put(f"/{name}/1", pages.article(title, path=f"/{name}/1"))
    item = f"<item><title>{title}</title><link>{link}</link></item>"
    channel = f"<title>{name}</title><link>{world.site.url}/{name}/</link>{item}"
    rss = Answer(f'<rss version="2.0"><channel>{channel}</channel></rss>', content_type="application/rss+xml")
    url = world.site.put(f"/{name}.xml", rss)
    site_url = f"{world.site.url}/{name}/"
    await world.services.store.feeds.ensure(url, slug=name, name=name, language="en", site_url=site_url)
    world.services.wake_poller()

    async def is_polled() -> bool:
        found = await world.services.store.feeds.by_slug(name)
        return found is not None and found.state.polled is not None

    await world.until(is_polled)
    found = await world.services.store.feeds.by_slug(name)
    assert found is not None
    return found


async def test_the_operator_sees_slow_and_failing_feeds(private_world: World) -> None:
    """Each list opens its feeds; a feed says how it is; strangers cannot press the buttons."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    await _feed(world, "steady", "A steady story")
    world.site.put("/broken.xml", Answer("out of order", 503))
    await world.services.store.feeds.ensure(f"{world.site.url}/broken.xml", slug="broken", name="broken")
    world.services.wake_poller()
    await world.site.until_requested_again("/broken.xml", 1)
    (screen,) = await world.ask(admin, "/admin")
    await world.press(screen, "Slow", admin)
    await world.telegram.wait_for(lambda: screen.text.startswith("The slowest feeds\n"))
    assert re.fullmatch(r"1\. steady — \d+\.\d+ s", screen.text.split("\n")[1])
    await world.press(screen, "1", admin)
    await world.telegram.wait_for(lambda: "0 chats follow it." in screen.text)
    assert re.search(r"Answers within \d+\.\d\d s", screen.text)

    async def failing() -> bool:
        await world.press(screen, "Back", admin)
        await world.telegram.wait_for(lambda: screen.text.startswith("Chats:"))
        await world.press(screen, "Failing", admin)
        await world.telegram.wait_for(lambda: screen.text.startswith("Feeds that fail"))
        return "1. broken — 1, http_status 503" in screen.text

    await world.until(failing)  # what a poll found is written a moment later
    guest = world.telegram.add_user("Guest", user_id=GUEST)
    (answer,) = await world.ask(guest, "/start")
    said, press = answer.text, world.telegram.press(answer, ApiButton("x", "admin:6:1"), guest)
    await world.telegram.wait_for(lambda: press.answered)
    assert answer.text == said
    assert await world.services.store.sources.blocked(9) == []


async def test_a_blocked_source_is_left_alone_and_its_followers_are_told(private_world: World) -> None:
    """No poll, no link of it read, nobody begins to follow it; unblocked, its news comes again, the old of it not."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    guest = world.telegram.add_user("Guest", user_id=GUEST, language="en")
    feed = await _feed(world, "unwanted", "An unwanted story")
    await world.ask(guest, "/start")
    chat = await world.services.store.chats.ensure(GUEST)
    await world.services.store.subscriptions.add(chat.id, feed.topic)
    (screen,) = await world.ask(admin, "/admin block unwanted")
    assert "Blocked: it is no longer asked" in screen.text
    assert "1 chat follows it." in screen.text

    def told(start: str) -> bool:
        return any(message.text.startswith(start) for message in world.telegram.bot_messages(guest))

    await world.telegram.wait_for(lambda: told("The operator of this bot has blocked unwanted"))
    (refused,) = await world.ask(guest, f"{world.site.url}/unwanted/1")
    assert refused.text.startswith("The operator of this bot has blocked that source")
    assert [button.text for button in refused.buttons] == ["🗞 Recent news"]
    assert "unwanted" not in "".join(button.text for button in (await world.ask(guest, "/sources"))[0].buttons)
    (adding,) = await world.ask(guest, f"/add {world.site.url}/unwanted/")
    assert adding.text.startswith("The operator of this bot has blocked that source")
    later = datetime.now(UTC) + timedelta(days=400)
    claimed = await world.services.store.feeds.claim_due(later, limit=9, owner="test")
    assert "unwanted" not in {row.url.rsplit("/", 1)[-1].removesuffix(".xml") for row in claimed}
    await world.press(screen, "Unblock", admin)
    await world.telegram.wait_for(lambda: told("unwanted is no longer blocked"))
    assert not told("An unwanted story")
    (unknown,) = await world.ask(admin, "/admin block nowhere.example")
    assert unknown.text.startswith("I know no source by that name.")


async def test_the_last_errors_are_shown_without_tokens_and_tracebacks(private_world: World) -> None:
    """Warnings and errors as they were logged, the newest first, repeated ones counted; they outlive the process."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    log = logging.getLogger("bot.test")
    for _ in range(3):
        log.warning("the token %s is wrong", "123456789:" + "A" * 35)
    try:
        raise ValueError("a <b> broke\nthe second line")
    except ValueError:
        log.exception("a thing went wrong")
    (screen,) = await world.ask(admin, "/admin")
    await world.press(screen, "Last errors", admin)
    await world.telegram.wait_for(lambda: screen.text.startswith("Last errors"))
    assert "✖" in screen.text.split("\n\n")[1]
    assert "a thing went wrong: ValueError: a <b> broke" in screen.text
    assert "second line" not in screen.text
    assert "Traceback" not in screen.text
    assert "×3 · bot.test\nthe token [token] is wrong" in screen.text
    assert world.services.incidents.take() == []
    assert [one.times for one in await world.services.store.incidents.latest(9) if one.part == "bot.test"] == [1, 3]


async def test_errors_that_cannot_be_written_down_are_kept(
    private_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking at the last errors while the database takes nothing does not lose them."""
    world = private_world
    admin = world.telegram.add_user("Admin", user_id=ADMIN)
    (screen,) = await world.ask(admin, "/admin")
    logging.getLogger("bot.test").warning("a thing to keep")

    async def full(_incidents: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(world.services.store.incidents, "add", full)
    await world.press(screen, "Last errors", admin)
    await world.telegram.wait_for(lambda: screen.text.startswith("Last errors"))
    assert "a thing to keep" in [one.words for one in world.services.incidents.take()]


async def test_a_group_does_not_escape_a_ban_by_becoming_a_supergroup(world: World) -> None:
    """Its word that it has moved is the one thing that is heard of it."""
    owner = world.telegram.add_user()
    group = world.telegram.add_group("Moving", owner)
    await world.ask(owner, "/subscriptions", group)
    await world.services.store.chats.ban(group.id)
    moved = world.telegram.migrate(group)
    async with asyncio.timeout(30):
        while not await world.services.store.chats.is_banned(moved.id):  # noqa: ASYNC110  the database tells nobody
            await asyncio.sleep(0)
    assert await world.services.store.chats.find(group.id) is None
