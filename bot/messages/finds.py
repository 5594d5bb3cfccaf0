"""Lists of what was searched for and of what was saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import callbacks
from bot.messages.lists import Headline, Page, render_headlines, turn
from bot.messages.markup import cut, escape, visible
from bot.messages.reader import Reader
from bot.models import Button, Message

_TEXT_LIMIT = 80
_TITLE_LIMIT = 150


@dataclass(frozen=True)
class FoundDigest:
    """A row of what was saved."""

    digest_id: int
    title: str
    url: str


def render_found(
    text: str, topic_id: int, rows: Sequence[Headline], page: Page, reader: Reader, *, everywhere: bool
) -> Message:
    """Return a page of what a search found.

    Args:
        text: what was searched for.
        topic_id: the number under which the search is remembered.
        rows: stories, newest first.
        page: which page this is.
        reader: who reads it.
        everywhere: whether all news was searched, and not only what came to the chat.
    """
    words = reader.words
    quoted = cut(text, _TEXT_LIMIT)
    came, anywhere = words.say("Came to you: {text}", text=quoted), words.say("In all news: {text}", text=quoted)
    heading = anywhere if everywhere else came
    if not rows:
        nothing = words.say("Nothing found. You can follow it, and get what is new:")
        follow = Button("🔎 " + words.say("Follow"), data=callbacks.pack(callbacks.PREVIEW, topic_id))
        return Message(f"<b>{escape(heading)}</b>\n{escape(nothing)}", buttons=((follow,),))
    body, numbers = render_headlines(rows, reader)
    ways = [Button("🔎 " + words.say("Follow"), data=callbacks.pack(callbacks.PREVIEW, topic_id))]
    if not everywhere:
        ways.append(Button("🌍 " + words.say("In all news"), data=callbacks.pack(callbacks.FOUND_PAGE, 0, topic_id, 1)))
    turning = turn(callbacks.FOUND_PAGE, page, topic_id, int(everywhere))
    return Message(f"<b>{escape(heading)}</b>\n\n{body}", buttons=(*numbers, *turning, tuple(ways)))


def render_saved(rows: Sequence[FoundDigest], total: int, page: Page, reader: Reader) -> Message:
    """Return a page of what a chat has saved; the numbers open it."""
    words = reader.words
    if not total:
        recent = Button("🗞 " + words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, 0))
        nothing = words.say("Nothing is saved yet. Under a story tap ⋯, then ☆ Save.")
        return Message(escape(nothing), buttons=((recent,),))
    heading = words.plural("{number} story saved", "{number} stories saved", total)
    lines = [
        f'{number}. <a href="{escape(row.url)}">{escape(cut(visible(row.title) or row.url, _TITLE_LIMIT))}</a>'
        for number, row in enumerate(rows, 1)
    ]
    numbers = tuple(
        Button(str(number), data=callbacks.pack(callbacks.OPEN_DIGEST, row.digest_id))
        for number, row in enumerate(rows, 1)
    )
    text = f"<b>{escape(heading)}</b>\n\n" + "\n".join(lines)
    return Message(text, buttons=(numbers, *turn(callbacks.SAVED_PAGE, page)))
