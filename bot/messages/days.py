"""A chat's day as a message, and as what its picture shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import callbacks, times
from bot.messages.markup import CAPTION_LIMIT, cut, escape, label, visible
from bot.messages.paging import Block, fitting, joined, room_after
from bot.messages.reader import Reader
from bot.models import Button, Message
from bot.pictures.poster import Bar, Headline, Poster

TOP_STORIES = 5
"""Stories on a picture. Ours: it stays readable on a phone without zooming."""

TOP_TOPICS = 8
_TOPIC_BUTTONS = 6
_ROW = 3
_HOURS = 24
_TITLE_LIMIT = 140
_SOURCE_LIMIT = 34
_LABEL_LIMIT = 24


@dataclass(frozen=True)
class ToldStory:
    """A story of the day: its number at the store, headline, page, source, when it came, and how many tell it."""

    story_id: int
    title: str
    url: str
    source: str
    came: datetime
    sources: int


@dataclass(frozen=True)
class ToldTopic:
    """A tag of the day: its number at the store, how it is shown, its stories, whether it is followed."""

    topic_id: int
    label: str
    count: int
    is_followed: bool


def render_day(stories: Sequence[ToldStory], topics: Sequence[ToldTopic], reader: Reader) -> Message:
    """Return a day in words, short enough to stand under its picture, with the ways on.

    Args:
        stories: all of the day, the top ones first.
        topics: all of the day, the most frequent first.
        reader: who reads it.
    """
    if not stories:
        return _render_nothing(reader)
    title = f"{reader.words.say('Today')}, {_day(reader)}"
    summary = _summary(stories, reader)
    head = [(f"{title}\n{summary}", f"<b>{escape(title)}</b>\n{escape(summary)}")]
    blocks = [_line(number, story, reader) for number, story in enumerate(stories[:TOP_STORIES], 1)]
    blocks += [_topics_line(topics, reader)] if topics else []
    html = joined([*head, *fitting(blocks, room_after(head, CAPTION_LIMIT), in_order=False)])
    return Message(html, buttons=_buttons(stories, topics, reader), caption=html)


def poster_of(stories: Sequence[ToldStory], topics: Sequence[ToldTopic], reader: Reader) -> Poster:
    """Return what the picture of a day shows; as `render_day`."""
    words, local = reader.words, reader.now.astimezone(reader.zone)
    day, more = _day(reader), len(topics) - TOP_TOPICS
    return Poster(
        heading=words.say("Today"),
        day=day[:1].upper() + day[1:],  # a heading of its own; within a sentence it begins small
        summary=_summary(stories, reader),
        stories_title=words.say("Top stories"),
        stories=tuple(Headline(_title(story), _about(story, reader)) for story in stories[:TOP_STORIES]),
        topics_title=words.say("Topics"),
        topics=tuple(Bar(one.label, one.count, one.is_followed) for one in topics[:TOP_TOPICS]),
        more_topics=words.plural("and {number} more", "and {number} more", more) if more > 0 else "",
        hours_title=words.say("By the hour"),
        hours=_hours(stories, reader),
        hour=local.hour,
        footer=f"{times.clock(reader.now, reader.zone)} · {reader.zone.key}",
    )


def _render_nothing(reader: Reader) -> Message:
    words = reader.words
    said = words.say("Nothing has come to you today yet.")
    hint = words.say("What all sources say: /recent. To follow more: /sources, or /subscribe Ukraine.")
    return Message(f"<b>{escape(said)}</b>\n{escape(hint)}", buttons=(_ways_on(reader),))


def _day(reader: Reader) -> str:
    return times.full_day(reader.now, reader.words, reader.zone)


def _summary(stories: Sequence[ToldStory], reader: Reader) -> str:
    count = reader.words.plural("{number} news story", "{number} news stories", len(stories))
    sources = len({story.source for story in stories})
    return f"{count} · " + reader.words.plural("{number} source", "{number} sources", sources)


def _title(story: ToldStory) -> str:
    return cut(visible(story.title) or story.url, _TITLE_LIMIT)


def _about(story: ToldStory, reader: Reader) -> str:
    parts = [cut(visible(story.source), _SOURCE_LIMIT), times.clock(story.came, reader.zone)]
    if story.sources > 1:
        parts.append(reader.words.plural("{number} source", "{number} sources", story.sources))
    return " · ".join(filter(None, parts))


def _line(number: int, story: ToldStory, reader: Reader) -> Block:
    title, about = _title(story), _about(story, reader)
    linked = f'{number}. <a href="{escape(story.url)}">{escape(title)}</a>'
    return f"{number}. {title}\n{about}", f"{linked}\n<i>{escape(about)}</i>"


def _topics_line(topics: Sequence[ToldTopic], reader: Reader) -> Block:
    named = ", ".join(f"{label(one.label, _LABEL_LIMIT)} {one.count}" for one in topics[:TOP_TOPICS])
    text = f"{reader.words.say('Topics')}: {named}"
    return text, escape(text)


def _hours(stories: Sequence[ToldStory], reader: Reader) -> tuple[int, ...]:
    counts = [0] * _HOURS
    for story in stories:
        counts[story.came.astimezone(reader.zone).hour] += 1
    return tuple(counts)


def _buttons(
    stories: Sequence[ToldStory], topics: Sequence[ToldTopic], reader: Reader
) -> tuple[tuple[Button, ...], ...]:
    opened = [
        Button(str(number), data=callbacks.pack(callbacks.OPEN_STORY, story.story_id))
        for number, story in enumerate(stories[:TOP_STORIES], 1)
    ]
    named = [_topic_button(one) for one in topics[:_TOPIC_BUTTONS]]
    rows = [named[start : start + _ROW] for start in range(0, len(named), _ROW)]
    return (tuple(opened), *map(tuple, rows), _ways_on(reader))


def _topic_button(topic: ToldTopic) -> Button:
    """Return the way to a topic: to its stories where it is followed, else to a look at what it would bring."""
    if topic.is_followed:
        return Button(
            "✓ " + label(topic.label, _LABEL_LIMIT), data=callbacks.pack(callbacks.RECENT_PAGE, 0, topic.topic_id)
        )
    return Button("+ " + label(topic.label, _LABEL_LIMIT), data=callbacks.pack(callbacks.PREVIEW, topic.topic_id))


def _ways_on(reader: Reader) -> tuple[Button, ...]:
    words = reader.words
    return (
        Button("🗞 " + words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, 0)),
        Button("📋 " + words.say("What you follow"), data=callbacks.pack(callbacks.SUBSCRIPTIONS_PAGE, 0)),
    )
