"""The role "read": each new story's page is read once, and its deliveries are written with its digest."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.alarm import Stoppable
from bot.errors import (
    AddressRefused,
    FetchError,
    HttpStatus,
    QuotewireError,
    ReadingCrashed,
    ReadingError,
    ReadingTimeout,
    RobotsRefused,
    UrlInvalid,
)
from bot.hashed_ids import story_id
from bot.health import Health
from bot.models import Article, Digest
from bot.patience import Patience, is_away, reason_of
from bot.reading.sketch import sketch
from bot.store import Store, UnreadStory, utc_now

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4
"""Readings of one page. Ours: with the waits between them a story that cannot be read arrives after ten minutes."""

LEASE_SECONDS = 60.0
"""Ours: twice what fetching and reading one page may take together with its commit."""

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)  # news is stale after that; the headline is then better than nothing
_FOR_EVER = frozenset({401, 403, 410, 451})  # asking again would not help

FRESH = timedelta(minutes=10)
"""How old a reading for somebody's link may be to serve for the story too. Ours: as bot.digester has it."""

PATIENCE_WHEN_STOPPING = 3.0
"""Seconds for which readings go on when the process is to end. Ours: it has ten in all; most pages take one."""


class StoryReader(Stoppable):
    """Reads unread stories until it is stopped.

    Args:
        store: the database.
        read: fetches and reads a page, without keeping it; raises QuotewireError.
        owner: a name that no other process has.
        wake_pusher: says that there is something to send.
        health: told while the database keeps stories from being read.
        at_once: stories under way at once, each of another feed.
        idle_seconds: between two looks for work when nobody rings.
        lease_seconds: after a reader's death another reads its stories within this time.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        read: Callable[[str], Awaitable[Digest]],
        *,
        owner: str,
        wake_pusher: Callable[[], None] = lambda: None,
        health: Health | None = None,
        at_once: int = 8,
        idle_seconds: float = 2.0,
        lease_seconds: float = LEASE_SECONDS,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._read = read
        self._owner = owner
        self._wake_pusher = wake_pusher
        self._at_once = at_once
        self._idle_seconds = idle_seconds
        self._lease = timedelta(seconds=lease_seconds)
        self._clock = clock
        self._claiming = Patience(health, "stories cannot be claimed")
        self._keeping = Patience(health, "what was read cannot be written")
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Say that there are unread stories."""
        self._alarm.ring()

    def stop(self) -> None:
        """Let `run` finish what is under way and return; the database is waited for no more."""
        super().stop()
        self._keeping.give_up()

    async def run(self) -> None:
        """Read until stopped; errors of the database are waited out."""
        try:
            while not self._stopping:
                await self._start_more()
                await self._alarm.wait(self._idle_seconds)
        finally:
            await self._end_under_way()
            with self._claiming:
                await self._store.stories.release(owner=self._owner)

    async def _end_under_way(self) -> None:
        """Let readings end that do so soon; the others' stories are given back, for whoever reads next."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=PATIENCE_WHEN_STOPPING)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _start_more(self) -> None:
        free = self._at_once - len(self._under_way)
        if free <= 0:
            return
        now, owner, lease = self._clock(), self._owner, self._lease
        with self._claiming:
            new = await self._store.stories.claim_unread(now, limit=free, owner=owner, lease=lease)
            self._start(map(self._read_one, new))
            changed = await self._store.rereading.claim(now, limit=free - len(new), owner=owner, lease=lease)
            self._start(map(self._read_again, changed))

    def _start(self, work: Iterable[Coroutine[Any, Any, None]]) -> None:
        for one in work:
            task = asyncio.create_task(one)
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._alarm.ring()  # its feed's next story can be read now
        if not task.cancelled() and (error := task.exception()):
            # Its lease ends by itself, and the story is read again.
            if is_away(error):
                _log.warning("a story is read again: %s", reason_of(error))
            else:
                _log.error("a story broke its reader", exc_info=error)

    async def _read_one(self, story: UnreadStory) -> None:
        try:
            digest = completed(await self._digest(story.url), story)
        except Exception as error:  # whatever a page does, the other stories are read
            await self._not_read(story, error)
            return
        await self._commit(story, digest)

    async def _read_again(self, story: UnreadStory) -> None:
        """Read a page whose feed says that it has changed; where it cannot be read, what was read before stays."""
        digest: Digest | None = None
        try:
            digest = completed(await self._read(story.url), story)
        except Exception as error:  # as above
            _log.info("story %s not read again: %s", story_id(story.id), error)
        commit = partial(self._store.rereading.commit, story.id, digest, owner=self._owner, now=self._clock())
        await self._keeping.insist(commit)

    async def _digest(self, url: str) -> Digest:
        known = await self._keeping.insist(partial(self._store.digests.by_url, url, max_age=FRESH))
        return known.digest if known else await self._read(url)

    async def _not_read(self, story: UnreadStory, error: Exception) -> None:
        expected = isinstance(error, QuotewireError)
        level = logging.INFO if expected else logging.ERROR
        _log.log(level, "story %s not read: %s", story_id(story.id), error, exc_info=not expected)
        reason = error.code if isinstance(error, QuotewireError) else type(error).__name__
        if story.attempts + 1 >= MOST_ATTEMPTS or is_final(error):
            await self._commit(story, digest_of_entry(story), failure=reason)
            return
        later = self._clock() + wait_before_retry(error, story.attempts)
        await self._keeping.insist(
            partial(self._store.stories.postpone, story.id, owner=self._owner, not_before=later, error=reason)
        )

    async def _commit(self, story: UnreadStory, digest: Digest, *, failure: str | None = None) -> None:
        now = self._clock()
        told = sketch(digest.article)
        commit = partial(self._store.stories.commit_reading, story.id, digest, owner=self._owner, now=now)
        await self._keeping.insist(partial(commit, failure=failure, sketch=told))
        self._wake_pusher()


def is_final(error: Exception) -> bool:
    """Say whether reading the page again later would end in the same way."""
    if isinstance(error, ReadingError):
        return not isinstance(error, ReadingTimeout | ReadingCrashed)
    if isinstance(error, HttpStatus):
        return error.status in _FOR_EVER
    return isinstance(error, UrlInvalid | AddressRefused | RobotsRefused)


def wait_before_retry(error: Exception, attempts: int) -> timedelta:
    """Return how long to wait after an error.

    Args:
        error: what happened; a site may state how long it wants to be left alone.
        attempts: readings that failed before this one.
    """
    asked = error.details.get("retry_after") if isinstance(error, FetchError) else None
    back_off: timedelta = _FIRST_WAIT * 4**attempts
    return min(max(back_off, timedelta(seconds=float(asked or 0))), _LONGEST_WAIT)


def completed(digest: Digest, story: UnreadStory) -> Digest:
    """Return a digest with what its page does not say taken from the feed."""
    article, entry = digest.article, story.entry
    article = replace(
        article,
        title=article.title or entry.title,
        published=article.published or entry.published,
        authors=article.authors or entry.authors,
        tags=article.tags or entry.tags,
        site=article.site or story.source,
    )
    return replace(digest, article=article)


def digest_of_entry(story: UnreadStory) -> Digest:
    """Return what the feed alone says of a story."""
    entry = story.entry
    article = Article(
        url=story.url,
        title=entry.title,
        authors=entry.authors,
        published=entry.published,
        language=story.language,
        lead=entry.summary,
        tags=entry.tags,
        site=story.source,
        image=entry.image,
        updated=entry.updated,
    )
    return Digest(article, summary=(entry.summary,) if entry.summary else ())
