"""What a message shows of a story: its digest, what changed in it, and who else tells the same news."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.digests import stored_digest
from bot.store.engine import Database
from bot.store.events import public_among
from bot.store.feed_rows import feed_name
from bot.store.states import StoryState
from bot.store.tables import digests, feeds, stories, story_topics, subscriptions
from bot.store.values import Also, StoredDigest

Members = Mapping[int, list[tuple[int, Also]]]
"""Of each story the other stories of its event, with their numbers, the first report first."""


class Shown:
    """What a digest's message shows beside what its page says."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def to_chat(self, stored: StoredDigest, chat_id: int) -> StoredDigest:
        """Return a digest with the other sources on its event that a chat may be shown."""
        first = select(func.min(stories.c.id)).where(stories.c.digest_id == stored.id)
        async with self._database.read() as connection:
            story_id = (await connection.execute(first)).scalar_one()
            if story_id is None:
                return stored
            shown = await shown_digests(connection, [(stored.id, story_id, chat_id)])
        return shown[story_id, chat_id]


async def shown_digests(
    connection: AsyncConnection, wanted: Iterable[tuple[int | None, int, int]]
) -> dict[tuple[int, int], StoredDigest]:
    """Return what messages show.

    Args:
        connection: the caller's transaction.
        wanted: digest, story and chat of each message; a story without a digest gives nothing.

    Returns:
        A digest for each (story, chat); one object for all chats that are shown the same.
    """
    asked = list(wanted)
    found = await connection.execute(
        select(digests).where(digests.c.id.in_({digest for digest, _, _ in asked} - {None}))
    )
    told = {row.id: stored_digest(row) for row in found}
    members = await _members(connection, {story for _, story, _ in asked})
    hidden = await _hidden(connection, members, {chat for _, story, chat in asked if story in members})
    same: dict[tuple[int | None, tuple[Also, ...]], StoredDigest] = {}
    shown: dict[tuple[int, int], StoredDigest] = {}
    for digest, story, chat in asked:
        if digest in told:
            also = _also(members.get(story, ()), hidden.get(chat, frozenset()))
            shown[story, chat] = same.setdefault((digest, also), replace(told[digest], also=also))
    return shown


async def others_told(connection: AsyncConnection, story_ids: Collection[int], chat_id: int) -> dict[int, int]:
    """Return how many other sources tell the news of each story, as far as a chat may know; none for most stories."""
    members = await _members(connection, story_ids)
    hidden = (await _hidden(connection, members, [chat_id])).get(chat_id, frozenset())
    return {story: sum(number not in hidden for number, _ in told) for story, told in members.items()}


def _also(members: Iterable[tuple[int, Also]], hidden: Collection[int]) -> tuple[Also, ...]:
    return tuple(member for number, member in members if number not in hidden)


async def _members(connection: AsyncConnection, story_ids: Collection[int]) -> Members:
    first_of = func.coalesce(stories.c.event_id, stories.c.id).label("first")
    firsts = {
        row.id: row.first
        for row in await connection.execute(select(stories.c.id, first_of).where(stories.c.id.in_(story_ids)))
    }
    told = stories.c.state.in_([StoryState.READ, StoryState.FAILED])
    # Two lookups by index: PostgreSQL may not combine indexes here, where the claim has told it to walk them.
    query = union_all(
        *(
            select(stories.c.id, first_of, stories.c.headline, stories.c.url, stories.c.feed_id).where(told, of_event)
            for of_event in (stories.c.id.in_(set(firsts.values())), stories.c.event_id.in_(set(firsts.values())))
        )
    ).subquery()
    rows = (await connection.execute(select(query).order_by(query.c.id))).all()
    names = await _names(connection, {row.feed_id for row in rows}) if len(rows) > len(set(firsts.values())) else {}
    events: dict[int, list[tuple[int, Also]]] = defaultdict(list)
    for row in rows:
        events[row.first].append((row.id, Also(names.get(row.feed_id, ""), row.url, row.headline)))
    of_story = {story: [one for one in events[first] if one[0] != story] for story, first in firsts.items()}
    return {story: members for story, members in of_story.items() if members}


async def _names(connection: AsyncConnection, feed_ids: Collection[int]) -> dict[int, str]:
    rows = await connection.execute(select(feeds.c.id, feeds.c.name, feeds.c.state).where(feeds.c.id.in_(feed_ids)))
    return {row.id: feed_name(row.name, row.state) for row in rows}


async def _hidden(
    connection: AsyncConnection, members: Members, chat_ids: Collection[int]
) -> dict[int, frozenset[int]]:
    """Return of each chat the stories that it must not be shown: those that only others' own feeds have shown."""
    numbers = {number for of_story in members.values() for number, _ in of_story}
    private = numbers - await public_among(connection, sorted(numbers)) if numbers else frozenset()
    if not private:
        return {}
    query = (
        select(subscriptions.c.chat_id, story_topics.c.story_id)
        .join(story_topics, story_topics.c.topic_id == subscriptions.c.topic_id)
        .join(feeds, feeds.c.topic_id == story_topics.c.topic_id)
        .where(subscriptions.c.chat_id.in_(chat_ids), story_topics.c.story_id.in_(private))
    )
    seen: dict[int, set[int]] = defaultdict(set)
    for row in await connection.execute(query):
        seen[row.chat_id].add(row.story_id)
    return {chat: frozenset(private - seen[chat]) for chat in chat_ids}
