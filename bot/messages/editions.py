"""What was held for a chat as few messages: headlines with their links and a sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import times
from bot.messages.digests import also_block
from bot.messages.markup import MESSAGE_LIMIT, cut, escape, utf16_length, visible
from bot.messages.reader import Reader
from bot.models import Message

MOST_WITH_TEXT = 15
"""Stories of a digest that are shown with a sentence. Ours: with more of them a list of headlines is read faster."""

_TITLE_LIMIT = 200
_SOURCE_LIMIT = 40
_TEXT_LIMIT = 280
_ROOM_FOR_HEADING = 100


@dataclass(frozen=True, slots=True)
class EditionStory:
    """One story as a digest shows it.

    Attributes:
        title: the headline, or the whole of a word about a feed.
        url: where it leads, "" for a word about a feed.
        source: the feed's name.
        published: when, None where unknown.
        text: a sentence or two, "" for the headline alone.
        also: names and links of other sources of the same news.
    """

    title: str
    url: str = ""
    source: str = ""
    published: datetime | None = None
    text: str = ""
    also: tuple[tuple[str, str], ...] = ()


def render_edition(stories: Sequence[EditionStory], reader: Reader) -> list[tuple[Message, int]]:
    """Return messages, each with the number of stories that it tells; together they tell all, in order."""
    blocks = [_block(story, reader, with_text=len(stories) <= MOST_WITH_TEXT) for story in stories]
    messages: list[tuple[Message, int]] = []
    for group in _groups([plain for plain, _ in blocks]):
        marked = [blocks[index][1] for index in group]
        heading = [] if messages else [_heading(len(stories), reader)]
        messages.append((Message("\n\n".join([*heading, *marked])), len(group)))
    return messages


def _groups(texts: Sequence[str]) -> list[range]:
    """Return ranges of texts that fit into one message each, room for a heading left."""
    groups: list[range] = []
    room = 0
    for index, text in enumerate(texts):
        length = utf16_length(text) + 2
        if not groups or length > room:
            groups.append(range(index, index))
            room = MESSAGE_LIMIT - _ROOM_FOR_HEADING
        groups[-1] = range(groups[-1].start, index + 1)
        room -= length
    return groups


def _heading(count: int, reader: Reader) -> str:
    text = reader.words.plural("{number} news story", "{number} news stories", count)
    return f"<b>🗞 {escape(text)}</b>"


def _block(story: EditionStory, reader: Reader, *, with_text: bool) -> tuple[str, str]:
    """Return a story as it is counted and as it is written."""
    title = cut(visible(story.title) or story.url, _TITLE_LIMIT)
    text = cut(visible(story.text), _TEXT_LIMIT) if with_text else ""
    also = also_block(story.also, reader)
    lines = [title, _byline(story, reader), text, *(plain for plain, _ in also)]
    linked = f'<b><a href="{escape(story.url)}">{escape(title)}</a></b>' if story.url else escape(title)
    marked = [linked, f"<i>{escape(lines[1])}</i>" if lines[1] else "", escape(text), *(html for _, html in also)]
    return "• " + "\n".join(filter(None, lines)), "• " + "\n".join(filter(None, marked))


def _byline(story: EditionStory, reader: Reader) -> str:
    when = times.moment(story.published, reader.words, reader.zone, reader.now) if story.published else ""
    return " · ".join(filter(None, [cut(visible(story.source), _SOURCE_LIMIT), when]))
