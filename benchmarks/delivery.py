"""Fan-out of one story to many chats, and how fast the outbox drains, beside the plain way.

    python -m benchmarks.delivery [--chats 100000] [--drain 5000] [--only sqlite|postgresql]

Fan-out: one transaction that stores the digest, the topics and a delivery for each follower. Drain: claim, render,
hand to a sender that accepts at once, mark; so it is the speed of the outbox without Telegram. The plain way, as such
bots do it: mark the story as seen, then loop over its followers, sending and noting each in a commit of its own.
"""

import argparse
import asyncio
import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, func, insert, literal, select

from benchmarks.databases import KINDS, fresh_database
from bot.delivery.pace import Pace
from bot.delivery.pusher import Pusher
from bot.feed_values import Decision, FeedState, NewEntry, PollResult
from bot.models import Article, Digest, Entry, Message, Paragraph, Quote, Topic, TopicKind
from bot.rendering import push_renderer
from bot.store import Chat, Notice, Store, utc_now
from bot.store.columns import Document, Moment
from bot.store.engine import Database
from bot.store.tables import chats, deliveries, subscriptions
from config.settings import Settings

TAG = Topic(TopicKind.TAG, "war", "war")


class Accepts:
    """A Telegram that takes everything at once."""

    def __init__(self) -> None:
        self.accepted = 0

    async def send(self, _chat: Chat, _message: Message) -> int:
        """Accept a message."""
        self.accepted += 1
        return self.accepted


render = push_renderer(Settings(_env_file=None), utc_now)


def render_notice(_notice: Notice, _chat: Chat) -> Sequence[Message]:
    """Return nothing: there are no notices here."""
    return []


async def add_followers(store: Store, database: Database, count: int) -> None:
    """Add chats that all follow one tag."""
    topic_id = await store.topics.ensure(TAG)
    past = utc_now() - timedelta(days=1)
    # Counted inside the database: a million rows from here would take longer than all that is measured.
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))
    n, empty, created = numbers.c.n, literal({}, Document), literal(past, Moment)
    people = select(n, n, literal("private"), literal(""), literal("active"), empty, created)
    chat_columns = ["id", "telegram_id", "kind", "title", "state", "options", "created_at"]
    follows = select(n, literal(topic_id), empty, created)
    async with database.write() as connection:
        await connection.execute(insert(chats).from_select(chat_columns, people))
        await connection.execute(
            insert(subscriptions).from_select(["chat_id", "topic_id", "options", "created_at"], follows)
        )


def digest_of(url: str, number: int) -> Digest:
    """Return the digest of a story of the usual length."""
    said = "We promised to finish before the first frost, and we kept our word to everybody who lives here"
    article = Article(
        url,
        f"Story {number}: the footbridge over the river reopens after five months of repairs",
        authors=("Olena Sad",),
        published=utc_now(),
        tags=("war", "Bridges", "Verkhivka"),
        site="Sample Herald",
        paragraphs=(Paragraph("More than two thousand people cross the river here every day. " * 40),),
    )
    return Digest(
        article,
        summary=tuple(f"The repairs cost less than planned, the council's engineers reported ({n})." for n in range(3)),
        key_quotes=(Quote(said, "Ivan Lis"), Quote(said, "Maria Hrab")),
    )


async def fan_out(store: Store, number: int) -> tuple[float, float]:
    """Publish a story; return the seconds of the commit that makes its deliveries, by the clock and of this process."""
    feed_id = await store.feeds.ensure("https://bench.example/rss", slug="bench", name="Bench")
    now = utc_now()
    await store.feeds.claim_due(now, limit=1, owner="bench")
    url = f"https://bench.example/{number}"
    new = NewEntry(Entry(url, url, f"Story {number}"), frozenset({url}), url)
    state = FeedState(next_poll=datetime(2000, 1, 1, tzinfo=UTC), interval_seconds=1)
    await store.feeds.commit_poll(PollResult(feed_id, state, Decision(new=(new,))), owner="bench", now=now)
    (story,) = await store.stories.claim_unread(now, limit=1, owner="bench")
    before, used = time.perf_counter(), time.process_time()
    await store.stories.commit_reading(story.id, digest_of(url, number), owner="bench", now=now)
    return time.perf_counter() - before, time.process_time() - used


