"""Full text: stories by their words, in SQLite's FTS5 or PostgreSQL's tsvector, both over stems of our own.

The databases' own stemmers know no Ukrainian, and each stems in its own way; with bot.stems both answer alike. What the
index finds is looked at once more by the query itself, which also knows phrases.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, column, exists, literal_column, or_, select, table, text

from bot.queries import Query
from bot.store.engine import Database
from bot.store.states import DeliveryState
from bot.store.stories import headline_of, headlines
from bot.store.story_words import stems_of_story
from bot.store.tables import deliveries, digests, feeds, stories, subscriptions
from bot.store.values import Headline

story_words = table("story_words_fts", column("story_id"), column("stems"))

_MOST_CANDIDATES = 200
"""Stories looked at for one page of results, newest first. Ours: a common word then costs no more than a rare one."""


class Search:
    """Stories by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stories(
        self,
        query: Query,
        *,
        chat_id: int | None = None,
        pushed: bool = False,
        languages: Collection[str] = (),
        limit: int = 10,
        offset: int = 0,
    ) -> list[Headline]:
        """Return the stories that a query matches, newest first.

        Args:
            query: what is looked for.
            chat_id: who asks: presets and the feeds that this chat follows; None for presets alone.
            pushed: only what was sent to the chat.
            languages: only of feeds in these languages.
            limit: stories, at most.
            offset: stories to pass over.
        """
        if not query.required:
            return []
        allowed = _pushed_to(chat_id) if pushed else _seen_by(chat_id)
        if languages:
            allowed = and_(allowed, feeds.c.language.in_(languages))
        found = await self._candidates(query, allowed)
        matching = [row for row in found if query.matches(stems_of_story(row.digest, row.entry, row.language))]
        return [headline_of(row) for row in matching[offset : offset + limit]]

    async def _candidates(self, query: Query, allowed: ColumnElement[bool]) -> Sequence[Row[Any]]:
        number = "rowid" if self._database.is_sqlite else "story_id"
        match = text("stems MATCH :wanted" if self._database.is_sqlite else "stems @@ CAST(:wanted AS tsquery)")
        wanted = _fts5(query) if self._database.is_sqlite else _tsquery(query)
        ids: Select[Any] = (
            select(literal_column(number)).select_from(story_words).where(match.bindparams(wanted=wanted))
        )
        statement: Select[Any] = (
            headlines()
            .add_columns(stories.c.entry, digests.c.digest)
            .join(digests, digests.c.id == stories.c.digest_id, isouter=True)
            .where(stories.c.id.in_(ids), stories.c.notice.is_(None), allowed)
            .order_by(stories.c.at.desc(), stories.c.id.desc())
            .limit(_MOST_CANDIDATES)
        )
        async with self._database.read() as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(statement)).all()
        return rows


def _pushed_to(chat_id: int | None) -> ColumnElement[bool]:
    sent = and_(deliveries.c.chat_id == chat_id, deliveries.c.state == DeliveryState.SENT)
    return exists().where(deliveries.c.story_id == stories.c.id, sent)


def _seen_by(chat_id: int | None) -> ColumnElement[bool]:
    preset = feeds.c.slug.is_not(None)
    if chat_id is None:
        return preset
    followed = select(subscriptions.c.topic_id).where(subscriptions.c.chat_id == chat_id)
    return or_(preset, feeds.c.topic_id.in_(followed))


def _fts5(query: Query) -> str:
    """Return the query for FTS5; stems hold letters and digits alone, and stand in quotation marks."""
    words = [stems for term in query.required for stems in term.stems()]
    return " AND ".join("(" + " OR ".join(f'"{stem}"' for stem in sorted(stems)) + ")" for stems in words)


def _tsquery(query: Query) -> str:
    words = [stems for term in query.required for stems in term.stems()]
    return " & ".join("(" + " | ".join(f"'{stem}'" for stem in sorted(stems)) + ")" for stems in words)
