"""Stories whose feed says that their page has changed: read again, soon and not often."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Digest
from bot.store.digests import save_digest
from bot.store.engine import Database
from bot.store.moments import is_free, reached
from bot.store.revisions import RECENT
from bot.store.states import StoryState
from bot.store.stories import headlines, unread_story
from bot.store.tables import stories
from bot.store.values import UnreadStory

AFTER = timedelta(minutes=1)
"""Between the feed's word and the new look. Ours: feeds are often ahead of the page, and editors change twice."""

RETRY = timedelta(minutes=10)
"""After a page could not be read again. Ours: it is there already in an older form, so there is no hurry."""

MOST_REREADINGS = 5
"""Of one story, those that failed included. Ours: as often as its message may be edited."""


async def read_again(connection: AsyncConnection, story_id: int, now: datetime) -> None:
    """Write that a story's page is to be read again, where it was read before and is news still.

    Args:
        connection: the caller's transaction.
        story_id: which.
        now: the present moment.
    """
    told = stories.c.state.in_([StoryState.READ, StoryState.FAILED])
    worth = and_(told, stories.c.seen_at >= now - RECENT, stories.c.rereads < MOST_REREADINGS)
    await connection.execute(update(stories).where(stories.c.id == story_id, worth).values(reread_at=now + AFTER))


class Rereading:
    """Stories that are to be read again."""

    def __init__(self, database: Database, aliases: Mapping[str, str]) -> None:
        self._database = database
        self._aliases = aliases

    async def claim(self, now: datetime, *, limit: int, owner: str, lease: timedelta) -> list[UnreadStory]:
        """Take stories to read again.

        Args:
            now: the present moment.
            limit: stories, at most.
            owner: who reads.
            lease: how long the reading may take.
        """
        if limit <= 0:
            return []
        due = (
            select(stories.c.id)
            .where(stories.c.reread_at.is_not(None), reached(stories.c.reread_at, now))
            .where(is_free(stories.c.lease_until, now))
            .order_by(stories.c.reread_at)
            .limit(limit)
        )
        async with self._database.write() as connection:
            ids = (await connection.execute(due.with_for_update(skip_locked=True))).scalars().all()
            if not ids:
                return []
            held = {"lease_owner": owner, "lease_until": now + lease}
            await connection.execute(update(stories).where(stories.c.id.in_(ids)).values(held))
            rows = (await connection.execute(headlines().where(stories.c.id.in_(ids)))).all()
        return [unread_story(row) for row in rows]

    async def commit(self, story_id: int, digest: Digest | None, *, owner: str, now: datetime) -> None:
        """Write what a page says now; messages that show it are edited where that makes a visible difference.

        Args:
            story_id: a claimed story.
            digest: what its page says; None where it could not be read: all stays as it is, and it is tried again.
            owner: who claimed it.
            now: the present moment.
        """
        tries = stories.c.rereads + 1
        again = None if digest else case((tries < MOST_REREADINGS, now + RETRY), else_=None)
        done: dict[str, Any] = {"reread_at": again, "rereads": tries, "lease_owner": None, "lease_until": None}
        held = and_(stories.c.id == story_id, stories.c.lease_owner == owner)
        async with self._database.write() as connection:
            mine = await connection.execute(update(stories).where(held).values(done).returning(stories.c.id))
            if mine.one_or_none() is None or digest is None:
                return
            digest_id = await save_digest(connection, digest, self._aliases, now)
            values = {"digest_id": digest_id, "headline": digest.article.title or stories.c.headline}
            await connection.execute(update(stories).where(stories.c.id == story_id).values(values))
