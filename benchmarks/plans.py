"""How the store's statements find their rows in a database of some years: times, and plans that read whole tables.

    python -m benchmarks.plans [--chats 100000] [--stories 100000] [--deliveries 1000000] [--only sqlite|postgresql]

Each thing that the bot does all day is done some times through the store; every statement that it makes is explained.
Prints medians in milliseconds, and each step of a plan that reads all of a table or index that grows.
"""

import argparse
import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import event, text

from benchmarks.databases import KINDS, fresh_database
from benchmarks.delivery import digest_of
from benchmarks.filling import Sizes, fill
from bot.feed_values import Decision, FeedState, NewEntry, NewReason, PollResult
from bot.models import Entry, Topic, TopicKind
from bot.queries import parse_query
from bot.reading.sketch import sketch_of
from bot.store import DeliveryState, Mark, Store, utc_now
from bot.store.engine import Database

_SQLITE_SCAN = re.compile(r"SCAN (?!\d+ CONSTANT|CONSTANT|leases)(.*)")
_POSTGRES_SCAN = re.compile(r"(Seq Scan on (?!leases)\w+.*?)  \(cost=[\d.]+\.\.([\d.]+)")

_LEASE = timedelta(minutes=1)

Work = Callable[[], Awaitable[object]]


class Listener:
    """Keeps the statements that a database is asked, with their parameters.

    Args:
        database: whose.
    """

    def __init__(self, database: Database) -> None:
        self.statements: dict[str, Any] = {}
        self.hears = False
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._hear)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep what is asked meanwhile."""
        self.statements, self.hears = {}, True
        try:
            yield
        finally:
            self.hears = False

    def _hear(self, _connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        if self.hears and statement.lstrip()[:6].upper() in {"SELECT", "UPDATE", "DELETE", "INSERT"}:
            self.statements.setdefault(statement, given[0] if many and isinstance(given, list) else given)


async def explain(database: Database, statement: str, parameters: Any) -> Sequence[str]:
    """Return the steps of a statement's plan that read a whole table or index."""
    if statement.startswith("SELECT set_config") or "pg_advisory" in statement:
        return []
    words = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    async with database.read() as connection:
        if not database.is_sqlite and "FOR UPDATE" in statement and "deliveries" in statement:
            for switch in ("sort", "bitmapscan", "seqscan", "hashjoin", "mergejoin"):
                await connection.execute(text(f"SET LOCAL enable_{switch} = off"))
        rows = (await connection.exec_driver_sql(words + statement, tuple(parameters))).all()
    plan = "\n".join(str(row[-1]) for row in rows)
    if database.is_sqlite:
        return _SQLITE_SCAN.findall(plan)
    return [f"{found} (cost {cost})" for found, cost in _POSTGRES_SCAN.findall(plan)]


