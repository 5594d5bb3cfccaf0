"""What is asked all day finds its rows by an index, however many there are."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.feed_values import FeedNotice
from bot.models import Topic, TopicKind
from bot.reading.sketch import sketch_of
from bot.store import DeliveryState, Mark, Store
from bot.store.deliveries import _walk_indexes
from tests.store.news import NOW, add_feed, article, follower, new, poll, tag

_GROW = ("chats", "deliveries", "digests", "entries", "entry_keys", "feeds", "stories", "story_topics", "subscriptions")
GROWING = (*_GROW, "edits", "query_stems", "saved", "sketches", "sketch_terms", "topics")
"""Tables that the years fill."""

Work = Callable[[Store], Awaitable[object]]
_LEASE = timedelta(minutes=1)


async def _poll(store: Store) -> None:
    await poll(store, await add_feed(store), new(1), new(2))


async def _read(store: Store) -> None:
    await _poll(store)
    (story,) = await store.stories.claim_unread(NOW, limit=1, owner="r")
    told = sketch_of("Ferry sinks off the coast of Sulawesi", "", "en")
    page = article(1, tags=["war", "peace"], speakers=["Olena Sad"])
    await store.stories.commit_reading(story.id, page, owner="r", now=NOW, sketch=told)


async def _push(store: Store) -> None:
    await follower(store, 1, tag("war"))
    await _read(store)
    claimed = await store.deliveries.claim(NOW, limit=8, owner="p")
    await store.deliveries.settle("p", [Mark(one.id, DeliveryState.SENT, (7,)) for one in claimed])
    assert claimed


async def _notice(store: Store) -> None:
    await poll(store, await add_feed(store), notice=FeedNotice.UNREACHABLE)


async def _host_is_back(store: Store) -> None:
    await poll(store, await add_feed(store), host_is_back=True)


WORKS: dict[str, Work] = {
    "poll": _poll,
    "read": _read,
    "push": _push,
    "claim feeds": lambda store: store.feeds.claim_due(NOW, limit=8, owner="p"),
    "claim stories": lambda store: store.stories.claim_unread(NOW, limit=8, owner="r"),
    "claim rereadings": lambda store: store.rereading.claim(NOW, limit=8, owner="r", lease=_LEASE),
    "claim editions": lambda store: store.editions.claim(NOW, limit=8, owner="p", fold_before=NOW),
    "claim edits": lambda store: store.edits.claim(NOW, limit=8, owner="p", lease=_LEASE),
    "a link": lambda store: store.digests.by_url("https://wire.example/1"),
    "a notice": _notice,
    "a host is back": _host_is_back,
    "what is held": lambda store: store.privacy.held(7),
    "forget": lambda store: store.privacy.forget(7),
    "is it blocked": lambda store: store.sources.is_blocked("https://wire.example/1"),
    "who writes": lambda store: store.chats.ensure(7),
    "follow": lambda store: follower(store, 7, tag("war"), Topic(TopicKind.SOURCE, "wire", "The Wire")),
    "recent": lambda store: store.stories.recent(tag("war"), chat_id=1),
    "today": lambda store: store.days.of_chat(1, NOW),
    "clean up deliveries": lambda store: store.retention.clean(_LEASE),
    "clean up stories": lambda store: store.retention.clean_news(_LEASE),
    "clean up topics": lambda store: store.retention.clean_topics(_LEASE),
}


@pytest.mark.parametrize("work", WORKS)
async def test_no_table_is_read_from_end_to_end(store: Store, work: str) -> None:
    """On SQLite as it plans, on PostgreSQL where it is told to read no whole table if there is another way."""
    asked = await _asked(store, WORKS[work])
    plans = [step for statement, given in asked.items() for step in await _plan(store, statement, given)]
    assert plans
    assert [step for step in plans if _reads_all(step)] == []


async def test_a_claim_looks_up_by_number_what_it_has_taken(postgres_url: str) -> None:
    """Among all that was ever delivered, though PostgreSQL is told to walk indexes in order for what comes before."""
    async with Store(postgres_url) as store:
        asked = await _asked(store, _push)
        (load,) = (one for one in asked if "deliveries.attempts" in one and "JOIN stories" in one)
        async with store._database.read() as connection:
            await _walk_indexes(connection)
            rows = (await connection.exec_driver_sql("EXPLAIN " + load, tuple(asked[load]))).all()
        plan = "\n".join(str(row[0]) for row in rows)
        assert "pk_deliveries" in plan
        assert "uq_deliveries" not in plan


async def _asked(store: Store, work: Work) -> dict[str, Any]:
    """Return the statements that something makes, each with parameters of it."""
    asked: dict[str, Any] = {}

    def hear(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        asked.setdefault(statement, given[0] if many and isinstance(given, list) else given)

    event.listen(store._database.engine.sync_engine, "before_cursor_execute", hear)
    await work(store)
    event.remove(store._database.engine.sync_engine, "before_cursor_execute", hear)
    return asked


async def _plan(store: Store, statement: str, given: Any) -> list[str]:
    if statement.split(maxsplit=1)[0] not in {"SELECT", "UPDATE", "DELETE", "INSERT"} or "pg_" in statement:
        return []
    async with store._database.read() as connection:
        if not store._database.is_sqlite:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        words = "EXPLAIN QUERY PLAN " if store._database.is_sqlite else "EXPLAIN "
        rows = (await connection.exec_driver_sql(words + statement, tuple(given))).all()
    return [str(row[-1]).strip(" ->") for row in rows]


def _reads_all(step: str) -> bool:
    """Tell whether a step reads a table that grows; walking an index in order is how the first few are found."""
    words = step.replace("Seq Scan on ", "SCAN ").split()
    return words[0] == "SCAN" and words[1] in GROWING and "USING" not in words
