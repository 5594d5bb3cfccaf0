"""The editor: messages that were sent are brought up to date, through the real Bot API server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.editor import Editor
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.models import Article, Digest, Message
from bot.playground.api_errors import bad_request, too_many_requests
from bot.store import Edit, Store
from tests.delivery.conftest import Outbox
from tests.store.news import NOW, follower, publish, tag

PAGE = Digest(Article("https://wire.example/1", "Three hurt in fire", tags=("fire",)))
CORRECTED = replace(PAGE, article=replace(PAGE.article, title="Two hurt in fire"))


@dataclass
class Sending:
    """A pusher that has nothing to send, or has."""

    is_idle: bool = True


def _render(edit: Edit) -> list[Message]:
    assert edit.delivery.digest is not None
    return [Message(f"<b>{edit.delivery.digest.digest.article.title}</b>")]


@asynccontextmanager
async def _editing(outbox: Outbox, sending: Sending | None = None) -> AsyncIterator[Editor]:
    """Edit while the block runs, long after the changes."""
    editor = Editor(
        outbox.store,
        Sender(outbox.client),
        Pace(10_000),
        sending or Sending(),
        _render,
        owner="editor",
        idle_seconds=0.02,
        clock=lambda: datetime.now(NOW.tzinfo) + timedelta(hours=1),
    )
    running = asyncio.create_task(editor.run())
    try:
        yield editor
    finally:
        editor.stop()
        await running


async def _sent(outbox: Outbox, count: int = 1) -> list[int]:
    chats = [outbox.telegram.add_user().id for _ in range(count)]
    for chat in chats:
        await follower(outbox.store, chat, tag("fire"))
    await publish(outbox.store, PAGE)
    await outbox.push_until(count)
    return chats


async def _no_edit_waits(store: Store) -> None:
    while await store.edits.open_count():  # noqa: ASYNC110  the database tells nobody
        await asyncio.sleep(0.02)


async def test_a_sent_message_says_what_the_page_says_now(any_outbox: Outbox) -> None:
    """In each chat that has it, and no second message comes."""
    chats = await _sent(any_outbox, 3)
    await any_outbox.store.digests.save(CORRECTED)
    async with _editing(any_outbox), asyncio.timeout(60):
        await _no_edit_waits(any_outbox.store)
    assert [any_outbox.texts(chat) for chat in chats] == [["Two hurt in fire"]] * 3


async def test_a_lost_answer_is_asked_for_again(outbox: Outbox) -> None:
    """To edit twice does no harm; the edit stays open until it is known to be made."""
    (chat,) = await _sent(outbox)
    fault = outbox.telegram.fail_next("editMessageText", "drop_after")
    await outbox.store.digests.save(CORRECTED)
    async with _editing(outbox), asyncio.timeout(60):
        await fault.met.wait()
    assert await outbox.store.edits.open_count() == 1
    assert outbox.texts(chat) == ["Two hurt in fire"]


async def test_a_chat_that_is_to_be_left_alone_is_edited_later(outbox: Outbox) -> None:
    """Exactly then: the edit goes back to the database, and the chat's moment with it."""
    (chat,) = await _sent(outbox)
    fault = outbox.telegram.fail_next("editMessageText", "error", error=too_many_requests(600))
    await outbox.store.digests.save(CORRECTED)
    async with _editing(outbox), asyncio.timeout(60):
        await fault.met.wait()
    assert await outbox.store.edits.open_count() == 1
    found = await outbox.store.chats.find(chat)
    assert found is not None
    assert found.not_before is not None
    soon, late = (datetime.now(NOW.tzinfo) + timedelta(hours=1, seconds=seconds) for seconds in (0, 700))
    assert await outbox.store.edits.claim(soon, limit=5, owner="e", lease=timedelta(minutes=1)) == []
    assert len(await outbox.store.edits.claim(late, limit=5, owner="e", lease=timedelta(minutes=1))) == 1


async def test_a_message_that_cannot_be_edited_stays_as_it_is(outbox: Outbox) -> None:
    """Somebody has deleted it: nothing is sent in its place, and nothing is tried again."""
    await _sent(outbox)
    outbox.telegram.fail_next("editMessageText", "error", error=bad_request("message to edit not found"))
    await outbox.store.digests.save(CORRECTED)
    async with _editing(outbox), asyncio.timeout(60):
        await _no_edit_waits(outbox.store)
    assert len(outbox.telegram.requests_of("editMessageText")) == 1


async def test_what_is_new_goes_first(outbox: Outbox) -> None:
    """While there is something to send, nothing is edited; a killed editor's edits are made by the next."""
    await _sent(outbox)
    await outbox.store.digests.save(CORRECTED)
    sending = Sending(is_idle=False)
    async with _editing(outbox, sending) as editor:
        await editor._edit_due()  # a whole look, however the timer runs
        assert outbox.telegram.requests_of("editMessageText") == []
        sending.is_idle = True
        async with asyncio.timeout(60):
            await _no_edit_waits(outbox.store)
    assert len(outbox.telegram.requests_of("editMessageText")) == 1