class Day:
    """What a bot does all day, one thing after the other.

    Args:
        store: filled.
        sizes: with how much.
        now: the moment up to which it was filled.
    """

    def __init__(self, store: Store, sizes: Sizes, now: datetime) -> None:
        self._store = store
        self._sizes = sizes
        self._now = now
        self._number = 0

    def works(self) -> dict[str, Work]:
        """Return the things to measure by name."""
        store, now = self._store, self._now
        topic, rare = (Topic(TopicKind.TAG, one, one) for one in ("tag77", f"tag{self._sizes.tags}"))
        return {
            "lay feeds aside": store.retention.lay_feeds_aside,
            "when the next feed is due": store.feeds.next_due,
            "claim feeds, none due": lambda: store.feeds.claim_due(now - timedelta(days=2), limit=8, owner="p"),
            "claim 8 feeds": lambda: store.feeds.claim_due(now + timedelta(hours=2), limit=8, owner="p"),
            "claim hubs": lambda: store.hubs.claim_due("https://bot.example/", lambda _tries: timedelta(hours=1)),
            "remember a feed": lambda: store.feeds.known(3),
            "write a poll": self._poll,
            "a host is back": lambda: self._poll(host_is_back=True),
            "claim 8 stories": lambda: store.stories.claim_unread(now, limit=8, owner="r", lease=_LEASE),
            "claim rereadings": lambda: store.rereading.claim(now, limit=8, owner="r", lease=_LEASE),
            "is a page blocked": lambda: store.sources.is_blocked("https://site5.example/a/1"),
            "claim 8 deliveries": lambda: store.deliveries.claim(now, limit=8, owner="s"),
            "claim editions": lambda: store.editions.claim(now, limit=8, owner="s", fold_before=now),
            "claim edits": lambda: store.edits.claim(now, limit=8, owner="s", lease=_LEASE),
            "settle 8": self._settle,
            "read a story (rare tags)": self._read,
            "chat of an update": lambda: store.chats.ensure(self._any(self._sizes.chats), title="x"),
            "a pasted link, known": lambda: store.digests.by_url(f"https://site5.example/{self._sizes.stories - 7}"),
            "a pasted link, new": lambda: store.digests.by_url("https://site5.example/none"),
            "recent": lambda: store.stories.recent(chat_id=7, languages=("en",)),
            "recent of a tag": lambda: store.stories.recent(topic, chat_id=7),
            "recent of a rare tag": lambda: store.stories.recent(rare, chat_id=7),
            "search": lambda: store.search.stories(parse_query("word77 word78"), chat_id=7),
            "today": lambda: store.days.of_chat(7, now - timedelta(days=1)),
            "subscriptions": lambda: store.subscriptions.list(7),
            "saved": lambda: store.saved.list(7),
            "follow": lambda: store.subscriptions.add(self._any(self._sizes.chats), topic),
            "leave": lambda: store.subscriptions.remove(self._any(self._sizes.chats), topic),
            "near topics": lambda: store.topics.near(Topic(TopicKind.TAG, "tga77", "tga77")),
            "messages of an hour": lambda: store.deliveries.sent_moments(
                range(1, 9), since=now - timedelta(hours=1), until=now
            ),
            "a chat leaves": lambda: store.chats.move(-1, -2),
            "counts for /metrics": store.census.take,
            "clean-up of deliveries": lambda: store.retention.clean(timedelta(days=90)),
            "clean-up of stories": lambda: store.retention.clean_news(timedelta(days=360)),
            "clean-up of topics": lambda: store.retention.clean_topics(timedelta(days=360)),
        }

    def _any(self, most: int) -> int:
        self._number += 7919
        return self._number % most + 1

    async def _poll(self, *, host_is_back: bool = False) -> bool:
        number = self._any(10**9)
        (feed,) = await self._store.feeds.claim_due(self._now + timedelta(hours=2), limit=1, owner="w")
        url = f"https://site{feed.id}.example/new/{number}"
        new = NewEntry(Entry(url, url, f"Story {number}"), frozenset({"g" + url, "u" + url}), "t" + url, NewReason.NEWS)
        state = FeedState(next_poll=self._now + timedelta(hours=1), interval_seconds=900)
        result = PollResult(feed.id, state, Decision(new=(new,)), host_is_back=host_is_back)
        return await self._store.feeds.commit_poll(result, owner="w", now=self._now)

    async def _read(self) -> None:
        (story,) = await self._store.stories.claim_unread(self._now, limit=1, owner="r", lease=_LEASE)
        sketch = sketch_of(f"Ferry {story.id} sinks off the coast of Sulawesi", "", "en")
        digest = digest_of(story.url, story.id)
        await self._store.stories.commit_reading(story.id, digest, owner="r", now=self._now, sketch=sketch)

    async def _settle(self) -> None:
        held = await self._store.deliveries.claim(self._now, limit=8, owner="t")
        await self._store.deliveries.settle("t", [Mark(one.id, DeliveryState.SENT, (1,)) for one in held])


async def measure(url: str, sizes: Sizes, times: int) -> None:
    """Fill one database and print a line for each thing that is done."""
    now = utc_now()
    async with Store(url, clock=lambda: now) as store:
        await store.migrate()
        began = time.perf_counter()
        await fill(store._database, sizes, now)
        print(f"  filled in {time.perf_counter() - began:.0f} s")
        listener = Listener(store._database)
        for name, work in Day(store, sizes, now).works().items():
            with listener.listening():
                taken = [await _seconds(work) for _ in range(times)]
            clock, used = (median(column) * 1000 for column in zip(*taken, strict=True))
            print(
                f"  {name:28} {clock:9.2f} ms, of this process {used:9.2f} ms; first {taken[0][0] * 1000:.0f} ms",
                flush=True,
            )
            for statement, parameters in listener.statements.items():
                for step in await explain(store._database, statement, parameters):
                    print(f"      {step}: {' '.join(statement.split())[:150]}")


async def _seconds(work: Work) -> tuple[float, float]:
    """Return how long something took, by the clock and of this process, in which SQLite works."""
    began, used = time.perf_counter(), time.process_time()
    await work()
    return time.perf_counter() - began, time.process_time() - used


async def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, size in Sizes.__dataclass_fields__.items():
        parser.add_argument(f"--{name}", type=int, default=size.default)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    sizes = Sizes(**{name: getattr(options, name) for name in Sizes.__dataclass_fields__})
    for kind in KINDS if options.only is None else (options.only,):
        print(kind, flush=True)
        async with fresh_database(kind) as url:
            await measure(url, sizes, options.times)


if __name__ == "__main__":
    asyncio.run(main())
