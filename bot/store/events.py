"""Events: stories of several sources that tell the same news, the first of which stands for all."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sketches import FEWEST, Sketch, same_news
from bot.store.documents import SKETCH
from bot.store.sql import insert
from bot.store.tables import feeds, sketch_terms, sketches, stories, story_topics
from bot.urls import same_site

WINDOW = timedelta(hours=12)
"""How long after its first report an event can be joined. Ours: agencies report within hours; what happens on the next
night in the same words is another event."""

MOST_MEMBERS = 12
"""Stories of one event. Ours: a list of more links helps nobody."""

_CANDIDATES = 20
_MOST_TERMS = 1_000  # of one sketch: far below the databases' 32,767 values of a statement
_DECIDING_LOCK = 7002  # numbers of our own for PostgreSQL's advisory locks
_EVENT_LOCK = 7003
_LOCK_KEYS = 2**31


async def decide_event(connection: AsyncConnection, story_id: int, sketch: Sketch) -> int | None:
    """Join a story to the event that it tells of, or let it be one that others can join.

    One at a time: two readers that decide at once would make two events of one. It is done in a short transaction of
    its own, so that nobody waits for another story's fan-out.

    Args:
        connection: the caller's transaction.
        story_id: a story that is being read.
        sketch: of its headline and lead.

    Returns:
        The number of the story that came first; None where there is none.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_DECIDING_LOCK)))
    story = (await connection.execute(select(stories).where(stories.c.id == story_id))).one()
    if story.event_id is not None or await _has_sketch(connection, story_id):
        return int(story.event_id) if story.event_id is not None else None  # an earlier try has decided
    for candidate in await _candidates(connection, story, sketch):
        if same_news(sketch, SKETCH.validate_python(candidate.sketch)) and await _may_join(
            connection, story, candidate
        ):
            await connection.execute(update(stories).where(stories.c.id == story_id).values(event_id=candidate.id))
            return int(candidate.id)
    await _keep_sketch(connection, story, sketch)
    return None


async def stories_of_event(connection: AsyncConnection, story_id: int) -> list[int]:
    """Return all stories of a story's event, itself included, and let no other of them be fanned out meanwhile.

    The first report, after which the event is numbered, may be asked for after its deletion.
    """
    event = func.coalesce(stories.c.event_id, stories.c.id)
    first = int(
        (await connection.execute(select(event).where(stories.c.id == story_id))).scalar_one_or_none() or story_id
    )
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_EVENT_LOCK, first % _LOCK_KEYS)))
    members = select(stories.c.id).where(or_(stories.c.id == first, stories.c.event_id == first))
    return list((await connection.execute(members.order_by(stories.c.id))).scalars())


async def _has_sketch(connection: AsyncConnection, story_id: int) -> bool:
    query = select(sketches.c.story_id).where(sketches.c.story_id == story_id)
    return (await connection.execute(query)).one_or_none() is not None


async def _candidates(connection: AsyncConnection, story: Row[Any], sketch: Sketch) -> Sequence[Any]:
    """Return first reports that share words of the headline, the most alike first."""
    shared = func.count()
    alike = (
        select(sketch_terms.c.story_id)
        .join(sketches, sketches.c.story_id == sketch_terms.c.story_id)
        .where(sketch_terms.c.term.in_(_terms(sketch, sketch.text)))
        .where(sketches.c.at.between(story.at - WINDOW, story.at + WINDOW))
        .group_by(sketch_terms.c.story_id)
        .having(shared >= FEWEST - 1)
        .order_by(shared.desc(), sketch_terms.c.story_id)
        .limit(_CANDIDATES)
    )
    numbers = (await connection.execute(alike)).scalars().all()
    query = select(stories.c.id, stories.c.url, sketches.c.sketch).join(sketches, sketches.c.story_id == stories.c.id)
    return (await connection.execute(query.where(stories.c.id.in_(numbers)).order_by(stories.c.id))).all()


async def _may_join(connection: AsyncConnection, story: Row[Any], first: Row[Any]) -> bool:
    """Say whether a story may be added to another's message.

    Not from one site: what a site publishes apart it means apart. And what a preset shows is not added to what only a
    chat's own feed has shown: anybody can add a feed, and copy headlines into it.
    """
    of_event = or_(stories.c.id == first.id, stories.c.event_id == first.id)
    urls = (await connection.execute(select(stories.c.url).where(of_event))).scalars().all()
    if len(urls) >= MOST_MEMBERS or any(same_site(story.url, url) for url in urls):
        return False
    public = await public_among(connection, [story.id, first.id])
    return first.id in public or story.id not in public


async def public_among(connection: AsyncConnection, story_ids: Sequence[int]) -> frozenset[int]:
    """Return those of the stories that a preset has shown."""
    query = (
        select(story_topics.c.story_id)
        .join(feeds, feeds.c.topic_id == story_topics.c.topic_id)
        .where(story_topics.c.story_id.in_(story_ids), feeds.c.slug.is_not(None))
    )
    return frozenset((await connection.execute(query)).scalars())


async def _keep_sketch(connection: AsyncConnection, story: Row[Any], sketch: Sketch) -> None:
    row = {"story_id": story.id, "sketch": SKETCH.dump_python(sketch, mode="json"), "at": story.at}
    await connection.execute(insert(connection, sketches).values(**row))
    rows = [{"term": term, "story_id": story.id} for term in _terms(sketch, sketch.title)]
    if rows:
        await connection.execute(insert(connection, sketch_terms).on_conflict_do_nothing(), rows)


def _terms(sketch: Sketch, words: Sequence[str]) -> list[int]:
    """Return 63-bit hashes of words, for a small index; of a page whose headline has no end, those of some words."""
    return [
        int.from_bytes(blake2b(f"{sketch.language} {word}".encode(), digest_size=8).digest()) >> 1
        for word in sorted(set(words))[:_MOST_TERMS]
    ]
