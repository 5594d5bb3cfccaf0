"""/metrics: what Prometheus asks for. What the store holds is counted when it is asked for, and only then."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from math import nan

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot.heap import malloc_in_use, python_blocks
from bot.store import Store
from bot.store.census import Counts

_LINK_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LATE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_LEVELS = ("info", "warning", "error", "critical")
_LOOK_EVERY = 0.5  # seconds between two looks at the event loop's clock


class Meters:
    """Every metric of one running bot; docs/running.md has them as a table.

    Attributes:
        registry: what holds them; one for each bot, so that two in one process keep apart.
        links: seconds from a link to its digest, by outcome: "read" or the error's code.
        log_records: log records by level, so that an alert on errors needs no log.
        loop_late: by how many seconds the event loop was late.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.links = self._histogram("link_seconds", "Seconds from a link to its digest.", _LINK_SECONDS, ["outcome"])
        self.log_records = Counter("quotewire_log_records", "Log records.", ["level"], registry=self.registry)
        for level in _LEVELS:
            self.log_records.labels(level)  # 0 from the start: Prometheus sees no increase in what begins with 1
        self.loop_late = self._histogram("loop_late_seconds", "How late the event loop was.", _LATE_SECONDS, [])
        self._tasks = self._gauge("tasks", "Asyncio tasks of this process.")
        self._malloc = self._gauge("malloc_in_use_bytes", "Bytes allocated by malloc; 0 where glibc cannot say.")
        self._blocks = self._gauge("python_blocks", "Small pieces of memory that Python's objects hold.")
        self._feeds = self._gauge("feeds", "Feeds: well, failing, ended.", "state")
        self._chats = self._gauge("chats", "Chats: active, blocked, kicked, muted …", "state")
        self._deliveries = self._gauge("deliveries", "Deliveries kept: pending, sent, unsettled …", "state")
        self._stories = self._gauge("stories", "Stories kept: unread, read, failed, quiet.", "state")
        self._leases = self._gauge("lease_held", "1 for each lease that a process holds.", "name")
        self._subscriptions = self._gauge("subscriptions", "Subscriptions.")
        self._unread_age = self._gauge("oldest_unread_seconds", "How long the oldest unread story has waited.")
        self._open_age = self._gauge("oldest_open_delivery_seconds", "How long the oldest open delivery has waited.")
        self._overdue = self._gauge("most_overdue_feed_seconds", "How long the most overdue feed has been due.")

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"quotewire_{name}", words, labels, registry=self.registry)

    def _histogram(self, name: str, words: str, buckets: tuple[float, ...], labels: list[str]) -> Histogram:
        return Histogram(f"quotewire_{name}", words, labels, registry=self.registry, buckets=buckets)

    def link_read(self, outcome: str, seconds: float) -> None:
        """Note that a link was read, or why not, and how long it took."""
        self.links.labels(outcome).observe(seconds)

    def weigh(self) -> None:
        """Set what the process itself holds at this moment."""
        self._tasks.set(len(asyncio.all_tasks()))
        self._malloc.set(malloc_in_use())
        self._blocks.set(python_blocks())

    def show(self, counts: Counts, now: datetime) -> None:
        """Set what is known of the store."""
        for gauge, values in (
            (self._feeds, counts.feeds),
            (self._chats, counts.chats),
            (self._deliveries, counts.deliveries),
            (self._stories, counts.stories),
            (self._leases, dict.fromkeys(counts.leases, 1)),
        ):
            _set(gauge, values)
        self._subscriptions.set(counts.subscriptions)
        for age, since in (
            (self._unread_age, counts.oldest_unread),
            (self._open_age, counts.oldest_open),
            (self._overdue, counts.most_overdue),
        ):
            age.set((now - since).total_seconds() if since else 0)

    def hide(self) -> None:
        """Tell nothing of the store: what was counted before would look as if all were well."""
        for gauge in (self._feeds, self._chats, self._deliveries, self._stories, self._leases):
            gauge.clear()
        for alone in (self._subscriptions, self._unread_age, self._open_age, self._overdue):
            alone.set(nan)

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)


def _set(gauge: Gauge, values: Mapping[str, int]) -> None:
    gauge.clear()  # a state that nothing is in any more
    for label, value in values.items():
        gauge.labels(label).set(value)


class LogCounter(logging.Handler):
    """Counts log records by level.

    Args:
        counter: with one label, the level.
    """

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.INFO)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self._counter.labels(record.levelname.lower()).inc()


class LoopWatch:
    """Looks twice a second at how late the event loop is.

    Args:
        late: takes the seconds.
    """

    def __init__(self, late: Histogram) -> None:
        self._late = late
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Look until stopped."""
        while not self._stopped.is_set():
            due = time.perf_counter() + _LOOK_EVERY
            try:
                await asyncio.wait_for(self._stopped.wait(), _LOOK_EVERY)
            except TimeoutError:
                self._late.observe(max(0.0, time.perf_counter() - due))

    def stop(self) -> None:
        """End the look that is under way."""
        self._stopped.set()


def metrics_route(meters: Meters, store: Store, now: Callable[[], datetime]) -> web.RouteDef:
    """Return the route of /metrics. While the store cannot be counted, the process's own numbers are still served."""

    async def serve(_request: web.Request) -> web.Response:
        meters.weigh()
        try:
            meters.show(await store.census.take(), now())
        except (SQLAlchemyError, OSError) as error:
            meters.hide()
            logging.getLogger(__name__).warning("the store cannot be counted now: %s", error)
        return web.Response(body=meters.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return web.get("/metrics", serve)
