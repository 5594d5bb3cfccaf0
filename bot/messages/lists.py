"""Lists as messages with pages: subscriptions, sources, recent news."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.messages import callbacks, times
from bot.messages.catalogue import Words
from bot.messages.markup import cut, escape, label, visible
from bot.messages.reader import Reader
from bot.models import Button, Message, Topic, TopicKind

PAGE_SIZE = 8
"""Rows on a page: with their buttons they fit a phone's screen without scrolling."""

_LABEL_LIMIT = 40
_HEADLINE_LIMIT = 200

_KIND_ICONS = {
    TopicKind.TAG: "#",
    TopicKind.QUERY: "🔎 ",
    TopicKind.PERSON: "🗣 ",
    TopicKind.AUTHOR: "✍️ ",
    TopicKind.SOURCE: "📰 ",
}


@dataclass(frozen=True)
class Page:
    """One page of a list.

    Attributes:
        number: from 0.
        has_next: whether another page follows.
    """

    number: int
    has_next: bool


@dataclass(frozen=True)
class FollowedTopic:
    """A row of the subscriptions list."""

    topic_id: int
    topic: Topic
    paused: bool = False


@dataclass(frozen=True)
class ListedSource:
    """A row of the sources list."""

    feed_id: int
    name: str
    language: str | None
    followed: bool


@dataclass(frozen=True)
class Headline:
    """A row of the recent news."""

    story_id: int
    title: str
    url: str
    source: str
    published: datetime


def topic_name(topic: Topic) -> str:
    """Return how a topic is shown: "#USA", "📰 Ukrainska Pravda"."""
    return _KIND_ICONS[topic.kind] + label(topic.label, _LABEL_LIMIT)


def render_subscriptions(rows: Sequence[FollowedTopic], total: int, page: Page, reader: Reader) -> Message:
    """Return the list of what a chat follows; each row's button removes it."""
    words = reader.words
    if not total:
        nothing = words.say(
            "You follow nothing yet. Try /subscribe Ukraine, choose from /sources, or tap a tag under a story."
        )
        return Message(escape(nothing))
    heading = words.plural("{number} topic followed", "{number} topics followed", total)
    hint = words.say("Tap one to stop following it.")
    buttons = [
        (
            Button(
                "✕ " + topic_name(row.topic) + (" ⏸" if row.paused else ""),
                data=callbacks.pack(callbacks.REMOVE_SUBSCRIPTION, row.topic_id, page.number),
            ),
            Button("⚙", data=callbacks.pack(callbacks.OPTIONS, row.topic_id)),
        )
        for row in rows
    ]
    return Message(
        f"<b>{escape(heading)}</b>\n{escape(hint)}", buttons=(*buttons, *turn(callbacks.SUBSCRIPTIONS_PAGE, page))
    )


def render_sources(rows: Sequence[ListedSource], page: Page, reader: Reader) -> Message:
    """Return the list of sources; each row's button follows it or stops following it."""
    words = reader.words
    heading = words.say("Sources")
    hint = words.say("Tap one to get everything it publishes. To follow another site: /add <address>")
    text = f"<b>{escape(heading)}</b>\n{escape(hint)}"
    buttons = [
        (
            Button(
                ("✓ " if row.followed else "+ ")
                + label(row.name, _LABEL_LIMIT)
                + (f" ({row.language})" if row.language else ""),
                data=callbacks.pack(callbacks.TOGGLE_SOURCE, row.feed_id, page.number),
            ),
        )
        for row in rows
    ]
    return Message(text, buttons=(*buttons, *turn(callbacks.SOURCES_PAGE, page)))


def render_recent(rows: Sequence[Headline], topic: tuple[int, str] | None, page: Page, reader: Reader) -> Message:
    """Return the recent news as sites show it: times and headlines, newest first, days apart.

    Args:
        rows: newest first.
        topic: the id and name of the topic that the list is about, None for all.
        page: which page this is.
        reader: who reads it.
    """
    words = reader.words
    heading = words.say("Recent news")
    if topic:
        heading += f": {cut(topic[1], _LABEL_LIMIT)}"
    if not rows:
        nothing = words.say("Nothing yet. New items will appear here as they come.")
        return Message(f"<b>{escape(heading)}</b>\n{escape(nothing)}", buttons=(_elsewhere(topic, words),))
    body, buttons = render_headlines(rows, reader)
    turning = turn(callbacks.RECENT_PAGE, page, topic[0] if topic else 0)
    return Message(f"<b>{escape(heading)}</b>\n\n{body}", buttons=(*buttons, *turning))


def _elsewhere(topic: tuple[int, str] | None, words: Words) -> tuple[Button, ...]:
    """Return the ways on from a list that is empty: to follow its topic, to all news or to the sources."""
    if topic is None:
        return (Button("📰 " + words.say("Sources"), data=callbacks.pack(callbacks.SOURCES_PAGE, 0)),)
    return (
        Button("+ " + words.say("Follow"), data=callbacks.pack(callbacks.PREVIEW, topic[0])),
        Button("🗞 " + words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, 0)),
    )


def render_headlines(rows: Sequence[Headline], reader: Reader) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """Return headlines as numbered lines, days apart, and the rows of buttons that open them."""
    today = reader.now.astimezone(reader.zone).date()
    numbered = list(enumerate(rows, 1))
    lines = []
    for day, items in groupby(numbered, key=lambda item: item[1].published.astimezone(reader.zone).date()):
        lines.append(_day_block(day, items, today, reader))
    buttons = [Button(str(number), data=callbacks.pack(callbacks.OPEN_STORY, row.story_id)) for number, row in numbered]
    half = (len(buttons) + 1) // 2
    return "\n\n".join(lines), tuple(tuple(row) for row in [buttons[:half], buttons[half:]] if row)


def _day_block(day: date, items: Iterable[tuple[int, Headline]], today: date, reader: Reader) -> str:
    rows = list(items)
    lines = [_headline_line(number, row, reader) for number, row in rows]
    if day != today:
        lines.insert(0, f"<u>{escape(times.day_heading(rows[0][1].published, reader.words, reader.zone))}</u>")
    return "\n".join(lines)


def _headline_line(number: int, row: Headline, reader: Reader) -> str:
    link = f'<a href="{escape(row.url)}">{escape(cut(visible(row.title) or row.url, _HEADLINE_LIMIT))}</a>'
    source = escape(cut(row.source, _LABEL_LIMIT))
    return f"{number}. <b>{times.clock(row.published, reader.zone)}</b> {link} <i>{source}</i>"


def turn(verb: str, page: Page, *numbers: int) -> tuple[tuple[Button, ...], ...]:
    """Return the row that turns pages, or none for a list of one page."""
    row = []
    if page.number:
        row.append(Button("‹", data=callbacks.pack(verb, page.number - 1, *numbers)))
    if page.has_next:
        row.append(Button("›", data=callbacks.pack(verb, page.number + 1, *numbers)))
    return (tuple(row),) if row else ()
