"""Which queries a story is a candidate for: an inverted index from a query's most telling stem to the query.

Matching every story with every query would cost their product; so only those queries are read whose stem the story has.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic, TopicKind
from bot.queries import parse_query
from bot.store.sql import insert
from bot.store.tables import query_stems, subscriptions, topics

_CHUNK = 500  # stems of one look-up: far below SQLite's 32,766 variables


async def index_query(connection: AsyncConnection, topic_id: int, topic: Topic) -> None:
    """Let stories find a query, within the caller's transaction; other kinds of topics need no index."""
    if topic.kind is not TopicKind.QUERY:
        return
    rows = [{"stem": stem, "topic_id": topic_id} for stem in sorted(parse_query(topic.key).index_stems())]
    if rows:
        await connection.execute(insert(connection, query_stems).on_conflict_do_nothing(), rows)


async def matching_queries(connection: AsyncConnection, stems: Sequence[str]) -> list[int]:
    """Return the followed queries that a text matches.

    Args:
        connection: the caller's transaction.
        stems: the text's (see bot.stems.text_stems), in order.
    """
    candidates: dict[int, str] = {}
    distinct = sorted(set(stems))
    for start in range(0, len(distinct), _CHUNK):
        candidates |= await _candidates(connection, distinct[start : start + _CHUNK])
    matching = [topic_id for topic_id, key in candidates.items() if parse_query(key).matches(stems)]
    return await _held(connection, matching) if matching else []


async def _held(connection: AsyncConnection, topic_ids: Sequence[int]) -> list[int]:
    """Return those of the topics that exist still, locked against deletion for the caller to name them in a row."""
    query = select(topics.c.id).where(topics.c.id.in_(topic_ids)).order_by(topics.c.id)
    return list((await connection.execute(query.with_for_update(read=True, key_share=True))).scalars())


async def _candidates(connection: AsyncConnection, stems: Iterable[str]) -> dict[int, str]:
    followed = exists().where(subscriptions.c.topic_id == topics.c.id)
    rows = await connection.execute(
        select(topics.c.id, topics.c.key)
        .join(query_stems, query_stems.c.topic_id == topics.c.id)
        .where(query_stems.c.stem.in_(stems), followed)
    )
    return {row.id: row.key for row in rows}