async def drain(store: Store, messages: int, in_flight: int) -> float:
    """Push some of the pending deliveries and return how many go in a second."""
    sender = Accepts()
    pusher = Pusher(store, sender, Pace(1e9), render, render_notice, owner="bench", in_flight=in_flight)
    running = asyncio.create_task(pusher.run())
    before = time.perf_counter()
    while sender.accepted < messages:  # noqa: ASYNC110  the benchmark only looks now and then
        await asyncio.sleep(0.01)
    rate = sender.accepted / (time.perf_counter() - before)
    pusher.stop()
    await running
    return rate


async def plain_way(database: Database, messages: int) -> float:
    """Loop over the followers, one commit each, and return how many go in a second."""
    sender = Accepts()
    query = (
        select(chats.c.id, chats.c.telegram_id)
        .join(subscriptions, subscriptions.c.chat_id == chats.c.id)
        .limit(messages)
    )
    async with database.read() as connection:
        followers = (await connection.execute(query)).all()
    story = {"story_id": 1, "state": "sent", "created_at": utc_now()}
    before = time.perf_counter()
    for row in followers:
        number = await sender.send(Chat(row.id, row.telegram_id), Message("x" * 1000))
        async with database.write() as connection:
            note = insert(deliveries).values(**story, chat_id=row.id, message_ids=[number])
            await connection.execute(note)
    return len(followers) / (time.perf_counter() - before)


async def count(database: Database) -> int:
    """Return how many deliveries there are."""
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(deliveries))).scalar_one())


async def bytes_per_row(database: Database, table: Table) -> float:
    """Return what a row takes, its share of the indexes included."""
    statement = f"SELECT pg_total_relation_size('{table.name}')"
    if database.is_sqlite:
        parts = f"SELECT name FROM sqlite_master WHERE tbl_name = '{table.name}'"  # noqa: S608  a name of our own
        statement = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({parts})"  # noqa: S608  a name of our own
    async with database.read() as connection:
        rows = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        return float((await connection.exec_driver_sql(statement)).scalar_one()) / max(1, rows)


async def measure(url: str, options: argparse.Namespace) -> None:
    """Measure one database and print a line for each number."""
    database = Database(url)
    async with Store(url) as store:
        await store.migrate()
        await add_followers(store, database, options.chats)
        seconds = [await fan_out(store, number) for number in range(options.stories)]
        made = await count(database)
        assert made == options.chats * options.stories
        print(f"  fan-out to {options.chats:,} chats, one commit: {', '.join(f'{one:.2f}' for one, _ in seconds)} s")
        if database.is_sqlite:  # which works inside this process
            print(f"    of the processor, however busy it is: {', '.join(f'{used:.2f}' for _, used in seconds)} s")
        for table in (deliveries, subscriptions, chats):
            print(f"    {await bytes_per_row(database, table):,.0f} bytes a row of {table.name}, with its indexes")
        for in_flight in (8, 32):
            rate = await drain(store, options.drain, in_flight)
            print(f"  drained with {in_flight} in flight: {rate:,.0f} deliveries/s")
    await database.close()


async def measure_plain(url: str, options: argparse.Namespace) -> None:
    """Measure the plain way on a database of its own."""
    database = Database(url)
    async with Store(url) as store:
        await store.migrate()
        await add_followers(store, database, options.drain)
        await fan_out(store, 0)
    async with database.write() as connection:
        await connection.execute(deliveries.delete())
    rate = await plain_way(database, options.drain)
    print(
        f"  the plain way: {rate:,.0f} deliveries/s, so {options.chats / rate:,.0f} s until {options.chats:,} are noted"
    )
    await database.close()


async def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chats", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=3)
    parser.add_argument("--drain", type=int, default=5_000)
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    for kind in KINDS if options.only is None else (options.only,):
        print(kind)
        async with fresh_database(kind) as url:
            await measure(url, options)
        async with fresh_database(kind) as url:
            await measure_plain(url, options)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
