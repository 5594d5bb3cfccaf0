"""Stories: lists of headlines, and the reading of what is new."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true, update
from sqlalchemy.sql.selectable import Exists

from bot.models import Digest, Topic
from bot.sketches import Sketch
from bot.store.digests import save_digest
from bot.store.documents import DIGEST, ENTRY
from bot.store.engine import Database
from bot.store.events import decide_event
from bot.store.fanout import add_topics, fan_out
from bot.store.feed_rows import feed_name
from bot.store.moments import is_free, reached
from bot.store.partial import UNREAD, in_words
from bot.store.query_index import matching_queries
from bot.store.revisions import name_in_messages
from bot.store.sql import index_key
from bot.store.states import StoryState
from bot.store.story_words import article_stems, index_stories
from bot.store.tables import digests, feeds, stories, story_topics, subscriptions, topics
from bot.store.topics import ensure_topics
from bot.store.values import Headline, UnreadStory
from bot.topics import author_topic, person_topic, tag_topic

_UNREAD = in_words("stories", UNREAD)


class Stories:
    """Pieces of news."""

    def __init__(self, database: Database, aliases: Mapping[str, str]) -> None:
        self._database = database
        self._aliases = aliases

    async def recent(
        self,
        topic: Topic | None = None,
        *,
        sources: Collection[str] = (),
        languages: Collection[str] = (),
        chat_id: int | None = None,
        limit: int = 10,
        offset: int = 0,
        before: datetime | None = None,
    ) -> list[Headline]:
        """Return headlines, newest first, those of the backlog included.

        Args:
            topic: only stories with this topic.
            sources: only of these presets, by slug.
            languages: only of feeds in these languages; where a chat is given, also of those that it follows.
            chat_id: only of presets and of feeds that this chat follows; what others added is theirs.
            limit: headlines, at most.
            offset: headlines to pass over.
            before: only what is older than this.
        """
        query = headlines().where(stories.c.notice.is_(None))
        if topic is not None:
            query = query.where(stories.c.id.in_(_with_topic(topic)))
        if sources:
            query = query.where(feeds.c.slug.in_(sources))
        allowed: ColumnElement[bool] = feeds.c.language.in_(languages) if languages else true()
        if chat_id is not None:
            followed = select(subscriptions.c.topic_id).where(subscriptions.c.chat_id == chat_id)
            allowed = or_(and_(feeds.c.slug.is_not(None), allowed), feeds.c.topic_id.in_(followed))
        query = query.where(allowed)
        if before is not None:
            query = query.where(stories.c.at < before)
        query = query.order_by(stories.c.at.desc(), stories.c.id.desc()).offset(offset).limit(limit)
        async with self._database.read() as connection:
            return [headline_of(row) for row in await connection.execute(query)]

    async def get(self, story_id: int) -> Headline | None:
        """Return a story as lists show it."""
        async with self._database.read() as connection:
            row = (await connection.execute(headlines().where(stories.c.id == story_id))).one_or_none()
        return headline_of(row) if row else None

    async def numbers(self) -> Sequence[int]:
        """Return the numbers of all stories."""
        async with self._database.read() as connection:
            return (await connection.execute(select(stories.c.id))).scalars().all()

    async def attach_digest(self, story_id: int, digest_id: int) -> None:
        """Keep the digest that was read when somebody asked for a headline; the story may be deleted meanwhile."""
        async with self._database.write() as connection:
            kept = await connection.execute(update(stories).where(stories.c.id == story_id).values(digest_id=digest_id))
            if not kept.rowcount:
                return
            document = await connection.execute(select(digests.c.digest).where(digests.c.id == digest_id))
            article = DIGEST.validate_python(document.scalar_one()).article
            await index_stories(connection, {story_id: article_stems(article)})

    async def claim_unread(
        self, now: datetime, *, limit: int, owner: str, lease: timedelta = timedelta(minutes=3)
    ) -> list[UnreadStory]:
        """Take stories to read, of each feed only its oldest, so that deliveries are made in order.

        Args:
            now: the present moment.
            limit: stories, at most.
            owner: who reads.
            lease: how long the reading may take.
        """
        async with self._database.write() as connection:
            ids = (await connection.execute(_next_unread(now, limit))).scalars().all()
            if not ids:
                return []
            held = {"lease_owner": owner, "lease_until": now + lease}
            await connection.execute(update(stories).where(stories.c.id.in_(ids)).values(held))
            rows = (await connection.execute(headlines().where(stories.c.id.in_(ids)).order_by(stories.c.id))).all()
        return [unread_story(row) for row in rows]

    async def commit_reading(
        self,
        story_id: int,
        digest: Digest,
        *,
        owner: str,
        now: datetime,
        failure: str | None = None,
        sketch: Sketch | None = None,
    ) -> int | None:
        """Write a story's digest, its topics and its deliveries in one transaction.

        Args:
            story_id: a claimed story.
            digest: what its page says, or what the feed says of it where the page could not be read.
            owner: who claimed it.
            now: the present moment.
            failure: why the page could not be read.
            sketch: of its headline and lead, by which other reports of the same news are known; None joins it to none.

        Returns:
            The digest's number; None, and nothing is written, where another reader has taken the story since.
        """
        if sketch is not None:
            async with self._database.write() as connection:
                await decide_event(connection, story_id, sketch)
        stems = article_stems(digest.article)
        async with self._database.write() as connection:
            state = StoryState.FAILED if failure else StoryState.READ
            values = {"state": state, "error": failure, "lease_owner": None, "lease_until": None}
            finished = await connection.execute(
                update(stories).where(_claimed(story_id, owner)).values(values).returning(stories.c.seen_at)
            )
            seen_at = finished.scalar_one_or_none()
            if seen_at is None:
                return None
            digest_id = await save_digest(connection, digest, self._aliases, now, partial=failure is not None)
            await connection.execute(update(stories).where(stories.c.id == story_id).values(digest_id=digest_id))
            numbers = await ensure_topics(connection, _topics_of(digest, self._aliases), now)
            queries = await matching_queries(connection, stems)
            await add_topics(connection, [(story_id, topic_id) for topic_id in (*numbers.values(), *queries)])
            await index_stories(connection, {story_id: stems})
            await fan_out(connection, story_id, seen_at=seen_at, now=now)
            await name_in_messages(connection, story_id, now)
            return digest_id

    async def postpone(self, story_id: int, *, owner: str, not_before: datetime, error: str) -> None:
        """Give a claimed story back, to be read again later.

        Args:
            story_id: which.
            owner: who claimed it.
            not_before: when to try again.
            error: why it could not be read now.
        """
        values = {"lease_owner": None, "lease_until": None, "not_before": not_before, "error": error}
        async with self._database.write() as connection:
            await connection.execute(
                update(stories).where(_claimed(story_id, owner)).values(**values, attempts=stories.c.attempts + 1)
            )

    async def release(self, *, owner: str) -> None:
        """Give back all stories that this reader holds."""
        mine = and_(_UNREAD, stories.c.lease_owner == owner)
        async with self._database.write() as connection:
            await connection.execute(update(stories).where(mine).values(lease_owner=None, lease_until=None))


def headlines() -> Select[Any]:
    """Select stories with what their feed says of itself."""
    return select(stories, feeds.c.name, feeds.c.state.label("feed_state"), feeds.c.slug, feeds.c.language).join(
        feeds, feeds.c.id == stories.c.feed_id
    )


def headline_of(row: Row[Any]) -> Headline:
    """Return the value of a row of `headlines`."""
    return Headline(
        story_id=row.id,
        title=row.headline,
        url=row.url,
        published=row.published,
        seen_at=row.seen_at,
        source=feed_name(row.name, row.feed_state, row.url),
        slug=row.slug,
        language=row.language or row.feed_state.get("language"),
        digest_id=row.digest_id,
    )


def _with_topic(topic: Topic) -> Select[Any]:
    same = and_(topics.c.kind == topic.kind, topics.c.key == index_key(topic.key))
    return select(story_topics.c.story_id).join(topics, topics.c.id == story_topics.c.topic_id).where(same)


def _next_unread(now: datetime, limit: int) -> Select[Any]:
    due, free = reached(stories.c.not_before, now), is_free(stories.c.lease_until, now)
    return (
        select(stories.c.id)
        .where(_UNREAD, due, free, ~_older_is_next(now))
        .order_by(stories.c.id + 0)  # in the order of its numbers SQLite would walk through all that is read
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _older_is_next(now: datetime) -> Exists:
    """Say whether an older story of the same feed is to be read first, or is being read."""
    older = stories.alias("older")
    return (
        select(older.c.id)
        .where(older.c.feed_id == stories.c.feed_id, older.c.id < stories.c.id, in_words("older", UNREAD))
        .where(reached(older.c.not_before, now))
        .exists()
    )


def unread_story(row: Row[Any]) -> UnreadStory:
    """Return the value of a row of `headlines()` that is to be read."""
    return UnreadStory(
        id=row.id,
        url=row.url,
        entry=ENTRY.validate_python(row.entry),
        source=feed_name(row.name, row.feed_state, row.url),
        language=row.language or row.feed_state.get("language"),
        attempts=row.attempts,
    )


def _claimed(story_id: int, owner: str) -> Any:
    return and_(stories.c.id == story_id, stories.c.lease_owner == owner, stories.c.state == StoryState.UNREAD)


def _topics_of(digest: Digest, aliases: Mapping[str, str]) -> list[Topic]:
    """Return what an article can be followed by: its tags, the people it quotes, its authors."""
    article = digest.article
    speakers = {quote.speaker for quote in article.quotes if quote.speaker}
    return [
        *(tag_topic(tag, aliases) for tag in article.tags),
        *(person_topic(name) for name in sorted(speakers)),
        *(author_topic(name, aliases) for name in article.authors),
    ]
